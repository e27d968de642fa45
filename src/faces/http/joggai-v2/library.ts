// JoggAI v2 lists: avatars, voices, musics, styles.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../../services/open.ts'
import { read, text, withoutBlanks, word } from '../fields.ts'
import { avatarQuery, avatarsFor, voiceQuery, voicesFor } from '../joggai/catalogue.ts'
import { success } from '../joggai/envelope.ts'
import { ownAvatarAnswers } from '../joggai/own-avatars.ts'
import { pageOf, pagingFields } from '../paging.ts'

const ownQuery = z.object({
  ...pagingFields,
  name: text('a name').optional(),
  status: word(['processing', 'completed', 'failed'], {
    '0': 'processing',
    '1': 'completed',
    '2': 'failed',
    success: 'completed',
  }).optional(),
})

const musicQuery = z.object(pagingFields)

/** Adds avatars, voices, musics and visual_styles. */
export function libraryRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v2/avatars/public', { config: { doc: { query: avatarQuery } } }, async (request) => {
    const { query, avatars } = avatarsFor(request, services)
    const page = pageOf(avatars, query)
    return success(request, { avatars: page.items, total: page.total, has_more: page.hasMore })
  })
  for (const path of ['custom', 'photo_avatars']) {
    app.get(`/v2/avatars/${path}`, { config: { doc: { query: ownQuery } } }, async (request) => {
      const query = read(ownQuery, withoutBlanks(request.query as Record<string, unknown>))
      const found = (await ownAvatarAnswers(request, services)).filter(
        ({ name, avatar_status: status }) =>
          (query.name === undefined || name.toLowerCase().includes(query.name.toLowerCase())) &&
          (query.status === undefined || status === query.status),
      )
      const page = pageOf(found, query)
      return success(request, { avatars: page.items, total: page.total, has_more: page.hasMore })
    })
  }
  app.get('/v2/avatars/product_avatars', async (request) =>
    success(request, { product_avatars: [], total: 0, has_more: false }),
  )
  app.get('/v2/voices', { config: { doc: { query: voiceQuery } } }, async (request) => {
    const { query, voices } = voicesFor(request, services)
    const page = pageOf(voices, query)
    return success(request, { voices: page.items, has_more: page.hasMore, total: page.total })
  })
  app.get('/v2/voices/custom', async (request) => success(request, { total: 0, voices: [] }))
  app.get('/v2/musics', { config: { doc: { query: musicQuery } } }, async (request) => {
    const query = read(musicQuery, withoutBlanks(request.query as Record<string, unknown>))
    const size = Math.min(100, Math.max(1, query.page_size ?? query.limit ?? 10))
    const pagination = { page: Math.max(1, query.page ?? 1), page_size: size, total_items: 0, total_pages: 0 }
    return success(request, { music: [], pagination })
  })
  app.get('/v2/visual_styles', async (request) => success(request, { visual_styles: [] }))
}
