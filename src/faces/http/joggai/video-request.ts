// What POST /v2/create_video_from_avatar takes: the schema's nested body and the founding page's flat one.
import { z } from 'zod'
import { CAPTION_POSITIONS, CAPTION_STYLES } from '../../../core/captions.ts'
import { type ASPECT_RATIOS, type AspectRatio, FITS, PLAY_STYLES } from '../../../core/spec.ts'
import { areaField, layoutField, musicField, watermarkField, windowField } from '../extras.ts'
import { absentIfBlank, flag, read, text, webAddress, wholeNumber, withoutBlanks, word } from '../fields.ts'
import { outputsField } from '../outputs.ts'

/** The words, numbers and proportions that clients send for an aspect ratio (contract U9). */
export const ASPECT_ALIASES: Readonly<Record<string, AspectRatio>> = {
  '0': 'portrait',
  '1': 'landscape',
  '2': 'square',
  '9:16': 'portrait',
  '16:9': 'landscape',
  '1:1': 'square',
}

/** The number of an aspect ratio in JoggAI's answers. */
export const ASPECT_NUMBERS: Readonly<Record<AspectRatio, number>> = { portrait: 0, landscape: 1, square: 2 }

export const ASPECT_WORDS = [
  'portrait',
  'landscape',
  'square',
] as const satisfies readonly (keyof typeof ASPECT_RATIOS)[]

const fit = word(FITS).default(FITS[0])
const color = z.string({ error: 'a colour such as "#f6f6fc"' }).regex(/^#[0-9a-f]{6}$/i, {
  error: 'a colour such as "#f6f6fc"',
})
const fileUrl = webAddress('an address that begins with http:// or https://')

/** What a video may have beyond JoggAI's words. */
export const ownFields = {
  caption_style: word(CAPTION_STYLES).optional(),
  caption_position: word(CAPTION_POSITIONS).optional(),
  background: z
    .discriminatedUnion(
      'type',
      [
        z.object({ type: z.literal('color'), value: color }),
        z.object({ type: z.literal('image'), url: fileUrl, fit, area: areaField.optional() }),
        z.object({
          type: z.literal('video'),
          url: fileUrl,
          fit,
          play_style: word(PLAY_STYLES).default(PLAY_STYLES[0]),
          area: areaField.optional(),
        }),
      ],
      { error: '"color", "image" or "video" as type' },
    )
    .optional(),
  layout: layoutField.optional(),
  window: windowField.optional(),
  outputs: outputsField.optional(),
  background_music: musicField.optional(),
  watermark: watermarkField.optional(),
}

/** The body of the create call, nested as in JoggAI's schema. */
export const videoSchema = z.object({
  avatar: z.object(
    {
      avatar_type: wholeNumber('0 for a public avatar, 1 for one of your own').optional(),
      avatar_id: wholeNumber('the number of an avatar in GET /v2/avatars/public, such as 81'),
    },
    { error: 'an object with avatar_type and avatar_id' },
  ),
  voice: z.object(
    {
      type: word(['script', 'audio']).optional(),
      script: text('the words to be spoken, as a string').optional(),
      audio_url: text('the address of a sound file, as a string').optional(),
      transcript: text('the words that are heard in the sound, as a string').optional(),
      voice_id: text('the voice_id of a voice in GET /v2/voices, such as "en-US-ChristopherNeural"').optional(),
    },
    { error: 'an object with type, script and voice_id' },
  ),
  aspect_ratio: word(ASPECT_WORDS, ASPECT_ALIASES),
  screen_style: wholeNumber('1 for a normal background, 2 for a green screen, 3 for a transparent WebM').optional(),
  caption: flag('true or false').describe('Whether captions are painted into the picture').optional(),
  ...ownFields,
  webhook_url: webAddress('an address that begins with http:// or https://').optional(),
  video_name: text('a name of at most 200 characters, as a string').optional(),
})

/** A body of the create call, nested and typed; blanks are absent. */
export type VideoRequest = z.output<typeof videoSchema> & {
  /** The name of a field as the client wrote it: `voice.script`, or `script` where the body was flat. */
  readonly nameOf: (group: 'avatar' | 'voice', field: string) => string
}

const GROUPS = {
  avatar: { avatar_type: ['avatar_type', 'type'], avatar_id: ['avatar_id', 'id'] },
  voice: {
    type: ['type'],
    script: ['script'],
    audio_url: ['audio_url'],
    transcript: ['transcript'],
    voice_id: ['voice_id', 'id'],
  },
} as const

const FLAT: Readonly<Record<string, readonly string[]>> = {
  avatar: ['avatar_type', 'avatar_id'],
  voice: ['script', 'audio_url', 'transcript', 'voice_id'],
}

/**
 * Reads a create body, nested or flat or mixed (contract U8, U9, U10, U15).
 * @param names what fields are called where the client calls them otherwise: `avatar.avatar_id` is `person_id`.
 * @throws Fault `invalid` naming the field as the client wrote it.
 */
export function readVideoRequest(body: unknown, names: Readonly<Record<string, string>> = {}): VideoRequest {
  const given = read(z.record(z.string(), z.unknown(), { error: 'a JSON object' }), body, () => 'The body')
  const nested = withoutBlanks(given)
  const flat = new Set<string>()
  for (const group of ['avatar', 'voice'] as const) {
    const own = absentIfBlank(given[group])
    if (own !== undefined && (typeof own !== 'object' || Array.isArray(own))) continue
    const inner = (own ?? {}) as Record<string, unknown>
    if (own === undefined && FLAT[group]!.some((field) => field in given)) flat.add(group)
    const fields: Record<string, unknown> = {}
    for (const [field, names] of Object.entries(GROUPS[group])) {
      const said = (names as readonly string[])
        .map((name) => inner[name])
        .find((value) => absentIfBlank(value) !== undefined)
      const value = said ?? (FLAT[group]!.includes(field) ? given[field] : undefined)
      if (absentIfBlank(value) !== undefined) fields[field] = value
    }
    nested[group] = fields
  }
  const nameOf = (group: string, field: string) =>
    names[`${group}.${field}`] ?? (flat.has(group) ? field : `${group}.${field}`)
  const request = read(videoSchema, nested, (path) =>
    path.length === 2 ? nameOf(String(path[0]), String(path[1])) : path.join('.'),
  )
  return { ...request, nameOf }
}
