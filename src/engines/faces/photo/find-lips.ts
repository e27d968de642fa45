// Where the lips are, to a fraction of a pixel: from landmarks, then from what the picture shows beside them.
import { drawCurve } from './draw-curve.ts'
import { type FaceFrame, landmark, MILLIMETRE } from './face-frame.ts'
import { LIPS } from './landmark-sets.ts'
import { fromLocal, landmarkCurve, type OpeningFrame, openingFrame } from './opening-frame.ts'
import type { Photo } from './photo.ts'
import { lumaOf, sampleRgb } from './sample.ts'

/** The mouth of a photo; curves hold `below` at each sample from corner to corner. */
export type Lips = {
  readonly frame: OpeningFrame
  /** Whether the picture shows what is between the lips. */
  readonly isOpen: boolean
  /** The inner edge of the upper and of the lower lip, as in the picture. */
  readonly upper: Float32Array
  readonly lower: Float32Array
  /** Where the lips meet when closed: the rig's rest. */
  readonly seam: Float32Array
  /** The outer borders of the lips. */
  readonly upperOuter: Float32Array
  readonly lowerOuter: Float32Array
}

/** Landmarks show a gap of up to about 1.4 mm between closed lips. */
const OPEN_FROM = 1.7 * MILLIMETRE
/** Landmarks of lips are wrong by up to this much. */
const REACH = 2.4 * MILLIMETRE
/** Where the lips of an open mouth meet: nearer to the upper lip, since the lower one moves with the jaw. */
const MEETING = 0.5

/** Finds the lips of a face. */
export function findLips(photo: Photo, face: FaceFrame): Lips {
  const gap = Math.hypot(landmark(face, 13).x - landmark(face, 14).x, landmark(face, 13).y - landmark(face, 14).y)
  const isOpen = gap > OPEN_FROM
  // The lips' own line ends between the inner and the outer corner that the landmarks give.
  const corner = (inner: number, outer: number) => {
    const [a, b] = [landmark(face, inner), landmark(face, outer)]
    const k = isOpen ? 0.3 : 0.5
    return { x: a.x + (b.x - a.x) * k, y: a.y + (b.y - a.y) * k }
  }
  const upperMiddle = landmark(face, 13)
  const frame = openingFrame(corner(78, 61), corner(308, 291), upperMiddle)
  const upperGuess = landmarkCurve(frame, face, LIPS.upperInner)
  const lowerGuess = landmarkCurve(frame, face, LIPS.lowerInner)
  const upperOuter = landmarkCurve(frame, face, LIPS.upperOuter, 'free')
  const lowerOuter = landmarkCurve(frame, face, LIPS.lowerOuter, 'free')
  const colourAt = (along: number, below: number) => {
    const { x, y } = fromLocal(frame, along, below)
    return sampleRgb(photo, x / face.scale, y / face.scale)
  }
  const outer = { upperOuter, lowerOuter }
  if (!isOpen) {
    const guess = upperGuess.map((value, i) => (value + lowerGuess[i]!) / 2)
    const seam = drawCurve(guess, REACH, (along, below) => lumaOf(colourAt(along, below)) / 30)
    return { frame, isOpen, upper: seam, lower: seam, seam, ...outer }
  }
  const edge = 0.7 * MILLIMETRE
  const contrast = (along: number, lip: number, inside: number) => {
    const [a, b] = [colourAt(along, lip), colourAt(along, inside)]
    const redder = redness(a) - redness(b)
    return -(
      4 * Math.max(0, redder) +
      (0.7 * (Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]) + Math.abs(a[2] - b[2]))) / 255
    )
  }
  const upper = drawCurve(upperGuess, REACH, (along, below) => contrast(along, below - edge, below + edge))
  const found = drawCurve(lowerGuess, REACH, (along, below) => contrast(along, below + edge, below - edge))
  const lower = found.map((value, i) => Math.max(value, upper[i]!))
  const seam = upper.map((value, i) => value + MEETING * (lower[i]! - value))
  return { frame, isOpen, upper, lower, seam, ...outer }
}

/** Share of red over green: lips have more of it than teeth, and than skin. */
function redness([r, g, b]: readonly [number, number, number]): number {
  return (r - g) / (r + g + b + 20)
}
