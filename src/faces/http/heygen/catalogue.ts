// HeyGen's catalogue: avatars, their groups and details, voices.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { NotFound } from '../../../core/errors.ts'
import type { Avatar } from '../../../core/library.ts'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { linkBase } from '../links.ts'
import { coverPath, previewPath, samplePath } from '../media.ts'
import { HeygenFault, v1, v2 } from './envelope.ts'

/** Ids of HeyGen's documents and samples: who stands for them here, so that a pasted example works (contract 5.7). */
const AVATAR_ALIASES: Readonly<Record<string, Avatar['gender']>> = {
  josh_lite3_20230714: 'male',
  'Daisy-inskirt-20220818': 'female',
  Kristin_public_3_20240108: 'female',
  angela_expressive_20231010: 'female',
  'Vanessa-invest-20220722': 'female',
}
const VOICE_ALIASES: Readonly<Record<string, Voice['gender']>> = {
  '1bd001e7e50f421d891986aad5158bc8': 'female',
  '2f72ee82b83d4b00af16c4771d611752': 'female',
  '2d5b0e6cf36f460aa7fc47e3eee4ba54': 'female',
}

/** An avatar by id, number or one of HeyGen's sample ids. @throws HeygenFault 404 `avatar_not_found` */
export function findAvatar({ library }: Services, id: string): Avatar {
  const gender = Object.hasOwn(AVATAR_ALIASES, id) ? AVATAR_ALIASES[id] : undefined
  const alias = gender && library.list().find((avatar) => avatar.gender === gender)
  if (alias) return alias
  try {
    return library.find(id)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new HeygenFault(`avatar look not found. ${error.message}`, {
      word: 'avatar_not_found',
      code: 400144,
      status: 404,
    })
  }
}

/** A voice by id, or the nearest for an id of another service's. @throws HeygenFault 404 `voice_not_found` */
export function findVoice(
  { voices }: Services,
  id: string,
  hint: { gender?: Avatar['gender'] },
): { voice: Voice; standsInFor: string | null } {
  const gender = Object.hasOwn(VOICE_ALIASES, id) ? VOICE_ALIASES[id] : undefined
  const alias = gender && voices.list().find((voice) => voice.language === 'english' && voice.gender === gender)
  if (alias) return { voice: alias, standsInFor: id }
  try {
    return voices.find(id, hint)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new HeygenFault(error.message, { word: 'voice_not_found', code: 400116, status: 404 })
  }
}

/** Adds the lists of avatars and voices. */
export function catalogueRoutes(app: FastifyInstance, services: Services): void {
  const { library, voices, config } = services
  const baseOf = (request: FastifyRequest) => linkBase(request, config)
  const avatars = (request: FastifyRequest) => library.list().map((avatar) => avatarAnswer(avatar, baseOf(request)))
  const heard = (request: FastifyRequest) => voices.list().map((voice) => voiceAnswer(voice, baseOf(request)))

  app.get('/v2/avatars', async (request) => v2({ avatars: avatars(request), talking_photos: [] }))
  app.get('/v1/avatar.list', async (request) => v1({ avatars: avatars(request) }))
  app.get<{ Params: { id: string } }>('/v2/avatar/:id/details', async (request) => {
    const avatar = findAvatar(services, request.params.id)
    const base = baseOf(request)
    return v2({
      type: 'avatar',
      id: avatar.id,
      name: avatar.name,
      gender: avatar.gender,
      preview_image_url: `${base}${coverPath(avatar.id)}`,
      preview_video_url: `${base}${previewPath(avatar.id)}`,
      premium: false,
      is_public: true,
      default_voice_id: avatar.voiceId,
      tags: avatar.tags,
    })
  })
  // Each public avatar is a group of one look; without include_public there are only one's own, and there are none yet.
  app.get<{ Querystring: Record<string, unknown> }>('/v2/avatar_group.list', async (request) => {
    const isPublic = String(request.query.include_public ?? 'false').toLowerCase() === 'true'
    const base = baseOf(request)
    const groups = (isPublic ? library.list() : []).map((avatar) => ({
      id: avatar.id,
      name: avatar.name,
      created_at: 0,
      num_looks: 1,
      preview_image: `${base}${coverPath(avatar.id)}`,
      preview_image_url: `${base}${coverPath(avatar.id)}`,
      group_type: 'PUBLIC',
      train_status: null,
      default_voice_id: avatar.voiceId,
    }))
    return v2({ total_count: groups.length, avatar_group_list: groups })
  })
  app.get<{ Params: { id: string } }>('/v2/avatar_group/:id/avatars', async (request) => {
    const avatar = findAvatar(services, request.params.id)
    return v2({ avatar_list: [{ id: avatar.id, name: avatar.name, ...avatarAnswer(avatar, baseOf(request)) }] })
  })
  app.get('/v2/voices', async (request) => v2({ voices: heard(request) }))
  app.get('/v1/voice.list', async (request) => v1({ voices: heard(request), list: heard(request) }))
  app.get('/v2/voices/locales', async () => {
    const locales = [...new Map(voices.list().map(({ locale, language }) => [locale, language]))]
    return v2({ locales: locales.map(([locale, language]) => ({ locale, language: capital(language) })) })
  })
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

function voiceAnswer(voice: Voice, base: string): Record<string, unknown> {
  return {
    voice_id: voice.id,
    language: capital(voice.language),
    gender: voice.gender,
    name: voice.name,
    preview_audio: `${base}${samplePath(voice.id)}`,
    support_pause: true,
    emotion_support: false,
    support_interactive_avatar: false,
    support_locale: false,
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
