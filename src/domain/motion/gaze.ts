// Where the eyes look: at the viewer while a phrase begins, aside for a moment while thinking, never quite still.
import { HEAD_CHANNEL_COUNT } from '../../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, smoothStep } from '../curves.ts'
import { chance } from '../random.ts'
import type { Bearing } from './manner.ts'
import type { Phrase } from './phrases.ts'

/** A jump of the eyes to a place; 1 is what the shapes gazeX and gazeY make of a weight of 1. */
export type Glance = {
  readonly seconds: number
  readonly x: number
  readonly y: number
  /** True where the eyes leave the viewer. */
  readonly away: boolean
}

/** A small jump takes about 40 ms, a larger one longer (Bahill, Clark and Stark 1975, the main sequence). Seconds. */
const JUMP = 0.05

/** An angle of head that a gaze of 1 makes up for, radians: 15 degrees across, 12 down (see core/shapes.ts). */
const ACROSS = 0.262
const DOWN = 0.209

/** The jumps of a scene, in order of time. */
export function planGlances(
  seed: number,
  durationSeconds: number,
  phrases: readonly Phrase[],
  bearing: Bearing,
): readonly Glance[] {
  const glances: Glance[] = [{ seconds: 0, x: 0, y: 0, away: false }]
  const home = (seconds: number, key: number): void => {
    glances.push({ seconds, x: 0.03 * (chance(seed, 41, key) - 0.5), y: 0, away: false })
  }
  const aside = (seconds: number, key: number): void => {
    const side = chance(seed, 42, key) < 0.5 ? -1 : 1
    const x = side * (0.16 + 0.2 * chance(seed, 43, key)) * bearing.glances
    // People who look for words look up or down as well as aside.
    const y = (chance(seed, 44, key) < 0.4 ? -0.22 : 0.26) * (0.4 + 0.6 * chance(seed, 45, key)) * bearing.glances
    glances.push({ seconds, x, y, away: true })
  }
  /** Small jumps about the viewer's eyes and mouth, with a look aside now and then. */
  const wander = (from: number, to: number, key: number, asides: number): void => {
    let at = from + 0.5 + 1.3 * chance(seed, 46, key)
    for (let k = 0; at < to - 0.35; k++) {
      const own = key * 1000 + k
      if (chance(seed, 47, own) < asides && to - at > 1.2) {
        aside(at, own)
        at += 0.35 + 0.5 * chance(seed, 48, own)
        home(at, own)
      } else {
        const reach = 0.07 * (0.5 + 0.5 * bearing.glances)
        glances.push({
          seconds: at,
          x: (chance(seed, 49, own) * 2 - 1) * reach,
          y: (chance(seed, 50, own) * 2 - 1) * reach * 0.6,
          away: false,
        })
      }
      at += 0.7 + 2.1 * chance(seed, 40, own)
    }
  }
  let end = 0
  for (const [index, phrase] of phrases.entries()) {
    const { startSeconds, endSeconds, pauseBefore } = phrase
    if (index > 0 && pauseBefore > 1.6) wander(end, startSeconds - 0.3, 500000 + index, 0.25)
    const thinks = index > 0 && pauseBefore > 0.24 && pauseBefore <= 1.6 && chance(seed, 58, index) < 0.5
    if (thinks) aside(end - 0.12 + 0.15 * chance(seed, 59, index), 700000 + index)
    // Back at the viewer as the phrase begins.
    if (thinks || phrase.opens) home(Math.max(0.01, startSeconds - 0.08 + 0.16 * chance(seed, 60, index)), index)
    wander(startSeconds, endSeconds, index, phrase.end === 'comma' ? 0.1 : 0.05)
    end = endSeconds
  }
  wander(end, durationSeconds, 900000, 0.22)
  return glances.sort((a, b) => a.seconds - b.seconds)
}

/** Writes the gaze of every frame into a shapes track; the eyes hold their place against the head's turn. */
export function writeGaze(shapes: Float32Array, head: Float32Array, glances: readonly Glance[], fps: number): void {
  const frameCount = shapes.length / SHAPE_COUNT
  let index = 0
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    while (index + 1 < glances.length && glances[index + 1]!.seconds <= t) index++
    const to = glances[index]!
    const from = glances[Math.max(0, index - 1)]!
    const k = index === 0 ? 1 : smoothStep(0, JUMP, t - to.seconds)
    const yaw = head[frame * HEAD_CHANNEL_COUNT]!
    const pitch = head[frame * HEAD_CHANNEL_COUNT + 1]!
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.gazeX] = clamp(from.x + (to.x - from.x) * k - yaw / ACROSS, -1, 1)
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.gazeY] = clamp(from.y + (to.y - from.y) * k - pitch / DOWN, -1, 1)
  }
}
