// Routes of JoggAI's that this server knows and does not have: each says so, and what would do.
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { Unsupported } from '../../../core/errors.ts'
import type { Reference } from '../documented.ts'

/** What a family of routes is called, what would do instead, and `METHOD path` of each. */
export type Missing = { readonly what: string; readonly remedy: string; readonly routes: readonly string[] }

/** Adds routes that answer that they are not supported here. */
export function missingRoutes(app: FastifyInstance, families: readonly Missing[]): void {
  for (const { what, remedy, routes } of families) {
    for (const each of routes) {
      const [method, path] = each.split(' ') as [HTTPMethods, string]
      const url = path.replace(/\{(\w+)\}/g, ':$1')
      app.route({
        method,
        url,
        handler: async () => {
          throw new Unsupported(what, remedy)
        },
      })
    }
  }
}

/** What the OpenAPI page says of them. */
export function missingWords(tag: string, families: readonly Missing[]): Reference {
  return Object.fromEntries(
    families.flatMap(({ what, remedy, routes }) =>
      routes.map((route) => [
        route,
        {
          tag,
          summary: `Not supported: ${route.replace(/ \/(v\d|open)\//, ' ').replace(/_/g, ' ')}`,
          description: `${what} is not supported here. ${remedy}`,
          answer: null,
        },
      ]),
    ),
  )
}
