// What a dialect of the HTTP API is to the server that mounts it.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { KeyDialect } from '../../core/job.ts'
import type { Services } from '../../services/open.ts'
import type { Documents } from './documented.ts'

/** One vendor's API, encapsulated: its own auth words, envelope and error handler. */
export type Dialect = {
  readonly name: KeyDialect | 'rostrum'
  /** The base it is mounted at; at the root, choose-dialect.ts finds it. */
  readonly prefix: string
  /** What the OpenAPI page says of it. */
  readonly documents: Documents
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
