// Blinks and gaze: lids that close every few seconds, likelier at pauses, and eyes that come back to the viewer.
import { HEAD_CHANNEL_COUNT } from '../../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, smoothStep } from '../curves.ts'
import { chance } from '../random.ts'
import type { Pause } from './emphasis.ts'

/** One blink, from the first movement of the lid. */
export type Blink = { readonly seconds: number; readonly closing: number; readonly opening: number }

/**
 * When a face blinks: every 2 to 6 s, drawn to a pause that lies near, now and then twice in a row.
 * Decided forwards in time, so that an edit later in a script changes no blink before it.
 */
export function planBlinks(seed: number, durationSeconds: number, pauses: readonly Pause[]): readonly Blink[] {
  const blinks: Blink[] = []
  let previous = -1.2 * chance(seed, 31)
  for (let index = 0; ; index++) {
    const spread = chance(seed, 32, index)
    let at = previous + 2.1 + 3.6 * spread ** 1.4 + 0.37 * chance(seed, 33, index)
    const pause = pauses.find((p) => p.startSeconds > previous + 1.9 && Math.abs(p.startSeconds - at) < 1.1)
    if (pause) at = pause.startSeconds + 0.02 + 0.09 * chance(seed, 34, index)
    if (at >= durationSeconds) return blinks
    const blink = {
      seconds: at,
      closing: 0.075 + 0.035 * chance(seed, 35, index),
      opening: 0.15 + 0.09 * chance(seed, 36, index),
    }
    blinks.push(blink)
    if (chance(seed, 37, index) < 0.08) {
      const second = { ...blink, seconds: at + blink.closing + blink.opening + 0.08 }
      if (second.seconds < durationSeconds) blinks.push(second)
      previous = second.seconds
    } else {
      previous = at
    }
  }
}

/** How far the lids are closed at a time after a blink began, 0 to 1. */
export function lidAt(blink: Blink, seconds: number): number {
  const d = seconds - blink.seconds
  const held = blink.closing + 0.035
  if (d <= 0 || d >= held + blink.opening) return 0
  return d < held ? smoothStep(0, blink.closing, d) : 1 - smoothStep(held, held + blink.opening, d)
}

/**
 * Writes lids and gaze into a shapes track. The eyes hold the viewer against the head's turn, with small jumps aside.
 *
 * @param head the track's head rows, already planned.
 */
export function planEyes(
  shapes: Float32Array,
  head: Float32Array,
  options: { seed: number; fps: number; pauses: readonly Pause[] },
): void {
  const frameCount = shapes.length / SHAPE_COUNT
  const blinks = planBlinks(options.seed, frameCount / options.fps, options.pauses)
  const glances = planGlances(options.seed, frameCount / options.fps)
  let blink = 0
  let glance = 0
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / options.fps
    while (blink + 1 < blinks.length && blinks[blink + 1]!.seconds <= t) blink++
    while (glance + 1 < glances.length && glances[glance + 1]!.seconds <= t) glance++
    const row = frame * SHAPE_COUNT
    const lid = blinks[blink] ? lidAt(blinks[blink]!, t) : 0
    shapes[row + SHAPE_INDEX.blinkLeft] = lid
    // The lids of a pair are a hair apart.
    shapes[row + SHAPE_INDEX.blinkRight] = blinks[blink] ? lidAt(blinks[blink]!, t - 0.006) : 0
    const to = glances[glance]!
    const from = glances[Math.max(0, glance - 1)]!
    // A small saccade takes about 40 ms (Bahill, Clark and Stark 1975, the main sequence).
    const k = glance === 0 ? 1 : smoothStep(0, 0.05, t - to.seconds)
    const yaw = head[frame * HEAD_CHANNEL_COUNT]!
    const pitch = head[frame * HEAD_CHANNEL_COUNT + 1]!
    shapes[row + SHAPE_INDEX.gazeX] = clamp(from.x + (to.x - from.x) * k - yaw / 0.262, -1, 1)
    shapes[row + SHAPE_INDEX.gazeY] = clamp(from.y + (to.y - from.y) * k - pitch / 0.209, -1, 1)
  }
}

type Glance = { readonly seconds: number; readonly x: number; readonly y: number }

/** Small jumps about the viewer's face, each followed by a return. */
function planGlances(seed: number, durationSeconds: number): readonly Glance[] {
  const glances: Glance[] = [{ seconds: 0, x: 0, y: 0 }]
  let seconds = 0.6 + chance(seed, 41)
  for (let index = 0; seconds < durationSeconds; index++) {
    const away = chance(seed, 42, index) < 0.14
    const reach = away ? 0.32 : 0.075
    glances.push({
      seconds,
      x: (chance(seed, 43, index) * 2 - 1) * reach,
      y: (chance(seed, 44, index) * 2 - 1) * reach * 0.6,
    })
    seconds += away ? 0.35 + 0.4 * chance(seed, 45, index) : 0.7 + 2.1 * chance(seed, 46, index)
    if (away) {
      glances.push({ seconds, x: 0, y: 0 })
      seconds += 0.9 + 2 * chance(seed, 47, index)
    }
  }
  return glances
}
