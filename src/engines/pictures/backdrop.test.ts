import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PLACES } from '../../core/backdrop.ts'
import { drawBackdrop } from './backdrop.ts'
import { solidColour } from './solid.ts'

const studio = { kind: 'studio', color: '#5b6b7d', glow: '#aebccb', vignette: 0.5 } as const

test('a backdrop is lightest behind the head and darkest in its corners', () => {
  const { y, width, height } = drawBackdrop(studio, 270, 480)
  const mean = (x0: number, y0: number): number => {
    let sum = 0
    for (let k = 0; k < 400; k++) sum += y[(y0 + Math.floor(k / 20)) * width + x0 + (k % 20)]!
    return sum / 400
  }
  const middle = mean(125, 162)
  const side = mean(0, 162)
  const corners = [mean(0, 0), mean(width - 20, 0), mean(0, height - 20), mean(width - 20, height - 20)]
  assert.ok(middle > side + 20, `${middle} against ${side}`)
  assert.ok(side > Math.max(...corners) + 5, `${side} against ${corners}`)
})

test('a backdrop never steps: its 8-bit levels mix all the way', () => {
  const { y, width } = drawBackdrop(studio, 1080, 1920)
  let sameRuns = 0
  for (let row = 100; row < 1800; row += 17) {
    let run = 0
    for (let x = 1; x < width; x++) {
      run = y[row * width + x] === y[row * width + x - 1] ? run + 1 : 0
      if (run > 64) sameRuns++
    }
  }
  assert.equal(sameRuns, 0)
})

test('the same backdrop is the same bytes', () => {
  assert.deepEqual(drawBackdrop(studio, 90, 160), drawBackdrop(studio, 90, 160))
})

test('a backdrop colour in another form is refused by name', () => {
  assert.throws(() => drawBackdrop({ ...studio, glow: 'red' }, 16, 16), /backdrop\.glow: "red"/)
})

test('a solid colour is BT.709 limited range', () => {
  const red = solidColour('#FF0000', 6, 4)
  assert.deepEqual([red.y.length, red.u.length, red.y[23], red.u[5], red.v[0]], [24, 6, 63, 102, 240])
  const white = solidColour('#ffffff', 2, 2)
  assert.deepEqual([white.y[0], white.u[0], white.v[0], white.a], [235, 128, 128, null])
  assert.throws(() => solidColour('white', 2, 2), /background\.color/)
})

const places = PLACES.map((kind) => ({ kind, color: '#8a93a0', accent: '#7a4a2c', seed: 3 }))

test('every place fits every canvas, repeats to the byte and changes with its seed', () => {
  for (const place of places) {
    for (const [width, height] of [
      [96, 170],
      [170, 96],
      [128, 128],
    ] as const) {
      const drawn = drawBackdrop(place, width, height)
      assert.deepEqual([drawn.y.length, drawn.u.length], [width * height, (width * height) / 4])
      assert.deepEqual(drawn, drawBackdrop(place, width, height))
      assert.notDeepEqual(drawn.y, drawBackdrop({ ...place, seed: 4 }, width, height).y)
    }
  }
})

test('a place is out of focus: no pixel differs much from the next', () => {
  for (const place of places) {
    const { y, width, height } = drawBackdrop(place, 1080, 1080)
    let steepest = 0
    for (let i = 0; i < width * height - 1; i += 7) {
      if ((i + 1) % width) steepest = Math.max(steepest, Math.abs(y[i + 1]! - y[i]!))
    }
    assert.ok(steepest < 22, `${place.kind}: ${steepest} codes from pixel to pixel`)
  }
})

test('no two places look alike', () => {
  const drawn = places.map((place) => drawBackdrop(place, 120, 120).y)
  drawn.forEach((one, i) => {
    for (const other of drawn.slice(i + 1)) {
      const difference = one.reduce((sum, value, at) => sum + Math.abs(value - other[at]!), 0) / one.length
      assert.ok(difference > 8, `${places[i]!.kind}: ${difference}`)
    }
  })
})
