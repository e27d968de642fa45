// JoggAI v2 user: who the key belongs to, and what it has left.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'
import { creditsOf } from '../joggai/credits.ts'
import { success } from '../joggai/envelope.ts'

/** Adds GET user/whoami and user/remaining_quota. */
export function userRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v2/user/whoami', async (request) => {
    const { email, name } = accountOf(request)
    return success(request, { email, username: name, credits: await creditsOf(request, services) })
  })
  app.get('/v2/user/remaining_quota', async (request) =>
    success(request, { remaining_quota: await creditsOf(request, services) }),
  )
}
