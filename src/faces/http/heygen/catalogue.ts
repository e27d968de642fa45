// HeyGen's catalogue: avatars, their groups and details, voices.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { NotFound } from '../../../core/errors.ts'
import type { Speaker } from '../../../core/library.ts'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { linkBase } from '../links.ts'
import { coverPath, previewPath, samplePath } from '../media.ts'
import { HeygenFault, v1, v2 } from './envelope.ts'
import { SAMPLE_AVATARS, SAMPLE_VOICES } from './sample-ids.ts'
import type { VoiceHint } from './to-spec.ts'

/**
 * An avatar by id, number or one of HeyGen's sample ids.
 * @returns `standsInFor` is the id that was asked for where another one was chosen.
 * @throws HeygenFault 404 `avatar_not_found`
 */
export function findAvatar({ library }: Services, id: string): { avatar: Speaker; standsInFor: string | null } {
  const own = library.list().find((avatar) => avatar.id === id || avatar.aliases?.includes(id))
  if (own) return { avatar: own, standsInFor: own.id === id ? null : id }
  const standIn = SAMPLE_AVATARS.get(id)
  if (standIn !== undefined) return { avatar: library.find(standIn), standsInFor: id }
  try {
    return { avatar: library.find(id), standsInFor: null }
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new HeygenFault(`avatar look not found. ${error.message}`, {
      word: 'avatar_not_found',
      code: 400144,
      status: 404,
    })
  }
}

/**
 * A voice by id, or the nearest for an id of another service's.
 * @param hint what is known of the wanted voice: the gender of the face, and HeyGen's `locale`.
 * @throws HeygenFault 404 `voice_not_found`
 */
export function findVoice(
  { voices }: Services,
  id: string,
  hint: VoiceHint,
): { voice: Voice; standsInFor: string | null } {
  const gender = SAMPLE_VOICES.get(id)
  if (gender) return { voice: nearestVoice(voices.list(), { gender, locale: hint.locale ?? 'en-US' }), standsInFor: id }
  try {
    return voices.find(id, hint.gender ? { gender: hint.gender } : {})
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new HeygenFault(error.message, { word: 'voice_not_found', code: 400116, status: 404 })
  }
}

/** The first voice of a locale, else of its language, of a gender; else the first English one of that gender. */
function nearestVoice(all: readonly Voice[], { gender, locale }: { gender: Voice['gender']; locale: string }): Voice {
  const [language] = locale.toLowerCase().split('-')
  const ranks = [
    (voice: Voice) => voice.locale.toLowerCase() === locale.toLowerCase(),
    (voice: Voice) => voice.locale.toLowerCase().split('-')[0] === language,
    (voice: Voice) => voice.language === 'english',
  ]
  const ofGender = all.filter((voice) => voice.gender === gender)
  return ranks.map((fits) => ofGender.find(fits)).find((voice) => voice !== undefined) ?? all[0]!
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
    const { avatar } = findAvatar(services, request.params.id)
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
    const { avatar } = findAvatar(services, request.params.id)
    return v2({ avatar_list: [{ id: avatar.id, name: avatar.name, ...avatarAnswer(avatar, baseOf(request)) }] })
  })
  app.get('/v2/voices', async (request) => v2({ voices: heard(request) }))
  app.get('/v1/voice.list', async (request) => v1({ voices: heard(request), list: heard(request) }))
  app.get('/v2/voices/locales', async () => {
    const locales = [...new Map(voices.list().map(({ locale, language }) => [locale, language]))]
    return v2({ locales: locales.map(([locale, language]) => ({ locale, language: capital(language) })) })
  })
}

function avatarAnswer(avatar: Speaker, base: string): Record<string, unknown> {
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
