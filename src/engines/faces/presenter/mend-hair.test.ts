import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeGaps } from './mend-hair.ts'

const SIDE = 120

/** Brown hair above a row, bare below, with a gap of some rows in it. */
function hairWithGap(end: number, gap: readonly number[]) {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4)
  for (let i = 0; i < SIDE * SIDE; i++) {
    const y = Math.floor(i / SIDE)
    if (y >= 4 && y < end && !gap.includes(y)) rgba.set([120, 90, 60, 255], i * 4)
  }
  return { width: SIDE, height: SIDE, rgba }
}

const pixel = (rgba: Uint8ClampedArray, y: number) => [...rgba.subarray((y * SIDE + 60) * 4, (y * SIDE + 60) * 4 + 4)]

test('a narrow gap between two sheets of hair closes in their colour', () => {
  const canvas = hairWithGap(90, [45, 46, 47])
  closeGaps(canvas)
  assert.deepEqual(pixel(canvas.rgba, 46), [120, 90, 60, 255])
})

test('the edge of hair and what lies open beside it stay', () => {
  const canvas = hairWithGap(60, [])
  closeGaps(canvas)
  assert.deepEqual(pixel(canvas.rgba, 59), [120, 90, 60, 255])
  assert.deepEqual(pixel(canvas.rgba, 60), [0, 0, 0, 0])
})
