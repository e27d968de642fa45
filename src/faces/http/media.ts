// The library's public pictures, previews and samples: made when first asked for, the same for everybody.
import type { FastifyInstance } from 'fastify'
import { NotFound } from '../../core/errors.ts'
import type { Services } from '../../services/open.ts'
import { sendFile } from './files.ts'

/** The address of an avatar's picture, without host. */
export const coverPath = (avatarId: string) => `/media/avatars/${encodeURIComponent(avatarId)}/cover.jpg`
/** The address of an avatar's preview film, without host. */
export const previewPath = (avatarId: string) => `/media/avatars/${encodeURIComponent(avatarId)}/preview.mp4`
/** The address of a voice's sample, without host. */
export const samplePath = (voiceId: string) => `/media/voices/${encodeURIComponent(voiceId)}/sample.wav`

const CACHE = 'public, max-age=86400'

/** The address of the preview film of an avatar that belongs to an account: who has it may see it. */
export const ownPreviewPath = ({ files }: Services, avatarId: string) =>
  `${previewPath(avatarId)}?signature=${files.sign(mark(avatarId))}`

const mark = (avatarId: string) => `media ${avatarId}`

/** Adds the addresses above. */
export function mediaRoutes(app: FastifyInstance, services: Services): void {
  type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
  app.get<ById>('/media/avatars/:id/cover.jpg', async (request, reply) =>
    sendFile(reply, await services.library.cover(shownId(services, request)), CACHE),
  )
  app.get<ById>('/media/avatars/:id/preview.mp4', async (request, reply) =>
    sendFile(reply, await services.library.preview(shownId(services, request)), CACHE),
  )
  app.get<ById>('/media/voices/:id/sample.wav', async (request, reply) =>
    sendFile(reply, await services.voices.sample(request.params.id), CACHE),
  )
}

type Asked = { readonly params: { readonly id: string }; readonly query: Record<string, unknown> }

/** The avatar of an address: a public one, or one whose address was signed. @throws NotFound for any other. */
function shownId({ library, files }: Services, { params: { id }, query }: Asked): string {
  const found = library.list().find((avatar) => avatar.id === id || String(avatar.number) === id)
  if (found) return found.id
  if (!files.isSigned(mark(id), query.signature)) throw new NotFound('public avatar', id)
  return id
}
