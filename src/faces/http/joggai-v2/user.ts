// JoggAI v2 user: who the key belongs to, and a quota that a self-hosted server never uses up.
import type { FastifyInstance } from 'fastify'
import { accountOf } from '../guard.ts'
import { success } from '../joggai/envelope.ts'

/** A large number stands for "no limit": clients compare it with what a video would cost. */
const UNLIMITED_QUOTA = 1_000_000

/** Adds GET user/whoami and user/remaining_quota. */
export function userRoutes(app: FastifyInstance): void {
  app.get('/v2/user/whoami', async (request) => {
    const { email, name } = accountOf(request)
    return success(request, { email, username: name })
  })
  app.get('/v2/user/remaining_quota', async (request) => success(request, { remaining_quota: UNLIMITED_QUOTA }))
}
