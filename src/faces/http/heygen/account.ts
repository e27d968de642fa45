// HeyGen account: who asks, what the key has left, lists that are empty here.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { NotFound, Unsupported } from '../../../core/errors.ts'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'
import { v1, v2 } from './envelope.ts'

/** HeyGen counts seconds; this stands for "no limit". */
const UNLIMITED = 60_000_000

/** Adds user/me, remaining_quota, brand voices and templates. */
export function accountRoutes(app: FastifyInstance, { keys }: Services): void {
  const secondsOf = async (request: FastifyRequest) =>
    Math.floor((await keys.remainingSeconds(accountOf(request).keyId)) ?? UNLIMITED)
  app.get('/v1/user/me', async (request) => {
    const { name, email } = accountOf(request)
    return v1({ username: name, email, first_name: name, last_name: '', remaining_quota: await secondsOf(request) })
  })
  const quotaOf = async (request: FastifyRequest) => {
    const left = await secondsOf(request)
    return {
      remaining_quota: left,
      details: {
        api: left,
        seat: left,
        streaming_avatar: 0,
        streaming_avatar_instance_quota: 0,
        plan_credit: left,
      },
    }
  }
  app.get('/v2/user/remaining_quota', async (request) => v2(await quotaOf(request)))
  app.get('/v1/user/remaining_quota', async (request) => v1(await quotaOf(request)))
  app.get('/v1/video_generate.quota', async (request) => v1(await quotaOf(request)))
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
