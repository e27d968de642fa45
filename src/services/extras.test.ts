// What goes beyond the APIs, as the finished files show it: watermark, parts of the canvas, music, shapes.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import type { Background, VideoSpec } from '../core/spec.ts'
import { areasOf } from '../domain/scene-layouts.ts'
import { type DecodedFrame, decodeFrames, decodeSound } from '../engines/media/decode.ts'
import { openEncoder } from '../engines/media/encoder.ts'
import { writeWav } from '../engines/media/sound-only.ts'
import { openCrossFader } from '../engines/painter/cross-fade.ts'
import { openTestWorkshop, type TestWorkshop } from './test-kit.ts'

const CANVAS = { width: 320, height: 180, fps: 25 }
let shop: TestWorkshop
const at = (name: string) => join(shop.folder, name)

before(async () => {
  shop = await openTestWorkshop()
  const logo = { create: { width: 60, height: 30, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 1 } } } as const
  await sharp(logo).png().toFile(at('logo.png'))
  await sharp({ create: { width: 64, height: 64, channels: 3, background: '#ffff00' } })
    .png()
    .toFile(at('yellow.png'))
  const encoder = await openEncoder({ path: at('clip.mp4'), canvas: { width: 64, height: 64, fps: 25 } })
  for (let n = 0; n < 10; n++) {
    const chroma = new Uint8Array(32 * 32).fill(128)
    await encoder.encode({ y: new Uint8Array(64 * 64).fill(180), u: chroma, v: chroma })
  }
  await encoder.close()
  const music = Float32Array.from({ length: 48_000 * 3 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 400 * i) / 48_000))
  await writeWav([music], music.length, at('music.wav'))
})
after(() => shop.close())

async function made(spec: Pick<VideoSpec, 'scenes'> & Partial<VideoSpec>, names: readonly string[] = ['x.mp4']) {
  const [outPath, ...otherPaths] = names.map(at)
  await shop.workshop.produce({ name: 'extras', canvas: CANVAS, seed: 1, ...spec }, { outPath: outPath!, otherPaths })
}

async function framesOf(name: string): Promise<DecodedFrame[]> {
  const frames: DecodedFrame[] = []
  for await (const frame of decodeFrames(at(name))) frames.push(frame)
  return frames
}

const silent = (background: Background, seconds = 0.2) =>
  ({ character: null, voice: { kind: 'silence', seconds }, background }) as const
const colour = ({ y, u, v, width }: DecodedFrame, x: number, row: number) => {
  const chroma = (row >> 1) * (width / 2) + (x >> 1)
  return [y[row * width + x]!, u[chroma]!, v[chroma]!] as const
}
const near = (got: readonly number[], wanted: readonly number[]) =>
  got.every((value, index) => Math.abs(value - wanted[index]!) < 6)
/** BT.709, limited. */
const [BLUE, RED, YELLOW, GREY] = [
  [32, 240, 118],
  [63, 102, 240],
  [219, 16, 138],
  [180, 128, 128],
] as const

test('a watermark stands in its corner, in its size and half through, in every scene, shape and container', async () => {
  await made(
    {
      scenes: [
        silent({ kind: 'color', color: '#0000ff' }),
        silent({ kind: 'video', source: { path: at('clip.mp4') }, fit: 'cover', playStyle: 'loop', color: '#000000' }),
      ],
      watermark: { source: { path: at('logo.png') }, corner: 'bottom_left', size: 0.2, opacity: 0.5 },
      outputs: [
        { kind: 'video', format: 'mp4', captions: false },
        { kind: 'video', format: 'mp4', captions: false, size: { width: 180, height: 320 } },
        { kind: 'video', format: 'webm', captions: false },
      ],
    },
    ['a.mp4', 'tall.mp4', 'a.webm'],
  )
  // 36 x 18 pixels, 8 or 10 from the edges.
  const frames = await framesOf('a.mp4')
  for (const frame of frames) {
    const ground = frame.index < 5 ? BLUE : GREY
    const half = ground.map((value, plane) => (value + RED[plane]!) / 2)
    assert.ok(near(colour(frame, 26, 162), half), `${colour(frame, 26, 162)} for ${half} at ${frame.index}`)
    for (const [x, y] of [
      [2, 162],
      [52, 162],
      [26, 148],
      [26, 176],
      [300, 162],
    ] as const) {
      assert.ok(near(colour(frame, x, y), ground), `${colour(frame, x, y)} at ${x}, ${y} of ${frame.index}`)
    }
  }
  const tall = await framesOf('tall.mp4')
  assert.ok(
    near(
      colour(tall[0]!, 26, 302),
      BLUE.map((value, plane) => (value + RED[plane]!) / 2),
    ),
  )
  const clear = await framesOf('a.webm')
  for (const { a, width } of clear) {
    assert.ok(Math.abs(a![162 * width + 26]! - 128) < 6 && a![100 * width + 100]! < 3)
  }
})

test('a picture and a clip are fitted to their part of the canvas, the colour is round them', async () => {
  const area = areasOf('split_left').background!
  const picture = { kind: 'picture', source: { path: at('yellow.png') }, color: '#0000ff', area } as const
  await made({
    scenes: [
      silent({ ...picture, fit: 'cover' }),
      silent({ ...picture, fit: 'contain' }),
      silent({ ...picture, fit: 'none' }),
      silent({
        kind: 'video',
        source: { path: at('clip.mp4') },
        fit: 'contain',
        playStyle: 'loop',
        color: '#0000ff',
        area: { left: 0, top: 0.5, width: 0.5, height: 0.5 },
      }),
    ],
  })
  const [cover, , , , , contain, , , , , none, , , , , clip] = await framesOf('x.mp4')
  const seen = (frame: DecodedFrame | undefined, wanted: readonly number[], ...places: (readonly [number, number])[]) =>
    places.every(([x, y]) => near(colour(frame!, x, y), wanted))
  assert.ok(seen(cover, YELLOW, [166, 4], [316, 176]) && seen(cover, BLUE, [154, 90]))
  assert.ok(seen(contain, YELLOW, [166, 90], [316, 20]) && seen(contain, BLUE, [240, 4], [240, 176], [80, 90]))
  assert.ok(seen(none, YELLOW, [240, 90], [212, 62]) && seen(none, BLUE, [204, 90], [276, 90]))
  assert.ok(seen(clip, GREY, [80, 94], [40, 176]) && seen(clip, BLUE, [80, 84], [28, 130], [132, 130], [240, 130]))
})

test('music is heard in pauses, steps back under words, begins again and ends softly', async () => {
  await made(
    {
      scenes: [
        silent({ kind: 'color', color: '#000000' }, 3),
        {
          character: null,
          voice: { kind: 'script', text: 'Seven sailors sing on the sea.', voiceId: 'flite-slt', settings: {} },
          background: { kind: 'color', color: '#000000' },
        },
        silent({ kind: 'color', color: '#000000' }, 6),
      ],
      music: { source: { path: at('music.wav') }, volume: 0.4 },
    },
    ['music.mp4'],
  )
  const sound = await decodeSound(at('music.mp4'))
  const seconds = sound.length / 48_000
  /** Level of the music's own 400 Hz, in dB of a full tone. */
  const level = (from: number, to: number) => {
    let [re, im] = [0, 0]
    const [first, last] = [Math.round(from * 48_000), Math.round(to * 48_000)]
    for (let i = first; i < last; i++) {
      re += sound[i]! * Math.cos((2 * Math.PI * 400 * i) / 48_000)
      im += sound[i]! * Math.sin((2 * Math.PI * 400 * i) / 48_000)
    }
    return 20 * Math.log10((2 * Math.hypot(re, im)) / (last - first))
  }
  const [before, under, again] = [level(1.2, 2.4), level(3.6, 4.8), level(7, 8)]
  assert.ok(Math.abs(before - again) < 2, `${before} and ${again}`)
  assert.ok(before - under > 8, `${before} and ${under} under speech`)
  assert.ok(level(seconds - 0.2, seconds) < before - 15 && level(0, 0.1) < before - 15)
})

test('a cross-fade mixes two scenes about their cut; lengths, cuts and order stay', async () => {
  const scenes = [
    silent({ kind: 'color', color: '#0000ff' }, 1),
    silent({ kind: 'video', source: { path: at('clip.mp4') }, fit: 'cover', playStyle: 'loop', color: '#000000' }, 1),
    silent({ kind: 'color', color: '#ffff00' }, 0.24),
    silent({ kind: 'color', color: '#ff0000' }, 1),
  ]
  await made({ scenes, crossFadeSeconds: 0.4 }, ['fade.mp4'])
  const frames = await framesOf('fade.mp4')
  assert.equal(frames.length, 81)
  const seen = (index: number) => colour(frames[index]!, 160, 90)
  const mixed = (from: readonly number[], to: readonly number[], share: number) =>
    from.map((value, plane) => value * (1 - share) + to[plane]! * share)
  for (let index = 0; index < 50; index++) {
    const share = Math.min(1, Math.max(0, (index - 20 + 0.5) / 10))
    if (index >= 45) continue
    assert.ok(near(seen(index), mixed(BLUE, GREY, share)), `${seen(index)} at ${index}`)
  }
  // The third scene has six frames: of its cross-fades no more than three lie in it.
  for (const [index, wanted] of [
    [46, GREY],
    [47, mixed(GREY, YELLOW, 0.5 / 6)],
    [52, mixed(GREY, YELLOW, 5.5 / 6)],
    [53, mixed(YELLOW, RED, 0.5 / 6)],
    [58, mixed(YELLOW, RED, 5.5 / 6)],
    [59, RED],
    [80, RED],
  ] as const) {
    assert.ok(near(seen(index), wanted), `${seen(index)} for ${wanted} at ${index}`)
  }
})

test('with alpha a cross-fade mixes coverage, and what is not there has no colour to give', () => {
  const plane = (value: number, size: number) => new Uint8Array(size).fill(value)
  const picture = (luma: number, alpha: number) => ({
    y: plane(luma, 16),
    u: plane(90, 4),
    v: plane(200, 4),
    a: plane(alpha, 16),
  })
  const { y, u, a } = openCrossFader(4, 4, true).mix(picture(200, 255), picture(16, 0), 0.25)
  assert.deepEqual([y[0], u[0], a?.[0]], [200, 90, 191])
  const both = openCrossFader(4, 4, true).mix(picture(200, 255), picture(100, 255), 0.5)
  assert.deepEqual([both.y[5], both.a?.[5]], [150, 255])
})
