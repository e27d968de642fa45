// In a render process: a voice introduces itself.
import { writeFile } from 'node:fs/promises'
import { SAMPLE_RATE } from '../core/speech.ts'
import { findVoice, speak } from '../engines/voices/index.ts'
import { sampleSentence } from './sample-sentences.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Speaks a sentence in the voice's own language into a WAV file. */
export async function speakSample({ voiceId, path }: Tasks['sample']['input'], { signal }: TaskContext): Promise<null> {
  const { voice } = findVoice(voiceId)
  const { samples } = await speak(sampleSentence(voice), voice, {}, { signal })
  await makeWhole(path, (draft) => writeFile(draft, encodeWav(samples, SAMPLE_RATE)))
  return null
}

/** Mono samples (-1 to 1) as a 16-bit PCM WAV file. */
export function encodeWav(samples: Float32Array, sampleRate: number): Uint8Array {
  const bytes = Buffer.alloc(44 + samples.length * 2)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + samples.length * 2, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(sampleRate, 24)
  bytes.writeUInt32LE(sampleRate * 2, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(samples.length * 2, 40)
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), 44 + index * 2)
  }
  return bytes
}
