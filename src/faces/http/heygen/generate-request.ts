// What POST /v2/video/generate takes: the whole schema of the founding page, read as liberally as clients send it.
import { z } from 'zod'
import { CAPTION_POSITIONS, CAPTION_STYLES } from '../../../core/captions.ts'
import { Fault } from '../../../core/errors.ts'
import { FRAME_RATES } from '../../../core/spec.ts'
import { areaField, crossFadeField, layoutField, musicField, watermarkField, windowField } from '../extras.ts'
import { absentIfBlank, brief, flag, numberWithin, webAddress, word } from '../fields.ts'
import { outputsField } from '../outputs.ts'

/** Fills in an absent `type`: the first kind one of whose fields is set. */
function withType(kinds: Readonly<Record<string, readonly string[]>>, otherwise?: string) {
  return (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || 'type' in value) return value
    const [type = otherwise] = Object.entries(kinds).find(([, names]) => names.some((name) => name in value)) ?? []
    return type === undefined ? value : { ...value, type }
  }
}

const colour = z.string({ error: 'a colour such as "#f6f6fc"' }).regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, {
  error: 'a colour such as "#f6f6fc"',
})
const id = (what: string) =>
  z
    .string({ error: `the ${what}, as a string` })
    .trim()
    .max(200, { error: `the ${what}` })
const url = webAddress('an address that begins with http:// or https://')
const fraction = numberWithin(-10, 10).default(0)
const offset = z.object({ x: fraction, y: fraction }, { error: 'an object such as {"x": 0, "y": 0}' })
const fit = word(['cover', 'crop', 'contain', 'none']).default('cover')

const character = z.preprocess(
  withType({ avatar: ['avatar_id'], talking_photo: ['talking_photo_id'] }),
  z.discriminatedUnion(
    'type',
    [
      z.object({
        type: z.literal('avatar'),
        avatar_id: id('avatar_id of an avatar in GET /v2/avatars'),
        scale: numberWithin(0, 5).default(1),
        avatar_style: word(['normal', 'circle', 'closeUp', 'voiceOnly'], { voice_only: 'voiceOnly' }).optional(),
        offset: offset.optional(),
        matting: flag('true or false').optional(),
        circle_background_color: colour.optional(),
        window: windowField.optional(),
        talking_style: word(['stable', 'expressive']).default('stable'),
        expression: word(['default', 'happy']).default('default'),
      }),
      z.object({
        type: z.literal('talking_photo'),
        talking_photo_id: id('talking_photo_id of a photo in GET /v1/talking_photo.list'),
        scale: numberWithin(0, 2).default(1),
        talking_photo_style: word(['square', 'circle']).optional(),
        offset: offset.optional(),
        talking_style: word(['stable', 'expressive']).default('stable'),
        expression: word(['default', 'happy']).default('default'),
        super_resolution: flag('true or false').optional(),
        matting: flag('true or false').optional(),
        circle_background_color: colour.optional(),
        window: windowField.optional(),
      }),
    ],
    { error: '"avatar" or "talking_photo" as type' },
  ),
)

const share = numberWithin(0, 1).optional()
const voice = z.preprocess(
  withType({ audio: ['audio_url', 'audio_asset_id'], text: ['input_text', 'voice_id'], silence: ['duration'] }),
  z.discriminatedUnion(
    'type',
    [
      z.object({
        type: z.literal('text'),
        voice_id: id('voice_id of a voice in GET /v2/voices'),
        input_text: z.string({ error: 'the words to be spoken, as a string' }).trim(),
        speed: numberWithin(0.5, 1.5).default(1),
        pitch: numberWithin(-50, 50).default(0),
        emotion: word(['Excited', 'Friendly', 'Serious', 'Soothing', 'Broadcaster']).optional(),
        locale: id('locale, such as "en-US"').optional(),
        elevenlabs_settings: z
          .object({
            model: word([
              'eleven_monolingual_v1',
              'eleven_multilingual_v1',
              'eleven_multilingual_v2',
              'eleven_turbo_v2',
              'eleven_turbo_v2_5',
            ]).optional(),
            similarity_boost: share,
            stability: share,
            style: share,
          })
          .optional(),
      }),
      z.object({
        type: z.literal('audio'),
        audio_url: url.optional(),
        audio_asset_id: id('id of an uploaded sound').optional(),
        transcript: z.string({ error: 'the words that are heard, as a string' }).trim().optional(),
        voice_id: id('voice_id of a voice that speaks the same language').optional(),
      }),
      z.object({ type: z.literal('silence'), duration: numberWithin(1, 100).default(1) }),
    ],
    { error: '"text", "audio" or "silence" as type' },
  ),
)

const background = z.preprocess(
  withType({ color: ['value'], video: ['video_asset_id', 'play_style'], image: ['url', 'image_asset_id'] }, 'color'),
  z.discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('color'), value: colour.default('#f6f6fc') }),
      z.object({
        type: z.literal('image'),
        url: url.optional(),
        image_asset_id: id('id of an uploaded picture').optional(),
        fit,
        area: areaField.optional(),
      }),
      z.object({
        type: z.literal('video'),
        url: url.optional(),
        video_asset_id: id('id of an uploaded video').optional(),
        play_style: word(['fit_to_scene', 'freeze', 'loop', 'once', 'full_video']).default('fit_to_scene'),
        fit,
        area: areaField.optional(),
      }),
    ],
    { error: '"color", "image" or "video" as type' },
  ),
)

const side = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z
    .int({ error: 'a whole number from 128 to 4096' })
    .min(128, { error: 'a whole number from 128 to 4096' })
    .max(4096, { error: 'a whole number from 128 to 4096' }),
)
/** A canvas as clients ask for it. */
export const dimensionSchema = z.object(
  { width: side, height: side },
  { error: 'an object such as {"width": 1280, "height": 720}' },
)

/** True or false, or how they look. */
const caption = z.preprocess(
  (value) => (typeof value === 'object' ? value : { enabled: value }),
  z.object(
    {
      enabled: flag('true or false').default(true),
      // Clients send styles of other services here.
      style: word(CAPTION_STYLES).optional().catch(undefined),
      position: word(CAPTION_POSITIONS).optional().catch(undefined),
    },
    { error: 'true or false, or an object such as {"style": "boxed"}' },
  ),
)

const fps = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
  z.union(
    FRAME_RATES.map((rate) => z.literal(rate)),
    { error: `one of ${FRAME_RATES.join(', ')}` },
  ),
)

/** The body, scene by scene. */
export const generateSchema = z.object({
  video_inputs: z
    .array(
      z.object(
        {
          character: character.optional(),
          voice,
          background: background.optional(),
          layout: layoutField.optional(),
        },
        { error: 'an object with character, voice and background' },
      ),
      { error: 'a list of 1 to 50 scenes' },
    )
    .min(1, { error: 'a list of 1 to 50 scenes' })
    .max(50, { error: 'a list of 1 to 50 scenes' }),
  dimension: dimensionSchema.optional(),
  aspect_ratio: word(['16:9', '9:16', '1:1']).optional(),
  caption: caption.default({ enabled: false }),
  caption_mode: word(['file_only', 'burn_in']).optional(),
  fps: fps.optional(),
  outputs: outputsField.optional(),
  background_music: musicField.optional(),
  watermark: watermarkField.optional(),
  cross_fade: crossFadeField.optional(),
  title: z
    .string({ error: 'a title of at most 200 characters' })
    .trim()
    .max(200, { error: 'a title of at most 200 characters' })
    .optional(),
  callback_id: id('your own name for the video').optional(),
  callback_url: url.optional(),
  folder_id: id('id of a folder in GET /v1/folders').optional(),
  test: flag('true or false').optional(),
})

/** A body of the generate call, checked; blanks are absent. */
export type GenerateRequest = z.output<typeof generateSchema>
/** One scene of it. */
export type SceneRequest = GenerateRequest['video_inputs'][number]

/**
 * Reads a body in HeyGen's words.
 * @param nameOf says a field's path in the words that the client used.
 * @throws Fault `invalid`: "<dotted.path> is invalid: <reason>" for the first fields at fault.
 */
export function readHeygen<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  nameOf: (path: readonly PropertyKey[]) => string = (path) => path.join('.'),
): z.output<Schema> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Fault('invalid', `body is invalid: got ${brief(body ?? null)}. Send a JSON object.`)
  }
  const outcome = schema.safeParse(withoutBlanksDeep(body), { reportInput: true })
  if (outcome.success) return outcome.data
  const faults = outcome.error.issues.slice(0, 5).map(({ path, input, message }) => {
    const got = absentIfBlank(input) === undefined ? 'field required' : `got ${brief(input)}`
    return `${nameOf(path) || 'body'} is invalid: ${got}. Send ${message}.`
  })
  const field = outcome.error.issues[0]?.path.join('.')
  throw new Fault('invalid', faults.join(' '), field ? { field } : {})
}

/** The fault of one field, in the same words. */
export function invalid(field: string, reason: string): Fault {
  return new Fault('invalid', `${field} is invalid: ${reason}`, { field })
}

/** Nulls and empty strings mean "not set" to HeyGen's clients, on every level; TypeScript's client says `dimensions`. */
function withoutBlanksDeep(value: unknown, depth = 0): unknown {
  if (depth > 20) return value
  if (Array.isArray(value)) return value.map((each) => withoutBlanksDeep(each, depth + 1))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value)
    .filter(([, each]) => absentIfBlank(each) !== undefined)
    .map(([name, each]) => [
      depth === 0 && name === 'dimensions' ? 'dimension' : name,
      withoutBlanksDeep(each, depth + 1),
    ])
  return Object.fromEntries(kept)
}
