import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refineMatte } from './refine-matte.ts'

const SIDE = 160

/** Dark hair that stands before a light wall: a disc from which strands of two pixels stick out and gaps reach in. */
function hair(wall: (x: number, y: number) => number) {
  const rgb = new Uint8Array(SIDE * SIDE * 3)
  const isHair = new Uint8Array(SIDE * SIDE)
  const coarse = new Uint8Array(SIDE * SIDE)
  for (let pixel = 0; pixel < isHair.length; pixel++) {
    const [x, y] = [(pixel % SIDE) - 80, Math.floor(pixel / SIDE) - 80]
    const radius = Math.hypot(x, y)
    const isStrand = Math.floor(Math.atan2(y, x) * 25) % 2 === 0
    isHair[pixel] = radius < 56 || (radius < 63 && isStrand) ? 255 : 0
    coarse[pixel] = radius < 60 ? 255 : 0
    rgb.fill(isHair[pixel] ? 35 : wall(x, y), pixel * 3, pixel * 3 + 3)
  }
  return { picture: { width: SIDE, height: SIDE, rgb }, isHair, coarse }
}

const difference = (a: Uint8Array, b: Uint8Array) => a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / 255

test('before a plain wall strands come out and gaps open', () => {
  const { picture, isHair, coarse } = hair(() => 190)
  const refined = refineMatte(picture, coarse, 120)
  const [before, after] = [difference(coarse, isHair), difference(refined, isHair)]
  assert.ok(before > 800 && after < before * 0.1, `${before} wrong before, ${after} after`)
})

test('before a wall of the colours of hair the matte stays as it was', () => {
  const { picture, coarse } = hair((x, y) => ((x * 7 + y * 13) % 5 < 2 ? 30 : 80))
  const refined = refineMatte(picture, coarse, 120)
  assert.ok(difference(refined, coarse) < 60, `${difference(refined, coarse)} changed`)
})
