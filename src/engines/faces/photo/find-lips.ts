// Where the lips are, to a fraction of a pixel: from landmarks, then from what the picture shows beside them.
import { drawCurve } from './draw-curve.ts'
import { smoothstep } from './ease.ts'
import { type FaceFrame, landmark, MILLIMETRE, type Point } from './face-frame.ts'
import { LIPS } from './landmark-sets.ts'
import { alongOf, fromLocal, landmarkCurve, type OpeningFrame, openingFrame } from './opening-frame.ts'
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
/** Beside a followed corner the upper lip stands about so much higher than the line from there to the next landmark. */
const ARCH = 2 * MILLIMETRE
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
  const [left, right] = [corner(78, 61), corner(308, 291)]
  const ends = isOpen ? [followCorner(photo, face, right, left), followCorner(photo, face, left, right)] : [left, right]
  const frame = openingFrame(ends[0]!, ends[1]!, upperMiddle)
  // Landmarks that stand where the corners were thought to be would pinch the opening there.
  const isFollowed = ends[0] !== left || ends[1] !== right
  const within = isFollowed ? 0.8 : 0.985
  const upperGuess = landmarkCurve(frame, face, LIPS.upperInner, 'corners', within).map((value, i) => {
    const aside = Math.abs(alongOf(i))
    return isFollowed ? value - ARCH * smoothstep(0.45, 0.75, aside) * (1 - smoothstep(0.8, 1, aside)) : value
  })
  const lowerGuess = landmarkCurve(frame, face, LIPS.lowerInner, 'corners', within)
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

/** Landmarks place the corners of wide smiles up to this far inside the opening. */
const CORNER_REACH = 7 * MILLIMETRE
const CORNER_STEP = 0.5 * MILLIMETRE
/** How far beside the landmark the opening's end may begin, how far it may bend within a step, and where there is skin. */
const ASIDE = 4 * MILLIMETRE
const BEND = 0.6 * MILLIMETRE
const BESIDE = 5 * MILLIMETRE
/** The opening is darker than this share of the skin beside it. */
const DARKER = 0.6

/** The end of an open mouth: from where landmarks have it, along the dark of the opening, as far as that goes. */
function followCorner(photo: Photo, face: FaceFrame, other: Point, from: Point): Point {
  const lumaAt = ({ x, y }: Point) => lumaOf(sampleRgb(photo, x / face.scale, y / face.scale))
  const towards = (a: Point, b: Point): Point => {
    const far = Math.hypot(b.x - a.x, b.y - a.y)
    return { x: (b.x - a.x) / far, y: (b.y - a.y) / far }
  }
  let way = towards(other, from)
  const beside = (place: Point, t: number): Point => ({ x: place.x - way.y * t, y: place.y + way.x * t })
  const darkest = (place: Point, reach: number): Point => {
    const places = [0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1, 1].map((share) => beside(place, share * reach))
    return places.reduce((dark, one) => (lumaAt(one) < lumaAt(dark) ? one : dark))
  }
  const isOpening = (place: Point) =>
    lumaAt(place) < (DARKER * (lumaAt(beside(place, BESIDE)) + lumaAt(beside(place, -BESIDE)))) / 2
  let at = darkest(from, ASIDE)
  if (!isOpening(at)) return from
  for (let gone = 0; gone < CORNER_REACH; gone += CORNER_STEP) {
    const next = darkest({ x: at.x + way.x * CORNER_STEP, y: at.y + way.y * CORNER_STEP }, BEND)
    if (!isOpening(next)) break
    // The way turns slowly, so that a tooth beside it does not lead it astray.
    const on = towards(at, next)
    way = towards({ x: 0, y: 0 }, { x: 0.6 * way.x + 0.4 * on.x, y: 0.6 * way.y + 0.4 * on.y })
    at = next
  }
  return at
}

/** Share of red over green: lips have more of it than teeth, and than skin. */
function redness([r, g, b]: readonly [number, number, number]): number {
  return (r - g) / (r + g + b + 20)
}
