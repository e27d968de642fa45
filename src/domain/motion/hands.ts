// Hands beat time with what is said: a small lift on words that are leaned on, and stillness in between.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, followMoves, type Move } from '../curves.ts'
import { chance } from '../random.ts'
import type { Emphasis } from './emphasis.ts'
import type { Bearing } from './manner.ts'

/** Weaker emphases leave the hands where they are. */
const WORTH = 0.4

/** Beats of a hand lie at least this far apart, seconds: closer ones look like conducting. */
const SPACING = 1.9

/** Share of beats made by both hands. */
const BOTH = 0.45

/** What the hands are told. */
export type HandScene = {
  readonly seed: number
  readonly fps: number
  readonly bearing: Bearing
  readonly emphases: readonly Emphasis[]
}

/**
 * Writes the hands into a shapes track. Between beats their weights are exactly 0, so that a painter can leave the lower
 * body as it is. The stroke ends on the stressed vowel, as beats do (McNeill, Hand and Mind, 1992).
 */
export function planHands(shapes: Float32Array, { seed, fps, bearing, emphases }: HandScene): void {
  const frameCount = shapes.length / SHAPE_COUNT
  const left: Move[] = []
  const right: Move[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { seconds, strength } of emphases) {
    const key = Math.round(seconds * 100)
    if (strength < WORTH || seconds - last < SPACING || chance(seed, 71, key) > 0.75 * bearing.beats) continue
    last = seconds
    const reach = clamp(strength * (0.55 + 0.45 * chance(seed, 72, key)) * bearing.beats, 0, 1)
    const both = chance(seed, 73, key) < BOTH
    const leads = chance(seed, 74, key) < 0.5 ? left : right
    for (const moves of both ? [left, right] : [leads]) {
      // The other hand comes along a little less and later.
      const follows = both && moves !== leads
      const late = follows ? 0.05 : 0
      const held = 0.1 + 0.35 * chance(seed, 75, key)
      moves.push({ seconds: seconds - 0.34 + late, takes: 0.36, to: reach * (follows ? 0.75 : 1) })
      moves.push({ seconds: seconds + 0.06 + held + late, takes: 0.6, to: 0 })
    }
  }
  for (const [shape, moves] of [
    ['handLeft', left],
    ['handRight', right],
  ] as const) {
    const values = followMoves(moves, frameCount, fps)
    for (let frame = 0; frame < frameCount; frame++) {
      shapes[frame * SHAPE_COUNT + SHAPE_INDEX[shape]] = Math.round(values[frame]! * 1024) / 1024
    }
  }
}
