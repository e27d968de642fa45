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
const PRIVATE_CACHE = 'private, max-age=86400'

/** The address of the preview film of an account's own avatar, by the avatar's id there: who has it may see it. */
export const ownPreviewPath = ({ sign }: { readonly sign: (text: string) => string }, ownId: string) =>
  `/media/own/${ownId}/preview.mp4?signature=${sign(mark(ownId))}`

const mark = (ownId: string) => `own avatar ${ownId}`

/** Adds the addresses above. */
export function mediaRoutes(app: FastifyInstance, services: Services): void {
  type ById = { Params: { id: string }; Querystring: Record<string, unknown> }
  app.get<ById>('/media/avatars/:id/cover.jpg', async (request, reply) =>
    sendFile(reply, await services.library.cover(services.library.findPublic(request.params.id).id), CACHE),
  )
  app.get<ById>('/media/avatars/:id/preview.mp4', async (request, reply) =>
    sendFile(reply, await services.library.preview(services.library.findPublic(request.params.id).id), CACHE),
  )
  app.get<ById>('/media/own/:id/preview.mp4', async ({ params: { id }, query }, reply) => {
    if (!services.files.isSigned(mark(id), query.signature)) throw new NotFound('avatar', id)
    const { speakerId, name, greeting, voiceId, manner } = await services.ownAvatars.find(id)
    if (speakerId === null) throw new NotFound('preview of the avatar', id, 'It is not made yet.')
    const voice = voiceId === null ? {} : { voiceId: services.voices.find(voiceId).voice.id }
    return sendFile(
      reply,
      await services.library.preview(speakerId, { name, greeting, manner, ...voice }),
      PRIVATE_CACHE,
    )
  })
  app.get<ById>('/media/voices/:id/sample.wav', async (request, reply) =>
    sendFile(reply, await services.voices.sample(request.params.id), CACHE),
  )
}
