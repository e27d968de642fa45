// How commands end: the exit code, and the words on stderr.
import { Fault, type FaultKind, fullMessage } from '../../core/errors.ts'

/** Exit codes; `rostrum --help` and docs/command-line.md tell the same. */
export const EXIT = { ok: 0, internal: 1, invalid: 2, notFound: 3, interrupted: 130 } as const

const CODE_OF_KIND: Readonly<Record<FaultKind, number>> = {
  invalid: EXIT.invalid,
  unspeakable: EXIT.invalid,
  conflict: EXIT.invalid,
  unsupported: EXIT.invalid,
  'rate-limited': EXIT.internal,
  'out-of-quota': EXIT.internal,
  'not-found': EXIT.notFound,
  unauthorized: EXIT.notFound,
  internal: EXIT.internal,
  unavailable: EXIT.internal,
}

/** Says on stderr what went wrong, as a sentence or as JSON. @returns the exit code that fits. */
export function reportError(
  error: unknown,
  json: boolean,
  stream: { write(text: string): unknown } = process.stderr,
): number {
  const kind: FaultKind = error instanceof Fault ? error.kind : 'internal'
  const expected = error instanceof Fault && kind !== 'internal' && kind !== 'unavailable'
  const message = expected ? error.message : fullMessage(error)
  if (json) {
    const field = error instanceof Fault && error.field ? { field: error.field } : {}
    const reason = error instanceof Fault && error.reason ? { reason: error.reason } : {}
    stream.write(`${JSON.stringify({ error: { kind, message, ...field, ...reason } })}\n`)
  } else {
    stream.write(`rostrum: ${message}\n`)
    if (kind === 'internal' && error instanceof Error && error.stack) stream.write(`${error.stack}\n`)
  }
  return CODE_OF_KIND[kind]
}
