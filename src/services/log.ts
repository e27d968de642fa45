// One line of log a happening: JSON for machines, and nothing clever.

/** Says that something happened. `fields` are plain data; an error among them is written with its whole story. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Readonly<Record<string, unknown>>,
) => void

/** Writes each happening as one JSON line to stderr. */
export function jsonLog(now: () => number): Log {
  return (level, message, fields = {}) => {
    const line = { time: new Date(now()).toISOString(), level, message, ...mapErrors(fields) }
    process.stderr.write(`${JSON.stringify(line)}\n`)
  }
}

/** Says nothing. */
export const silentLog: Log = () => {}

function mapErrors(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? errorFields(value) : value]),
  )
}

function errorFields(error: Error): Record<string, unknown> {
  return {
    name: error.name,
    message: error.message,
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: errorFields(error.cause) } : {}),
  }
}
