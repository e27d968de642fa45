// JoggAI v1 lists: avatars, voices, musics, styles. Avatars come all at once where no page is asked for.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { avatarQuery, avatarsFor, voiceQuery, voicesFor } from '../joggai/catalogue.ts'
import { success } from '../joggai/envelope.ts'
import { ownAvatarAnswers } from '../joggai/own-avatars.ts'
import { pageOf } from '../paging.ts'

/** Adds avatars, voices, musics and visual_styles. */
export function libraryRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v1/avatars', { config: { doc: { query: avatarQuery } } }, async (request) => {
    const { query, avatars } = avatarsFor(request, services)
    const isPaged = query.page !== undefined || query.page_size !== undefined || query.limit !== undefined
    const items = isPaged ? pageOf(avatars, query).items : avatars
    return success(request, { avatars: items.map((avatar) => ({ ...avatar, status: 0 })) })
  })
  for (const kind of ['custom', 'photo_avatars']) {
    app.get(`/v1/avatars/${kind}`, async (request) =>
      success(request, { avatars: await ownAvatarAnswers(request, services) }),
    )
  }
  app.get('/v1/voices', { config: { doc: { query: voiceQuery } } }, async (request) => {
    const { query, voices } = voicesFor(request, services)
    const page = pageOf(voices, query)
    const items = page.items.map((voice) => ({ ...voice, audition_url: voice.audio_url }))
    return success(request, { total: page.total, voices: items, has_more: page.hasMore })
  })
  app.get('/v1/voices/custom', async (request) => success(request, { total: 0, voices: [] }))
  for (const path of ['/v1/musics', '/v1/musics/custom']) {
    app.get(path, async (request) => success(request, { music: [], avatars: [] }))
  }
  app.get('/v1/visual_styles', async (request) => success(request, { visual_styles: [] }))
}
