// Scenes spoken by whomever, or recorded however quietly, are equally loud in the finished file.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Scene } from '../core/spec.ts'
import { SAMPLE_RATE } from '../core/speech.ts'
import { framesFor, soundLength } from '../core/time.ts'
import { integratedLoudness } from '../domain/loudness.ts'
import { decodeSound } from '../engines/media/decode.ts'
import { writeWav } from '../engines/media/sound-only.ts'
import { findVoice, speak } from '../engines/voices/index.ts'
import { openTestWorkshop, type TestWorkshop } from './test-kit.ts'

/** LU that one scene may lie off another: what EBU R 128 allows a live programme is 1. */
const TOLERANCE = 1
const WORDS: readonly (readonly [voiceId: string, text: string])[] = [
  ['flite-slt', 'Good morning to you all, and welcome.'],
  ['flite-awb', 'First.<break time="2s"/> And second, after a long pause.'],
  ['espeak-de-m3', 'Guten Morgen und herzlich willkommen.'],
  ['espeak-ja-f2', 'おはようございます。'],
  ['flite-rms', 'Hello.'],
]
let shop: TestWorkshop
before(async () => {
  shop = await openTestWorkshop()
})
after(() => shop.close())

test('mixed voices and recordings of any level are within one LU of each other', async () => {
  const background = { kind: 'color', color: '#000000' } as const
  const spoken = await Promise.all(
    WORDS.map(async ([voiceId, text]) => (await speak(text, findVoice(voiceId).voice, {})).samples),
  )
  const scenes: Scene[] = WORDS.map(([voiceId, text]) => ({
    character: null,
    voice: { kind: 'script', text, voiceId, settings: {} },
    background,
  }))
  // The same words as recordings: one 30 dB down in the noise of a room, one driven into clipping.
  for (const [name, gain, noise] of [
    ['quiet.wav', 0.03, 0.0004],
    ['loud.wav', 6, 0],
  ] as const) {
    const samples = spoken[0]!.map((sample, i) => Math.max(-1, Math.min(1, sample * gain + noise * Math.sin(i * i))))
    await writeWav([samples], samples.length, join(shop.folder, name))
    scenes.push({
      character: null,
      voice: { kind: 'recording', source: { path: join(shop.folder, name) } },
      background,
    })
    spoken.push(samples)
  }
  const outPath = join(shop.folder, 'x.mp4')
  const spec = { name: 'loudness', canvas: { width: 128, height: 128, fps: 25 }, scenes, seed: 1 }
  await shop.workshop.produce(spec, { outPath })
  const sound = await decodeSound(outPath)
  let frames = 0
  const levels = spoken.map(({ length }) => {
    const start = soundLength(frames, 25)
    frames += framesFor(length / SAMPLE_RATE, 25)
    return integratedLoudness(sound.subarray(start, soundLength(frames, 25)))
  })
  assert.equal(sound.length, soundLength(frames, 25))
  const spread = Math.max(...levels) - Math.min(...levels)
  assert.ok(spread < TOLERANCE, `${levels.map((level) => level.toFixed(2))}`)
  assert.ok(levels.every((level) => Math.abs(level + 16) < TOLERANCE))
})
