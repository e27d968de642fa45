// How JoggAI tells of pictures and avatars that were made (contract 7).
import type { Making, OwnAvatar } from '../../../core/own-avatar.ts'
import type { Notice, NoticeLinks } from '../../../services/webhooks.ts'
import { ownPreviewPath } from '../media.ts'

type Told = readonly [matter: string, data: Record<string, unknown>]

/** Every event of an ended making: the specific ones first, the one that older clients listen to last (U4). */
export function makingNotices(making: Making, links: NoticeLinks, endedAt: number): readonly Notice[] {
  const { failure, told } = toldOf(making, links)
  return told.map(([matter, data]): Notice => {
    const event = `${matter}_${failure === null ? 'success' : 'failed'}`
    return { event, payload: (eventId) => ({ event_id: eventId, event, timestamp: endedAt, data }) }
  })
}

function toldOf(making: Making, links: NoticeLinks): { failure: string | null; told: readonly Told[] } {
  if (making.kind === 'pictures') {
    const { id, failure, people } = making.generation
    const outcome = failure
      ? { error: failure.message }
      : { photo_urls: people.map(({ fileKey }) => links.file(fileKey)) }
    return { failure: failure?.message ?? null, told: [['generated_image', { photo_id: id, ...outcome }]] }
  }
  // An avatar that is asked to move, or a group that is trained, is HeyGen's matter.
  if (making.kind !== 'avatar') return { failure: null, told: [] }
  const { avatar } = making
  return { failure: avatar.failure?.message ?? null, told: avatarTold(avatar, links) }
}

function avatarTold(avatar: OwnAvatar, links: NoticeLinks): readonly Told[] {
  const motion = { motion_id: avatar.id }
  const who = { avatar_id: avatar.number, name: avatar.name }
  if (avatar.failure) {
    const { message } = avatar.failure
    const failed = { ...who, status: 'failed', error: { code: 50000, message } }
    return [
      ['generated_motion', { ...motion, error: message }],
      ['generated_photo_avatar', failed],
      ['create_avatar', failed],
    ]
  }
  const preview = `${links.base}${ownPreviewPath(links, avatar.id)}`
  const picture = links.file(avatar.fileKey)
  const done = { ...who, status: 'completed', preview_url: preview, cover_url: picture }
  return [
    ['generated_motion', { ...motion, motion_url: preview, photo_url: picture }],
    ['generated_photo_avatar', done],
    ['create_avatar', done],
  ]
}
