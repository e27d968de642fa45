// How a head is turned, read from the depth of its points.
import { POINTS } from './face-mesh.ts'
import type { HeadPose } from './photo.ts'

/** Points that lie opposite each other across the face, left one first as seen. Source: MediaPipe's canonical face. */
const ACROSS = [
  [POINTS.leftEyeOuter, POINTS.rightEyeOuter],
  [POINTS.leftCheek, POINTS.rightCheek],
  [POINTS.leftMouth, POINTS.rightMouth],
  [127, 356],
  [172, 397],
] as const
/** Points above and below each other in a vertical plane of the canonical face. */
const DOWN = [
  [POINTS.forehead, POINTS.chin],
  [109, 148],
  [338, 377],
] as const

/**
 * What the points of faces show whose true turn is known (presenters rendered at 17 yaws and pitches from -45 to 45
 * degrees, read back): heads that look straight ahead seem to look 10 degrees down, and turns are read a tenth short.
 */
const PITCH_BIAS = (10 * Math.PI) / 180
const YAW_GAIN = 1.1

/** Reads the pose from a face's points (3 values each, z towards the viewer); good to about 5 degrees. */
export function headPose(points: Float32Array): HeadPose {
  const right = unit(sumOf(points, ACROSS))
  const down = unit(sumOf(points, DOWN))
  const front = unit([
    right[1] * down[2] - right[2] * down[1],
    right[2] * down[0] - right[0] * down[2],
    right[0] * down[1] - right[1] * down[0],
  ])
  return {
    yaw: YAW_GAIN * Math.atan2(front[0], front[2]),
    pitch: Math.asin(Math.max(-1, Math.min(1, front[1]))) - PITCH_BIAS,
    roll: Math.atan2(right[1], right[0]),
  }
}

type Vector = [number, number, number]

function sumOf(points: Float32Array, pairs: readonly (readonly [number, number])[]): Vector {
  const sum: Vector = [0, 0, 0]
  for (const [from, to] of pairs) for (let c = 0; c < 3; c++) sum[c]! += points[to * 3 + c]! - points[from * 3 + c]!
  return sum
}

function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}
