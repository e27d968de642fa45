import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FrameState, Placement } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import { SHAPE_COUNT } from '../../core/shapes.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { loadKernel } from './kernel.ts'
import { openPainter } from './painter.ts'
import { gridLayer, rigOf, syntheticTexture } from './synthetic-rig.ts'

const kernel = await loadKernel()
const canvas = { width: 96, height: 64, fps: 25 }
const grey = flat(96, 64, [90, 90, 90, 255])

function flat(width: number, height: number, rgba: readonly number[]): TexturePlanes {
  const pixels = new Uint8Array(width * height * 4)
  for (let i = 0; i < pixels.length; i += 4) pixels.set(rgba, i)
  return rgbaToPlanes(pixels, width, height, rgba[3] === 255)
}

function rest(placement: Placement, head: readonly number[] = [0, 0, 0, 0, 0, 0]): FrameState {
  const pose = { shapes: new Float32Array(SHAPE_COUNT), head: Float32Array.from(head) }
  return { frame: 0, background: { kind: 'own' }, character: { avatarId: 'a', placement, ...pose } }
}

function open(rig: Rig, background = grey) {
  return openPainter({ canvas, rigs: new Map([['a', rig]]), background: () => background, kernel })
}

test('an opaque picture at its own place and size comes out as it went in', async () => {
  const texture = syntheticTexture(40, 30, false)
  const painter = await open(rigOf([gridLayer('face', texture, { x: 0, y: 0, width: 40, height: 30 }, 3, 2)], 40, 30))
  const frame = painter.paint(rest({ scale: 1, x: 20, y: 14 }))
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 96; x++) {
      const inside = x >= 20 && x < 60 && y >= 14 && y < 44
      const wanted = inside ? texture.y[(y - 14) * 40 + x - 20] : grey.y[0]
      assert.equal(frame.y[y * 96 + x], wanted, `luma at ${x}, ${y}`)
      if (x % 2 || y % 2) continue
      const at = (y / 2) * 48 + x / 2
      const from = ((y - 14) / 2) * 20 + (x - 20) / 2
      assert.equal(frame.u[at], inside ? texture.u[from] : grey.u[0], `u at ${x}, ${y}`)
      assert.equal(frame.v[at], inside ? texture.v[from] : grey.v[0], `v at ${x}, ${y}`)
    }
  }
})
