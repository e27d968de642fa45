// JoggAI's envelope: {rid, code, msg, data}, its business codes and the HTTP statuses that go with them.
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../../core/config.ts'
import { Fault, type FaultKind, RateLimited } from '../../../core/errors.ts'

/** JoggAI's business codes (contract 2.3). */
export const CODES = {
  success: 0,
  unknownRoute: 404,
  notFound: 10104,
  invalidKey: 10105,
  rateLimit: 429,
  credit: 18020,
  parameter: 40000,
  system: 50000,
} as const

/** Statuses that the vendor's clients rely on: all others are 200 with the code in the envelope (contract 2.4). */
const VENDOR_STATUS: Readonly<Record<number, number>> = { 404: 404, 429: 429, 10105: 401, 50000: 500 }
const REST_STATUS: Readonly<Record<number, number>> = { ...VENDOR_STATUS, 10104: 404, 18020: 402, 40000: 400 }

const CODE_OF_KIND: Readonly<Record<FaultKind, number>> = {
  invalid: CODES.parameter,
  unspeakable: CODES.parameter,
  conflict: CODES.parameter,
  unsupported: CODES.parameter,
  'rate-limited': CODES.rateLimit,
  'out-of-quota': CODES.credit,
  'not-found': CODES.notFound,
  unauthorized: CODES.invalidKey,
  unavailable: CODES.system,
  internal: CODES.system,
}

const WORDS: Readonly<Record<number, string>> = {
  404: 'Not found',
  429: 'Too many requests',
  10104: 'Record not found',
  10105: 'Invalid API key',
  18020: 'Insufficient credit',
  40000: 'Parameter error',
  50000: 'System error',
}

/** What every answer of this dialect looks like. */
export type Envelope = { readonly rid: string; readonly code: number; readonly msg: string; readonly data: unknown }

/** A success body. */
export function success(request: FastifyRequest, data: unknown): Envelope {
  return { rid: request.id, code: CODES.success, msg: 'success', data }
}

/** Sends a failure: the code's own words, then what happened and what would do. */
export function sendFailure(
  request: FastifyRequest,
  reply: FastifyReply,
  code: number,
  detail: string,
  statuses: Config['httpStatuses'],
): FastifyReply {
  const status = (statuses === 'rest' ? REST_STATUS : VENDOR_STATUS)[code] ?? 200
  return reply.code(status).send(failureBody(request, code, `${WORDS[code] ?? 'Error'}: ${detail}`))
}

/** A failure body; the oldest generation's clients look for `error` and `message`. */
function failureBody(request: FastifyRequest, code: number, msg: string): Envelope & Record<string, unknown> {
  const legacy = request.url.startsWith('/joggai/open/') ? { error: code, message: msg } : {}
  return { rid: request.id, code, msg, data: null, ...legacy }
}

/** Answers anything thrown. What is not fit for a user goes to the log with the request id, and nowhere else. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  statuses: Config['httpStatuses'],
): FastifyReply {
  if (error instanceof RateLimited) {
    const retryAfter = error.retryAfterSeconds
    reply.code(429).header('retry-after', retryAfter)
    return reply.send({ rid: request.id, code: CODES.rateLimit, msg: error.message, data: null, retryAfter })
  }
  if (error instanceof Fault && error.kind === 'conflict') {
    return reply.code(409).send(failureBody(request, CODES.parameter, `Parameter error: ${error.message}`))
  }
  if (error instanceof Fault && error.kind !== 'internal') {
    const code = CODE_OF_KIND[error.kind]
    if (code === CODES.system) request.log.error({ err: error }, 'unavailable')
    return sendFailure(request, reply, code, error.message, statuses)
  }
  const status = (error as { statusCode?: unknown }).statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return sendFailure(request, reply, CODES.parameter, (error as Error).message, statuses)
  }
  request.log.error({ err: error }, 'system error')
  return sendFailure(
    request,
    reply,
    CODES.system,
    `Something broke in the server. Its log has the cause under ${request.id}.`,
    statuses,
  )
}
