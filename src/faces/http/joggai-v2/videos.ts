// JoggAI v2 avatar videos: create one, ask how it stands.
import type { FastifyInstance } from 'fastify'
import { NotFound } from '../../../core/errors.ts'
import type { Job } from '../../../core/job.ts'
import type { Services } from '../../../services/open.ts'
import { checkUrl } from '../../../services/outbound.ts'
import { accountOf, idOf } from '../guard.ts'
import { success } from '../joggai/envelope.ts'
import { linkBase } from '../links.ts'
import { toSpec } from './to-spec.ts'
import { readVideoRequest } from './video-request.ts'

/** Adds POST create_video_from_avatar and GET avatar_video/{id}. */
export function videoRoutes(app: FastifyInstance, services: Services): void {
  app.post('/v2/create_video_from_avatar', async (request) => {
    const asked = readVideoRequest(request.body)
    if (asked.webhook_url) checkUrl('webhook_url', asked.webhook_url, services.config.allowPrivateUrls)
    const { spec, voice, notes } = toSpec(asked, {
      findAvatar: (number) => services.library.find(number),
      findVoice: (id, hint) => services.voices.find(id, hint),
      maxScriptLength: services.config.maxScriptLength,
    })
    const job = await services.jobs.create({
      accountId: accountOf(request).id,
      spec,
      notes,
      origin: {
        api: 'joggai-v2',
        linkBase: linkBase(request, services.config),
        callbackUrl: asked.webhook_url ?? null,
        callbackId: null,
        folderId: null,
      },
      ...idOf(request),
    })
    return success(request, { video_id: job.id, status: job.status, voice_id: voice.id, notes })
  })

  app.get<{ Params: { id: string } }>('/v2/avatar_video/:id', async (request) => {
    const job = await findJob(request.params.id, accountOf(request).id, services)
    const base = linkBase(request, services.config)
    return success(
      request,
      videoAnswer(
        job,
        (key) => `${base}${services.files.signedPath(key, Date.now() / 1000 + services.config.linkSeconds)}`,
      ),
    )
  })
}

/** A job in JoggAI's words: what is documented, and extras that clients ignore or look for (contract U19). */
export function videoAnswer(job: Job, linkOf: (fileKey: string) => string): Record<string, unknown> {
  const voice = job.spec.scenes[0]?.voice
  const always = {
    video_id: job.id,
    status: job.status,
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
    }
  }
  if (job.status === 'failed') {
    const message = job.failure ?? 'The video failed and no reason was kept.'
    return { ...always, error: { code: 50000, message }, error_message: message }
  }
  return always
}

async function findJob(id: string, accountId: string, services: Services): Promise<Job> {
  if (!/^[0-9a-f]{32}$/i.test(id))
    throw new NotFound('video', id, 'A video_id is 32 hex digits, as the create call answered it.')
  return services.jobs.get(accountId, id.toLowerCase())
}
