// Super-resolution: what becomes sharper, by how much at most, and what stays as it was.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameState } from '../../core/plan.ts'
import type { Rig } from '../../core/rig.ts'
import { SHAPE_COUNT } from '../../core/shapes.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { enlargePicture, sharpenPicture } from './enlarge-picture.ts'
import { enlargeRig } from './enlarge-rig.ts'
import { loadKernel } from './kernel.ts'
import { openPainter } from './painter.ts'
import { gridLayer, rigOf } from './synthetic-rig.ts'

/** Dark on the left, light on the right, softly over some pixels about the middle. */
function step(width: number, height: number, soft = 4) {
  const rgba = new Uint8Array(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++) {
    const grey = 60 + 120 * Math.min(1, Math.max(0, ((i % width) - width / 2 + soft / 2) / soft))
    rgba.fill(grey, i * 4, i * 4 + 3)
  }
  return rgbaToPlanes(rgba, width, height, true)
}

test('a picture keeps its tones and its place when it is enlarged', () => {
  const small = step(32, 16)
  const large = enlargePicture(small, 4)
  assert.deepEqual([large.width, large.height, large.y.length, large.u.length], [128, 64, 128 * 64, 64 * 32])
  const row = large.y.subarray(32 * 128, 33 * 128)
  assert.deepEqual([row[8], row[120]], [small.y[2], small.y[30]])
  const half = (small.y[2]! + small.y[30]!) / 2
  // The ramp's middle lies on the upper left corner of pixel 16, half a pixel before its centre.
  const crossing = row.findIndex((value) => value >= half)
  assert.ok(Math.abs(crossing - 66) <= 1, String(crossing))
  assert.ok(large.u.every((value) => value === 128))
})

test('sharpening moves no pixel by more than a bounded amount, and even parts not at all', () => {
  const picture = step(64, 8)
  const { y } = sharpenPicture(picture, 2)
  let most = 0
  for (const [index, value] of y.entries()) most = Math.max(most, Math.abs(value - picture.y[index]!))
  assert.ok(most >= 6 && most <= 14, String(most))
  for (let x = 0; x < 20; x++) assert.equal(y[x], picture.y[x])
  for (let x = 44; x < 64; x++) assert.equal(y[x], picture.y[x])
})

test('a soft rim gets no dark or light seam', () => {
  const rgba = new Uint8Array(64 * 8 * 4)
  for (let i = 0; i < 64 * 8; i++) rgba.set([180, 180, 180, Math.min(255, Math.max(0, ((i % 64) - 28) * 32))], i * 4)
  const picture = rgbaToPlanes(rgba, 64, 8)
  const { y } = sharpenPicture(picture, 2)
  for (const [index, value] of y.entries()) assert.ok(Math.abs(value - picture.y[index]!) <= 1, `${index}: ${value}`)
})

test('a photo shown four times as large has steeper edges with it; one that is large enough stays as it is', async () => {
  const texture = step(32, 32, 1)
  const rig: Rig = {
    ...rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 32, height: 32 }, 2, 2)], 32, 32),
    backdrop: texture,
  }
  assert.equal(enlargeRig(rig, 1), rig)
  assert.equal(enlargeRig({ ...rig, backdrop: null }, 4).layers[0]?.texture, texture)
  const canvas = { width: 128, height: 128, fps: 25 }
  const painter = await openPainter({
    canvas,
    kernel: await loadKernel(),
    rigs: new Map([['a', rig]]),
    background: (_, { width, height }) =>
      rgbaToPlanes(new Uint8Array(width * height * 4).fill(255), width, height, true),
  })
  const steepest = (isSharpened: boolean) => {
    const state: FrameState = {
      frame: 0,
      background: { kind: 'color', color: '#ffffff' },
      character: {
        avatarId: 'a',
        placement: { scale: 4, x: 0, y: 0 },
        isSharpened,
        shapes: new Float32Array(SHAPE_COUNT),
        head: new Float32Array(6),
      },
    }
    const row = painter.paint(state).y.slice(64 * 128, 65 * 128)
    return Math.max(...row.subarray(20, 108).map((value, at) => Math.abs(value - row[at + 19]!)))
  }
  const [plain, sharp] = [steepest(false), steepest(true)]
  assert.ok(sharp >= plain * 1.25, `${plain} and ${sharp}`)
})
