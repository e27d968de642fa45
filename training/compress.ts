// Speech as it is after it went through a lossy file, as recordings do.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SAMPLE_RATE } from '../src/core/speech.ts'
import { resample } from '../src/domain/resample.ts'
import { decodeSound } from '../src/engines/media/decode.ts'
import { writeSoundFile } from '../src/engines/media/test-sound.ts'

/** Low rates at which each kind is heard, in bits a second. */
const KINDS = [
  ['mp3', 16_000],
  ['mp3', 24_000],
  ['mp3', 32_000],
  ['m4a', 20_000],
  ['m4a', 32_000],
  ['opus', 10_000],
  ['opus', 16_000],
] as const

/** Encodes and decodes mono sound at a low rate; it stays in its place and as long as it was. */
export async function compressed(samples: Float32Array, rate: number, random: () => number): Promise<Float32Array> {
  const [kind, bitRate] = KINDS[Math.floor(random() * KINDS.length)]!
  const folder = mkdtempSync(join(tmpdir(), 'rostrum-training-'))
  try {
    const path = join(folder, `clip.${kind}`)
    await writeSoundFile(path, samples, { rate, bitRate })
    const back = resample(await decodeSound(path), SAMPLE_RATE, rate)
    const result = new Float32Array(samples.length)
    result.set(back.subarray(0, samples.length))
    return result
  } finally {
    rmSync(folder, { recursive: true })
  }
}
