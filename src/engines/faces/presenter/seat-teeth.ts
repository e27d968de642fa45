// Seats teeth and tongue behind the lips of this face: how much shows in speech is decided by millimetres.
import type { BaseMesh } from './base-mesh.ts'
import { jawWeightsOf } from './body-pose.ts'
import type { Opening } from './openings.ts'
import { fitProxy, type ProxyAsset } from './proxy.ts'
import type { Skeleton } from './skeleton.ts'

/** Edge of the upper front teeth below the line of the closed lips, decimetres; 1 to 3 mm show under a lifted lip. */
const UPPER_EDGE = -0.04

/** Edge of the lower front teeth below that line: it hides behind the upper ones. */
const LOWER_EDGE = -0.015

/** Base vertices with the helpers of teeth and tongue moved to where they belong behind these lips. */
export const seatTeeth = (
  mesh: BaseMesh,
  skeleton: Skeleton,
  positions: Float32Array,
  mouth: Opening,
  teeth: ProxyAsset,
): Float32Array => {
  const lip = (mouth.lowerRings[1] as readonly number[]).filter((v) => Math.abs(positions[v * 3] as number) < 0.06)
  const line = lip.reduce((sum, vertex) => sum + (positions[vertex * 3 + 1] as number), 0) / lip.length
  const fitted = fitProxy(teeth, positions)
  const lower = jawWeightsOf(skeleton, teeth.skin)
  const front = frontOf(fitted)
  const ys = (isLower: boolean): number[] =>
    Array.from(lower.keys())
      .filter((v) => (lower[v] as number) > 0.5 === isLower && Math.abs(fitted[v * 3] as number) < 0.06)
      .filter((v) => (fitted[v * 3 + 2] as number) > front - 0.15)
      .map((v) => fitted[v * 3 + 1] as number)
  const upperShift = line + UPPER_EDGE - Math.min(...ys(false))
  const lowerShift = line + LOWER_EDGE - Math.max(...ys(true))
  const out = positions.slice()
  for (const [helper, shift] of [
    ['helper-upper-teeth', upperShift],
    ['helper-lower-teeth', lowerShift],
    ['helper-tongue', lowerShift],
  ] as const) {
    for (const vertex of mesh.helper(helper)) out[vertex * 3 + 1] = (out[vertex * 3 + 1] as number) + shift
  }
  return out
}

const frontOf = (positions: Float32Array): number => {
  let front = Number.NEGATIVE_INFINITY
  for (let at = 2; at < positions.length; at += 3) front = Math.max(front, positions[at] as number)
  return front
}
