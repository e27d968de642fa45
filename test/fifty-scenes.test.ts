// Fifty scenes of mixed voices, recordings, backgrounds, characters and sizes in one video: order, count and lengths exact.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { Background, Scene, SceneVoice, Stance, VideoSpec } from '../src/core/spec.ts'
import { SAMPLE_RATE } from '../src/core/speech.ts'
import { framesFor, soundLength } from '../src/core/time.ts'
import { type DecodedFrame, decodeFrames, decodeSound } from '../src/engines/media/decode.ts'
import { writeWav } from '../src/engines/media/sound-only.ts'
import { findVoice, speak } from '../src/engines/voices/index.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { makeDataFolder } from './kit.ts'

const CANVAS = { width: 160, height: 128, fps: 25 }
const SAYINGS = [
  ['flite-slt', 'Yes.'],
  ['espeak-de-m3', 'Guten Tag.'],
  ['flite-rms', 'One, two.'],
  ['espeak-fr-f2', 'Bonjour.'],
  ['flite-awb', 'No.'],
] as const
const STANCES: readonly Stance[] = [
  {},
  { scale: 0.4, offsetX: 0.1 },
  { framing: 'closeUp' },
  { window: { shape: 'circle' }, scale: 0.6 },
]

test('a request of fifty scenes comes in its order, to the frame, with its sound', async (context) => {
  const data = makeDataFolder()
  context.after(() => data.remove())
  const sounds = await Promise.all(
    SAYINGS.map(async ([voiceId, text]) => (await speak(text, findVoice(voiceId).voice, {})).samples),
  )
  const recording = join(data.path, 'talk.wav')
  await writeWav([sounds[2]!], sounds[2]!.length, recording)

  const grey = (index: number) => 40 + 20 * ((index * 7) % 9)
  const heard = (index: number): { voice: SceneVoice; seconds: number } => {
    const kind = index % 7
    if (kind === 5)
      return { voice: { kind: 'silence', seconds: 0.3 + (index % 3) / 10 }, seconds: 0.3 + (index % 3) / 10 }
    const samples = sounds[kind === 6 ? 2 : kind]!
    if (kind === 6) {
      return { voice: { kind: 'recording', source: { path: recording } }, seconds: samples.length / SAMPLE_RATE }
    }
    const [voiceId, text] = SAYINGS[kind]!
    return { voice: { kind: 'script', text, voiceId, settings: {} }, seconds: samples.length / SAMPLE_RATE }
  }
  const scenes = Array.from({ length: 50 }, (_, index): Scene => {
    const level = grey(index).toString(16).padStart(2, '0')
    const background: Background = { kind: 'color', color: `#${level}${level}${level}` }
    const stance = STANCES[(index / 5) % STANCES.length]
    const character = stance ? ({ kind: 'avatar', avatarId: 'victor', stance } as const) : null
    return { character, voice: heard(index).voice, background }
  })
  const spec: VideoSpec = { name: 'fifty', canvas: CANVAS, scenes, seed: 1 }
  const workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: data.path, workers: 1 }, { log: silentLog })
  const outPath = join(data.path, 'fifty.mp4')
  const { durationSeconds } = await workshop.produce(spec, { outPath }).finally(() => workshop.close())

  const frames: DecodedFrame[] = []
  for await (const frame of decodeFrames(outPath)) frames.push(frame)
  const sound = await decodeSound(outPath)
  const lengths = scenes.map((_, index) => framesFor(heard(index).seconds, CANVAS.fps))
  const total = lengths.reduce((sum, length) => sum + length, 0)
  assert.deepEqual([frames.length, durationSeconds, sound.length], [total, total / 25, soundLength(total, 25)])
  let start = 0
  for (const [index, length] of lengths.entries()) {
    const wanted = 16 + (grey(index) * 219) / 255
    for (const frame of [start, start + length - 1]) {
      const { y, width } = frames[frame]!
      assert.ok(
        Math.abs(y[4 * width + 4]! - wanted) < 4,
        `scene ${index}, frame ${frame}: ${y[4 * width + 4]} for ${wanted}`,
      )
    }
    const part = sound.subarray(soundLength(start, 25) + 2400, soundLength(start + length, 25) - 2400)
    const loudest = part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    const isSilent = scenes[index]!.voice.kind === 'silence'
    assert.ok(isSilent ? loudest < 0.002 : loudest > 0.1, `scene ${index} is as loud as ${loudest}`)
    start += length
  }
})
