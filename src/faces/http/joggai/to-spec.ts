// From JoggAI's create body to the neutral VideoSpec.
import { createHash } from 'node:crypto'
import { Fault } from '../../../core/errors.ts'
import type { Avatar, Speaker } from '../../../core/library.ts'
import type { Output } from '../../../core/output.ts'
import { ASPECT_RATIOS, DEFAULT_FPS, type VideoSpec } from '../../../core/spec.ts'
import type { Voice } from '../../../core/speech.ts'
import { refusal } from '../fields.ts'
import { withMore } from '../outputs.ts'
import type { VideoRequest } from './video-request.ts'

/** What the translation has to look up. Both throw NotFound. */
export type Lookups = {
  findAvatar(number: number, isOwn: boolean): Promise<Speaker>
  findVoice(id: string, hint: { gender: Avatar['gender'] }): { voice: Voice; standsInFor: string | null }
  /** In characters. */
  readonly maxScriptLength: number
}

/** A spec, and what the client should know of how it was read. */
export type Translation = { readonly spec: VideoSpec; readonly voice: Voice; readonly notes: readonly string[] }

/**
 * Translates a create request. The seed comes from the words, the face and the voice, so an equal request gives equal bytes.
 * @throws Fault `invalid` for what cannot be made, NotFound for unknown avatars and voices.
 */
export async function toSpec(request: VideoRequest, lookups: Lookups): Promise<Translation> {
  refuseUnsupported(request)
  const { avatar, voice, nameOf } = request
  const script = voice.script
  if (!script) throw refusal(nameOf('voice', 'script'), script, 'the words to be spoken')
  const length = [...script].length
  if (length > lookups.maxScriptLength) {
    const over = `${length} characters are more than the ${lookups.maxScriptLength} that one video may have`
    throw new Fault('invalid', `${nameOf('voice', 'script')}: ${over}. Split it into several videos.`, {
      field: nameOf('voice', 'script'),
    })
  }
  if (!voice.voice_id) {
    throw refusal(nameOf('voice', 'voice_id'), undefined, 'the voice_id of a voice in GET /v2/voices')
  }
  const person = await lookups.findAvatar(avatar.avatar_id, avatar.avatar_type === 1)
  const found = lookups.findVoice(voice.voice_id, { gender: person.gender })
  const spec: VideoSpec = {
    name: request.video_name ?? titleOf(script),
    canvas: { ...ASPECT_RATIOS[request.aspect_ratio], fps: DEFAULT_FPS },
    scenes: [
      {
        character: { kind: 'avatar', avatarId: person.id },
        voice: { kind: 'script', text: script, voiceId: found.voice.id, settings: {} },
        background: request.screen_style === 2 ? { kind: 'color', color: GREEN_SCREEN } : { kind: 'own' },
      },
    ],
    ...(request.caption ? { captions: {} } : {}),
    ...outputsFor(request),
    seed: seedOf(script, person.id, found.voice.id),
  }
  const standIn = found.standsInFor ?? (found.voice.id === voice.voice_id ? null : voice.voice_id)
  const notes = standIn === null ? [] : [`The voice ${found.voice.id} (${found.voice.name}) stands in for ${standIn}.`]
  return { spec, voice: found.voice, notes }
}

/** What is made beside the usual; a transparent video is what editors lay over others. */
function outputsFor({ screen_style: style, caption = false, outputs }: VideoRequest): Pick<VideoSpec, 'outputs'> {
  if (style !== 3 && !outputs) return {}
  const video: Output = { kind: 'video', format: style === 3 ? 'webm' : 'mp4', captions: caption }
  return { outputs: withMore([video], outputs) }
}

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
  voice,
  screen_style: style,
  caption,
  video_name: name,
  nameOf,
}: VideoRequest): void {
  const script = nameOf('voice', 'script')
  const sound = nameOf('voice', 'audio_url')
  if (voice.script && voice.audio_url) {
    throw new Fault('invalid', `${script} and ${sound} are both set. Send one of them.`, { field: sound })
  }
  if (voice.type === 'audio' || voice.audio_url) {
    throw new Fault('invalid', `${sound}: audio is not supported yet. Send ${script} with the words to be spoken.`, {
      field: sound,
    })
  }
  if (style === 3 && caption) {
    throw new Fault(
      'invalid',
      'caption: a video with a transparent background (screen_style 3) has no captions. Send caption false, or screen_style 1 or 2.',
      { field: 'caption' },
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
