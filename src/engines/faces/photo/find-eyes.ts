// Where lids, irises and brows are.
import { drawCurve } from './draw-curve.ts'
import { type FaceFrame, landmark, MILLIMETRE, type Point } from './face-frame.ts'
import { type EyeSet, LEFT_EYE, RIGHT_EYE } from './landmark-sets.ts'
import {
  alongOf,
  CURVE_SAMPLES,
  fromLocal,
  landmarkCurve,
  type OpeningFrame,
  openingFrame,
  toLocal,
  valueAt,
} from './opening-frame.ts'
import type { Photo } from './photo.ts'
import { lumaOf, sampleRgb } from './sample.ts'

/** One eye of a photo; curves hold `below` at each sample from its left to its right corner. */
export type Eye = {
  readonly frame: OpeningFrame
  readonly upper: Float32Array
  readonly lower: Float32Array
  /** The middle of the iris and its radius, rig pixels. */
  readonly iris: Point & { readonly radius: number }
  /** The lower edge of the brow over the eye. */
  readonly brow: Float32Array
  /** The middle line of the brow, x and y a point, from left to right. */
  readonly browLine: readonly Point[]
  /** The shape that shuts it: names are the person's own side. */
  readonly blink: 'blinkLeft' | 'blinkRight'
}

/** Radius of a grown person's iris. Source: 11.7 mm across (Rüfer, Schröder and Erb 2005). */
const IRIS_RADIUS = 5.85 * MILLIMETRE
/** Landmarks of lids are wrong by up to this much. */
const LID_REACH = 1.6 * MILLIMETRE

/** Finds both eyes, the picture's left one first. */
export function findEyes(photo: Photo, face: FaceFrame): readonly [Eye, Eye] {
  return [findEye(photo, face, LEFT_EYE, 'blinkRight'), findEye(photo, face, RIGHT_EYE, 'blinkLeft')]
}

function findEye(photo: Photo, face: FaceFrame, set: EyeSet, blink: Eye['blink']): Eye {
  const left = landmark(face, set.upperLid[0]!)
  const right = landmark(face, set.upperLid.at(-1)!)
  const frame = openingFrame(left, right, { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 })
  const { upper, lower } = drawLids(photo, face, frame, set)
  const browLine = set.upperBrow.map((index, i) => {
    const [a, b] = [landmark(face, index), landmark(face, set.lowerBrow[i]!)]
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
  })
  return {
    frame,
    upper,
    lower,
    iris: findIris(photo, face, set, { frame, upper, lower }),
    brow: landmarkCurve(frame, face, set.lowerBrow, 'free'),
    browLine,
    blink,
  }
}

/** Lids are drawn to where the eye, white or dark, ends and lashes or skin begin. */
function drawLids(photo: Photo, face: FaceFrame, frame: OpeningFrame, set: EyeSet): Pick<Eye, 'upper' | 'lower'> {
  const colourAt = (along: number, below: number) => {
    const { x, y } = fromLocal(frame, along, below)
    return sampleRgb(photo, x / face.scale, y / face.scale)
  }
  const edge = 0.6 * MILLIMETRE
  const yellow = ([r, , b]: readonly [number, number, number]) => (r - b) / 255
  const upper = drawCurve(landmarkCurve(frame, face, set.upperLid), LID_REACH, (along, below) => {
    const [outside, inside] = [colourAt(along, below - edge), colourAt(along, below + edge)]
    // Over the white the lashes are dark; over the iris there is nothing to go by but the skin above.
    return -Math.max(0, lumaOf(inside) - lumaOf(outside)) / 255 - 0.5 * Math.max(0, yellow(outside) - yellow(inside))
  })
  const found = drawCurve(landmarkCurve(frame, face, set.lowerLid), LID_REACH, (along, below) => {
    const [outside, inside] = [colourAt(along, below + edge), colourAt(along, below - edge)]
    return -(1.4 * Math.max(0, yellow(outside) - yellow(inside)) + Math.abs(lumaOf(outside) - lumaOf(inside)) / 255)
  })
  return { upper, lower: found.map((value, i) => Math.max(value, upper[i]!)) }
}

/**
 * The iris is the darkest disc of its size within the lids, near where the landmarks have it: their own error is up to a
 * third of it.
 */
function findIris(
  photo: Photo,
  face: FaceFrame,
  set: EyeSet,
  { frame, upper, lower }: Pick<Eye, 'frame' | 'upper' | 'lower'>,
): Eye['iris'] {
  const guess = landmark(face, set.iris[0]!)
  const spread = set.iris.slice(1).map((i) => Math.hypot(landmark(face, i).x - guess.x, landmark(face, i).y - guess.y))
  const measured = spread.reduce((sum, value) => sum + value, 0) / spread.length
  const radius = Math.min(1.15 * IRIS_RADIUS, Math.max(0.85 * IRIS_RADIUS, measured))
  const darkness: { x: number; y: number; value: number }[] = []
  const step = 0.35 * MILLIMETRE
  const reach = 5 * MILLIMETRE
  for (let y = guess.y - reach; y <= guess.y + reach; y += step) {
    for (let x = guess.x - reach * 1.6; x <= guess.x + reach * 1.6; x += step) {
      const { along, below } = toLocal(frame, x, y)
      if (Math.abs(along) > 0.97 || below < valueAt(upper, along) || below > valueAt(lower, along)) continue
      darkness.push({ x, y, value: 255 - lumaOf(sampleRgb(photo, x / face.scale, y / face.scale)) })
    }
  }
  let best = { x: guess.x, y: guess.y, score: Number.NEGATIVE_INFINITY }
  const shift = 2.4 * MILLIMETRE
  for (let dy = -shift; dy <= shift; dy += step) {
    for (let dx = -shift * 1.8; dx <= shift * 1.8; dx += step) {
      const [x, y] = [guess.x + dx, guess.y + dy]
      const inside = { sum: 0, count: 1e-6 }
      const round = { sum: 0, count: 1e-6 }
      for (const place of darkness) {
        const distance = Math.hypot(place.x - x, place.y - y)
        const side = distance < radius ? inside : distance < radius * 1.5 ? round : null
        if (!side) continue
        side.sum += place.value
        side.count++
      }
      if (inside.count < 8) continue
      const far = Math.hypot(dx, dy) / shift
      const score = inside.sum / inside.count - (round.count > 4 ? round.sum / round.count : 0) - 6 * far * far
      if (score > best.score) best = { x, y, score }
    }
  }
  return { x: best.x, y: best.y, radius }
}

/** How far the lids stand apart at the widest, rig pixels. */
export function openingHeight({ upper, lower }: Pick<Eye, 'upper' | 'lower'>): number {
  return upper.reduce((most, value, i) => Math.max(most, lower[i]! - value), 0)
}

/** The line on which the lids of an eye meet: just above the lower lid. */
export function lidSeam({ upper, lower }: Pick<Eye, 'upper' | 'lower'>): Float32Array {
  return upper.map((value, i) => value + LOWER_SHARE * (lower[i]! - value))
}

/** The upper lid goes this much of the way. */
const LOWER_SHARE = 0.86

/** Places along the edge of a lid, rig pixels. */
export function lidPoints({ frame }: Pick<Eye, 'frame'>, curve: Float32Array): Point[] {
  return Array.from({ length: CURVE_SAMPLES }, (_, i) => fromLocal(frame, alongOf(i), curve[i]!))
}
