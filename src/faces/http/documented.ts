// What a route says of itself, for the OpenAPI page.
import type { z } from 'zod'

/** One route in words and schemas. */
export type RouteDoc = {
  readonly summary: string
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  /** Content type of a body that is no JSON. */
  readonly raw?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    doc?: RouteDoc
    /** Left out of the OpenAPI page. */
    isHidden?: boolean
  }
}
