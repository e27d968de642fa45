// JoggAI v2 lip sync: a video of a speaking person gets a new sound and the mouth to it; found again by what it was made of.
import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { NotFound } from '../../../core/errors.ts'
import { PLAYBACKS } from '../../../core/footage.ts'
import type { Job, JobStatus } from '../../../core/job.ts'
import { type MediaSource, MOST_FOOTAGE, type VideoSpec } from '../../../core/spec.ts'
import type { Services } from '../../../services/open.ts'
import { checkUrl } from '../../../services/outbound.ts'
import { fieldsOf, read, webAddress, word } from '../fields.ts'
import { accountOf, idOf } from '../guard.ts'
import { success } from '../joggai/envelope.ts'
import { failureOf, linkerOf } from '../joggai/make-video.ts'
import { linkBase } from '../links.ts'
import { keyInLink } from '../own-file.ts'
import { isRehearsal, rehearsalAnswer } from '../rehearsal.ts'

const schema = z.object({
  video_url: webAddress('the address of a video that shows one speaking person'),
  audio_url: webAddress('the address of the sound that the person shall speak'),
  playback_type: word(PLAYBACKS).default(PLAYBACKS[0]),
})
type LipSync = z.output<typeof schema>

/** This dialect's words (contract 6). */
const STATUS: Readonly<Record<JobStatus, string>> = {
  pending: 'pending',
  processing: 'processing',
  completed: 'success',
  failed: 'failed',
  cancelled: 'failed',
}

/** Adds POST create_lip_sync_video and GET lip_sync_video, by id and by inputs. */
export function lipSyncRoutes(app: FastifyInstance, services: Services): void {
  app.post(
    '/v2/create_lip_sync_video',
    {
      config: { doc: { body: schema, isRehearsable: true } },
    },
    async (request) => {
      const asked = read(schema, fieldsOf(request.body))
      const spec: VideoSpec = {
        name: 'Lip sync',
        canvas: MOST_FOOTAGE,
        scenes: [
          {
            character: null,
            voice: { kind: 'recording', source: sourceOf('audio_url', asked.audio_url, services) },
            background: { kind: 'color', color: '#000000' },
          },
        ],
        footage: { source: sourceOf('video_url', asked.video_url, services), playback: asked.playback_type },
        seed: 0,
      }
      if (isRehearsal(request)) {
        // How large and how fast it is, only the film knows.
        const {
          width: _,
          height: __,
          fps: ___,
          ...answer
        } = await rehearsalAnswer(services, spec, [], accountOf(request).keyId)
        return success(request, answer)
      }
      const job = await services.jobs.create({
        accountId: accountOf(request).id,
        keyId: accountOf(request).keyId,
        spec,
        origin: {
          api: 'joggai-v2',
          linkBase: linkBase(request, services.config),
          callbackUrl: null,
          callbackId: null,
          folderId: null,
          requestId: request.id,
          inputs: inputsOf(asked),
        },
        ...idOf(request),
      })
      return success(request, { task_id: job.id, status: STATUS[job.status] })
    },
  )

  app.get<{ Params: { id: string } }>('/v2/lip_sync_video/:id', async (request) =>
    success(request, taskAnswer(await findTask(request, request.params.id, services), request, services)),
  )

  app.get('/v2/lip_sync_video', { config: { doc: { query: schema } } }, async (request) => {
    const asked = read(schema, fieldsOf(request.query))
    const [job] = await services.jobs.list(accountOf(request).id, { inputs: inputsOf(asked), limit: 1 })
    if (!job) {
      throw new NotFound('lip sync task of', asked, 'POST /v2/create_lip_sync_video makes one.')
    }
    return success(request, taskAnswer(job, request, services))
  })
}

function sourceOf(field: string, url: string, services: Services): MediaSource {
  const fileKey = keyInLink(url, services)
  if (fileKey !== null) return { fileKey }
  checkUrl(field, url, services.config.allowPrivateUrls)
  return { url }
}

/** Equal for equal inputs, as the client wrote them. */
function inputsOf({ video_url, audio_url, playback_type }: LipSync): string {
  return createHash('sha256')
    .update(JSON.stringify([video_url, audio_url, playback_type]))
    .digest('hex')
}

/** @throws NotFound where the account has no such task. */
async function findTask(request: FastifyRequest, id: string, { jobs }: Services): Promise<Job> {
  // Its clients know the ids of tasks as UUIDs, so dashes do not matter.
  const plain = id.replaceAll('-', '').toLowerCase()
  const nothing = () => new NotFound('lip sync task', id, 'Its id is what create_lip_sync_video answered as task_id.')
  if (!/^[0-9a-f]{32}$/.test(plain)) throw nothing()
  const job = await jobs.get(accountOf(request).id, plain).catch((error) => {
    throw error instanceof NotFound ? nothing() : error
  })
  if (!job.spec.footage) throw nothing()
  return job
}

function taskAnswer(job: Job, request: FastifyRequest, services: Services): Record<string, unknown> {
  const linkOf = linkerOf(request, services)
  const { result } = job
  return {
    task_id: job.id,
    status: STATUS[job.status],
    created_at: Math.floor(job.createdAt / 1000),
    completed_at: job.endedAt === null ? null : Math.floor(job.endedAt / 1000),
    progress: Math.floor(job.progress),
    data:
      job.status === 'completed' && result
        ? {
            result_url: linkOf(result.videoKey),
            cover_url: linkOf(result.coverKey),
            duration_seconds: Math.round(result.durationSeconds * 100) / 100,
          }
        : null,
    error: STATUS[job.status] === 'failed' ? { message: failureOf(job) } : null,
  }
}
