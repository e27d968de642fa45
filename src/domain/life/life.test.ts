// What the life report sees in a face that is known.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { smoothStep } from '../curves.ts'
import { lidAt, planBlinks } from '../motion/blinks.ts'
import { smoothNoise } from '../random.ts'
import { measureBlinks } from './blink-figures.ts'
import { describeLife } from './describe-life.ts'
import { type FaceSample, reportLife } from './life-report.ts'

const FPS = 25

/** A face whose head sways and whose lids do as told, with a face model's own noise. */
function face(seconds: number, lids: (t: number) => number, x: (t: number) => number): FaceSample[] {
  return Array.from({ length: seconds * FPS }, (_, frame) => {
    const t = (frame + 0.5) / FPS
    const noise = (key: number) => 0.002 * smoothNoise(key, t, 11)
    return {
      gap: 0,
      width: 0.5,
      lids: 0.32 * (1 - 0.32 * lids(t)) + noise(1),
      x: 500 + 150 * x(t) + noise(2),
      y: 300 + 4 * smoothNoise(5, t, 0.3),
      eyeDistance: 150,
      yaw: 2 * smoothNoise(6, t, 0.25),
      roll: smoothNoise(7, t, 0.2),
    }
  })
}

test('the blinks that were planned are found, with their intervals and speeds', () => {
  const blinks = planBlinks(4, 60, [])
  const samples = face(
    60,
    (t) => Math.max(...blinks.map((blink) => lidAt(blink, t))),
    () => 0,
  )
  const found = measureBlinks(
    samples.map(({ lids }) => lids),
    FPS,
  )
  assert.equal(found.seconds.length, blinks.length)
  assert.ok(found.seconds.every((seconds, i) => Math.abs(seconds - blinks[i]!.seconds - 0.11) < 0.06))
  assert.equal(found.intervalsAgain, 0)
  assert.ok(found.closingMs! < found.openingMs!, JSON.stringify(found))
  assert.ok(found.closingMs! > 30 && found.openingMs! < 200)
})

test('lids that tremble while they are shut have blinked once', () => {
  const shut = [0.334, 0.294, 0.297, 0.299, 0.292, 0.302, 0.325]
  const lids = Array.from({ length: 250 }, (_, frame) => (frame % 83 < shut.length ? shut[frame % 83]! : 0.345))
  const { seconds, intervals } = measureBlinks(lids, FPS)
  assert.equal(seconds.length, 3)
  assert.ok(
    intervals.every((interval) => Math.abs(interval - 83 / FPS) < 0.05),
    String(intervals),
  )
})

test('eyes that look down for long do not blink', () => {
  const samples = face(
    12,
    (t) => (t > 4 && t < 7 ? 1 : 0),
    () => 0,
  )
  assert.deepEqual(
    measureBlinks(
      samples.map(({ lids }) => lids),
      FPS,
    ).seconds,
    [],
  )
})

test('blinks in step are called so', () => {
  const found = measureBlinks(
    face(
      30,
      (t) => (t % 3 < 0.12 ? 1 : 0),
      () => 0,
    ).map(({ lids }) => lids),
    FPS,
  )
  assert.ok(found.intervalsAgain >= 5, JSON.stringify(found))
})

test('a step in the head path stands out, a smooth turn of the same size does not', () => {
  const open = () => 0
  const stepped = reportLife(
    face(10, open, (t) => (t < 5 ? 0 : 0.05)),
    FPS,
  )!
  const smooth = reportLife(
    face(10, open, (t) => 0.05 * smoothStep(4.6, 5.2, t)),
    FPS,
  )!
  assert.ok(stepped.head.x.largestThird > 8)
  assert.ok([125, 126, 127, 128].includes(stepped.head.x.atFrame))
  assert.ok(smooth.head.x.largestThird < 0.4)
  assert.match(describeLife(stepped), /head across .*5\.\d % of the eyes/)
})

test('motion that repeats is found, motion that does not is not', () => {
  const open = () => 0
  const once = reportLife(
    face(30, open, (t) => 0.03 * smoothNoise(9, t, 0.5)),
    FPS,
  )!
  const looped = reportLife(
    face(30, open, (t) => 0.03 * smoothNoise(9, t, 0.5)).map((_, i, all) => all[i % (10 * FPS)]!),
    FPS,
  )!
  assert.ok(once.mostAlike!.correlation < 0.9, JSON.stringify(once.mostAlike))
  assert.ok(looped.mostAlike!.correlation > 0.97, JSON.stringify(looped.mostAlike))
})

test('a video without a face has no life', () => {
  assert.equal(
    reportLife(
      Array.from({ length: 100 }, () => null),
      FPS,
    ),
    null,
  )
})
