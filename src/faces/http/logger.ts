// Fastify's logger, spoken into the one log that the services write to.
import type { FastifyBaseLogger } from 'fastify'
import type { Log } from '../../services/log.ts'

/** A logger whose lines carry what its children were bound to (the request's `rid`). Debug lines are dropped. */
export function loggerOver(log: Log, bound: Readonly<Record<string, unknown>> = {}): FastifyBaseLogger {
  const say =
    (level: Parameters<Log>[0]) =>
    (first: unknown, second?: unknown): void => {
      const { err, ...fields } = (typeof first === 'object' && first !== null ? first : {}) as Record<string, unknown>
      const message = typeof first === 'string' ? first : typeof second === 'string' ? second : 'http'
      log(level, message, { ...bound, ...fields, ...(err === undefined ? {} : { error: err }) })
    }
  const silent = () => {}
  return {
    level: 'info',
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('error'),
    debug: silent,
    trace: silent,
    silent,
    child: (more) => loggerOver(log, { ...bound, ...more }),
  } as FastifyBaseLogger
}
