// JoggAI v1 videos: create one, ask how it stands.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Job } from '../../../core/job.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text } from '../fields.ts'
import { success } from '../joggai/envelope.ts'
import { failureOf, findJob, linkerOf, makeVideo } from '../joggai/make-video.ts'
import { readVideoRequest, videoSchema } from '../joggai/video-request.ts'
import { filesOf } from '../outputs.ts'

/** Numbers and words of a project's state (contract 4). */
const STATES: Readonly<Record<Job['status'], readonly [code: number, word: string]>> = {
  pending: [2, 'waiting'],
  processing: [3, 'processing'],
  completed: [4, 'success'],
  failed: [5, 'failed'],
  cancelled: [5, 'failed'],
}
const querySchema = z.object({ project_id: text('the project_id that the create call answered') })

/** Adds POST create_video_from_talking_avatar and GET project. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  app.post(
    '/v1/create_video_from_talking_avatar',
    { config: { doc: { body: videoSchema, isRehearsable: true } } },
    async (request) => {
      const asked = readVideoRequest({ aspect_ratio: 0, ...fieldsOf(request.body) })
      const made = await makeVideo(request, services, asked, 'joggai-v1')
      return success(request, 'rehearsal' in made ? made.rehearsal : { project_id: made.job.id, notes: made.notes })
    },
  )
  app.get('/v1/project', { config: { doc: { query: querySchema } } }, async (request) => {
    const { project_id: id } = read(querySchema, fieldsOf(request.query))
    return success(request, projectAnswer(await findJob(request, id, services), linkerOf(request, services)))
  })
  app.get<{ Params: { id: string } }>('/v1/project/:id', async (request) =>
    success(request, projectAnswer(await findJob(request, request.params.id, services), linkerOf(request, services))),
  )
}

function projectAnswer(job: Job, linkOf: (fileKey: string) => string): Record<string, unknown> {
  const [code, word] = STATES[job.status]
  const { result } = job
  const failure = code === 5 ? failureOf(job) : null
  return {
    id: job.id,
    title: job.spec.name,
    video_url: result ? linkOf(result.videoKey) : '',
    cover_url: result ? linkOf(result.coverKey) : '',
    video_duration: result ? Math.round(result.durationSeconds) : 0,
    status: code,
    status_code: code,
    status_desc: word,
    created_at: Math.floor(job.createdAt / 1000),
    progress: Math.floor(job.progress),
    notes: job.notes,
    ...(job.spec.outputs ? { files: filesOf(job, linkOf) } : {}),
    ...(failure === null ? {} : { error: { code: 50000, message: failure }, error_message: failure, err_msg: failure }),
  }
}
