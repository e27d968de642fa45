import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chance } from '../../../domain/random.ts'
import { fillHole } from './fill-hole.ts'
import { grow, label, soften } from './masks.ts'
import { ownColour } from './own-colour.ts'
import { spreadColour } from './spread-colour.ts'

const WIDTH = 120
const HEIGHT = 90

/** A red disc with a soft rim over a slope of blue to green, and what went into it. */
function disc(): { rgb: Uint8Array; matte: Uint8Array; behind: Uint8Array } {
  const rgb = new Uint8Array(WIDTH * HEIGHT * 3)
  const behind = new Uint8Array(rgb.length)
  const matte = new Uint8Array(WIDTH * HEIGHT)
  for (let pixel = 0; pixel < matte.length; pixel++) {
    const [x, y] = [pixel % WIDTH, Math.floor(pixel / WIDTH)]
    const share = Math.max(0, Math.min(1, (22 - Math.hypot(x - 60, y - 45)) / 6 + 0.5))
    matte[pixel] = Math.round(share * 255)
    const back = [20, 60 + x, 200 - x]
    for (let c = 0; c < 3; c++) {
      behind[pixel * 3 + c] = back[c]!
      rgb[pixel * 3 + c] = Math.round([210, 30, 40][c]! * share + back[c]! * (1 - share))
    }
  }
  return { rgb, matte, behind }
}

const worst = (a: Uint8Array, b: Uint8Array, isIn: (pixel: number) => boolean): number =>
  a.reduce((most, value, i) => (isIn(Math.floor(i / 3)) ? Math.max(most, Math.abs(value - b[i]!)) : most), 0)

test('the hole is filled with what would be there, and nothing else changes', () => {
  const { rgb, matte, behind } = disc()
  const filled = fillHole({ width: WIDTH, height: HEIGHT, rgb }, matte)
  assert.ok(worst(filled, behind, () => true) < 12, `off by ${worst(filled, behind, () => true)}`)
  const isFar = (pixel: number) => Math.hypot((pixel % WIDTH) - 60, Math.floor(pixel / WIDTH) - 45) > 36
  assert.equal(worst(filled, rgb, isFar), 0)
})

test('the filling has the grain of what is around it', () => {
  const { matte } = disc()
  const rgb = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => 120 + 12 * (chance(5, Math.floor(i / 3)) - 0.5))
  const filled = fillHole({ width: WIDTH, height: HEIGHT, rgb }, matte)
  const roughness = (x: number) => {
    let sum = 0
    for (let y = 35; y < 55; y++)
      for (let dx = 0; dx < 10; dx++) {
        const at = (y * WIDTH + x + dx) * 3
        sum += Math.abs(filled[at]! - filled[at + 3]!) / 200
      }
    return sum
  }
  const [inside, outside] = [roughness(55), roughness(5)]
  assert.ok(inside > outside * 0.5 && inside < outside * 2, `${inside} in the hole, ${outside} outside`)
})

test('the soft rim carries the colour of the person, not of the background', () => {
  const { rgb, matte, behind } = disc()
  const own = ownColour({ width: WIDTH, height: HEIGHT, rgb }, matte, behind)
  const red = Uint8Array.from({ length: own.length }, (_, i) => [210, 30, 40][i % 3]!)
  assert.ok(worst(own, red, (pixel) => matte[pixel]! > 0) < 10)
})

test('laid over its own background the person looks as in the picture', () => {
  const { rgb, matte, behind } = disc()
  const own = ownColour({ width: WIDTH, height: HEIGHT, rgb }, matte, behind)
  const again = own.map((value, i) => {
    const share = matte[Math.floor(i / 3)]! / 255
    return Math.round(value * share + behind[i]! * (1 - share))
  })
  assert.ok(worst(again, rgb, () => true) <= 3)
})

test('colours spread evenly: between black and white lies a slope', () => {
  const known = new Uint8Array(64 * 8)
  const rgb = new Uint8Array(known.length * 3)
  for (let y = 0; y < 8; y++) {
    known[y * 64] = known[y * 64 + 63] = 255
    rgb.fill(255, (y * 64 + 63) * 3, (y * 64 + 64) * 3)
  }
  const out = spreadColour(rgb, known, 64, 8)
  const row = Array.from({ length: 64 }, (_, x) => out[(4 * 64 + x) * 3]!)
  assert.ok(row.every((value, x) => x === 0 || value >= row[x - 1]! - 1))
  assert.ok(
    row.every((value, x) => Math.abs(value - (x / 63) * 255) < 60),
    row.join(' '),
  )
})

test('a mask grows by its radius along both axes and softens without moving', () => {
  const mask = new Uint8Array(20 * 20)
  mask[10 * 20 + 10] = 255
  const grown = grow(mask, 20, 20, 3)
  for (let i = 0; i < grown.length; i++) {
    const isNear = Math.abs((i % 20) - 10) <= 3 && Math.abs(Math.floor(i / 20) - 10) <= 3
    assert.equal(grown[i], isNear ? 255 : 0)
  }
  const soft = soften(grown, 20, 20, 2)
  assert.equal(soft[10 * 20 + 9], soft[10 * 20 + 11])
  assert.ok(soft[10 * 20 + 14]! > 0 && soft[10 * 20 + 14]! < 255)
})

test('areas that do not touch have numbers of their own', () => {
  const picture = ['##..#', '#...#', '..#..']
  const { labels, count } = label(5, 3, (pixel) => picture[Math.floor(pixel / 5)]![pixel % 5] === '#')
  assert.equal(count, 3)
  assert.equal(labels[0], labels[5])
  assert.notEqual(labels[0], labels[4])
})
