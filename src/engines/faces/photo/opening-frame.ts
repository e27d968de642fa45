// An opening of the face (mouth or eye) and the coordinates in it: along from corner to corner, below its line.
import type { FaceFrame, Point } from './face-frame.ts'
import { alongOf, CURVE_SAMPLES, curveThrough, valueAt } from './outline.ts'

/** Coordinates in which an opening's corners stand level. */
export type OpeningFrame = {
  readonly middle: Point
  readonly across: Point
  readonly down: Point
  /** From the middle to the left and to the right corner, rig pixels: they differ on a turned head. */
  readonly leftHalf: number
  readonly rightHalf: number
}

/** A place in an opening's coordinates. */
export type Local = {
  /** -1 at the left corner, 1 at the right one. */
  readonly along: number
  /** Rig pixels below the line between the corners. */
  readonly below: number
}

/** Builds the frame of an opening from its corners and its middle. */
export function openingFrame(left: Point, right: Point, centre: Point): OpeningFrame {
  const width = Math.hypot(right.x - left.x, right.y - left.y)
  const across = { x: (right.x - left.x) / width, y: (right.y - left.y) / width }
  const place = (centre.x - left.x) * across.x + (centre.y - left.y) * across.y
  const leftHalf = Math.min(0.7 * width, Math.max(0.3 * width, place))
  return {
    middle: { x: left.x + across.x * leftHalf, y: left.y + across.y * leftHalf },
    across,
    down: { x: -across.y, y: across.x },
    leftHalf,
    rightHalf: width - leftHalf,
  }
}

/** Where a place of rig space lies in the opening. */
export function toLocal({ middle, across, down, leftHalf, rightHalf }: OpeningFrame, x: number, y: number): Local {
  const [dx, dy] = [x - middle.x, y - middle.y]
  const sideways = dx * across.x + dy * across.y
  return { along: sideways / (sideways < 0 ? leftHalf : rightHalf), below: dx * down.x + dy * down.y }
}

/** The other way round. */
export function fromLocal(
  { middle, across, down, leftHalf, rightHalf }: OpeningFrame,
  along: number,
  below: number,
): Point {
  const sideways = along * (along < 0 ? leftHalf : rightHalf)
  return { x: middle.x + across.x * sideways + down.x * below, y: middle.y + across.y * sideways + down.y * below }
}

/**
 * The curve through landmarks as `below` over the samples from corner to corner, which it meets at `ends`.
 * @param within landmarks nearer to a corner than that are left out.
 */
export function landmarkCurve(
  frame: OpeningFrame,
  { points }: FaceFrame,
  indices: readonly number[],
  ends: 'corners' | 'free' = 'corners',
  within = 0.985,
): Float32Array {
  const places = indices.map((i) => {
    const { along, below } = toLocal(frame, points[i * 3]!, points[i * 3 + 1]!)
    return [along, below] as const
  })
  const inner = ends === 'free' ? places : places.filter(([along]) => Math.abs(along) < within)
  return curveThrough(ends === 'free' ? inner : [[-1, 0], ...inner, [1, 0]])
}

/** The outline of an opening, x and y a point, clockwise from its left corner. */
export function outlineOf(frame: OpeningFrame, upper: Float32Array, lower: Float32Array): Float32Array {
  const out: number[] = []
  const add = (sample: number, curve: Float32Array) => {
    const { x, y } = fromLocal(frame, alongOf(sample), curve[sample]!)
    out.push(x, y)
  }
  for (let i = 0; i < CURVE_SAMPLES; i++) add(i, upper)
  for (let i = CURVE_SAMPLES - 2; i > 0; i--) add(i, lower)
  return Float32Array.from(out)
}

export { alongOf, CURVE_SAMPLES, valueAt }
