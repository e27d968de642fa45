// How HeyGen tells of videos: its events, payloads, headers and signatures (contract 9).
import { outputsOf } from '../../../core/output.ts'
import type { NoticeWriter } from '../../../services/webhooks.ts'
import { makingNotices } from './making-notices.ts'
import { resultLinks } from './results.ts'

/** Every event that an endpoint may ask for. */
export const EVENTS: readonly string[] = [
  'avatar_video',
  'avatar_video_gif',
  'avatar_video_caption',
  'video_translate',
  'personalized_video',
  'instant_avatar',
  'photo_avatar_generation',
  'photo_avatar_train',
  'photo_avatar_add_motion',
  'proofread_creation',
  'video_agent',
  'live_avatar',
].flatMap((matter) => (matter === 'personalized_video' ? [matter] : [`${matter}.success`, `${matter}.fail`]))

/** Documented keys, and beside them those that newer clients look for. */
export const heygenNotices: NoticeWriter = {
  write(job, how, linkOf) {
    const { result, origin, spec } = job
    const outcome = how === 'completed' ? 'success' : 'fail'
    // The video's own event comes first: a callback_url is told of it alone.
    const matters = [
      'avatar_video',
      ...(outputsOf(spec).some(({ kind }) => kind === 'gif') ? ['avatar_video_gif'] : []),
      ...(spec.captions ? ['avatar_video_caption'] : []),
    ]
    const links = resultLinks(job, linkOf)
    const message = job.failure ?? 'The video failed and no reason was kept.'
    const data = result
      ? {
          video_id: job.id,
          url: links.video,
          gif_download_url: links.gif,
          video_share_page_url: links.video,
          folder_id: origin.folderId,
          callback_id: origin.callbackId,
          video_url: links.video,
          thumbnail_url: links.thumbnail,
          duration: Math.round(result.durationSeconds * 1000) / 1000,
          caption_url: links.ass,
          ...(spec.captions ? { subtitle_url: links.srt, captioned_video_url: links.captioned } : {}),
        }
      : { video_id: job.id, msg: message, callback_id: origin.callbackId, folder_id: origin.folderId, error: message }
    const created = Math.floor((job.endedAt ?? job.createdAt) / 1000)
    return matters.map((matter) => {
      const event = `${matter}.${outcome}`
      return {
        event,
        payload: (eventId) => ({ event_type: event, event_data: data, event, event_id: eventId, created_at: created }),
      }
    })
  },
  writeMaking: makingNotices,
  headers: ({ eventId, event }, sign, sentAt) => ({
    ...(sign === null ? {} : { Signature: sign, 'Heygen-Signature': sign, 'X-Heygen-Signature': sign }),
    'Heygen-Timestamp': String(Math.floor(sentAt / 1000)),
    'Heygen-Event-Id': eventId,
    'Heygen-Event-Type': event,
    'User-Agent': 'HeyGen-Webhook/1.0',
  }),
}
