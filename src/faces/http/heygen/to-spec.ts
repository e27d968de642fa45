// From HeyGen's generate body to the neutral VideoSpec.
import { createHash } from 'node:crypto'
import type { Avatar, Speaker } from '../../../core/library.ts'
import {
  type Canvas,
  DEFAULT_FPS,
  type MediaSource,
  type Mood,
  type Scene,
  type Stance,
  type VideoSpec,
} from '../../../core/spec.ts'
import type { Voice } from '../../../core/speech.ts'
import { backgroundIn, extrasOf, stanceIn } from '../extras.ts'
import { type GenerateRequest, invalid, type SceneRequest } from './generate-request.ts'
import { outputsFor } from './results.ts'
import type { NamedFile } from './source-file.ts'

/** What is known of a voice beside its id. */
export type VoiceHint = { readonly gender?: Avatar['gender']; readonly locale?: string }

/** What the translation has to look up. `standsInFor` is the id asked for where another was chosen. */
export type Lookups = {
  /** @throws where there is none. */
  findAvatar(id: string): Promise<{ avatar: Speaker; standsInFor: string | null; isUpscaled?: boolean }>
  /** @throws where there is none. */
  findVoice(id: string, hint: VoiceHint): { voice: Voice; standsInFor: string | null }
  /** @throws where there is none. */
  findFile(named: NamedFile): Promise<MediaSource>
  /** In characters, a scene. */
  readonly maxScriptLength: number
}

/** A spec, and what the client should know of how it was read. */
export type Translation = { readonly spec: VideoSpec; readonly notes: readonly string[] }

const MOOD_OF: Readonly<Record<string, Mood>> = {
  Excited: 'excited',
  Friendly: 'friendly',
  Serious: 'serious',
  Soothing: 'soothing',
}
/** HeyGen's pitch of 50 is taken for an octave. */
const SEMITONES_PER_PITCH = 12 / 50
/** The smallest character that is drawn. */
const MIN_SCALE = 0.05
const DEFAULT_BACKGROUND = '#f6f6fc'
/** Reads a transcript along where neither the request nor an avatar names a voice. */
const DEFAULT_READER = 'flite-slt'

/**
 * Translates a generate request, scene by scene.
 * @throws Fault `invalid` for what cannot be.
 */
export async function toSpec(request: GenerateRequest, lookups: Lookups): Promise<Translation> {
  for (const [index, input] of request.video_inputs.entries()) checkScene(input, `video_inputs.${index}`, lookups)
  const notes = new Set<string>()
  const scenes: Scene[] = []
  for (const [index, input] of request.video_inputs.entries()) {
    scenes.push(await sceneOf(input, `video_inputs.${index}`, lookups, notes))
  }
  const name = request.title ?? titleOf(request)
  const canvas = canvasOf(request)
  const extras = await extrasOf(request, ({ url, asset_id: assetId }, kind, field) =>
    lookups.findFile({ url, assetId, kind, assetField: `${field}.asset_id`, urlField: `${field}.url` }),
  )
  const spec = { name, canvas, scenes, ...outputsFor(request, canvas), ...extras, seed: seedOf(scenes) }
  return { spec, notes: [...notes] }
}

/** The canvas: the dimension made even, or what the aspect ratio says, or 1920x1080. */
function canvasOf({ dimension, aspect_ratio: aspect, fps = DEFAULT_FPS }: GenerateRequest): Canvas {
  const even = (side: number) => side - (side % 2)
  if (dimension) return { width: even(dimension.width), height: even(dimension.height), fps }
  if (aspect === '9:16') return { width: 1080, height: 1920, fps }
  if (aspect === '1:1') return { width: 1080, height: 1080, fps }
  return { width: 1920, height: 1080, fps }
}

// Every scene is checked whole before anything is refused for being more than this server can do.
function checkScene({ voice, background }: SceneRequest, path: string, { maxScriptLength }: Lookups): void {
  if (voice.type === 'text') {
    const field = `${path}.voice.input_text`
    const { length } = [...voice.input_text]
    if (length === 0) throw invalid(field, 'it is blank. Send the words to be spoken.')
    if (length > maxScriptLength) throw invalid(field, `input_text exceeds ${maxScriptLength} characters`)
  }
  if (voice.type === 'audio' && !voice.audio_url && !voice.audio_asset_id) {
    throw invalid(`${path}.voice`, 'audio_url or audio_asset_id: field required.')
  }
  if (voice.type === 'audio' && [...(voice.transcript ?? '')].length > maxScriptLength) {
    throw invalid(`${path}.voice.transcript`, `transcript exceeds ${maxScriptLength} characters`)
  }
  if (background?.type === 'image' && !background.url && !background.image_asset_id) {
    throw invalid(`${path}.background`, 'url or image_asset_id: field required.')
  }
  if (background?.type === 'video' && !background.url && !background.video_asset_id) {
    throw invalid(`${path}.background`, 'url or video_asset_id: field required.')
  }
}

async function sceneOf(input: SceneRequest, path: string, lookups: Lookups, notes: Set<string>): Promise<Scene> {
  const { character, voice, background, layout } = input
  const isSeen =
    character && !(character.type === 'avatar' && character.avatar_style === 'voiceOnly') && character.scale > 0
  const characterId = character?.type === 'avatar' ? character.avatar_id : character?.talking_photo_id
  const found = isSeen && characterId !== undefined ? await lookups.findAvatar(characterId) : null
  const person = found?.avatar ?? null
  if (found?.standsInFor) {
    notes.add(`The avatar ${found.avatar.id} (${found.avatar.name}) stands in for ${found.standsInFor}.`)
  }
  const stance = isSeen ? stanceIn(layout, stanceOf(character)) : undefined
  const isAskedFor = character?.type === 'talking_photo' && character.super_resolution === true
  const isSharpened = isAskedFor || found?.isUpscaled === true
  const mood = voice.type === 'text' ? MOOD_OF[voice.emotion ?? ''] : undefined
  const spoken = await voiceOf(voice, `${path}.voice`, person, lookups, notes)
  return {
    character:
      person && character
        ? {
            kind: 'avatar',
            avatarId: person.id,
            manner: {
              expression: character.expression,
              talkingStyle: character.talking_style,
              ...(mood ? { mood } : {}),
            },
            ...(stance ? { stance } : {}),
            ...(isSharpened ? { superResolution: true } : {}),
          }
        : null,
    voice: spoken,
    background: background
      ? backgroundIn(
          layout,
          await backgroundOf(background, `${path}.background`, lookups),
          background.type === 'color' ? undefined : background.area,
        )
      : withoutBackground(character?.matting === true, person),
  }
}

async function backgroundOf(
  background: NonNullable<SceneRequest['background']>,
  path: string,
  { findFile }: Lookups,
): Promise<Scene['background']> {
  if (background.type === 'color') return { kind: 'color', color: sixDigits(background.value) }
  if (background.type === 'video') {
    const source = await findFile({
      url: background.url,
      assetId: background.video_asset_id,
      kind: 'video',
      assetField: `${path}.video_asset_id`,
      urlField: `${path}.url`,
    })
    const { fit, play_style: playStyle } = background
    return { kind: 'video', source, fit, playStyle, color: DEFAULT_BACKGROUND }
  }
  const source = await findFile({
    url: background.url,
    assetId: background.image_asset_id,
    kind: 'image',
    assetField: `${path}.image_asset_id`,
    urlField: `${path}.url`,
  })
  return { kind: 'picture', source, fit: background.fit, color: DEFAULT_BACKGROUND }
}

function withoutBackground(isMatted: boolean, person: Speaker | null): Scene['background'] {
  return person !== null && !isMatted ? { kind: 'own' } : { kind: 'color', color: DEFAULT_BACKGROUND }
}

/** Where a character stands; absent where it is the usual place. HeyGen's offsets are fractions of the canvas too. */
function stanceOf(character: NonNullable<SceneRequest['character']>): Stance | undefined {
  const { scale, offset, ...rest } = character
  const shape = styleOf(character)
  const color = rest.circle_background_color
  const window =
    shape === 'circle' || shape === 'square'
      ? ({ shape } as const)
      : rest.window && ({ shape: 'rectangle', area: rest.window } as const)
  const stance: Stance = {
    ...(window ? { window: { ...window, ...(color === undefined ? {} : { color: sixDigits(color) }) } } : {}),
    ...(rest.type === 'avatar' && rest.avatar_style === 'closeUp' ? { framing: 'closeUp' } : {}),
    ...(scale === 1 ? {} : { scale: Math.max(scale, MIN_SCALE) }),
    ...(offset?.x ? { offsetX: offset.x } : {}),
    ...(offset?.y ? { offsetY: offset.y } : {}),
  }
  return Object.keys(stance).length === 0 ? undefined : stance
}

function styleOf(character: NonNullable<SceneRequest['character']>): string | undefined {
  return character.type === 'avatar' ? character.avatar_style : character.talking_photo_style
}

async function voiceOf(
  voice: SceneRequest['voice'],
  path: string,
  person: Speaker | null,
  lookups: Lookups,
  notes: Set<string>,
): Promise<Scene['voice']> {
  if (voice.type === 'silence') return { kind: 'silence', seconds: voice.duration }
  if (voice.type === 'audio') return recordingOf(voice, path, person, lookups)
  const found = lookups.findVoice(voice.voice_id, {
    ...(person ? { gender: person.gender } : {}),
    ...(voice.locale === undefined ? {} : { locale: voice.locale }),
  })
  const standsFor = found.standsInFor ?? (found.voice.id === voice.voice_id ? null : voice.voice_id)
  if (standsFor !== null) notes.add(`The voice ${found.voice.id} (${found.voice.name}) stands in for ${standsFor}.`)
  const pitch = Math.round(voice.pitch * SEMITONES_PER_PITCH * 100) / 100
  return {
    kind: 'script',
    text: voice.input_text,
    voiceId: found.voice.id,
    settings: {
      ...(voice.speed === 1 ? {} : { speed: voice.speed }),
      ...(pitch === 0 ? {} : { pitchSemitones: pitch }),
    },
  }
}

async function recordingOf(
  voice: Extract<SceneRequest['voice'], { type: 'audio' }>,
  path: string,
  person: Speaker | null,
  { findFile, findVoice }: Lookups,
): Promise<Scene['voice']> {
  const source = await findFile({
    url: voice.audio_url,
    assetId: voice.audio_asset_id,
    kind: 'audio',
    assetField: `${path}.audio_asset_id`,
    urlField: `${path}.audio_url`,
  })
  if (!voice.transcript) return { kind: 'recording', source }
  // Who reads along is never heard: any voice of the right language will do.
  const reader = findVoice(voice.voice_id ?? person?.voiceId ?? DEFAULT_READER, {})
  return { kind: 'recording', source, transcript: { text: voice.transcript, voiceId: reader.voice.id } }
}

function titleOf(request: GenerateRequest): string {
  const spoken = request.video_inputs.flatMap(({ voice }) => (voice.type === 'text' ? [voice.input_text] : []))
  const plain =
    (spoken[0] ?? 'Untitled')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim() || 'Untitled'
  return plain.length <= 60 ? plain : `${plain.slice(0, 60).replace(/\s\S*$/, '')}...`
}

// A seed from the content: an equal request gives equal motion.
function seedOf(scenes: readonly Scene[]): number {
  return createHash('sha256').update(JSON.stringify(scenes)).digest().readUInt32BE(0)
}

const sixDigits = (colour: string) =>
  colour.length === 4 ? `#${[...colour.slice(1)].map((digit) => digit + digit).join('')}` : colour
