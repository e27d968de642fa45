// JoggAI v2 avatar videos: create one, ask how it stands.
import type { FastifyInstance } from 'fastify'
import type { Config } from '../../../core/config.ts'
import type { Job } from '../../../core/job.ts'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import { failureOf, findJob, linkerOf, makeVideo } from '../joggai/make-video.ts'
import { readVideoRequest, videoSchema } from '../joggai/video-request.ts'
import { filesOf } from '../outputs.ts'

/** Adds POST create_video_from_avatar and GET avatar_video/{id}. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  app.post(
    '/v2/create_video_from_avatar',
    { config: { doc: { body: videoSchema, isRehearsable: true } } },
    async (request) => {
      const made = await makeVideo(request, services, readVideoRequest(request.body), 'joggai-v2')
      if ('rehearsal' in made) return success(request, made.rehearsal)
      const { job, voice, notes } = made
      return success(request, { video_id: job.id, status: job.status, voice_id: voice?.id ?? null, notes })
    },
  )

  app.get<{ Params: { id: string } }>('/v2/avatar_video/:id', async (request) => {
    const job = await findJob(request, request.params.id, services)
    return success(request, videoAnswer(job, linkerOf(request, services), services.config.joggaiStatus))
  })
}

/** A job in JoggAI's words: what is documented, and extras that clients ignore or look for (contract U1, U19). */
function videoAnswer(
  job: Job,
  linkOf: (fileKey: string) => string,
  words: Config['joggaiStatus'],
): Record<string, unknown> {
  const [done, failed] = words === 'live' ? ['success', 'fail'] : ['completed', 'failed']
  const voice = job.spec.scenes[0]?.voice
  const always = {
    video_id: job.id,
    status:
      job.status === 'completed' ? done : job.status === 'pending' || job.status === 'processing' ? job.status : failed,
    created_at: Math.floor(job.createdAt / 1000),
    video_name: job.spec.name,
    progress: Math.floor(job.progress),
    ...(voice?.kind === 'script' ? { voice_id: voice.voiceId } : {}),
    notes: job.notes,
  }
  if (job.status === 'completed' && job.result) {
    return {
      ...always,
      video_url: linkOf(job.result.videoKey),
      cover_url: linkOf(job.result.coverKey),
      duration: Math.round(job.result.durationSeconds * 100) / 100,
      ...(job.spec.outputs ? { files: filesOf(job, linkOf) } : {}),
    }
  }
  if (job.endedAt === null) return always
  const message = failureOf(job)
  return { ...always, error: { code: 50000, message }, error_message: message }
}
