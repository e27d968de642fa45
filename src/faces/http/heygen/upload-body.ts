// Files in request bodies: the raw bytes as documented, or a form as many clients send them.
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Fault } from '../../../core/errors.ts'
import type { Services } from '../../../services/open.ts'
import { takeRawBodies } from '../raw-body.ts'
import { HeygenFault } from './envelope.ts'

/** A file that comes in. */
export type Upload = {
  readonly bytes: NodeJS.ReadableStream
  /** Empty where it was not said. */
  readonly name: string
  readonly contentType: string
}

/** Lets an instance's routes take files. */
export function takeFiles(app: FastifyInstance, { config }: Services): void {
  takeRawBodies(app)
  app.register(multipart, { limits: { fileSize: config.maxUploadBytes, files: 1 } })
}

/** The file of a request. @throws HeygenFault 400, number 40001, where there is none. */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (request.isMultipart()) {
    const file = await request.file()
    if (file) return { bytes: file.file, name: file.filename, contentType: file.mimetype }
  } else if (request.body && request.headers['content-length'] !== '0') {
    const bytes = request.body as NodeJS.ReadableStream
    return { bytes, name: '', contentType: request.headers['content-type'] ?? '' }
  }
  throw nothing()
}

/** All bytes of a file, no more than so many. @throws Fault `invalid` where there are none, or more. */
export async function bytesOf({ bytes }: Upload, maxBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = []
  let count = 0
  for await (const part of bytes) {
    count += part.length
    if (count > maxBytes) {
      const megabytes = Math.floor(maxBytes / (1024 * 1024))
      throw new Fault('invalid', `The file is larger than the ${megabytes} MB that one may have (ROSTRUM_MAX_UPLOAD).`)
    }
    parts.push(part as Buffer)
  }
  if (count === 0) throw nothing()
  return Buffer.concat(parts)
}

const nothing = () =>
  new HeygenFault('asset data must be provided: send the bytes of the file as the body.', {
    word: 'invalid_parameter',
    code: 40001,
    status: 400,
  })
