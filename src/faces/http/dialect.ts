// What a dialect of the HTTP API is to the server that mounts it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Services } from '../../services/open.ts'

/** One vendor's API in one generation, encapsulated: its own auth words, envelope and error handler. */
export type Dialect = {
  readonly name: string
  /** Every base it is served under; the first is canonical. */
  readonly prefixes: readonly string[]
  /** True for paths (without query) of this dialect's family, so that a wrong one is answered in its own envelope. */
  owns(path: string): boolean
  /** Adds the dialect's routes to an encapsulated instance. */
  mount(app: FastifyInstance, services: Services): void
  /** Answers what came before any route: an unknown path, a broken address. */
  answerUnrouted(
    request: FastifyRequest,
    reply: FastifyReply,
    status: 400 | 404,
    detail: string,
    services: Services,
  ): FastifyReply
}
