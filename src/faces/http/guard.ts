// The lock that all dialects share: a valid key, not too many requests, and the same answer to a request that comes again.
import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Fault, Invalid } from '../../core/errors.ts'
import type { Claim } from '../../services/idempotency.ts'
import type { KeyHolder } from '../../services/keys.ts'
import type { Services } from '../../services/open.ts'
import { isRehearsal } from './rehearsal.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Whose key opened the door; null before a guard has looked. */
    account: KeyHolder | null
    /** The request's place among keyed ones; null where it has no Idempotency-Key. */
    claim: Claim | null
    /** Whether it was answered with a fault. */
    hasFailed: boolean
  }
}

const HOW_TO_GET_ONE = 'The first start prints one, ROSTRUM_API_KEY sets one, `rostrum keys create` makes more.'

/** The key in a request's headers, or null: `X-Api-Key`, or `Authorization: Bearer` as OAuth clients send it. */
export function keyIn(headers: IncomingHttpHeaders): string | null {
  const own = headers['x-api-key']
  if (typeof own === 'string' && own.trim() !== '') return own.trim()
  return /^Bearer\s+(\S+)\s*$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

/** Adds what {@link guard} needs to the root of a server. */
export function prepareGuards(app: FastifyInstance): void {
  app.decorateRequest('account', null)
  app.decorateRequest('claim', null)
  app.decorateRequest('hasFailed', false)
  app.addHook('onError', async (request) => {
    request.hasFailed = true
  })
}

/** Asks for a valid key on every route of this instance, before any body is read. */
export function guard(app: FastifyInstance, services: Services): void {
  app.addHook('onRequest', async (request, reply) => {
    const key = keyIn(request.headers)
    if (key === null) {
      throw new Fault(
        'unauthorized',
        `the request has no x-api-key header. Send a key of this server. ${HOW_TO_GET_ONE}`,
      )
    }
    const account = await services.keys.accountFor(key)
    if (account === null) {
      throw new Fault(
        'unauthorized',
        `the key in x-api-key is not a key of this server, or it has ended. ${HOW_TO_GET_ONE}`,
      )
    }
    request.account = account
    try {
      if (request.method === 'POST') services.rateLimit.take(account.keyId)
    } finally {
      sayRate(reply, services, account.keyId)
    }
  })
  app.addHook('preHandler', async (request) => {
    // No id and no name holds the character 0, and no store takes it: what is asked for with one is not there.
    if (!request.url.includes('%00')) return
    request.params = withoutNuls(request.params)
    request.query = withoutNuls(request.query)
  })
  app.addHook('preHandler', async (request) => {
    const { doc } = request.routeOptions.config
    if (request.method !== 'POST' || !doc || doc.isRehearsable || !isRehearsal(request)) return
    const words = 'dry_run: only videos can be rehearsed, and this makes something else. Leave it out.'
    throw new Fault('invalid', words, { field: 'dry_run' })
  })
  app.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (request.method !== 'POST' || key === undefined) return
    if (typeof key !== 'string' || key.trim() === '' || key.length > 255) {
      throw new Invalid('Idempotency-Key', key, 'Send one of 1 to 255 characters.')
    }
    const found = await services.idempotency.begin(accountOf(request).id, key, fingerprintOf(request))
    if ('finish' in found) {
      request.claim = found
      return
    }
    reply.header('idempotency-replayed', 'true').code(found.status).type('application/json; charset=utf-8')
    return reply.send(found.body)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { claim } = request
    if (!claim) return
    request.claim = null
    const isKept = !request.hasFailed && reply.statusCode < 300 && typeof payload === 'string'
    await claim.finish(isKept ? { status: reply.statusCode, body: payload } : null)
  })
}

/** Who sent a request that the guard let in. */
export function accountOf(request: FastifyRequest): KeyHolder {
  if (request.account === null) throw new Error(`${request.method} ${request.url} is served without its guard.`)
  return request.account
}

/** What a job made by this request is named: set where it has an Idempotency-Key. */
export function idOf(request: FastifyRequest): { id?: string } {
  return request.claim ? { id: request.claim.id } : {}
}

function sayRate(reply: FastifyReply, services: Services, keyId: string): void {
  const state = services.rateLimit.state(keyId)
  if (!state) return
  reply.header('x-ratelimit-limit', state.limit)
  reply.header('x-ratelimit-remaining', state.remaining)
  reply.header('x-ratelimit-reset', state.resetAt)
}

function withoutNuls(fields: unknown): Record<string, unknown> {
  const clean = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(clean) : typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, value]) => [name.replaceAll('\0', ''), clean(value)]),
  )
}

// The bytes of a file have not come yet when the key is looked at: its length and type stand for it.
function fingerprintOf({ url, body, headers }: FastifyRequest): string {
  const content =
    body instanceof Readable ? `${headers['content-type']} ${headers['content-length']}` : JSON.stringify(body ?? null)
  return createHash('sha256').update(`${url}\n`).update(content).digest('hex')
}
