// HeyGen's voices: the list, and the one that an id means.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { NotFound } from '../../../core/errors.ts'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { linkBase } from '../links.ts'
import { samplePath } from '../media.ts'
import { HeygenFault, v1, v2 } from './envelope.ts'
import { SAMPLE_VOICES } from './sample-ids.ts'
import type { VoiceHint } from './to-spec.ts'

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

/** Adds the lists of voices. */
export function voiceRoutes(app: FastifyInstance, services: Services): void {
  const { voices, config } = services
  const heard = (request: FastifyRequest) => voices.list().map((voice) => voiceAnswer(voice, linkBase(request, config)))

  app.get('/v2/voices', async (request) => v2({ voices: heard(request) }))
  app.get('/v1/voice.list', async (request) => v1({ voices: heard(request), list: heard(request) }))
  app.get('/v2/voices/locales', async () => {
    const locales = [...new Map(voices.list().map(({ locale, language }) => [locale, language]))]
    return v2({ locales: locales.map(([locale, language]) => ({ locale, language: capital(language) })) })
  })
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
