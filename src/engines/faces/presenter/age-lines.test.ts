// The marks of age lie where faces have them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldDepth, type LineMarks } from './age-lines.ts'

/** A face whose pupils are 0.64 decimetres apart, at the height of zero. */
const MARKS: LineMarks = { eyes: [0, 0, 0], nose: [0, -0.45, 0.2], mouth: [0, -0.7, 0.1], mouthHalf: 0.25, unit: 0.64 }

test('under the eye the skin is full, and hollow below that', () => {
  assert.ok(foldDepth(MARKS, 0.32, -0.11, 1) < -0.2)
  assert.ok(foldDepth(MARKS, 0.32, -0.2, 1) > 0.4)
})

test('a fold runs from the wing of the nose past the corner of the mouth, with the cheek full beside it', () => {
  for (const [x, y] of [
    [0.21, -0.5],
    [0.29, -0.6],
  ] as const) {
    assert.ok(foldDepth(MARKS, x, y, 1) > 0.4, `hollow at ${x}, ${y}: ${foldDepth(MARKS, x, y, 1)}`)
    assert.ok(foldDepth(MARKS, x + 0.09, y, 1) < -0.2, `full beside ${x}, ${y}`)
  }
})

test('folds are the same on both sides below the forehead, have no steps and end before the ears', () => {
  for (let x = 0; x <= 0.9; x += 0.01) {
    for (let y = -1.2; y < 0.18; y += 0.01) {
      const here = foldDepth(MARKS, x, y, 5)
      assert.equal(foldDepth(MARKS, -x, y, 5), here)
      assert.ok(Math.abs(here) < 1.6)
      if (y < 0.16) assert.ok(Math.abs(foldDepth(MARKS, x, y + 0.004, 5) - here) < 0.25, `step at ${x}, ${y}`)
    }
  }
  for (let y = -0.5; y < 0.5; y += 0.02) assert.ok(Math.abs(foldDepth(MARKS, 0.85, y, 5)) < 0.05)
})
