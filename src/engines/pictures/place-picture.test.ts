import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placePicture } from './place-picture.ts'

/** A slope from left to right in Y and from top to bottom in U. */
function slope(width: number, height: number) {
  const y = Uint8Array.from({ length: width * height }, (_, i) => 20 + (i % width))
  const u = Uint8Array.from({ length: (width / 2) * (height / 2) }, (_, i) => 60 + Math.floor(i / (width / 2)))
  return { width, height, y, u, v: new Uint8Array(u.length).fill(128), a: null, ac: null }
}

test('at its own size and place a picture is itself', () => {
  const picture = slope(80, 60)
  const placed = placePicture(picture, 80, 60, { scale: 1, x: 0, y: 0 })
  assert.deepEqual(placed, picture)
})

test('a picture that is moved and enlarged shows its part, and its edge beyond it', () => {
  const placed = placePicture(slope(80, 60), 100, 40, { scale: 2, x: -40, y: -20 })
  // The canvas pixel 30 shows the picture's pixel (30 + 0.5 + 40) / 2 - 0.5.
  assert.equal(placed.y[30], Math.round(20 + 34.75))
  assert.equal(placed.u[5 * 50], Math.round(60 + (5.5 + 10) / 2 - 0.5))
  const beyond = placePicture(slope(80, 60), 100, 40, { scale: 1, x: 40, y: 0 })
  assert.equal(beyond.y[0], 20)
})
