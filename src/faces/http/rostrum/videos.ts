// Videos of the account, from whichever API: list, look, cancel, delete.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NotFound } from '../../../core/errors.ts'
import type { Job } from '../../../core/job.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text, wholeNumber } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { filesOf } from '../outputs.ts'

const querySchema = z.object({
  limit: wholeNumber('a number from 1 to 200').optional(),
  before: text('the id of the last video of the page before').optional(),
  name: text('a part of the name').optional(),
})
type ById = { Params: { id: string } }

/** Adds v1/videos, v1/videos/{id} and its cancel. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  const { jobs, files, config } = services
  const answer = (request: Parameters<typeof linkBase>[0], job: Job) => {
    const base = linkBase(request, config)
    return videoAnswer(job, (key) => `${base}${files.signedPath(key, Date.now() / 1000 + config.linkSeconds)}`)
  }
  app.get('/v1/videos', { config: { doc: { query: querySchema } } }, async (request) => {
    const { limit = 50, before, name } = read(querySchema, fieldsOf(request.query))
    const accountId = accountOf(request).id
    const found = await jobs.list(accountId, {
      limit,
      ...(before === undefined ? {} : { before: await jobs.get(accountId, idIn(before)) }),
      ...(name === undefined ? {} : { name }),
    })
    return { videos: found.map((job) => answer(request, job)) }
  })
  app.get<ById>('/v1/videos/:id', async (request) =>
    answer(request, await jobs.get(accountOf(request).id, idIn(request.params.id))),
  )
  app.post<ById>('/v1/videos/:id/cancel', async (request) =>
    answer(request, await jobs.cancel(accountOf(request).id, idIn(request.params.id))),
  )
  app.delete<ById>('/v1/videos/:id', async (request) => {
    const { id } = await services.removeVideo(accountOf(request).id, idIn(request.params.id))
    return { id, deleted: true }
  })
}

/** A video's id as it is stored. @throws NotFound */
export function idIn(id: string): string {
  if (!/^[0-9a-f]{32}$/i.test(id)) throw new NotFound('video', id, 'Its id is 32 hex digits.')
  return id.toLowerCase()
}

function videoAnswer(job: Job, linkOf: (fileKey: string) => string): Record<string, unknown> {
  const { result, origin, spec } = job
  return {
    id: job.id,
    name: spec.name,
    ...progressAnswer(job),
    api: origin.api,
    width: spec.canvas.width,
    height: spec.canvas.height,
    fps: spec.canvas.fps,
    scene_count: spec.scenes.length,
    created_at: new Date(job.createdAt).toISOString(),
    started_at: job.startedAt === null ? null : new Date(job.startedAt).toISOString(),
    ended_at: job.endedAt === null ? null : new Date(job.endedAt).toISOString(),
    video_url: result ? linkOf(result.videoKey) : null,
    cover_url: result ? linkOf(result.coverKey) : null,
    files: filesOf(job, linkOf),
    duration: result?.durationSeconds ?? null,
    byte_count: result?.byteCount ?? null,
    callback_id: origin.callbackId,
    notes: job.notes,
  }
}

/** How far a video is: progress from 0 to 100. */
export function progressAnswer({ status, stage, progress, failure }: Job) {
  return { status, stage, progress: Math.floor(progress), failure }
}
