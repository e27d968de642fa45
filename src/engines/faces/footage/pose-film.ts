// How a followed face stands in every frame: where its head is without its mouth, and how its mouth has moved, both smooth.
import type { FilmedPose, TrackedFace } from '../../../core/footage.ts'
import { headPose } from '../photo/head-pose.ts'
import { type FilmedFace, showsMouth } from './make-filmed-mouth.ts'

/** Frames to either side that smooth a head's path, and a mouth's: at 25 a second, 0.2 s and 0.1 s at most. */
const HEAD_REACH = 4
const MOUTH_REACH = 2
/** Frames over which the new mouth comes and goes where the face does. */
const FADE_FRAMES = 4

/** Poses for every frame; null where no face was seen. */
export function poseFilm(face: FilmedFace, frames: readonly (TrackedFace | null)[]): readonly (FilmedPose | null)[] {
  const raw = frames.map((frame) => frame && fit(face, frame.points))
  const runs = runsOf(frames)
  const cameras = smooth(
    raw.map((one) => one?.camera ?? null),
    runs,
    HEAD_REACH,
  )
  const moved = smooth(
    raw.map((one) => one?.moved ?? null),
    runs,
    MOUTH_REACH,
  )
  const shown = frames.map((frame) => (frame ? showsMouth(headPose(frame.points).yaw) : 0))
  return frames.map((frame, i) =>
    frame === null ? null : { camera: cameras[i]!, moved: moved[i]!, sure: fadedAt(shown, i) },
  )
}

/** Least squares for the firm points; the others' distance from where that puts them. */
function fit({ firm, followed }: FilmedFace, points: Float32Array): { camera: Float32Array; moved: Float32Array } {
  const normal = new Float64Array(16)
  const right = [new Float64Array(4), new Float64Array(4)]
  for (const [i, x, y, z, weight] of firm) {
    const row = [x, y, z, 1]
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < 4; b++) normal[a * 4 + b]! += weight * row[a]! * row[b]!
      for (const k of [0, 1]) right[k]![a]! += weight * row[a]! * points[i * 3 + k]!
    }
  }
  const camera = Float32Array.from(right.flatMap((side) => [...solve(normal, side)]))
  const moved = new Float32Array(followed.length * 2)
  followed.forEach(([i, x, y, z], at) => {
    for (const k of [0, 1]) {
      const c = camera.subarray(k * 4, k * 4 + 4)
      moved[at * 2 + k] = points[i * 3 + k]! - (c[0]! * x + c[1]! * y + c[2]! * z + c[3]!)
    }
  })
  return { camera, moved }
}

/** Four equations with a symmetric positive matrix, by elimination. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const a = matrix.slice()
  const x = right.slice()
  for (let i = 0; i < 4; i++) {
    for (let row = i + 1; row < 4; row++) {
      const factor = a[row * 4 + i]! / a[i * 4 + i]!
      for (let k = i; k < 4; k++) a[row * 4 + k]! -= factor * a[i * 4 + k]!
      x[row]! -= factor * x[i]!
    }
  }
  for (let i = 3; i >= 0; i--) {
    for (let k = i + 1; k < 4; k++) x[i]! -= a[i * 4 + k]! * x[k]!
    x[i]! /= a[i * 4 + i]!
  }
  return x
}

/** For each frame the first and the last of the frames in which one face was seen without a break. */
function runsOf(frames: readonly (TrackedFace | null)[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = []
  frames.forEach((frame, i) => {
    const before = runs[i - 1]
    runs.push(before && frame && frames[i - 1] && !frame.isFresh ? before : [i, i])
    runs[i]![1] = i
  })
  return runs
}

/**
 * Fits a parabola to the rows around each (Savitzky and Golay 1964): a path keeps its turns and loses its tremble. Near the
 * ends of a run the window is moved, not cut.
 */
function smooth(
  rows: readonly (Float32Array | null)[],
  runs: readonly (readonly [number, number])[],
  reach: number,
): readonly (Float32Array | null)[] {
  return rows.map((row, i) => {
    if (!row) return null
    const [first, last] = runs[i]!
    const length = Math.min(2 * reach + 1, last - first + 1)
    if (length < 3) return row
    const from = Math.min(Math.max(first, i - Math.floor(length / 2)), last - length + 1)
    const weights = parabolaWeights(length, i - from)
    const out = new Float32Array(row.length)
    for (let k = 0; k < length; k++) {
      const other = rows[from + k]!
      for (let c = 0; c < out.length; c++) out[c]! += weights[k]! * other[c]!
    }
    return out
  })
}

/** The weights with which `length` values make the value of their parabola at one of them. */
function parabolaWeights(length: number, at: number): Float64Array {
  const sums = [0, 1, 2, 3, 4].map((power) =>
    Array.from({ length }, (_, k) => (k - at) ** power).reduce((a, b) => a + b),
  )
  const [s0, s1, s2, s3, s4] = sums as [number, number, number, number, number]
  // The first row of the inverse of the normal equations' matrix.
  const [c0, c1, c2] = [s2 * s4 - s3 * s3, s2 * s3 - s1 * s4, s1 * s3 - s2 * s2]
  const scale = s0 * c0 + s1 * c1 + s2 * c2
  return Float64Array.from({ length }, (_, k) => (c0 + c1 * (k - at) + c2 * (k - at) ** 2) / scale)
}

/** The least of the frames around, coming and going over a few frames. */
function fadedAt(shown: readonly number[], at: number): number {
  let least = 1
  for (let k = -FADE_FRAMES; k <= FADE_FRAMES; k++) {
    const there = shown[at + k]
    if (there === undefined) continue
    least = Math.min(least, there + (1 - there) * (Math.abs(k) / (FADE_FRAMES + 1)))
  }
  return least
}
