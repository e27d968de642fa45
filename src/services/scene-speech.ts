// In a render process: what is heard in a scene, spoken by a voice or taken from a recording.
import { Fault } from '../core/errors.ts'
import { MAX_RECORDING_SECONDS, type Scene } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { decodeRecording } from '../engines/media/recording.ts'
import { findVoice, hear, speak } from '../engines/voices/index.ts'
import { soundField } from './scene-media.ts'
import type { FoundMedia } from './tasks.ts'

/**
 * What is heard in a scene; null where it is silent.
 * @throws Fault for what cannot be spoken, and for a recording that is none.
 */
export async function speechOf(
  { voice }: Scene,
  index: number,
  sounds: ReadonlyMap<number, FoundMedia>,
  signal: AbortSignal,
): Promise<Speech | null> {
  if (voice.kind === 'silence') return null
  if (voice.kind === 'script') return speak(voice.text, findVoice(voice.voiceId).voice, voice.settings, { signal })
  const { transcript } = voice
  const known = transcript && { text: transcript.text, voice: findVoice(transcript.voiceId).voice }
  return hear(await recordingOf(index, sounds), { signal, ...(known ? { transcript: known } : {}) })
}

/** The recording of a scene, mono at 48 kHz. @throws Fault `invalid` naming the scene where it is no sound that will do. */
export async function recordingOf(index: number, sounds: ReadonlyMap<number, FoundMedia>): Promise<Float32Array> {
  const found = sounds.get(index)
  if (!found) throw new Fault('internal', `The recording of scene ${index + 1} was not found.`)
  return decodeRecording(found.path, soundField(index), MAX_RECORDING_SECONDS)
}
