// What can go wrong, as facts: a kind, a sentence a user can act on, and the cause.

/** Kinds of fault, each answered differently by a dialect and by an exit code. */
export type FaultKind =
  | 'invalid'
  | 'not-found'
  | 'unauthorized'
  | 'unspeakable'
  | 'conflict'
  | 'unsupported'
  | 'rate-limited'
  | 'out-of-quota'
  | 'internal'
  | 'unavailable'

/** The base of every error that Rostrum throws on purpose. Its message is fit for a user. */
export class Fault extends Error {
  readonly kind: FaultKind
  /** The request field that is at fault, in dotted form, where there is one. */
  readonly field: string | undefined
  /** A stable word for programs where a kind has several: `no-face`, `too-dark`. */
  readonly reason: string | undefined

  constructor(kind: FaultKind, message: string, options: { field?: string; reason?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'Fault'
    this.kind = kind
    this.field = options.field
    this.reason = options.reason
  }
}

/** A request field has a value that cannot be used. */
export class Invalid extends Fault {
  /** @param remedy what would do, as a sentence. */
  constructor(field: string, got: unknown, remedy: string) {
    super('invalid', `${field}: ${describe(got)} cannot be used. ${remedy}`, { field })
    this.name = 'Invalid'
  }
}

/** An id that names nothing. */
export class NotFound extends Fault {
  constructor(what: string, id: unknown, remedy = '') {
    super('not-found', `There is no ${what} ${describe(id)}.${remedy ? ` ${remedy}` : ''}`)
    this.name = 'NotFound'
  }
}

/** Something that the API knows and this server does not do. */
export class Unsupported extends Fault {
  /** @param remedy what would do, as a sentence. */
  constructor(what: string, remedy = '', field?: string) {
    super('unsupported', `${what} is not supported here.${remedy ? ` ${remedy}` : ''}`, field ? { field } : {})
    this.name = 'Unsupported'
  }
}

/** More requests in a minute than the key may send. */
export class RateLimited extends Fault {
  /** Whole seconds until the next request will be taken. */
  readonly retryAfterSeconds: number

  constructor(limit: number, retryAfterSeconds: number) {
    super(
      'rate-limited',
      `Rate limit exceeded. Please try again later: this key may send ${limit} POST requests a minute, the next one in ${retryAfterSeconds} s.`,
    )
    this.name = 'RateLimited'
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A key has less of its quota left than a video would take. */
export class OutOfQuota extends Fault {
  /** @param needed seconds that the video would last, about. @param remaining seconds that are left. */
  constructor(needed: number, remaining: number) {
    super(
      'out-of-quota',
      `The video would last about ${Math.ceil(needed)} s, and this key has ${Math.max(0, Math.floor(remaining))} s of its quota left. Shorten it, or let the operator raise the quota with \`rostrum keys quota\`.`,
    )
    this.name = 'OutOfQuota'
  }
}

/** A voice has no sounds for a text. */
export class UnspeakableText extends Fault {
  constructor(message: string) {
    super('unspeakable', message, { field: 'script' })
    this.name = 'UnspeakableText'
  }
}

/** The whole story of an error and its causes on one line, for logs and failed jobs. */
export function fullMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message} (because: ${fullMessage(error.cause)})`
}

function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
