// How lips, cheeks and chin move: each mouth shape as a displacement of any place of the lower face.
import { fade, mix, smoothstep } from './ease.ts'
import { type FaceFrame, landmark, MILLIMETRE, outsideFace } from './face-frame.ts'
import type { Lips } from './find-lips.ts'
import type { HeadShape } from './head-shape.ts'
import { POINT } from './landmark-sets.ts'
import { fromLocal, toLocal, valueAt } from './opening-frame.ts'
import { SIDE } from './person-mesh.ts'

/** Rig pixels across the mouth, down the face, and towards the viewer. */
export type Shift = readonly [number, number, number]

/** A place of the resting face, as its mouth sees it. */
export type MouthPlace = {
  /** -1 and 1 at the corners. */
  readonly along: number
  /** Rig pixels below the line on which the lips meet. */
  readonly below: number
  /** One of SIDE. */
  readonly side: number
  /** How far the jaw's hinge is behind, as a share of its distance from the lips. */
  readonly lever: number
  /** 1 on the face, falling to 0 on the neck and in the hair. */
  readonly hold: number
}

/** Shapes that move the skin round the mouth. */
export const MOUTH_SHAPES = [
  'jawOpen',
  'mouthClose',
  'lipsPress',
  'lipsPart',
  'lipsRound',
  'lipsFunnel',
  'lipsWide',
  'upperLipUp',
  'lowerLipDown',
  'lowerLipTuck',
  'smile',
  'frown',
] as const
export type MouthShape = (typeof MOUTH_SHAPES)[number]

/** The moving mouth of one face. */
export type MouthMotion = {
  /** Where a place of the picture lies when the lips are closed, in rig space. */
  close(x: number, y: number, side: number): { readonly x: number; readonly y: number }
  /** Describes a place of the resting face. */
  placeOf(x: number, y: number, side: number): MouthPlace
  /** A place on the line of the lips, on one of its sides. */
  onSeam(along: number, side: number): MouthPlace
  shift(shape: MouthShape, place: MouthPlace): Shift
  /** Rig pixels that the chin, and with it the lower teeth, drop at jawOpen 1. */
  readonly drop: number
}

const mm = MILLIMETRE
/** The chin drops by this share of its distance from the lips: 20 mm on a grown face. */
const JAW_DROP = 0.46
/** The corners of the mouth follow the jaw this far; see corner() below. */
const LIP_FOLLOWS_JAW = 0.93
/** Closed over an open jaw, the lips meet after this share of the lower lip's way. */
const MEETING = 0.25
/** Rounded lips draw together like a purse: over an open jaw the opening is less tall too. */
const ROUND_NEARS = 0.55 * mm
const ROUND_NARROWS = 0.4
const WIDE_WIDENS = 0.165

/** Describes how a face's mouth moves. */
export function mouthMotion(face: FaceFrame, lips: Lips, head: HeadShape): MouthMotion {
  const { frame, seam } = lips
  const belowSeam = (index: number) => {
    const { along, below } = toLocal(frame, landmark(face, index).x, landmark(face, index).y)
    return below - valueAt(seam, along)
  }
  const nose = Math.max(7 * mm, -belowSeam(POINT.noseBase) - mm)
  const chin = Math.max(24 * mm, belowSeam(POINT.chin))
  const thickness = (outer: Float32Array, inner: Float32Array, least: number) =>
    Math.min(14 * mm, Math.max(least, Math.abs(valueAt(outer, 0) - valueAt(inner, 0))))
  const upperLip = Math.min(nose * 0.6, thickness(lips.upperOuter, lips.upper, 3.5 * mm))
  const lowerLip = thickness(lips.lowerOuter, lips.lower, 5 * mm)
  const half = (frame.leftHalf + frame.rightHalf) / 2
  const drop = JAW_DROP * chin
  const middle = fromLocal(frame, 0, valueAt(seam, 0))
  const reach = head.depthAt(middle.x, middle.y) - face.earDepth
  // A wide smile has little left to smile.
  const smiling = smoothstep(0.3, 0.42, (2 * half) / (face.scale * Math.hypot(...eyeSpan(face))))

  const lever = (x: number, y: number) => Math.min(1.1, Math.max(0, (head.depthAt(x, y) - face.earDepth) / reach))
  const placeOf = (x: number, y: number, side: number): MouthPlace => {
    const { along, below } = toLocal(frame, x, y)
    return {
      along,
      below: below - valueAt(seam, along),
      side,
      lever: lever(x, y),
      hold: fade(0, 42, outsideFace(face, x, y)),
    }
  }
  const onSeam = (along: number, side: number): MouthPlace => {
    const { x, y } = fromLocal(frame, along, valueAt(seam, along))
    return { along, below: 0, side, lever: lever(x, y), hold: 1 }
  }

  /** 1 in the middle of the mouth, 0 at and beyond its corners. */
  const bow = (along: number) => Math.max(0, 1 - along * along)
  /** How far skin beside and at the corners goes with the jaw: less towards the cheekbone. */
  const corner = (below: number) => smoothstep(-28 * mm, 40 * mm, below)
  /** Lips go along wholly; the skin towards the nose, or the chin, less and less. */
  const round = (below: number) =>
    below < 0 ? fade(upperLip * 0.5, nose, -below) : fade(lowerLip * 0.7, chin * 0.72, below)

  const jaw = ({ along, below, side, lever, hold }: MouthPlace): number => {
    const aside = Math.abs(along)
    const beside = corner(below)
    let share = beside
    if (aside < 1 && side === SIDE.upper) share = beside * smoothstep(0.45, 1, aside)
    else if (aside < 1) {
      const lip = mix(LIP_FOLLOWS_JAW, 1, smoothstep(0, 13 * mm, below))
      share = mix(beside, lip, (1 - aside ** 2.2) ** 0.7)
    }
    return drop * share * lever * hold
  }

  /** A dropping jaw lets the upper lip rise a little. */
  const lift = (place: MouthPlace) => -0.06 * drop * upper(place)

  const closing = (place: MouthPlace): number => {
    const aside = Math.abs(place.along)
    const edge = { ...place, along: Math.min(1, Math.max(-1, place.along)), below: 0 }
    const way = MEETING * jaw({ ...edge, side: SIDE.lower }) - jaw(edge) - lift(edge)
    return way * round(place.below) * fade(1, 1.9, aside) * place.hold
  }

  /** 1 from corner to corner, fading into the cheeks. */
  const cheeks = (along: number, none: number) => fade(1, none, Math.abs(along))
  /** Where the corners are, fading to the middle of the lips and into the cheeks. */
  const atCorner = (along: number) => smoothstep(0.15, 1, Math.abs(along)) * cheeks(along, 2.3)
  /** Towards the nose and the chin. */
  const band = (below: number, full: number, none: number) => fade(full * mm, none * mm, Math.abs(below))
  /** Signed place across, no further than the corners. */
  const across = (along: number) => Math.min(1, Math.max(-1, along)) * half
  /** Lip flesh: grows or shrinks by `rate` of its height, and the skin beyond gives way. */
  const flesh = (below: number, rate: number) => {
    const lip = below < 0 ? upperLip : lowerLip
    const room = below < 0 ? nose : chin * 0.6
    return (
      rate * Math.sign(below) * Math.min(Math.abs(below), lip) * fade(lip, Math.max(room, lip * 1.6), Math.abs(below))
    )
  }
  /** Rounded lips lose a smile's curve: what brings their line to the height of its middle. */
  const level = (along: number, below: number) =>
    (valueAt(seam, 0) - valueAt(seam, along)) * cheeks(along, 2.3) * band(below, 9, 34)
  const upper = (place: MouthPlace) => (place.side === SIDE.upper ? bow(place.along) * round(place.below) : 0)
  const lower = (place: MouthPlace) => (place.side === SIDE.lower ? bow(place.along) * round(place.below) : 0)

  const shapes: Record<MouthShape, (place: MouthPlace) => Shift> = {
    jawOpen: (place) => {
      const down = jaw(place)
      const inwards = -0.05 * across(place.along) * cheeks(place.along, 1.8) * band(place.below, 4, 26)
      return [inwards, down + lift(place), -0.7 * down]
    },
    mouthClose: (place) => [0, closing(place), 0],
    lipsPress: (place) => {
      const over = 0.3 * mm * bow(place.along) * -place.side * band(place.below, 1, 4)
      return [
        0,
        over + flesh(place.below, -0.3) * cheeks(place.along, 1.2),
        -0.4 * mm * bow(place.along) * band(place.below, 6, 22),
      ]
    },
    lipsPart: (place) => [0, mm * (-0.8 * upper(place) + 1.7 * lower(place)), 0],
    lipsRound: ({ along, below, side }) => [
      -ROUND_NARROWS * across(along) * cheeks(along, 2.5) * band(below, 9, 34),
      flesh(below, 0.16) * cheeks(along, 1.3) +
        0.5 * level(along, below) -
        ROUND_NEARS * side * bow(along) * round(below),
      4 * mm * bow(along) * band(below, 6, 22),
    ],
    lipsFunnel: (place) => [
      -0.19 * across(place.along) * cheeks(place.along, 2.5) * band(place.below, 9, 30),
      mm * (-0.8 * upper(place) + 1.1 * lower(place)) +
        flesh(place.below, 0.12) * bow(place.along) +
        0.25 * level(place.along, place.below),
      3.5 * mm * bow(place.along) * band(place.below, 6, 22),
    ],
    lipsWide: ({ along, below }) => [
      WIDE_WIDENS * across(along) * cheeks(along, 2.2) * band(below, 8, 30),
      flesh(below, -0.1) * cheeks(along, 1.2) - 0.8 * mm * atCorner(along) * band(below, 8, 30),
      0,
    ],
    upperLipUp: (place) => [0, -3 * mm * upper(place), 0],
    lowerLipDown: (place) => [0, 3.4 * mm * lower(place), 0],
    lowerLipTuck: (place) => {
      const lip = lower(place)
      const rolled = place.side === SIDE.lower ? flesh(place.below, -0.28) * cheeks(place.along, 1.1) : 0
      return [0, mm * (-2.2 * upper(place) - 1.1 * lip) + rolled, -2 * mm * lip]
    },
    smile: ({ along, below }) => {
      const pull = atCorner(along) * band(below, 6, 34) * mix(1, 0.45, smiling)
      const cheek = atCorner(along) * fade(0, 24 * mm, Math.abs(below + 30 * mm)) * mix(1, 0.45, smiling)
      const up = -4 * mm * pull - 1.8 * mm * cheek + flesh(below, -0.08) * bow(along)
      return [Math.sign(along) * 3.6 * mm * pull, up, 0]
    },
    frown: ({ along, below }) => {
      const pull = atCorner(along) * band(below, 7, 28)
      return [-Math.sign(along) * 0.8 * mm * pull, 3.6 * mm * pull, 0]
    },
  }

  return {
    drop,
    placeOf,
    onSeam,
    shift: (shape, place) => shapes[shape](place),
    close(x, y, side) {
      const { along, below } = toLocal(frame, x, y)
      if (!lips.isOpen || side === SIDE.corner || Math.abs(along) >= 1) return { x, y }
      const edge = valueAt(side === SIDE.upper ? lips.upper : lips.lower, along)
      const far = side === SIDE.upper ? edge - below : below - edge
      const room = side === SIDE.upper ? nose + (valueAt(seam, along) - edge) * 0.5 : chin * 0.8
      const moved = below + (valueAt(seam, along) - edge) * fade(0, room, far)
      return fromLocal(frame, along, moved)
    },
  }
}

function eyeSpan(face: FaceFrame): [number, number] {
  const [a, b] = [landmark(face, POINT.leftEyeCorner), landmark(face, POINT.rightEyeCorner)]
  return [(b.x - a.x) / face.scale, (b.y - a.y) / face.scale]
}
