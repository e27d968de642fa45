// HeyGen's lists of avatars: all of them, one in detail, and the groups they are looks of.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Avatar } from '../../../core/library.ts'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import type { Services } from '../../../services/open.ts'
import { flag, read, withoutBlanks } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { coverPath, previewPath } from '../media.ts'
import { v1, v2 } from './envelope.ts'
import { groupsOf, lookAnswer, pictureLink, talkingPhotoAnswer, voiceOfLook } from './looks.ts'
import { avatarNotFound, findPublic, lookId } from './people.ts'

const groupQuery = z.object({ include_public: flag('true: the public avatars, too').optional() })
type ById = { Params: { id: string } }

/** Adds avatars, avatar/{id}/details, avatar_group.list and avatar_group/{id}/avatars. */
export function avatarRoutes(app: FastifyInstance, services: Services): void {
  const { library, ownAvatars, config } = services
  const baseOf = (request: FastifyRequest) => linkBase(request, config)
  const listed = (request: FastifyRequest) => library.list().map((avatar) => avatarAnswer(avatar, baseOf(request)))
  const own = (request: FastifyRequest) => ownAvatars.list(accountOf(request).id)

  app.get('/v2/avatars', async (request) => {
    const usable = (await own(request)).filter(({ status }) => status !== 'failed')
    const photos = usable.map((look) => talkingPhotoAnswer(request, services, look))
    return v2({ avatars: listed(request), talking_photos: photos })
  })
  app.get('/v1/avatar.list', async (request) => v1({ avatars: listed(request) }))
  app.get<ById>('/v2/avatar/:id/details', async (request) => {
    const { id } = request.params
    const found = findPublic(services, id)
    if (!found) {
      const look = (await own(request)).find((each) => each.id === lookId(id))
      if (!look) throw avatarNotFound(id)
      return v2(lookDetails(request, look))
    }
    const { avatar } = found
    return v2({
      type: 'avatar',
      id: avatar.id,
      name: avatar.name,
      gender: avatar.gender,
      preview_image_url: `${baseOf(request)}${coverPath(avatar.id)}`,
      preview_video_url: `${baseOf(request)}${previewPath(avatar.id)}`,
      premium: false,
      is_public: true,
      default_voice_id: avatar.voiceId,
      tags: avatar.tags,
    })
  })
  // Each public avatar is a group of one look.
  app.get<{ Querystring: Record<string, unknown> }>(
    '/v2/avatar_group.list',
    { config: { doc: { query: groupQuery } } },
    async (request) => {
      const { include_public: isPublic = false } = read(groupQuery, withoutBlanks(request.query))
      const groups = [...groupsOf(await own(request)).values()].map((looks) => ownGroup(request, looks))
      if (isPublic) groups.push(...library.list().map((avatar) => publicGroup(avatar, baseOf(request))))
      return v2({ total_count: groups.length, avatar_group_list: groups })
    },
  )
  app.get<ById>('/v2/avatar_group/:id/avatars', async (request) => {
    const { id } = request.params
    const looks = groupsOf(await own(request)).get(id.trim().toLowerCase())
    if (looks) return v2({ avatar_list: looks.map((look) => unionAnswer(request, look)) })
    const avatar = library.list().find((each) => each.id === findPublic(services, id)?.avatar.id)
    if (!avatar) throw avatarNotFound(id)
    return v2({ avatar_list: [{ id: avatar.id, name: avatar.name, ...avatarAnswer(avatar, baseOf(request)) }] })
  })

  const genderOf = ({ speakerId }: OwnAvatar) => (speakerId === null ? 'unknown' : library.find(speakerId).gender)

  function lookDetails(request: FastifyRequest, look: OwnAvatar): Record<string, unknown> {
    return {
      type: 'talking_photo',
      id: look.id,
      name: look.name,
      gender: genderOf(look),
      preview_image_url: pictureLink(request, services, look.fileKey),
      preview_video_url: null,
      premium: false,
      is_public: false,
      default_voice_id: voiceOfLook(services, look),
      tags: [],
    }
  }
  /** A look with the fields of both kinds of group: clients insist on either. */
  function unionAnswer(request: FastifyRequest, look: OwnAvatar): Record<string, unknown> {
    return {
      ...lookAnswer(request, services, look),
      avatar_id: look.id,
      avatar_name: look.name,
      gender: genderOf(look),
      preview_image_url: pictureLink(request, services, look.fileKey),
      preview_video_url: null,
    }
  }
  function ownGroup(request: FastifyRequest, looks: readonly OwnAvatar[]): Record<string, unknown> {
    const first = looks[0]!
    const picture = pictureLink(request, services, first.fileKey)
    return {
      id: first.groupId,
      name: first.name,
      created_at: Math.floor(first.createdAt / 1000),
      num_looks: looks.length,
      preview_image: picture,
      preview_image_url: picture,
      group_type: 'PRIVATE',
      train_status: 'ready',
      default_voice_id: voiceOfLook(services, first),
    }
  }
}

function publicGroup(avatar: Avatar, base: string): Record<string, unknown> {
  return {
    id: avatar.id,
    name: avatar.name,
    created_at: 0,
    num_looks: 1,
    preview_image: `${base}${coverPath(avatar.id)}`,
    preview_image_url: `${base}${coverPath(avatar.id)}`,
    group_type: 'PUBLIC',
    train_status: null,
    default_voice_id: avatar.voiceId,
  }
}

function avatarAnswer(avatar: Avatar, base: string): Record<string, unknown> {
  return {
    avatar_id: avatar.id,
    avatar_name: avatar.name,
    gender: avatar.gender,
    preview_image_url: `${base}${coverPath(avatar.id)}`,
    preview_video_url: `${base}${previewPath(avatar.id)}`,
    premium: false,
    type: null,
    tags: avatar.tags,
    default_voice_id: avatar.voiceId,
  }
}
