// Rostrum's own small API: what the vendors' lack, and what the studio uses.
import type { FastifyReply } from 'fastify'
import { Fault, type FaultKind, RateLimited } from '../../../core/errors.ts'
import type { Dialect } from '../dialect.ts'
import { guard } from '../guard.ts'
import { deliveryRoutes } from './deliveries.ts'
import { progressRoutes } from './progress.ts'
import { rostrumDocuments } from './reference.ts'
import { videoRoutes } from './videos.ts'

const STATUS: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unspeakable: 400,
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  'rate-limited': 429,
  'out-of-quota': 402,
  internal: 500,
  unsupported: 501,
  unavailable: 503,
}

/** Rostrum under /rostrum. */
export const rostrum: Dialect = {
  name: 'rostrum',
  prefix: '/rostrum',
  documents: rostrumDocuments,
  mount(app, services) {
    app.setErrorHandler((error, request, reply) => {
      if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds)
      if (error instanceof Fault && error.kind !== 'internal') {
        return refuse(reply, STATUS[error.kind], error.kind, error.message, error.field)
      }
      const status = (error as { statusCode?: unknown }).statusCode
      if (typeof status === 'number' && status >= 400 && status < 500) {
        return refuse(reply, status, 'invalid', (error as Error).message)
      }
      request.log.error({ err: error }, 'system error')
      return refuse(reply, 500, 'internal', `Something broke in the server. Its log has the cause under ${request.id}.`)
    })
    guard(app, services)
    videoRoutes(app, services)
    progressRoutes(app, services)
    deliveryRoutes(app, services)
  },
  answerUnrouted: (_request, reply, status, detail) =>
    refuse(reply, status, status === 404 ? 'not-found' : 'invalid', detail),
}

function refuse(reply: FastifyReply, status: number, kind: FaultKind, message: string, field?: string): FastifyReply {
  const error = { kind, message, ...(field ? { field } : {}), request_id: reply.request.id }
  return reply.code(status).send({ error })
}
