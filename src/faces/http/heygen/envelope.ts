// HeyGen's two envelopes: {error, data} for v2 and folders, {code, data, msg, message} for the rest of v1.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Fault, type FaultKind, RateLimited } from '../../../core/errors.ts'

/** Which of the two a path answers in (contract 2.2). */
export type Style = 'v1' | 'v2'

/** The envelope of a path without prefix and query. */
export function styleOf(path: string): Style {
  return /^\/v1\/(?!folders(\/|$)|brand_voice\/)/.test(path) ? 'v1' : 'v2'
}

/** A success body in v2's envelope. */
export function v2(data: unknown): Record<string, unknown> {
  return { error: null, data }
}

/** A success body in v1's envelope: `message` is a string, for some clients insist. */
export function v1(data: unknown): Record<string, unknown> {
  return { code: 100, data, msg: null, message: 'Success' }
}

/** What a kind of fault is in HTTP, in v2's words and in v1's numbers (contract 2.3). */
const OF_KIND: Readonly<Record<FaultKind, readonly [status: number, word: string, code: number]>> = {
  invalid: [400, 'invalid_parameter', 400175],
  unspeakable: [400, 'invalid_parameter', 400175],
  unsupported: [501, 'not_supported', 501],
  unauthorized: [401, 'unauthorized', 400112],
  'not-found': [404, 'not_found', 404],
  conflict: [409, 'conflict', 409],
  'out-of-quota': [402, 'insufficient_credit', 402],
  'rate-limited': [429, 'rate_limit_exceeded', 400123],
  unavailable: [503, 'service_unavailable', 503],
  internal: [500, 'internal_error', 500],
}

/** Its own codes where a path has some: v1's numbers and v2's words for what was not found. */
export class HeygenFault extends Fault {
  readonly word: string
  readonly code: number
  readonly status: number

  constructor(message: string, { word, code, status }: { word: string; code: number; status: number }) {
    super(status === 404 ? 'not-found' : 'invalid', message)
    this.word = word
    this.code = code
    this.status = status
  }
}

/** An unknown video: 40104 in v1. */
export function videoNotFound(id: unknown): HeygenFault {
  const words = typeof id === 'string' && id !== '' ? `Video not found: ${id.slice(0, 64)}` : 'Video not found'
  return new HeygenFault(words, { word: 'video_not_found', code: 40104, status: 404 })
}

/** Sends a failure in the envelope of its path. */
export function sendFailure(
  reply: FastifyReply,
  style: Style,
  [status, word, code]: readonly [number, string, number],
  message: string,
): FastifyReply {
  const body = style === 'v1' ? { code, message } : { data: null, error: { code: word, message } }
  return reply.code(status).type('application/json; charset=utf-8').send(body)
}

/** Answers anything thrown. What is not fit for a user goes to the log with the request id, and nowhere else. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply, style: Style): FastifyReply {
  if (error instanceof RateLimited) reply.header('retry-after', error.retryAfterSeconds)
  if (error instanceof HeygenFault) {
    return sendFailure(reply, style, [error.status, error.word, error.code], error.message)
  }
  if (error instanceof Fault && error.kind !== 'internal') {
    if (error.kind === 'unavailable') request.log.error({ err: error }, 'unavailable')
    return sendFailure(reply, style, OF_KIND[error.kind], error.message)
  }
  const status = (error as { statusCode?: unknown }).statusCode
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return sendFailure(reply, style, [status, 'invalid_parameter', 400175], (error as Error).message)
  }
  request.log.error({ err: error }, 'system error')
  const words = `Something broke in the server. Its log has the cause under ${request.id}.`
  return sendFailure(reply, style, OF_KIND.internal, words)
}
