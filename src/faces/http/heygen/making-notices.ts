// How HeyGen tells of pictures that were generated, and of looks that were trained or moved.
import type { Making } from '../../../core/own-avatar.ts'
import type { Notice, NoticeLinks } from '../../../services/webhooks.ts'
import { ownPreviewPath } from '../media.ts'
import { keyOfGenerated } from './image-keys.ts'

/** The event of an ended making. A look of one's own picture has none: HeyGen names no event for it. */
export function makingNotices(making: Making, links: NoticeLinks, endedAt: number): readonly Notice[] {
  if (making.kind === 'avatar') return []
  const { matter, failure, data } = toldOf(making, links)
  const event = `${matter}.${failure === null ? 'success' : 'fail'}`
  const told = failure === null ? data : { ...data, msg: failure, error: failure }
  return [
    {
      event,
      payload: (eventId) => ({ event_type: event, event_data: told, event, event_id: eventId, created_at: endedAt }),
    },
  ]
}

type Told = { readonly matter: string; readonly failure: string | null; readonly data: Record<string, unknown> }

function toldOf(making: Exclude<Making, { kind: 'avatar' }>, links: NoticeLinks): Told {
  if (making.kind === 'pictures') {
    const { id, failure, people } = making.generation
    const pictures = {
      image_url_list: people.map(({ fileKey }) => links.file(fileKey)),
      image_key_list: people.map((_, index) => keyOfGenerated(id, index)),
    }
    const data = { generation_id: id, ...(failure ? {} : pictures) }
    return { matter: 'photo_avatar_generation', failure: failure?.message ?? null, data }
  }
  if (making.kind === 'training') {
    const [first] = making.looks
    const isFailed = making.looks.every(({ status }) => status === 'failed')
    const failure = isFailed ? (first?.failure?.message ?? 'None of its looks could be made.') : null
    return { matter: 'photo_avatar_train', failure, data: { group_id: first?.groupId, name: first?.name } }
  }
  const { avatar } = making
  const preview = avatar.failure ? {} : { motion_preview_url: `${links.base}${ownPreviewPath(links, avatar.id)}` }
  return {
    matter: 'photo_avatar_add_motion',
    failure: avatar.failure?.message ?? null,
    data: { id: avatar.id, group_id: avatar.groupId, ...preview },
  }
}
