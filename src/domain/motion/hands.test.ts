// How hands beat time with what is said.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import type { Manner } from '../../core/spec.ts'
import type { Emphasis } from './emphasis.ts'
import { planHands } from './hands.ts'
import { bearingOf } from './manner.ts'

const FPS = 25
const SECONDS = 60
const emphases: readonly Emphasis[] = Array.from({ length: 40 }, (_, i) => ({
  seconds: 1 + i * 1.4 + (i % 3) * 0.1,
  strength: 0.3 + ((i * 7) % 10) / 14,
  denies: false,
}))

function hands(seed: number, manner: Manner = {}, words = emphases): { left: number[]; right: number[] } {
  const shapes = new Float32Array(SECONDS * FPS * SHAPE_COUNT)
  planHands(shapes, { seed, fps: FPS, bearing: bearingOf(manner), emphases: words })
  const of = (shape: 'handLeft' | 'handRight') =>
    Array.from({ length: SECONDS * FPS }, (_, frame) => shapes[frame * SHAPE_COUNT + SHAPE_INDEX[shape]]!)
  return { left: of('handLeft'), right: of('handRight') }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

test('hands rest most of the time, exactly, and never pass their shapes', () => {
  for (let seed = 1; seed < 20; seed++) {
    const { left, right } = hands(seed)
    const still = left.filter((weight, frame) => weight === 0 && right[frame] === 0).length / left.length
    assert.ok(still > 0.4 && still < 0.95, `${seed}: still ${still}`)
    for (const weight of [...left, ...right]) assert.ok(weight >= 0 && weight <= 1)
  }
})

test('a beat stands at its height on the stressed vowel', () => {
  const { left, right } = hands(3)
  const lifted = (frame: number) => Math.max(left[frame]!, right[frame]!)
  let beats = 0
  for (let frame = 1; frame < left.length - 1; frame++) {
    if (lifted(frame) < 0.15 || lifted(frame) <= lifted(frame - 1) || lifted(frame + 1) > lifted(frame)) continue
    const seconds = (frame + 0.5) / FPS
    assert.ok(
      emphases.some((word) => seconds - word.seconds > -0.1 && seconds - word.seconds < 0.7),
      `a beat at ${seconds} s`,
    )
    beats++
  }
  assert.ok(beats >= 5, `${beats} beats`)
})

test('hands move without a jerk', () => {
  const { left } = hands(5, { talkingStyle: 'expressive' })
  for (let frame = 3; frame < left.length; frame++) {
    const third = left[frame]! - 3 * left[frame - 1]! + 3 * left[frame - 2]! - left[frame - 3]!
    assert.ok(Math.abs(third) < 0.16, `frame ${frame}: ${third}`)
  }
})

test('who is expressive beats more than who is soothing, and nobody beats where no word is leaned on', () => {
  const all = (manner: Manner) => sum(Array.from({ length: 20 }, (_, seed) => sum(hands(seed, manner).left)))
  assert.ok(all({ talkingStyle: 'expressive' }) > 1.5 * all({ mood: 'soothing' }))
  assert.equal(sum(hands(1, {}, []).left), 0)
})
