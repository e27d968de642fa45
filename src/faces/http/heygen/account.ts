// HeyGen account: who asks, a quota that is never used up, lists that are empty here.
import type { FastifyInstance } from 'fastify'
import { NotFound, Unsupported } from '../../../core/errors.ts'
import { accountOf } from '../guard.ts'
import { v1, v2 } from './envelope.ts'

/** HeyGen counts seconds; this stands for "no limit". */
const UNLIMITED = 60_000_000

/** Adds user/me, remaining_quota, brand voices and templates. */
export function accountRoutes(app: FastifyInstance): void {
  app.get('/v1/user/me', async (request) => {
    const { name, email } = accountOf(request)
    return v1({ username: name, email, first_name: name, last_name: '' })
  })
  const quota = {
    remaining_quota: UNLIMITED,
    details: {
      api: UNLIMITED,
      seat: UNLIMITED,
      streaming_avatar: 0,
      streaming_avatar_instance_quota: 0,
      plan_credit: UNLIMITED,
    },
  }
  app.get('/v2/user/remaining_quota', async () => v2(quota))
  app.get('/v1/user/remaining_quota', async () => v1(quota))
  app.get('/v1/video_generate.quota', async () => v1(quota))
  for (const version of ['v1', 'v2']) {
    app.get(`/${version}/brand_voice/list`, async () => v2({ list: [], total: 0, token: null }))
  }
  app.get('/v2/templates', async () => v2({ templates: [] }))
  for (const plural of ['template', 'templates']) {
    app.get<{ Params: { id: string } }>(`/v2/${plural}/:id`, async (request) => {
      throw new NotFound('template', request.params.id)
    })
    app.post<{ Params: { id: string } }>(`/v2/${plural}/:id/generate`, async (request) => {
      throw new NotFound('template', request.params.id)
    })
  }
  app.get('/v2/video_translate/target_languages', async () => v2({ languages: [] }))
  const translation = 'The translation of videos'
  app.post('/v2/video_translate', async () => {
    throw new Unsupported(translation)
  })
  app.get('/v2/video_translate/:id', async () => {
    throw new Unsupported(translation)
  })
}
