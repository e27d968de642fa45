// JoggAI's lock: the x-api-key header. A missing and a wrong key are one business error with two texts.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../../core/errors.ts'
import type { Account } from '../../../services/keys.ts'
import type { Services } from '../../../services/open.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key opened the door; null before a guard has looked. */
    account: Account | null
  }
}

/** Asks for a valid key on every route of this instance, before any body is read. */
export function guard(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request) => {
    const key = request.headers['x-api-key']
    if (typeof key !== 'string' || key.trim() === '') {
      throw new Fault(
        'unauthorized',
        'the request has no x-api-key header. Send the key that the server printed on its first start, or the one in ROSTRUM_API_KEY.',
      )
    }
    const account = await services.keys.accountFor(key.trim())
    if (account === null) {
      throw new Fault(
        'unauthorized',
        'the key in x-api-key is not a key of this server. The first start prints a valid one, and ROSTRUM_API_KEY sets one.',
      )
    }
    request.account = account
  })
}

/** Who sent a request that the guard let in. */
export function accountOf(request: FastifyRequest): Account {
  if (request.account === null) throw new Error(`${request.method} ${request.url} is served without its guard.`)
  return request.account
}
