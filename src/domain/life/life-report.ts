// How alive a finished video's face is, from what was measured on its frames: blinks, the head's path, what repeats.
import type { MouthSample } from '../sync/sync-report.ts'
import { type BlinkFigures, measureBlinks } from './blink-figures.ts'

/** The face in one frame. */
export type FaceSample = MouthSample & {
  /** Height of the eyes' openings over their widths, mean of both. */
  readonly lids: number
  /** Mean of the points that no expression moves, pixels. */
  readonly x: number
  readonly y: number
  /** Between the outer corners of the eyes, pixels. */
  readonly eyeDistance: number
  /** Degrees. */
  readonly yaw: number
  readonly roll: number
}

/** A measured path: lengths in percent of the eyes' distance, angles in degrees. */
export type PathFigures = {
  readonly range: number
  /** Of the third difference from frame to frame: what a step would show in. The median is mostly the measure's noise. */
  readonly medianThird: number
  readonly largestThird: number
  /** The frame of the largest. */
  readonly atFrame: number
}

/** The report; null where no face was found in most frames. */
export type LifeReport = {
  readonly frameCount: number
  readonly seconds: number
  readonly blinks: BlinkFigures
  readonly head: Readonly<Record<'x' | 'y' | 'yaw' | 'roll', PathFigures>>
  /**
   * The two stretches of {@link STRETCH} seconds whose head paths are most alike, as the correlation of their speeds in
   * x, y and roll; near 1 the motion repeats.
   */
  readonly mostAlike: { readonly correlation: number; readonly atSeconds: readonly [number, number] } | null
}

/** Length of the stretches that are compared, seconds. */
export const STRETCH = 6

/** Makes the report. @param face a row a frame, null where no face was found. */
export function reportLife(face: readonly (FaceSample | null)[], fps: number): LifeReport | null {
  const found = face.filter((sample) => sample !== null)
  if (found.length < face.length / 2 || found.length < 4) return null
  const filled = fillGaps(face)
  const eyes = found.reduce((sum, { eyeDistance }) => sum + eyeDistance, 0) / found.length
  const path = (key: 'x' | 'y' | 'yaw' | 'roll', unit: number) =>
    filled.map((sample) => (sample[key] / unit) * (unit === 1 ? 1 : 100))
  const paths = { x: path('x', eyes), y: path('y', eyes), yaw: path('yaw', 1), roll: path('roll', 1) }
  return {
    frameCount: face.length,
    seconds: face.length / fps,
    blinks: measureBlinks(
      filled.map(({ lids }) => lids),
      fps,
    ),
    head: {
      x: figuresOf(paths.x),
      y: figuresOf(paths.y),
      yaw: figuresOf(paths.yaw),
      roll: figuresOf(paths.roll),
    },
    mostAlike: mostAlike([paths.x, paths.y, paths.roll], fps),
  }
}

/** Frames without a face take the value of the last one with a face. */
function fillGaps(face: readonly (FaceSample | null)[]): readonly FaceSample[] {
  let last = face.find((sample) => sample !== null)!
  return face.map((sample) => {
    last = sample ?? last
    return last
  })
}

function figuresOf(values: readonly number[]): PathFigures {
  const thirds: number[] = []
  let atFrame = 0
  for (let i = 3; i < values.length; i++) {
    thirds.push(Math.abs(values[i]! - 3 * values[i - 1]! + 3 * values[i - 2]! - values[i - 3]!))
    if (thirds.at(-1)! > thirds[atFrame - 3]! || atFrame === 0) atFrame = i
  }
  const sorted = thirds.toSorted((a, b) => a - b)
  return {
    range: Math.max(...values) - Math.min(...values),
    medianThird: sorted[sorted.length >> 1] ?? 0,
    largestThird: sorted.at(-1) ?? 0,
    atFrame,
  }
}

/** Compares all stretches that do not overlap, in steps of a fifth of a second; speeds are over such a step as well. */
function mostAlike(paths: readonly (readonly number[])[], fps: number): LifeReport['mostAlike'] {
  const length = Math.round(STRETCH * fps)
  const step = Math.max(1, Math.round(fps / 5))
  const stretches: { readonly from: number; readonly values: Float64Array }[] = []
  const speeds = paths.map((path) => {
    const speed = path.map((value, i) => value - (path[i - step] ?? value))
    const usual = Math.sqrt(speed.reduce((sum, value) => sum + value * value, 0) / speed.length)
    return speed.map((value) => value / Math.max(1e-9, usual))
  })
  for (let from = 0; from + length <= paths[0]!.length; from += step) {
    const values = new Float64Array(length * paths.length)
    for (const [k, speed] of speeds.entries()) values.set(speed.slice(from, from + length), k * length)
    stretches.push({ from, values })
  }
  let best: LifeReport['mostAlike'] = null
  for (const [i, a] of stretches.entries()) {
    for (const b of stretches.slice(i + 1)) {
      if (b.from - a.from < length) continue
      const correlation = likeness(a.values, b.values)
      if (!best || correlation > best.correlation) {
        best = { correlation, atSeconds: [a.from / fps, b.from / fps] }
      }
    }
  }
  return best
}

function likeness(a: Float64Array, b: Float64Array): number {
  let product = 0
  let aa = 1e-12
  let bb = 1e-12
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!
    aa += a[i]! * a[i]!
    bb += b[i]! * b[i]!
  }
  return product / Math.sqrt(aa * bb)
}
