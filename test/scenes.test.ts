// Characters in scenes as the finished file shows them: circle, square, offset, alpha, green screen.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { Background, Stance, VideoSpec } from '../src/core/spec.ts'
import { type DecodedFrame, decodeFrames } from '../src/engines/media/decode.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { makeDataFolder } from './kit.ts'

const CANVAS = { width: 320, height: 180, fps: 25 }
const BLUE: Background = { kind: 'color', color: '#0000ff' }
const STANCES: readonly (readonly [Stance, Background])[] = [
  [{ window: { shape: 'circle', color: '#ffff00' }, scale: 0.4, offsetX: 0.3875, offsetY: 0.3 }, BLUE],
  [{ window: { shape: 'square', color: '#ffff00' }, scale: 0.5 }, BLUE],
  [{ scale: 0.5, offsetX: -0.25 }, BLUE],
  [{}, { kind: 'color', color: '#00b140' }],
]
let data: ReturnType<typeof makeDataFolder>
let workshop: Workshop
const shown: DecodedFrame[] = []
const clear: DecodedFrame[] = []

before(async () => {
  data = makeDataFolder()
  workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: data.path, workers: 1 }, { log: silentLog })
  const spec: VideoSpec = {
    name: 'scenes',
    canvas: CANVAS,
    scenes: STANCES.map(([stance, background]) => ({
      character: { kind: 'avatar', avatarId: 'victor', stance },
      voice: { kind: 'silence', seconds: 0.08 },
      background,
    })),
    outputs: [
      { kind: 'video', format: 'mp4', captions: false },
      { kind: 'video', format: 'webm', captions: false },
    ],
    seed: 1,
  }
  const [outPath, other] = [join(data.path, 'x.mp4'), join(data.path, 'x.webm')]
  await workshop.produce(spec, { outPath, otherPaths: [other] })
  for await (const frame of decodeFrames(outPath, { every: 2 })) shown.push(frame)
  for await (const frame of decodeFrames(other, { every: 2 })) clear.push(frame)
})
after(async () => {
  await workshop?.close()
  data?.remove()
})

const colour = ({ u, v, width }: DecodedFrame, x: number, y: number) => {
  const at = (y >> 1) * (width / 2) + (x >> 1)
  const [blue, red] = [u[at]!, v[at]!]
  return blue > 200 ? 'blue' : blue < 60 ? 'yellow' : blue < 110 && red < 60 ? 'green' : 'other'
}

test('a circle lies flush in its corner, with its own colour inside and the scene round it', () => {
  // 72 pixels wide about (284, 144).
  assert.equal(colour(shown[0]!, 284, 112), 'yellow')
  assert.equal(colour(shown[0]!, 252, 112), 'blue')
  assert.equal(colour(shown[0]!, 160, 90), 'blue')
  assert.equal(colour(shown[0]!, 284, 148), 'other')
})

test('a square is as wide as half of the height where its scale says so', () => {
  assert.deepEqual(
    [116, 200].map((x) => colour(shown[1]!, x, 47)),
    ['yellow', 'yellow'],
  )
  assert.deepEqual(
    [112, 208].map((x) => colour(shown[1]!, x, 47)),
    ['blue', 'blue'],
  )
})

test('an offset moves a smaller character by a share of the canvas', () => {
  const columns = Array.from({ length: 160 }, (_, at) => at * 2).filter((x) => colour(shown[2]!, x, 90) === 'other')
  const centre = (columns[0]! + columns.at(-1)!) / 2
  assert.ok(Math.abs(centre - 80) < 12, `${centre}`)
})

test('a green screen is one green up to the hair', () => {
  const { y, u, v, width, height } = shown[3]!
  const corner = [y[0]!, u[0]!, v[0]!]
  let pure = 0
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const at = (row / 2) * (width / 2) + column / 2
      if ([y[row * width + column]!, u[at]!, v[at]!].every((value, plane) => Math.abs(value - corner[plane]!) <= 3))
        pure++
    }
  }
  assert.ok(pure > (width * height) / 4 / 3, `${pure}`)
})

test('before nothing, all is clear but who is seen, and a disc stays', () => {
  const alpha = (frame: DecodedFrame, x: number, y: number) => frame.a![y * CANVAS.width + x]!
  assert.ok(alpha(clear[0]!, 284, 112) > 250 && alpha(clear[0]!, 160, 90) < 5)
  assert.ok(alpha(clear[3]!, 160, 90) > 250 && alpha(clear[3]!, 4, 4) < 5)
  const soft = clear[3]!.a!.filter((value) => value > 20 && value < 235).length
  assert.ok(soft > 50 && soft < 3000, `${soft}`)
})
