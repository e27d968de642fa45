// How JoggAI tells of videos: its events, payloads, headers and signature (contract 7).
import type { Job } from '../../../core/job.ts'
import type { Notice, NoticeWriter } from '../../../services/webhooks.ts'
import { makingNotices } from './making-notices.ts'

const MATTERS = [
  'generated_video',
  'create_avatar',
  'generated_image',
  'generated_motion',
  'generated_product_video',
  'generated_avatar_video',
  'generated_template_video',
  'generated_translate_video',
  'generated_photo_avatar',
  'generated_product_avatar',
  'generated_script',
] as const

/** Every event that an endpoint may ask for. */
export const EVENTS: readonly string[] = MATTERS.flatMap((matter) => [`${matter}_success`, `${matter}_failed`])

/** Events of the second generation: the avatar video's own first, then the one that older clients listen to. */
export const noticesV2: NoticeWriter = writer(['generated_avatar_video', 'generated_video'], 'JoggAI-Webhook/2.0')
/** Events of the first generation. */
export const noticesV1: NoticeWriter = writer(['generated_video', 'generated_avatar_video'], 'Jogg-Webhook/1.0')

function writer(matters: readonly string[], agent: string): NoticeWriter {
  return {
    // The service has no event for lip sync videos: nobody expects one of another name.
    write: (job, how, linkOf) =>
      (job.spec.footage ? [] : matters).map((matter): Notice => {
        const event = `${matter}_${how === 'completed' ? 'success' : 'failed'}`
        const timestamp = Math.floor((job.endedAt ?? job.createdAt) / 1000)
        const data = dataOf(job, linkOf)
        return { event, payload: (eventId) => ({ event_id: eventId, event, timestamp, data }) }
      }),
    writeMaking: makingNotices,
    headers: ({ event }, sign) => ({
      'X-Webhook-Event': event,
      ...(sign === null ? {} : { 'X-Webhook-Signature': sign }),
      'User-Agent': agent,
    }),
  }
}

function dataOf(job: Job, linkOf: (fileKey: string) => string): Record<string, unknown> {
  const ids = { video_id: job.id, project_id: job.id }
  if (job.status !== 'completed' || !job.result) {
    const message = job.failure ?? 'The video failed and no reason was kept.'
    return { ...ids, status: 'failed', error: { code: 50000, message } }
  }
  return {
    ...ids,
    status: 'completed',
    video_url: linkOf(job.result.videoKey),
    cover_url: linkOf(job.result.coverKey),
    duration: Math.round(job.result.durationSeconds * 100) / 100,
  }
}
