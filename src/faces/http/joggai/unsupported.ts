// Routes of JoggAI's that this server knows and does not have: each says so, and what would do.
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { Unsupported } from '../../../core/errors.ts'

/** What a family of routes is called, what would do instead, and `METHOD path` of each. */
export type Missing = { readonly what: string; readonly remedy: string; readonly routes: readonly string[] }

/** Adds routes that answer that they are not supported here. */
export function missingRoutes(app: FastifyInstance, families: readonly Missing[]): void {
  for (const { what, remedy, routes } of families) {
    for (const each of routes) {
      const [method, url] = each.split(' ') as [HTTPMethods, string]
      app.route({
        method,
        url,
        config: { doc: { summary: `Not supported here: ${what.charAt(0).toLowerCase()}${what.slice(1)}` } },
        handler: async () => {
          throw new Unsupported(what, remedy)
        },
      })
    }
  }
}
