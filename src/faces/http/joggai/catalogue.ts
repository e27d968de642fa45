// JoggAI's lists of avatars and voices: the same filters in all generations.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Avatar } from '../../../core/library.ts'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { read, text, withoutBlanks, word } from '../fields.ts'
import { linkBase } from '../links.ts'
import { coverPath, previewPath, samplePath } from '../media.ts'
import { pagingFields } from '../paging.ts'
import { ASPECT_ALIASES, ASPECT_NUMBERS, ASPECT_WORDS } from './video-request.ts'

/** The query of a list of avatars. */
export const avatarQuery = z.object({
  ...pagingFields,
  aspect_ratio: word(ASPECT_WORDS, { ...ASPECT_ALIASES, '-1': 'portrait' }).optional(),
  style: word(['professional', 'social']).optional(),
  gender: word(['female', 'male']).optional(),
  age: word(['adult', 'senior', 'young_adult']).optional(),
  scene: word(['lifestyle', 'outdoors', 'business', 'studio', 'health_fitness', 'education', 'news']).optional(),
  ethnicity: word([
    'european',
    'african',
    'south_asian',
    'east_asian',
    'middle_eastern',
    'south_american',
    'north_american',
  ]).optional(),
})

/** The query of a list of voices. */
export const voiceQuery = z.object({
  ...pagingFields,
  gender: word(['female', 'male']).optional(),
  age: word(['young', 'middle_aged', 'old']).optional(),
  language: text('a language by name or code, such as "english" or "en-US"').optional(),
  use_case: text('a use, such as "narrative_story"').optional(),
})

const FILTERS = ['style', 'gender', 'age', 'scene', 'ethnicity'] as const

/** The avatars that a query asks for, in JoggAI's words; each of ours fits every aspect ratio, so it answers with the one asked for. */
export function avatarsFor(request: FastifyRequest, services: Services) {
  const query = read(avatarQuery, withoutBlanks(request.query as Record<string, unknown>))
  const base = linkBase(request, services.config)
  const aspect = ASPECT_NUMBERS[query.aspect_ratio ?? 'portrait']
  const found = services.library
    .list()
    .filter((avatar) => FILTERS.every((name) => query[name] === undefined || avatar[name] === query[name]))
  return { query, avatars: found.map((avatar) => avatarAnswer(avatar, aspect, base)) }
}

/** The voices that a query asks for, in JoggAI's words. */
export function voicesFor(request: FastifyRequest, services: Services) {
  const query = read(voiceQuery, withoutBlanks(request.query as Record<string, unknown>))
  const base = linkBase(request, services.config)
  const found = services.voices
    .list()
    .filter(
      (voice) =>
        (query.gender === undefined || voice.gender === query.gender) &&
        (query.age === undefined || voice.age === query.age) &&
        (query.language === undefined || speaks(voice, query.language)) &&
        (query.use_case === undefined || voice.useCase.toLowerCase() === query.use_case.toLowerCase()),
    )
  return { query, voices: found.map((voice) => voiceAnswer(voice, base)) }
}

/** True where a voice speaks a language given as a name (`German`), a code (`de`) or a locale (`de-AT`, `de_at`). */
export function speaks(voice: Voice, language: string): boolean {
  const asked = language.trim().toLowerCase().replaceAll('_', '-')
  const locale = voice.locale.toLowerCase()
  return voice.language.toLowerCase() === asked || locale === asked || locale.startsWith(`${asked}-`)
}

function avatarAnswer(avatar: Avatar, aspect: number, base: string) {
  return {
    id: avatar.number,
    avatar_id: avatar.number,
    name: avatar.name,
    video_url: `${base}${previewPath(avatar.id)}`,
    cover_url: `${base}${coverPath(avatar.id)}`,
    aspect_ratio: aspect,
    style: avatar.style,
    gender: avatar.gender,
    age: avatar.age,
    scene: avatar.scene,
    ethnicity: avatar.ethnicity,
  }
}

function voiceAnswer(voice: Voice, base: string) {
  return {
    name: voice.name,
    voice_id: voice.id,
    audio_url: `${base}${samplePath(voice.id)}`,
    language: voice.language,
    gender: voice.gender,
    age: voice.age,
    accent: voice.accent,
    use_case: voice.useCase,
    locale: voice.locale,
  }
}
