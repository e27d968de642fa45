// JoggAI's avatars of one's own: made of a picture or a video that lies somewhere, listed, and deleted by number.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import { HEAD_BYTES, mediaTypeOf } from '../../../services/media-type.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text } from '../fields.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { ownPreviewPath } from '../media.ts'
import { linkerOf } from './make-video.ts'
import { pictureAt } from './picture-at.ts'

/** What makes an avatar. */
export const createSchema = z.object({
  origin_url: text('the address of a picture or a video, as a string'),
  name: text('a name for the avatar').max(200, { error: 'a name of at most 200 characters' }),
})
/** What deletes one. */
export const deleteSchema = z.object({ avatar_id: text('the avatar_id of an avatar of your own') })

/** Makes an avatar of the picture or the film at an address. @throws Fault */
export async function createAvatar(request: FastifyRequest, services: Services): Promise<OwnAvatar> {
  const asked = read(createSchema, fieldsOf(request.body))
  const bytes = await pictureAt('origin_url', asked.origin_url, services)
  const { ownAvatars, config } = services
  const isFilm = mediaTypeOf(bytes.subarray(0, HEAD_BYTES))?.kind === 'video'
  const options = { name: asked.name, linkBase: linkBase(request, config), ...idOf(request) }
  return isFilm
    ? ownAvatars.addFilm(accountOf(request).id, bytes, options)
    : ownAvatars.addPicture(accountOf(request).id, bytes, options)
}

/** Deletes an avatar; its number stands in the query, or as `id` in a body (contract 4). @throws NotFound */
export async function deleteAvatar(request: FastifyRequest, { ownAvatars }: Services): Promise<void> {
  const { id, ...body } = fieldsOf(request.body)
  const given: Record<string, unknown> = { avatar_id: id, ...body, ...fieldsOf(request.query) }
  const number = given.avatar_id
  const asked = read(deleteSchema, { ...given, avatar_id: number === undefined ? undefined : String(number) })
  const accountId = accountOf(request).id
  await ownAvatars.remove(accountId, (await ownAvatars.get(accountId, asked.avatar_id)).id)
}

const NUMBERS = { pending: 0, completed: 1, failed: 2 } as const
const WORDS = { pending: 'processing', completed: 'completed', failed: 'failed' } as const

/** The account's avatars in the words of every list that has them, newest first. */
export async function ownAvatarAnswers(request: FastifyRequest, services: Services) {
  const linkOf = linkerOf(request, services)
  const base = linkBase(request, services.config)
  return (await services.ownAvatars.list(accountOf(request).id)).map((avatar) => {
    const { speakerId } = avatar
    const speaker = speakerId === null ? null : services.library.find(speakerId)
    return {
      id: avatar.number,
      avatar_id: avatar.number,
      name: avatar.name,
      video_url: speakerId === null ? '' : `${base}${ownPreviewPath(services.files, avatar.id)}`,
      cover_url: linkOf(avatar.fileKey),
      avatar_url: linkOf(avatar.fileKey),
      api_only: false,
      avatar_status: WORDS[avatar.status],
      status: NUMBERS[avatar.status],
      fail_msg: avatar.failure?.message ?? '',
      aspect_ratio: 0,
      gender: speaker?.gender ?? '',
      age: speaker?.age ?? '',
      style: 'social',
    }
  })
}
