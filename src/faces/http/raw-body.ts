// Bodies that are files: handed to the route as a stream, whatever they are called.
import type { FastifyInstance } from 'fastify'

/** Bodies of this instance's routes are streams; none where there is no body. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}
