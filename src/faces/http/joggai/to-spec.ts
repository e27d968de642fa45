// From JoggAI's create body to the neutral VideoSpec.
import { createHash } from 'node:crypto'
import { Fault } from '../../../core/errors.ts'
import type { Avatar, Speaker } from '../../../core/library.ts'
import type { Output } from '../../../core/output.ts'
import {
  ASPECT_RATIOS,
  type Background,
  type Canvas,
  DEFAULT_FPS,
  type Manner,
  type MediaSource,
  type SceneVoice,
  scriptOf,
  type VideoSpec,
} from '../../../core/spec.ts'
import type { Voice } from '../../../core/speech.ts'
import { backgroundIn, extrasOf, stanceIn } from '../extras.ts'
import { refusal } from '../fields.ts'
import { withMore } from '../outputs.ts'
import type { VideoRequest } from './video-request.ts'

/** What the translation has to look up; what is not there throws NotFound. */
export type Lookups = {
  findAvatar(
    number: number,
    isOwn: boolean,
  ): Promise<Speaker & { readonly manner?: Manner | null; readonly isUpscaled?: boolean }>
  findVoice(id: string, hint: { gender: Avatar['gender'] }): { voice: Voice; standsInFor: string | null }
  /** @throws Fault `invalid` for an address that cannot be called. */
  findFile(url: string, field: string): MediaSource
  /** In characters. */
  readonly maxScriptLength: number
}

/** A spec, and what the client should know of how it was read. */
export type Translation = {
  readonly spec: VideoSpec
  /** Who speaks; null where a recording is heard. */
  readonly voice: Voice | null
  readonly notes: readonly string[]
}

/**
 * Translates a create request. The seed comes from what is said, the face and the voice, so an equal request gives equal
 * bytes.
 * @throws Fault `invalid` for what cannot be made, NotFound for unknown avatars and voices.
 */
export async function toSpec(request: VideoRequest, lookups: Lookups): Promise<Translation> {
  refuseUnsupported(request)
  checkVoice(request, lookups)
  const { avatar } = request
  const person = await lookups.findAvatar(avatar.avatar_id, avatar.avatar_type === 1)
  const { voice, speaker, notes } = heard(request, person, lookups)
  const said = scriptOf(voice) ?? ''
  const canvas = { ...ASPECT_RATIOS[request.aspect_ratio], fps: DEFAULT_FPS }
  const { watermark, background_music } = request
  const extras = await extrasOf({ watermark, background_music }, ({ url }, _, field) => {
    if (url === undefined) throw refusal(`${field}.url`, undefined, 'the address of a file')
    return lookups.findFile(url, `${field}.url`)
  })
  const stance = stanceIn(request.layout, request.window && { window: { shape: 'rectangle', area: request.window } })
  const spec: VideoSpec = {
    name: request.video_name ?? (titleOf(said) || 'A recording'),
    canvas,
    scenes: [
      {
        character: {
          kind: 'avatar',
          avatarId: person.id,
          ...(person.manner ? { manner: person.manner } : {}),
          ...(stance ? { stance } : {}),
          ...(person.isUpscaled ? { superResolution: true } : {}),
        },
        voice,
        background: backgroundOf(request, lookups),
      },
    ],
    ...captionsOf(request),
    ...outputsFor(request, canvas),
    ...extras,
    seed:
      voice.kind === 'recording'
        ? seedOf(JSON.stringify(voice.source), person.id)
        : seedOf(said, person.id, speaker?.id ?? ''),
  }
  return { spec, voice: speaker, notes }
}

/** Whether a recording is asked for, not a script. */
const isRecording = ({ voice }: VideoRequest) => voice.type === 'audio' || voice.audio_url !== undefined

/** Refuses what cannot be heard, before anything is looked up. */
function checkVoice(request: VideoRequest, { maxScriptLength }: Lookups): void {
  const { voice, nameOf } = request
  const field = (name: string) => nameOf('voice', name)
  if (voice.script && voice.audio_url) {
    const both = `${field('script')} and ${field('audio_url')} are both set. Send one of them.`
    throw new Fault('invalid', both, { field: field('audio_url') })
  }
  const words = isRecording(request) ? 'transcript' : 'script'
  const { length } = [...(voice[words] ?? '')]
  if (length > maxScriptLength) {
    const over = `${length} characters are more than the ${maxScriptLength} that one video may have`
    throw new Fault('invalid', `${field(words)}: ${over}. Split it into several videos.`, { field: field(words) })
  }
  if (isRecording(request)) {
    if (!voice.audio_url) throw refusal(field('audio_url'), undefined, 'the address of a sound file')
    return
  }
  if (!voice.script) throw refusal(field('script'), voice.script, 'the words to be spoken')
  if (!voice.voice_id) throw refusal(field('voice_id'), undefined, 'the voice_id of a voice in GET /v2/voices')
}

/** What is heard, and who says it. */
function heard(
  request: VideoRequest,
  person: Speaker,
  { findFile, findVoice }: Lookups,
): { voice: SceneVoice; speaker: Voice | null; notes: readonly string[] } {
  const { voice, caption, nameOf } = request
  const { script = '', audio_url: url = '', transcript, voice_id: voiceId = person.voiceId } = voice
  if (isRecording(request)) {
    const source = findFile(url, nameOf('voice', 'audio_url'))
    if (!transcript) {
      const note = `No captions are drawn, as the words are not known. Send them as ${nameOf('voice', 'transcript')}.`
      return { voice: { kind: 'recording', source }, speaker: null, notes: caption ? [note] : [] }
    }
    // Who reads along is never heard: whoever stands in for a voice will do.
    const reader = findVoice(voiceId, { gender: person.gender }).voice
    const known = { text: transcript, voiceId: reader.id }
    return { voice: { kind: 'recording', source, transcript: known }, speaker: null, notes: [] }
  }
  const found = findVoice(voiceId, { gender: person.gender })
  const standIn = found.standsInFor ?? (found.voice.id === voiceId ? null : voiceId)
  const notes = standIn === null ? [] : [`The voice ${found.voice.id} (${found.voice.name}) stands in for ${standIn}.`]
  const spoken: SceneVoice = { kind: 'script', text: script, voiceId: found.voice.id, settings: {} }
  return { voice: spoken, speaker: found.voice, notes }
}

function backgroundOf({ screen_style: style, background, layout }: VideoRequest, { findFile }: Lookups): Background {
  if (style === 2) return { kind: 'color', color: GREEN_SCREEN }
  // Half of a divided canvas would otherwise be black.
  if (!background) return layout === undefined ? { kind: 'own' } : { kind: 'color', color: EMPTY }
  if (background.type === 'color') return { kind: 'color', color: background.value }
  const { fit, area } = background
  const common = { source: findFile(background.url, 'background.url'), fit, color: EMPTY }
  const found: Background =
    background.type === 'image'
      ? { kind: 'picture', ...common }
      : { kind: 'video', ...common, playStyle: background.play_style }
  return backgroundIn(layout, found, area)
}

/** How captions look, where any are painted. */
function captionsOf({
  caption,
  caption_style: style,
  caption_position: position,
  outputs,
}: VideoRequest): Pick<VideoSpec, 'captions'> {
  if (!caption && !outputs?.some((one) => one.captions)) return {}
  return { captions: { ...(style === undefined ? {} : { style }), ...(position === undefined ? {} : { position }) } }
}

/** What is made beside the usual; a transparent video is what editors lay over others. */
function outputsFor(
  { screen_style: style, caption = false, outputs }: VideoRequest,
  canvas: Canvas,
): Pick<VideoSpec, 'outputs'> {
  if (style !== 3 && !outputs) return {}
  const video: Output = { kind: 'video', format: style === 3 ? 'webm' : 'mp4', captions: caption }
  return { outputs: withMore([video], outputs, canvas) }
}

/** What stands where no picture reaches, as in HeyGen's API. */
const EMPTY = '#f6f6fc'
/** The green that video editors key out. */
const GREEN_SCREEN = '#00b140'

/** A seed from the content of a request: 32 bits of its SHA-256. */
export function seedOf(...content: readonly string[]): number {
  return createHash('sha256').update(JSON.stringify(content)).digest().readUInt32BE(0)
}

/** The first words of a script, at most 60 characters. */
export function titleOf(script: string): string {
  const plain = script
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length <= 60 ? plain : `${plain.slice(0, 60).replace(/\s\S*$/, '')}...`
}

function refuseUnsupported({
  avatar,
  screen_style: style,
  caption,
  background,
  video_name: name,
  nameOf,
}: VideoRequest): void {
  if (style === 3 && caption) {
    throw new Fault(
      'invalid',
      'caption: a video with a transparent background (screen_style 3) has no captions. Send caption false, or screen_style 1 or 2.',
      { field: 'caption' },
    )
  }
  if (background && (style === 2 || style === 3)) {
    throw new Fault(
      'invalid',
      `background: screen_style ${style} has no background of yours. Leave one of the two out.`,
      { field: 'background' },
    )
  }
  if (style !== undefined && ![0, 1, 2, 3].includes(style)) {
    throw refusal('screen_style', style, '1, 2 (green screen) or 3 (transparent)')
  }
  if (name !== undefined && name.length > 200) throw refusal('video_name', name, 'a name of at most 200 characters')
  const type = avatar.avatar_type
  if (type !== undefined && type !== 0 && type !== 1) {
    throw refusal(nameOf('avatar', 'avatar_type'), type, '0 for a public avatar, 1 for one of your own')
  }
}
