// Whether a face that was found can be worked with: large, lit, sharp, facing us, with eyes and mouth in view.
import { type FaceMesh, LEFT_LIDS, POINTS, RIGHT_LIDS } from './face-mesh.ts'
import type { HeadPose } from './photo.ts'
import { refuse } from './refusal.ts'
import { type Pyramid, samplePatch } from './sample-patch.ts'

// The limits were set on portraits (photo, painting, presenters) that were darkened, blurred, turned, and painted over
// with sunglasses, eye patches, strands, masks, hands and microphones: each lies between the worst good one and the best
// bad one.

/** Crown to chin, in pixels, at least; the mesh begins at the hairline. */
const LEAST_HEAD = 120
const HEAD_OVER_MESH = 1.3
/** In radians. Heads at 30 degrees are read as up to 35. */
const MOST_TURN = (35 * Math.PI) / 180
const MOST_ROLL = (40 * Math.PI) / 180
/** The lightest twentieth of the face must reach this luma, 0-255: at a fifth of good light it reaches 43. */
const LEAST_LIGHT = 48
/** Steepest edges of the face (1 in 200), as a part of its contrast a 1/192 of its size: a blur of 2.5 % of the face. */
const LEAST_SHARPNESS = 0.055
/** Contrast inside the lids over the face's own: bare eyes 0.5 and more, tinted glasses 0.24, sunglasses 0.08. */
const LEAST_EYE_CONTRAST = 0.26
/** Between the lids over the eye's width: open eyes 0.3, half open ones 0.2, closed ones 0.04. */
const LEAST_OPENNESS = 0.1
/** Contrast across the lips over the face's own: bare mouths 0.36 and more, masks 0.15. */
const LEAST_MOUTH_CONTRAST = 0.19
/** The model is unsure of lips that it cannot see: their spread over the face's, and the face's own in parts of its size. */
const MOST_LIP_SPREAD = 1.15
const MOST_SPREAD = 0.006

const LIPS = [61, 291, 0, 17, 13, 14, 37, 267, 84, 314]
const FACE_INPUT = 192
const PART_INPUT = 48

/** @throws Fault `invalid` with the first reason that holds, in an order that helps: the most obvious ones first. */
export function checkFace(pyramid: Pyramid, mesh: FaceMesh, pose: HeadPose): void {
  const head = mesh.frame.size * HEAD_OVER_MESH
  if (head < LEAST_HEAD) {
    throw refuse('face-too-small', `It has ${Math.round(head)} pixels from crown to chin; ${LEAST_HEAD} is the least.`)
  }
  const light = lumaOf(samplePatch(pyramid, { ...mesh.frame, size: mesh.frame.size * 0.9 }, FACE_INPUT, 255))
  if (quantile(light, 0.95) < LEAST_LIGHT) throw refuse('too-dark')
  const contrast = quantile(light, 0.98) - quantile(light, 0.02)
  if (quantile(steps(light, FACE_INPUT), 0.995) / contrast < LEAST_SHARPNESS) throw refuse('too-blurred')
  for (const [angle, limit, how] of [
    [pose.yaw, MOST_TURN, 'to the side'],
    [pose.pitch, MOST_TURN, 'up or down'],
    [pose.roll, MOST_ROLL, 'over a shoulder'],
  ] as const) {
    if (Math.abs(angle) <= limit) continue
    throw refuse('turned-too-far', `It is turned ${degrees(angle)} degrees ${how}; ${degrees(limit)} is the limit.`)
  }
  for (const lids of [LEFT_LIDS, RIGHT_LIDS]) {
    if (eyeContrast(pyramid, mesh, lids) / contrast < LEAST_EYE_CONTRAST) throw refuse('eyes-hidden')
    if (openness(mesh.points, lids) < LEAST_OPENNESS) throw refuse('eyes-closed')
  }
  const isGuessed = lipSpread(mesh) > MOST_LIP_SPREAD && meanOf(mesh.spread) > MOST_SPREAD
  if (isGuessed || mouthContrast(pyramid, mesh) / contrast < LEAST_MOUTH_CONTRAST) throw refuse('mouth-hidden')
}

/** Between the lightest and the darkest of an eye, in luma. */
function eyeContrast(pyramid: Pyramid, { points, frame }: FaceMesh, lids: readonly number[]): number {
  const [outer, inner] = [lids[0]!, lids[8]!]
  const luma = partLuma(pyramid, points, outer, inner, frame.angle)
  const within: number[] = []
  for (let y = Math.floor(PART_INPUT * 0.3); y < PART_INPUT * 0.7; y++) {
    for (let x = Math.floor(PART_INPUT * 0.1); x < PART_INPUT * 0.9; x++) within.push(luma[y * PART_INPUT + x]!)
  }
  const values = Float32Array.from(within)
  return quantile(values, 0.95) - quantile(values, 0.05)
}

/** How far an eye is open in its middle, as a part of its width. */
function openness(points: Float32Array, lids: readonly number[]): number {
  const apart = (a: number, b: number) =>
    Math.hypot(points[a * 3]! - points[b * 3]!, points[a * 3 + 1]! - points[b * 3 + 1]!)
  return apart(lids[12]!, lids[4]!) / apart(lids[0]!, lids[8]!)
}

/** Between the lightest and the darkest from above to below the lips, in luma: the median over the mouth's width. */
function mouthContrast(pyramid: Pyramid, { points, frame }: FaceMesh): number {
  const luma = partLuma(pyramid, points, POINTS.leftMouth, POINTS.rightMouth, frame.angle)
  const contrasts: number[] = []
  for (let x = Math.floor(PART_INPUT * 0.15); x < PART_INPUT * 0.85; x++) {
    let [low, high] = [255, 0]
    for (let y = Math.floor(PART_INPUT * 0.25); y < PART_INPUT * 0.75; y++) {
      low = Math.min(low, luma[y * PART_INPUT + x]!)
      high = Math.max(high, luma[y * PART_INPUT + x]!)
    }
    contrasts.push(high - low)
  }
  return quantile(Float32Array.from(contrasts), 0.5)
}

/** The luma of a square as wide as two points are apart (and a tenth), around their middle. */
function partLuma(pyramid: Pyramid, points: Float32Array, from: number, to: number, angle: number): Float32Array {
  const [x0, y0] = [points[from * 3]!, points[from * 3 + 1]!]
  const [x1, y1] = [points[to * 3]!, points[to * 3 + 1]!]
  // The line of closed lips and the middle of an eye lie near the middle of their corners.
  const patch = { x: (x0 + x1) / 2, y: (y0 + y1) / 2, size: Math.hypot(x1 - x0, y1 - y0) * 1.1, angle }
  return lumaOf(samplePatch(pyramid, patch, PART_INPUT, 255))
}

function lipSpread({ spread }: FaceMesh): number {
  return LIPS.reduce((sum, point) => sum + spread[point]!, 0) / LIPS.length / meanOf(spread)
}

/** Luma by BT.709 weights. */
function lumaOf(rgb: Float32Array): Float32Array {
  return Float32Array.from(
    { length: rgb.length / 3 },
    (_, i) => 0.2126 * rgb[i * 3]! + 0.7152 * rgb[i * 3 + 1]! + 0.0722 * rgb[i * 3 + 2]!,
  )
}

/** The steepness at each inner pixel, a pixel. */
function steps(luma: Float32Array, side: number): Float32Array {
  const out = new Float32Array((side - 2) ** 2)
  for (let y = 1, to = 0; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++, to++) {
      const at = y * side + x
      out[to] = Math.hypot(luma[at + 1]! - luma[at - 1]!, luma[at + side]! - luma[at - side]!) / 2
    }
  }
  return out
}

function quantile(values: Float32Array, share: number): number {
  return values.toSorted()[Math.floor(share * (values.length - 1))]!
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function degrees(angle: number): number {
  return Math.round((Math.abs(angle) * 180) / Math.PI)
}
