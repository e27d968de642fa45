// Brows rise on emphasis and questions; the chest breathes, deeper where a pause lets it.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, smoothStep } from '../curves.ts'
import { chance, smoothNoise } from '../random.ts'
import type { Emphasis, Pause } from './emphasis.ts'

/** Writes brows, a trace of squint and smile, and breath into a shapes track. */
export function planBrows(
  shapes: Float32Array,
  options: { seed: number; fps: number; emphases: readonly Emphasis[]; pauses: readonly Pause[] },
): void {
  const { seed, fps } = options
  const frameCount = shapes.length / SHAPE_COUNT
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    let up = 0.06 + 0.06 * smoothNoise(seed + 301, t, 0.3)
    let inner = 0.04 + 0.05 * smoothNoise(seed + 302, t, 0.22)
    for (const emphasis of options.emphases) {
      const d = t - emphasis.seconds
      if (d < -0.4) break
      if (d > 0.9) continue
      const key = Math.round(emphasis.seconds * 100)
      if (!emphasis.asks && chance(seed, 51, key) < 0.45) continue
      const shape = smoothStep(-0.2, 0.06, d) * (1 - smoothStep(0.15, 0.75, d))
      const size = emphasis.strength * (0.3 + 0.35 * chance(seed, 52, key))
      up += shape * size
      inner += shape * size * (emphasis.asks ? 0.9 : 0.3)
    }
    const row = frame * SHAPE_COUNT
    shapes[row + SHAPE_INDEX.browsUp] = clamp(up, 0, 1)
    shapes[row + SHAPE_INDEX.browsInnerUp] = clamp(inner, 0, 1)
    shapes[row + SHAPE_INDEX.browsDown] = clamp(0.1 * smoothNoise(seed + 303, t, 0.17), 0, 1)
    shapes[row + SHAPE_INDEX.squint] = clamp(0.1 + 0.08 * smoothNoise(seed + 304, t, 0.2), 0, 1)
    shapes[row + SHAPE_INDEX.breath] = breathAt(seed, t, options.pauses)
  }
}

/** A breath takes about four seconds at rest; a pause in speech adds an intake. 0 to 1. */
function breathAt(seed: number, t: number, pauses: readonly Pause[]): number {
  const phase = 2 * Math.PI * (t / 4.1 + chance(seed, 61)) + 0.8 * smoothNoise(seed + 305, t, 0.11)
  let breath = 0.32 + 0.24 * Math.sin(phase)
  for (const pause of pauses) {
    const d = t - pause.startSeconds
    if (d < 0) break
    if (d > 2.6 || pause.endSeconds - pause.startSeconds < 0.28) continue
    breath += 0.3 * smoothStep(0, 0.4, d) * (1 - smoothStep(0.5, 2.6, d))
  }
  return clamp(breath, 0, 1)
}
