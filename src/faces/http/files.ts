// Finished files behind signed links: whole, in ranges, or with a word on why not.
import { basename } from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../../services/open.ts'

const TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  webm: 'video/webm',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  heic: 'image/heic',
  mov: 'video/quicktime',
  ogg: 'audio/ogg',
  flac: 'audio/flac',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  json: 'application/json',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ssa',
}

/** Adds GET and HEAD /files/*, with Range; links that expired answer 410, forged ones 403, lost files 404. */
export function fileRoutes(app: FastifyInstance, services: Services): void {
  app.get<{ Params: { '*': string }; Querystring: Record<string, unknown> }>('/files/*', async (request, reply) => {
    const key = request.params['*']
    const { expires, signature } = request.query
    const state = services.files.verify({ key, expires, signature })
    if (state === 'expired') {
      return refuse(
        reply,
        410,
        'This link has expired. Ask for the video again with GET /v2/avatar_video/{id}: the answer has a new link.',
      )
    }
    if (state === 'bad') {
      return refuse(
        reply,
        403,
        'This link is not one that this server made. Copy it whole, with its expires and signature.',
      )
    }
    const { path } = await services.files.openRead(key)
    const secondsLeft = Math.max(0, Math.floor(Number(expires) - Date.now() / 1000))
    return sendFile(reply, path, `private, max-age=${secondsLeft}, immutable`)
  })
}

/** Sends a file by its path, inline, with Range, ETag and the type that its extension says. */
export function sendFile(reply: FastifyReply, path: string, cacheControl: string): FastifyReply {
  const name = basename(path)
  reply.header('cache-control', cacheControl)
  reply.header('content-disposition', `inline; filename="${name.replace(/[^\w.-]/g, '_')}"`)
  reply.header('x-content-type-options', 'nosniff')
  reply.type(TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream')
  return reply.sendFile(name, path.slice(0, path.length - name.length), { cacheControl: false, contentType: false })
}

/** A refusal outside of every dialect. */
export function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  reply.removeHeader('content-disposition')
  reply.code(status).header('cache-control', 'no-store').type('application/json')
  return reply.send({ error: message, request_id: reply.request.id })
}
