// Scenes as the finished file shows them: clips at every play style, fits, cuts to the frame, fifty in order.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Background, Fit, PlayStyle, Scene, VideoSpec } from '../core/spec.ts'
import { type DecodedFrame, decodeFrames, decodeSound } from '../engines/media/decode.ts'
import { openEncoder } from '../engines/media/encoder.ts'
import { probe } from '../engines/media/probe.ts'
import { openTestWorkshop, type TestWorkshop } from './test-kit.ts'

const CANVAS = { width: 128, height: 128, fps: 25 }
let shop: TestWorkshop
let clip: string
let count = 0

before(async () => {
  shop = await openTestWorkshop()
  clip = join(shop.folder, 'clip.mp4')
  // One second that grows lighter, twice as wide as high.
  const encoder = await openEncoder({ path: clip, canvas: { width: 128, height: 64, fps: 25 } })
  for (let n = 0; n < 25; n++) {
    const chroma = new Uint8Array(32 * 64).fill(128)
    await encoder.encode({ y: new Uint8Array(128 * 64).fill(40 + 8 * n), u: chroma, v: chroma })
  }
  await encoder.close()
})
after(() => shop.close())

const silent = (background: Background, seconds: number): Scene => ({
  character: null,
  voice: { kind: 'silence', seconds },
  background,
})

async function made(scenes: readonly Scene[], more: Partial<VideoSpec> = {}): Promise<string> {
  const outPath = join(
    shop.folder,
    `${count++}.${more.outputs?.[0]?.kind === 'video' ? more.outputs[0].format : 'mp4'}`,
  )
  await shop.workshop.produce({ name: 'scenes', canvas: CANVAS, scenes, seed: 1, ...more }, { outPath })
  return outPath
}

async function framesOf(path: string): Promise<DecodedFrame[]> {
  const frames: DecodedFrame[] = []
  for await (const frame of decodeFrames(path)) frames.push(frame)
  return frames
}

const middle = ({ y, width, height }: DecodedFrame) => y[(height / 2) * width + width / 2]!

/** Which of the clip's frames is seen at given frames of a scene of two seconds; null: the colour behind it. */
async function playedBy(playStyle: PlayStyle, frames: readonly number[]): Promise<(number | null)[]> {
  const background: Background = { kind: 'video', source: { path: clip }, fit: 'cover', playStyle, color: '#000000' }
  const all = await framesOf(await made([silent(background, 2)]))
  assert.equal(all.length, 50)
  return frames.map((frame) => {
    const number = Math.round((middle(all[frame]!) - 40) / 8)
    return number < -1 ? null : number
  })
}

for (const [style, wanted] of [
  ['fit_to_scene', [0, 5, 12, 24]],
  ['freeze', [0, 10, 24, 24]],
  ['loop', [0, 10, 0, 24]],
  ['once', [0, 10, null, null]],
  ['full_video', [0, 10, 24, 24]],
] as const) {
  test(`a clip played as ${style} is where it should be at four instants`, async () => {
    assert.deepEqual(await playedBy(style, [0, 10, 25, 49]), wanted)
  })
}

test('a scene lasts as long as a clip that is to be seen whole', async () => {
  const background: Background = {
    kind: 'video',
    source: { path: clip },
    fit: 'cover',
    playStyle: 'full_video',
    color: '#000000',
  }
  assert.equal((await probe(await made([silent(background, 0.2)]))).frameCount, 25)
})

for (const [fit, edge] of [
  ['cover', 'clip'],
  ['crop', 'clip'],
  ['contain', 'colour'],
  ['none', 'colour'],
] as const satisfies readonly (readonly [Fit, string])[]) {
  test(`a wide clip on a square canvas, fitted as ${fit}, shows ${edge} at the upper edge`, async () => {
    const background: Background = { kind: 'video', source: { path: clip }, fit, playStyle: 'freeze', color: '#ff0000' }
    const [frame] = await framesOf(await made([silent(background, 0.2)]))
    const isRed = frame!.v[0]! > 200
    assert.equal(isRed, edge === 'colour')
    assert.ok(Math.abs(middle(frame!) - 40) < 4)
  })
}

test('fifty scenes come in their order, each from its exact frame on, and the sound with them', async () => {
  // Twelve kinds of scenes take turns, so that most come from the cache.
  const lengths = Array.from({ length: 50 }, (_, index) => 2 + (index % 12))
  const grey = (index: number) => 30 + 16 * ((index * 7) % 12)
  const scenes = lengths.map((frames, index): Scene => {
    const color = `#${grey(index).toString(16).padStart(2, '0').repeat(3)}`
    return silent(
      index % 12 === 5
        ? { kind: 'video', source: { path: clip }, fit: 'cover', playStyle: 'freeze', color }
        : { kind: 'color', color },
      frames / 25,
    )
  })
  const path = await made(scenes)
  const frames = await framesOf(path)
  assert.equal(
    frames.length,
    lengths.reduce((sum, length) => sum + length, 0),
  )
  let at = 0
  for (const [index, length] of lengths.entries()) {
    const wanted = index % 12 === 5 ? 40 : 16 + (grey(index) * 219) / 255
    assert.ok(Math.abs(middle(frames[at]!) - wanted) < 4, `scene ${index}: ${middle(frames[at]!)} for ${wanted}`)
    at += length
  }
  assert.equal((await decodeSound(path)).length, (frames.length * 48_000) / 25)
})

for (const format of ['webm', 'mov'] as const) {
  test(`${format}: nothing stands behind, at exact times and with sound`, async () => {
    const path = await made([silent({ kind: 'color', color: '#ff0000' }, 1), silent({ kind: 'own' }, 0.4)], {
      outputs: [{ kind: 'video', format, captions: false }],
      canvas: { ...CANVAS, fps: 30 },
    })
    const frames = await framesOf(path)
    assert.equal(frames.length, 42)
    for (const { a, seconds, index } of frames) {
      // VP9 rounds nothing to 1 of 255.
      assert.ok(a?.every((value) => value <= 1))
      assert.ok(Math.abs(seconds - index / 30) < 0.001)
    }
    const { videoCodec, audio } = await probe(path)
    assert.deepEqual([videoCodec, audio?.codec], format === 'webm' ? ['vp9', 'opus'] : ['prores', 'aac'])
    assert.ok(Math.abs((await decodeSound(path)).length - 1.4 * 48_000) < 1000)
  })
}
