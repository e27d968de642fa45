// Files in request bodies: the raw bytes as documented, or a form as many clients send them.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { fileOfForm, takeForms, takeRawBodies, tooLarge, type Upload } from '../raw-body.ts'
import { HeygenFault } from './envelope.ts'

/** Lets an instance's routes take files. */
export function takeFiles(app: FastifyInstance, services: Services): void {
  takeRawBodies(app)
  takeForms(app, services)
}

/** The file of a request. @throws HeygenFault 400, number 40001, where there is none. */
export async function uploadOf(request: FastifyRequest): Promise<Upload> {
  if (request.isMultipart()) {
    const file = await fileOfForm(request)
    if (file) return file
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
    if (count > maxBytes) throw tooLarge(maxBytes)
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
