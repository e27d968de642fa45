// JoggAI v2 voices: the catalogue, filtered and paged.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Voice } from '../../../core/speech.ts'
import type { Services } from '../../../services/open.ts'
import { read, text, withoutBlanks, word } from '../fields.ts'
import { success } from '../joggai/envelope.ts'
import { linkBase } from '../links.ts'
import { samplePath } from '../media.ts'
import { pageOf, pagingFields } from '../paging.ts'

const querySchema = z.object({
  ...pagingFields,
  gender: word(['female', 'male']).optional(),
  age: word(['young', 'middle_aged', 'old']).optional(),
  language: text('a language by name or code, such as "english" or "en-US"').optional(),
  use_case: text('a use, such as "narrative_story"').optional(),
})

/** Adds GET voices. */
export function voiceRoutes(app: FastifyInstance, services: Services): void {
  app.get('/v2/voices', async (request) => {
    const query = read(querySchema, withoutBlanks(request.query as Record<string, unknown>))
    const matching = services.voices
      .list()
      .filter(
        (voice) =>
          (query.gender === undefined || voice.gender === query.gender) &&
          (query.age === undefined || voice.age === query.age) &&
          (query.language === undefined || speaks(voice, query.language)) &&
          (query.use_case === undefined || voice.useCase.toLowerCase() === query.use_case.toLowerCase()),
      )
    const page = pageOf(matching, query)
    const base = linkBase(request, services.config)
    return success(request, {
      voices: page.items.map((voice) => voiceAnswer(voice, base)),
      has_more: page.hasMore,
      total: page.total,
    })
  })
}

/** True where a voice speaks a language given as a name (`German`), a code (`de`) or a locale (`de-AT`, `de_at`). */
export function speaks(voice: Voice, language: string): boolean {
  const asked = language.trim().toLowerCase().replaceAll('_', '-')
  const locale = voice.locale.toLowerCase()
  return voice.language.toLowerCase() === asked || locale === asked || locale.startsWith(`${asked}-`)
}

function voiceAnswer(voice: Voice, base: string): Record<string, unknown> {
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
