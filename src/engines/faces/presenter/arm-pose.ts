// How a presenter holds the arms: turns of the arms' bones from where the limbs should point.
import type { RecipeArms } from '../../../core/recipe.ts'
import { STANDING } from './body-pose.ts'
import { poseMatrices, type Skeleton, type SkinWeights, type Turn, weightOfBones } from './skeleton.ts'

/** A direction or a point: x to the viewer's right, y up, z towards the viewer. */
type Vector = readonly [x: number, y: number, z: number]

/** Where the limbs of the arm on the viewer's right point; the other arm mirrors it. */
export type ArmPose = {
  /** Shoulder to elbow. */
  readonly upper: Vector
  /** Elbow to wrist. */
  readonly lower: Vector
  /** Wrist to knuckles. */
  readonly hand: Vector
  /** Across the knuckles, from the forefinger to the little finger. */
  readonly across: Vector
  /** Degrees that each joint of the fingers is bent. */
  readonly curl: number
}

/** How far the spread fingers of the base mesh are brought together, 0 to 1. */
const TOGETHER = 0.75

type Matrix = readonly [Vector, Vector, Vector]

/** Two poses of one arm. */
export type ArmPoses = { readonly rest: ArmPose; readonly beat: ArmPose }

/** Poses of the two arms: at rest, and at the top of a beat with the words. */
export const ARM_POSES: Readonly<Record<Exclude<RecipeArms, 'hanging'>, ArmPoses>> = {
  together: {
    rest: {
      upper: [0.14, -0.97, 0.02],
      lower: [-0.29, 0.2, 0.87],
      hand: [-0.42, 0.2, 0.82],
      across: [0.4, -0.8, -0.1],
      curl: 24,
    },
    beat: {
      upper: [0.16, -0.97, 0.02],
      lower: [-0.22, 0.265, 0.87],
      hand: [-0.33, 0.28, 0.81],
      across: [0.42, -0.78, -0.1],
      curl: 20,
    },
  },
  apart: {
    rest: {
      upper: [0.16, -0.97, 0.0],
      lower: [-0.18, 0.2, 0.87],
      hand: [-0.2, 0.22, 0.8],
      across: [0.42, -0.78, -0.1],
      curl: 22,
    },
    beat: {
      upper: [0.2, -0.96, 0.02],
      lower: [-0.11, 0.27, 0.87],
      hand: [-0.1, 0.31, 0.79],
      across: [0.45, -0.75, -0.1],
      curl: 18,
    },
  },
}

/** Fingertips stay this far from the middle of the body, decimetres: hands that touch would have to move as one. */
const TIP_GAP = 0.06
/** Length of a finger's last joint, as a share of the one before. */
const LAST_JOINT = 0.75
const FINGERTIPS = ['finger2', 'finger3', 'finger4', 'finger5']

/** Poses turned outwards until the fingertips keep clear of the other hand, whatever the length of the arms. */
export function fittedArms(skeleton: Skeleton, poses: ArmPoses): ArmPoses {
  let outwards = 0
  while (outwards < 0.6 && nearestTip(skeleton, opened(poses.rest, outwards)) < TIP_GAP) outwards += 0.02
  return { rest: opened(poses.rest, outwards), beat: opened(poses.beat, outwards) }
}

const opened = (pose: ArmPose, outwards: number): ArmPose => ({
  ...pose,
  lower: [pose.lower[0] + outwards, pose.lower[1], pose.lower[2]],
  hand: [pose.hand[0] + outwards * 0.8, pose.hand[1], pose.hand[2]],
})

/** How far from the middle the left hand's fingertip that is nearest to it lies, decimetres. */
function nearestTip(skeleton: Skeleton, pose: ArmPose): number {
  const matrices = poseMatrices(skeleton, { ...STANDING, ...armTurns(skeleton, 'L', pose) })
  const tips = FINGERTIPS.map((finger) => {
    const bone = skeleton.names.indexOf(`${finger}-3.L____head`)
    const before = skeleton.names.indexOf(`${finger}-2.L____head`)
    const [a, b, c, d] = matrices[bone]!
    const tip = (axis: number) =>
      (1 + LAST_JOINT) * skeleton.pivots[bone * 3 + axis]! - LAST_JOINT * skeleton.pivots[before * 3 + axis]!
    return a! * tip(0) + b! * tip(1) + c! * tip(2) + d!
  })
  return Math.min(...tips)
}

/** The turns of one arm's bones that bring its limbs where a pose wants them; `side` is the avatar's own. */
export function armTurns(skeleton: Skeleton, side: 'L' | 'R', pose: ArmPose): Readonly<Record<string, Turn>> {
  return turnsOf(skeleton, side, side === 'L' ? pose : mirrored(pose))
}

/** How far each vertex goes with a forearm, 0 to 1: the left one positive, the right one negative. */
export function forearmWeights(skeleton: Skeleton, skin: SkinWeights): Float32Array {
  const below = (name: string) => {
    const inside: boolean[] = []
    skeleton.names.forEach((bone, i) => {
      const parent = skeleton.parents[i] as number
      inside.push(bone === name || (parent >= 0 && inside[parent] === true))
    })
    return weightOfBones(skin, (bone) => inside[bone] === true)
  }
  const right = below('lowerarm01.R____head')
  return below('lowerarm01.L____head').map((weight, vertex) => weight - (right[vertex] as number))
}

const mirror = ([x, y, z]: Vector): Vector => [-x, y, z]

const mirrored = ({ upper, lower, hand, across, curl }: ArmPose): ArmPose => ({
  upper: mirror(upper),
  lower: mirror(lower),
  hand: mirror(hand),
  across: mirror(across),
  curl,
})

function turnsOf(skeleton: Skeleton, side: 'L' | 'R', pose: ArmPose): Record<string, Turn> {
  const joint = (name: string): Vector => {
    const at = skeleton.names.indexOf(`${name}.${side}____head`) * 3
    return [skeleton.pivots[at]!, skeleton.pivots[at + 1]!, skeleton.pivots[at + 2]!]
  }
  const elbow = joint('lowerarm01')
  const wrist = joint('wrist')
  const upper = between(minus(elbow, joint('upperarm01')), pose.upper)
  const lower = times(between(apply(upper, minus(wrist, elbow)), pose.lower), upper)
  const forefinger = joint('finger2-1')
  const little = joint('finger5-1')
  const knuckles: Vector = [
    (forefinger[0] + little[0]) / 2,
    (forefinger[1] + little[1]) / 2,
    (forefinger[2] + little[2]) / 2,
  ]
  const restHand = frame(minus(knuckles, wrist), minus(little, forefinger))
  const hand = times(frame(pose.hand, pose.across), transposed(restHand))
  // Half of the hand's own turn about the forearm is taken by the forearm, as bones do.
  const own = times(transposed(lower), hand)
  const turns: Record<string, Turn> = {
    [`upperarm01.${side}`]: anglesOf(upper),
    [`lowerarm01.${side}`]: anglesOf(times(transposed(upper), lower)),
  }
  const axis = unit(minus(wrist, elbow))
  const twist = twistAbout(own, axis)
  const half = about(axis, twist / 2)
  turns[`lowerarm02.${side}`] = anglesOf(half)
  turns[`wrist.${side}`] = anglesOf(times(transposed(half), own))
  const hinge = unit(minus(little, forefinger))
  const out = unit(cross(minus(knuckles, wrist), hinge))
  const along = (finger: number) => flat(minus(joint(`finger${finger}-2`), joint(`finger${finger}-1`)), out)
  const middle = along(3)
  for (const finger of [2, 3, 4, 5]) {
    const splayed = Math.atan2(dot(cross(middle, along(finger)), out), dot(middle, along(finger)))
    for (const part of [1, 2, 3]) {
      const degrees = (side === 'L' ? 1 : -1) * pose.curl * (part === 1 ? 0.7 : 1) * (0.8 + 0.1 * finger)
      const bent = about(hinge, (degrees * Math.PI) / 180)
      turns[`finger${finger}-${part}.${side}`] = anglesOf(
        part === 1 ? times(bent, about(out, -splayed * TOGETHER)) : bent,
      )
    }
  }
  return turns
}

const minus = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
const unit = (a: Vector): Vector => {
  const length = Math.hypot(...a)
  return [a[0] / length, a[1] / length, a[2] / length]
}
const flat = (a: Vector, normal: Vector): Vector => {
  const d = dot(a, normal)
  return [a[0] - d * normal[0], a[1] - d * normal[1], a[2] - d * normal[2]]
}
const apply = (m: Matrix, v: Vector): Vector => [dot(m[0], v), dot(m[1], v), dot(m[2], v)]
const transposed = (m: Matrix): Matrix => [
  [m[0][0], m[1][0], m[2][0]],
  [m[0][1], m[1][1], m[2][1]],
  [m[0][2], m[1][2], m[2][2]],
]
const times = (a: Matrix, b: Matrix): Matrix => {
  const columns = transposed(b)
  return transposed([apply(a, columns[0]), apply(a, columns[1]), apply(a, columns[2])])
}

/** The shortest turn from one direction to another. */
function between(from: Vector, to: Vector): Matrix {
  const [a, b] = [unit(from), unit(to)]
  const axis = cross(a, b)
  const sine = Math.hypot(...axis)
  return about(sine > 1e-6 ? unit(axis) : [0, 1, 0], Math.atan2(sine, dot(a, b)))
}

/** Rodrigues' formula; radians. */
function about([x, y, z]: Vector, angle: number): Matrix {
  const [c, s] = [Math.cos(angle), Math.sin(angle)]
  const t = 1 - c
  return [
    [t * x * x + c, t * x * y - s * z, t * x * z + s * y],
    [t * x * y + s * z, t * y * y + c, t * y * z - s * x],
    [t * x * z - s * y, t * y * z + s * x, t * z * z + c],
  ]
}

/** Axes of a hand, as columns: along it, across it, out of it. */
function frame(along: Vector, across: Vector): Matrix {
  const x = unit(along)
  const z = unit(cross(x, across))
  return transposed([x, cross(z, x), z])
}

/** How far a turn goes about an axis, radians. */
function twistAbout(m: Matrix, axis: Vector): number {
  const side = unit(cross(axis, Math.abs(axis[1]) < 0.9 ? [0, 1, 0] : [1, 0, 0]))
  const moved = apply(m, side)
  return Math.atan2(dot(cross(side, moved), axis), dot(side, moved))
}

/** The turns about x, then y, then z that make up a matrix, degrees. */
function anglesOf(m: Matrix): Turn {
  const degrees = 180 / Math.PI
  return [
    Math.atan2(m[2][1], m[2][2]) * degrees,
    Math.asin(Math.max(-1, Math.min(1, -m[2][0]))) * degrees,
    Math.atan2(m[1][0], m[0][0]) * degrees,
  ]
}
