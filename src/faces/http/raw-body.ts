// Bodies that are files: handed to the route as a stream, whatever they are called, or found in a form.
import { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../core/errors.ts'
import type { Services } from '../../services/open.ts'

/** A file that comes in. */
export type Upload = {
  readonly bytes: NodeJS.ReadableStream
  /** Empty where it was not said. */
  readonly name: string
  readonly contentType: string
}

/** Bodies of this instance's routes are streams; none where there is no body. */
export function takeRawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request, payload, done) => {
    const { bodyLimit = Number.POSITIVE_INFINITY } = request.routeOptions
    if (Number(request.headers['content-length']) > bodyLimit) return done(tooLarge(bodyLimit))
    done(null, toTheEnd(payload))
  })
}

/** Lets an instance's routes take forms beside other bodies. */
export function takeForms(app: FastifyInstance, { config }: Services): void {
  // One byte more than may come, so that what is too large is seen to be so and not cut short.
  app.register(multipart, { limits: { fileSize: config.maxUploadBytes + 1, files: 1 } })
}

/** The file of a form; null where it has none. @throws Fault `invalid` for a form that cannot be read. */
export async function fileOfForm(request: FastifyRequest): Promise<Upload | null> {
  const file = await request.file().catch((cause: Error & { statusCode?: number }) => {
    throw cause.statusCode ? cause : broken(cause)
  })
  return file ? { bytes: toTheEnd(file.file), name: file.filename, contentType: file.mimetype } : null
}

/** What is said of a file of more bytes than may come. */
export function tooLarge(maxBytes: number): Fault {
  const megabytes = Math.floor(maxBytes / (1024 * 1024))
  return new Fault('invalid', `The file is larger than the ${megabytes} MB that one may have (ROSTRUM_MAX_UPLOAD).`)
}

const broken = (cause: Error) =>
  new Fault('invalid', `The file did not come to its end, or its form is broken: ${cause.message}. Send it again.`, {
    cause,
  })

/** The same bytes; a client that hangs up, or a form that ends too early, is the client's fault. */
function toTheEnd(source: Readable): Readable {
  async function* parts(): AsyncGenerator<Buffer> {
    try {
      yield* source
    } catch (cause) {
      throw broken(cause as Error)
    }
  }
  return Readable.from(parts(), { objectMode: false })
}
