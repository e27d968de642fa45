import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addStrandGrain, brightnessOf } from './strand-grain.ts'
import { openTurns } from './turns.ts'

const SIDE = 120

/** Hair that runs down, with a dark line across it, as where a sheet of its mesh ends. */
function crossedHair() {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4)
  const flow = new Int8Array(SIDE * SIDE * 2)
  for (let i = 0; i < SIDE * SIDE; i++) {
    const dark = Math.abs(Math.floor(i / SIDE) - 60) < 2
    rgba.set(dark ? [40, 30, 20, 255] : [120, 90, 60, 255], i * 4)
    flow[i * 2 + 1] = 127
  }
  return { canvas: { width: SIDE, height: SIDE, rgba }, flow }
}

const meanOfRow = (rgba: Uint8ClampedArray, y: number) => {
  let sum = 0
  for (let x = 10; x < SIDE - 10; x++) sum += rgba[(y * SIDE + x) * 4 + 1]!
  return sum / (SIDE - 20)
}

test('a dark line across the strands goes, while the strands still differ', () => {
  const { canvas, flow } = crossedHair()
  addStrandGrain(canvas, flow, brightnessOf(canvas), false, 0, openTurns())
  assert.ok(meanOfRow(canvas.rgba, 60) > 0.85 * meanOfRow(canvas.rgba, 30))
  const row = Array.from({ length: 80 }, (_, k) => canvas.rgba[(30 * SIDE + 20 + k) * 4 + 1]!)
  assert.ok(Math.max(...row) - Math.min(...row) > 15)
})

test('half grey hair lies between its own colour and silver in every lock', () => {
  const { canvas, flow } = crossedHair()
  const brown = meanOfRow(canvas.rgba, 30)
  addStrandGrain(canvas, flow, brightnessOf(canvas), false, 0.5, openTurns())
  assert.ok(meanOfRow(canvas.rgba, 30) > 1.1 * brown)
  const blue = canvas.rgba[(30 * SIDE + 60) * 4 + 2]!
  assert.ok(blue > 65)
})
