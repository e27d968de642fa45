// Errors across the border between processes, with their kind and their causes.
import { Fault, type FaultKind } from '../core/errors.ts'
import type { SentError } from './tasks.ts'

/** An error as plain data. */
export function packError(error: unknown): SentError {
  if (!(error instanceof Error)) {
    return { kind: null, field: null, reason: null, message: String(error), stack: '', cause: null }
  }
  return {
    kind: error instanceof Fault ? error.kind : null,
    field: error instanceof Fault ? (error.field ?? null) : null,
    reason: error instanceof Fault ? (error.reason ?? null) : null,
    message: error.message,
    stack: error.stack ?? '',
    cause: error.cause === undefined ? null : packError(error.cause),
  }
}

/** The error that was sent: a Fault stays one, of the same kind. */
export function unpackError(sent: SentError): Error {
  const cause = sent.cause ? { cause: unpackError(sent.cause) } : {}
  const facts = {
    ...cause,
    ...(sent.field ? { field: sent.field } : {}),
    ...(sent.reason ? { reason: sent.reason } : {}),
  }
  const error =
    sent.kind === null ? new Error(sent.message, cause) : new Fault(sent.kind as FaultKind, sent.message, facts)
  error.stack = sent.stack || `${error.name}: ${error.message}`
  return error
}
