// HeyGen videos: generate, ask how one stands, list, delete.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { NotFound } from '../../../core/errors.ts'
import type { Job } from '../../../core/job.ts'
import type { VideoSpec } from '../../../core/spec.ts'
import type { Services } from '../../../services/open.ts'
import { checkUrl } from '../../../services/outbound.ts'
import { read, wholeNumber, withoutBlanks } from '../fields.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { filesOf } from '../outputs.ts'
import { isRehearsal, rehearsalAnswer } from '../rehearsal.ts'
import { asGenerateRequest, av4Schema } from './av4.ts'
import { HeygenFault, v1, v2, videoNotFound } from './envelope.ts'
import { type GenerateRequest, generateSchema, readHeygen } from './generate-request.ts'
import { idOfKey, lookOfKey } from './image-keys.ts'
import { findPerson } from './people.ts'
import { resultLinks } from './results.ts'
import { sourceOf } from './source-file.ts'
import { type Lookups, toSpec } from './to-spec.ts'
import { findVoice } from './voices.ts'
import { asTransparentRequest, TRANSPARENT, webmSchema } from './webm.ts'

const listSchema = z.object({
  limit: wholeNumber('a number from 0 to 100').optional(),
  token: z.string().optional(),
  folder_id: z.string().optional(),
  title: z.string().optional(),
})
const videoSchema = z.object({ video_id: z.string({ error: 'the video_id that the generate call answered' }) })
type Query = { Querystring: Record<string, unknown> }

/** Adds video/generate, video_status.get, video.list, video.delete and the videos of v2. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  const { jobs, config, ownAvatars } = services
  app.post(
    '/v2/video/generate',
    { config: { doc: { body: generateSchema, isRehearsable: true } } },
    async (request) => {
      const accountId = accountOf(request).id
      return makeVideo(request, readHeygen(generateSchema, request.body), (id) => findPerson(services, accountId, id))
    },
  )
  app.post('/v2/video/av4/generate', { config: { doc: { body: av4Schema, isRehearsable: true } } }, async (request) => {
    const asked = readHeygen(av4Schema, request.body)
    const accountId = accountOf(request).id
    const look = { name: asked.video_title, id: idOfKey(accountId, asked.image_key) }
    const isKept = !isRehearsal(request) || (await ownAvatars.list(accountId)).some(({ id }) => id === look.id)
    try {
      return await makeVideo(request, asGenerateRequest(asked), async (key) => {
        const { id } = await lookOfKey(services, accountId, key, { ...look, linkBase: linkBase(request, config) })
        return findPerson(services, accountId, id)
      })
    } finally {
      // Whoever only wants to know finds nothing new in the lists of avatars.
      if (!isKept) await ownAvatars.remove(accountId, look.id).catch(ignoreMissing)
    }
  })
  app.get<Query>('/v1/video_status.get', { config: { doc: { query: videoSchema } } }, async (request) => {
    return v1(statusAnswer(await jobOf(request, idIn(request.query), services), linkerOf(request, services)))
  })
  app.get<Query>('/v1/video.list', { config: { doc: { query: listSchema } } }, async (request) => {
    const { items, token } = await page(request, services)
    const videos = items.map((job) => ({
      video_id: job.id,
      status: statusOf(job),
      video_title: job.spec.name,
      created_at: seconds(job.createdAt),
      type: 'GENERATED',
    }))
    return v1({ token, videos })
  })
  app.delete<Query>('/v1/video.delete', { config: { doc: { query: videoSchema } } }, async (request) => {
    await remove(request, idIn(request.query), services)
    return v1(null)
  })
  app.get<Query>('/v2/videos', { config: { doc: { query: listSchema } } }, async (request) => {
    const { items, token } = await page(request, services)
    const linkOf = linkerOf(request, services)
    return v2({ videos: items.map((job) => videoAnswer(job, linkOf)), token })
  })
  app.get<{ Params: { id: string } }>('/v2/videos/:id', async (request) =>
    v2(videoAnswer(await jobOf(request, request.params.id, services), linkerOf(request, services))),
  )
  app.delete<{ Params: { id: string } }>('/v2/videos/:id', async (request) => {
    await remove(request, request.params.id, services)
    return v2(null)
  })
  app.post('/v1/video.webm', { config: { doc: { body: webmSchema, isRehearsable: true } } }, async (request) => {
    const asked = asTransparentRequest(readHeygen(webmSchema, request.body))
    const accountId = accountOf(request).id
    const made = await makeVideo(request, asked, (id) => findPerson(services, accountId, id), TRANSPARENT)
    return v1(made.data)
  })
  app.post('/v1/video/share', { config: { doc: { body: videoSchema } } }, async (request) => {
    const job = await jobOf(request, readHeygen(videoSchema, request.body).video_id, services)
    if (!job.result)
      throw new HeygenFault('The video is not finished yet.', { word: 'invalid_parameter', code: 400, status: 400 })
    return v1(linkerOf(request, services)(job.result.videoKey))
  })

  async function makeVideo(
    request: FastifyRequest,
    asked: GenerateRequest,
    findAvatar: Lookups['findAvatar'],
    outputs?: VideoSpec['outputs'],
  ) {
    if (asked.callback_url) checkUrl('callback_url', asked.callback_url, config.allowPrivateUrls)
    const { spec: read, notes } = await toSpec(asked, {
      findAvatar,
      findVoice: (id, hint) => findVoice(services, id, hint),
      findFile: (named) => sourceOf(services, accountOf(request).id, named),
      maxScriptLength: config.maxScriptLength,
    })
    const spec = outputs ? { ...read, outputs } : read
    if (isRehearsal(request)) {
      return v2(await rehearsalAnswer(services, spec, notes, accountOf(request).keyId))
    }
    const job = await jobs.create({
      accountId: accountOf(request).id,
      keyId: accountOf(request).keyId,
      spec,
      notes,
      origin: {
        api: 'heygen',
        linkBase: linkBase(request, config),
        callbackUrl: asked.callback_url ?? null,
        callbackId: asked.callback_id ?? null,
        folderId: asked.folder_id ?? null,
        requestId: request.id,
      },
      ...idOf(request),
    })
    return v2({ video_id: job.id })
  }
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof NotFound)) throw error
}

/** @throws HeygenFault 400 in the service's own words. */
function idIn({ video_id: id }: Record<string, unknown>): string {
  if (typeof id === 'string' && id.trim() !== '') return id
  const words = 'Invalid parameters: video_id is required.'
  throw new HeygenFault(words, { word: 'invalid_parameter', code: 400, status: 400 })
}

async function jobOf(request: FastifyRequest, id: string, { jobs }: Services): Promise<Job> {
  const clean = id.trim().toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(clean)) throw videoNotFound(id)
  try {
    return await jobs.get(accountOf(request).id, clean)
  } catch (error) {
    throw error instanceof NotFound ? videoNotFound(id) : error
  }
}

async function remove(request: FastifyRequest, id: string, services: Services): Promise<void> {
  const job = await jobOf(request, id, services)
  await services.removeVideo(job.accountId, job.id)
}

type Linker = (fileKey: string) => string

function linkerOf(request: FastifyRequest, { files, config }: Services): Linker {
  const base = linkBase(request, config)
  return (key) => `${base}${files.signedPath(key, Date.now() / 1000 + config.linkSeconds)}`
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
const statusOf = ({ status }: Job) => (status === 'cancelled' ? 'failed' : status)

function statusAnswer(job: Job, linkOf: Linker): Record<string, unknown> {
  const { result } = job
  const links = resultLinks(job, linkOf)
  const status = statusOf(job)
  const reason = job.failure ?? 'The video failed and no reason was kept.'
  return {
    id: job.id,
    video_id: job.id,
    status,
    callback_id: job.origin.callbackId,
    created_at: seconds(job.createdAt),
    duration: result ? Math.round(result.durationSeconds * 1000) / 1000 : null,
    video_url: links.video,
    video_url_caption: links.captioned,
    caption_url: links.ass,
    thumbnail_url: links.thumbnail,
    gif_url: links.gif,
    error: status === 'failed' ? { code: 400175, detail: reason, message: reason } : null,
    progress: Math.floor(job.progress),
    notes: job.notes,
    files: filesOf(job, linkOf),
  }
}

function videoAnswer(job: Job, linkOf: Linker): Record<string, unknown> {
  const { result } = job
  const links = resultLinks(job, linkOf)
  const status = statusOf(job)
  return {
    id: job.id,
    video_id: job.id,
    status,
    title: job.spec.name,
    video_url: links.video,
    thumbnail_url: links.thumbnail,
    duration: result ? Math.round(result.durationSeconds * 1000) / 1000 : null,
    created_at: new Date(job.createdAt).toISOString(),
    completed_at: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
    gif_url: links.gif,
    captioned_video_url: links.captioned,
    subtitle_url: links.srt,
    folder_id: job.origin.folderId,
    output_language: null,
    failure_code: status === 'failed' ? 'generation_failed' : null,
    failure_message: status === 'failed' ? (job.failure ?? 'The video failed and no reason was kept.') : null,
  }
}

/** One page of the account's videos, newest first; the token names the last one. */
async function page(
  request: FastifyRequest,
  { jobs }: Services,
): Promise<{ items: readonly Job[]; token: string | null }> {
  const query = read(listSchema, withoutBlanks(request.query as Record<string, unknown>))
  const limit = Math.min(100, Math.max(0, query.limit ?? 100))
  if (limit === 0) return { items: [], token: null }
  const found = await jobs.list(accountOf(request).id, {
    limit: limit + 1,
    ...(query.token === undefined ? {} : { before: placeOf(query.token) }),
    ...(query.folder_id === undefined ? {} : { folderId: query.folder_id }),
    ...(query.title === undefined ? {} : { name: query.title }),
  })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return { items, token: found.length > limit && last ? tokenOf(last) : null }
}

const tokenOf = ({ createdAt, id }: Job) => Buffer.from(`${createdAt}_${id}`).toString('base64url')

function placeOf(token: string): Pick<Job, 'createdAt' | 'id'> {
  const found = /^(\d{1,16}(?:\.\d{1,6})?)_([0-9a-f]{32})$/.exec(Buffer.from(token, 'base64url').toString())
  if (!found) {
    throw new HeygenFault('token is invalid: send the token of the page before.', {
      word: 'invalid_parameter',
      code: 40012,
      status: 400,
    })
  }
  return { createdAt: Number(found[1]), id: found[2]! }
}
