// A worn face yields to what lips and lids do.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { bearingOf } from './manner.ts'
import { planWear } from './wear.ts'

test('wide eyes shut as well as others do', () => {
  const shapes = new Float32Array(3 * SHAPE_COUNT)
  for (const [frame, shut] of [0, 0.5, 1].entries()) {
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.blinkLeft] = shut
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.blinkRight] = shut
  }
  const bearing = bearingOf(undefined)
  planWear(shapes, { seed: 1, fps: 25, bearing: { ...bearing, wears: { eyesWide: 0.3 } } })
  const [open, half, shut] = [0, 1, 2].map((frame) => shapes[frame * SHAPE_COUNT + SHAPE_INDEX.eyesWide]!)
  assert.ok(open! > 0.15 && half! < 0.7 * open! && shut === 0, `${open}, ${half}, ${shut}`)
})
