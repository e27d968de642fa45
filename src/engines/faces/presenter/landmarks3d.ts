// Where chin, crown, eyes, mouth corners and the head's pivot lie on an assembled person.
import type { Body } from './assemble.ts'
import { BODY_VERTICES } from './base-mesh.ts'
import { jawWeightsOf, pivotOf } from './body-pose.ts'
import { chartOf } from './face-chart.ts'
import type { Human, HumanPart } from './human.ts'

type Point = [number, number, number]

/** The point of the first `count` vertices that scores highest. */
const best = (
  positions: Float32Array,
  count: number,
  score: (x: number, y: number, z: number, vertex: number) => number,
): Point => {
  let top = Number.NEGATIVE_INFINITY
  let point: Point = [0, 0, 0]
  for (let vertex = 0; vertex < count; vertex++) {
    const [x, y, z] = positions.subarray(vertex * 3, vertex * 3 + 3) as unknown as Point
    const value = score(x, y, z, vertex)
    if (value > top) {
      top = value
      point = [x, y, z]
    }
  }
  return point
}

/** The middle and radius of one eyeball: the vertices on one side (`side` 1: x above 0). */
const eyeball = (positions: Float32Array, side: 1 | -1): { middle: Point; radius: number } => {
  const low = [Infinity, Infinity, Infinity]
  const high = [-Infinity, -Infinity, -Infinity]
  for (let at = 0; at < positions.length; at += 3) {
    if ((positions[at] as number) * side < 0) continue
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis] as number, positions[at + axis] as number)
      high[axis] = Math.max(high[axis] as number, positions[at + axis] as number)
    }
  }
  const middle = low.map((value, axis) => (value + (high[axis] as number)) / 2) as Point
  return { middle, radius: ((high[0] as number) - (low[0] as number)) / 2 }
}

/** The landmarks of {@link Human}; left and right as the viewer sees them. */
export const findLandmarks = (body: Body, parts: readonly HumanPart[]): Omit<Human, 'parts'> => {
  const { morphed, skeleton, mesh, face } = body
  const jaw = jawWeightsOf(skeleton, mesh.skin)
  const pivot = pivotOf(skeleton, 'head')
  const chin = best(morphed, BODY_VERTICES, (x, y, z, vertex) =>
    (jaw[vertex] as number) > 0.5 && Math.abs(x) < 0.02 ? z - y : Number.NEGATIVE_INFINITY,
  )
  const crown = best(morphed, BODY_VERTICES, (_, y) => y)
  const eyes = (parts.find(({ kind }) => kind === 'eye') as HumanPart).positions
  const left = eyeball(eyes, -1)
  const right = eyeball(eyes, 1)
  const corner = (side: 0 | 1): Point => {
    const vertex = face.corners[side]
    return [...morphed.subarray(vertex * 3, vertex * 3 + 3)] as Point
  }
  return {
    headPivot: [0, pivot[1], pivot[2]],
    chin,
    crown,
    eyeLeft: left.middle,
    eyeRight: right.middle,
    eyeRadius: (left.radius + right.radius) / 2,
    mouthLeft: corner(0),
    mouthRight: corner(1),
    chart: chartOf(mesh, face.mouth, [face.eyeLeft, face.eyeRight]),
  }
}
