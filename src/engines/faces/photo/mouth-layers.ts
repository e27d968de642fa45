// The mouth inside: a dark hollow, the tongue, two rows of teeth, and the shade that the lips throw on them.
import type { RigLayer } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { mix, smoothstep } from './ease.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import type { Lips } from './find-lips.ts'
import type { HeadShape } from './head-shape.ts'
import { MOUTH_SHAPES, type MouthMotion } from './mouth-motion.ts'
import { alongOf, fromLocal, valueAt } from './opening-frame.ts'
import { distanceToOutline } from './outline.ts'
import { paintTeeth, type TeethPicture } from './paint-teeth.ts'
import { patchLayer, type Vector } from './patch.ts'
import { SIDE } from './person-mesh.ts'
import type { Photo } from './photo.ts'
import { blend, lit, type PhotoLight } from './photo-light.ts'
import { findShownTeeth, keepShownTeeth } from './shown-teeth.ts'

const mm = MILLIMETRE
/** Edges of the upper and of the lower teeth below the line of the closed lips: the upper ones bite over the lower. */
const UPPER_EDGE = 1.8 * mm
const LOWER_EDGE = -2 * mm
/** How far behind the lips things lie. */
const DEPTH = { teeth: 6, tongue: 14, hollow: 15 } as const
/** Rounded lips stand before the teeth and cover more of them: both rows draw back from the opening by this much. */
const ROUND_COVERS = { upper: 1.7 * mm, lower: 1.2 * mm, behind: 2 * mm } as const
/** How much further the lips' shade reaches in when they are rounded. */
const ROUND_SHADES = 1.8 * mm
/** What follows the jaw's drop, and how far. */
const TONGUE_DROPS = 0.74
const HOLLOW_DROPS = 1.15

/** Makes the layers, back to front. */
export function mouthLayers(
  photo: Photo,
  face: FaceFrame,
  lips: Lips,
  head: HeadShape,
  motion: MouthMotion,
  light: PhotoLight,
): RigLayer[] {
  const { frame } = lips
  const seam = valueAt(lips.seam, 0)
  const half = (frame.leftHalf + frame.rightHalf) / 2
  const lipDepth = head.depthAt(...(Object.values(fromLocal(frame, 0, seam)) as [number, number]))
  const shown = lips.isOpen ? findShownTeeth(photo, face, lips) : null
  const upperEdge = Math.max(seam + UPPER_EDGE, shown?.edge ?? 0)

  /** A place in rig pixels across from the mouth's middle and below the line between its corners. */
  const place = (x: number, below: number, behind: number): Vector => {
    const side = x < 0 ? frame.leftHalf : frame.rightHalf
    const { x: px, y: py } = fromLocal(frame, x / half, below)
    // A turned head shows the far half of the arch narrower, as its lips are.
    return [px, py, lipDepth - behind * mm * (half / Math.max(half, side))]
  }
  const down = (way: number, back = 0): Vector => [frame.down.x * way, frame.down.y * way, back]

  /** How far the sides go with the corners of the lips, or they would stand out beside a cheek that is drawn in. */
  const sideways = (shape: (typeof MOUTH_SHAPES)[number], along: number): Vector => {
    const [a] = motion.shift(shape, motion.onSeam(0.98 * Math.sign(along), SIDE.lower))
    const way = a * Math.min(1, Math.abs(along))
    return [frame.across.x * way, frame.across.y * way, 0]
  }

  const teethLayer = (name: 'upperTeeth' | 'lowerTeeth', picture: TeethPicture, edge: number): RigLayer => {
    const { box, rgba, width, height } = picture
    const middle = edge + mix(box.top, box.bottom, 0.5) * mm + (name === 'lowerTeeth' ? 0.6 * motion.drop : 0)
    const reach = {
      left: reachBeside(face, lips, -1, middle, TEETH_NEED[name]),
      right: reachBeside(face, lips, 1, middle, TEETH_NEED[name]),
    }
    const alongAt = (s: number) =>
      Math.max(-reach.left, Math.min(reach.right, (mix(box.left, box.right, s) * mm) / half))
    const at = (s: number, t: number) => [alongAt(s) * half, edge + mix(box.top, box.bottom, t) * mm] as const
    const back = (s: number) => DEPTH.teeth + 15 * (2 * s - 1) ** 2
    /** Where the cheek is near. */
    const drawnIn = (s: number): Vector =>
      (s < 0.5 ? reach.left : reach.right) < WIDEST ? sideways('lipsRound', alongAt(s)) : [0, 0, 0]
    return patchLayer({
      name,
      texture: rgbaToPlanes(rgba, width, height),
      columns: 12,
      rows: 3,
      at: (s, t) => place(...at(s, t), back(s)),
      fields:
        name === 'upperTeeth'
          ? { lipsRound: (s) => added(down(-ROUND_COVERS.upper, -ROUND_COVERS.behind), drawnIn(s)) }
          : {
              jawOpen: (s) => down(motion.drop * (1 - 0.12 * (2 * s - 1) ** 2), -0.7 * motion.drop),
              lipsRound: (s) => added(down(ROUND_COVERS.lower, -ROUND_COVERS.behind), drawnIn(s)),
            },
    })
  }
  const upperPicture = paintTeeth('upper', light)
  if (shown) keepShownTeeth(upperPicture, photo, face, lips, shown, upperEdge, place)

  return [
    hollowLayer(face, lips, light, half, motion.drop, sideways, place, down),
    tongueLayer(face, lips, light, half, motion.drop, place, down),
    teethLayer('lowerTeeth', paintTeeth('lower', light), seam + LOWER_EDGE),
    teethLayer('upperTeeth', upperPicture, upperEdge),
    lipShade(lips, motion, light, lipDepth, SIDE.lower),
    lipShade(lips, motion, light, lipDepth, SIDE.upper),
  ]
}

type Place = (x: number, below: number, behind: number) => Vector
type Down = (way: number, back?: number) => Vector

/** Half the hollow's height. */
const TALL = 15 * mm
/** How far things in the mouth reach to either side where there is room, in halves of the mouth; what tongue and teeth need. */
const WIDEST = 1.4
const TONGUE_NEEDS = 0.4
const TEETH_NEED = { upperTeeth: 0.9, lowerTeeth: 0.7 } as const
/** How far they stay inside the face's outline, which they would leave as the head turns on. */
const INSIDE = 7 * mm

/**
 * How far something in the mouth may reach to one side, in halves of the mouth: on a turned head the far cheek ends close
 * beside the lips.
 *
 * @param least how far it reaches in any case.
 */
function reachBeside({ oval }: FaceFrame, { frame }: Lips, way: -1 | 1, below: number, least: number): number {
  for (let along = least; along < WIDEST; along += 0.05) {
    const { x, y } = fromLocal(frame, way * along, below)
    if (distanceToOutline(oval, x, y) > -INSIDE) return along
  }
  return WIDEST
}

const added = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]

/** Larger than any opening of the lips, whatever way the head turns; the skin covers the rest. */
function hollowLayer(
  face: FaceFrame,
  lips: Lips,
  light: PhotoLight,
  half: number,
  drop: number,
  sideways: (shape: (typeof MOUTH_SHAPES)[number], along: number) => Vector,
  place: Place,
  down: Down,
): RigLayer {
  const side = 64
  const rgba = new Uint8ClampedArray(side * side * 4)
  const warm = blend(light.lips, [120, 30, 26], 0.5)
  for (let i = 0; i < side * side; i++) {
    const x = (((i % side) + 0.5) / side) * 2 - 1
    const y = ((Math.floor(i / side) + 0.5) / side) * 2 - 1
    const rim = Math.min(1, Math.hypot(x, y))
    rgba.set([...lit(warm, 0.014 + 0.12 * rim ** 2 + 0.03 * smoothstep(0, 1, y)), 255], i * 4)
  }
  const seam = valueAt(lips.seam, 0)
  const dropped = (t: number) => down(HOLLOW_DROPS * drop * smoothstep(0.3, 0.9, t))
  return patchLayer({
    name: 'mouthInside',
    texture: rgbaToPlanes(rgba, side, side, true),
    columns: 8,
    rows: 8,
    at: (s, t) => {
      const row = 2 * t - 1
      const below = seam + row * TALL
      // Openings are round: at its top and bottom it need not reach so far.
      const round = 0.2 + 0.8 * Math.sqrt(1 - row * row)
      // An open jaw takes the lower part down to where the face is narrower.
      const reach = reachBeside(face, lips, s < 0.5 ? -1 : 1, below + Math.max(0, row) * 0.6 * drop, round)
      return place((2 * s - 1) * half * reach, below, DEPTH.hollow)
    },
    fields: Object.fromEntries(
      MOUTH_SHAPES.map((shape) => [
        shape,
        (s: number, t: number) => {
          const aside = sideways(shape, 2 * s - 1)
          return shape === 'jawOpen' ? added(aside, dropped(t)) : aside
        },
      ]),
    ),
  })
}

function tongueLayer(
  face: FaceFrame,
  lips: Lips,
  light: PhotoLight,
  half: number,
  drop: number,
  place: Place,
  down: Down,
): RigLayer {
  const [width, height] = [128, 96]
  const rgba = new Uint8ClampedArray(width * height * 4)
  const flesh = blend(light.lips, [190, 96, 92], 0.4)
  for (let i = 0; i < width * height; i++) {
    const x = (((i % width) + 0.5) / width) * 2 - 1
    const y = (Math.floor(i / width) + 0.5) / height
    // A broad back that narrows a little to the front, with a groove along its middle.
    const edge = (1 - Math.abs(x) ** 2.6) * 0.98
    const top = 1 - edge
    const alpha = smoothstep(0, 0.05, y - 0.55 * top) * smoothstep(0, 0.08, 1 - Math.abs(x))
    const groove = 1 - 0.22 * Math.exp(-((x / 0.07) ** 2)) * smoothstep(0.05, 0.3, y)
    const rounded = 0.35 + 0.65 * (1 - x * x)
    const front = 0.3 + 0.4 * smoothstep(0, 0.4, y)
    rgba.set([...lit(flesh, 0.62 * groove * rounded * front + 0.03), 255 * alpha], i * 4)
  }
  const seam = valueAt(lips.seam, 0)
  const wide = Math.min(19 * mm, 0.72 * half)
  const tall = 22 * mm
  const at = (s: number, t: number): Vector => {
    const below = seam - 0.5 * mm + t * tall
    const reach = half * reachBeside(face, lips, s < 0.5 ? -1 : 1, below, TONGUE_NEEDS)
    return place(Math.max(-reach, Math.min(reach, (2 * s - 1) * wide)), below, DEPTH.tongue)
  }
  /** 1 at the tip in the middle of the front edge. */
  const tip = (s: number, t: number) => (1 - (2 * s - 1) ** 2) * (1 - smoothstep(0, 0.9, t))
  return patchLayer({
    name: 'tongue',
    texture: rgbaToPlanes(rgba, width, height),
    columns: 8,
    rows: 6,
    at,
    fields: {
      jawOpen: () => down(TONGUE_DROPS * drop, -0.7 * drop),
      tongueUp: (s, t) => down(-7 * mm * tip(s, t), 4 * mm * tip(s, t)),
      tongueOut: (s, t) => down(-4 * mm * tip(s, t), 10 * mm * tip(s, t)),
    },
  })
}

/** How far into the mouth a lip's shade reaches, how far under the lip it begins, and how dark it is. */
const SHADES = { [SIDE.upper]: [3.6, 2, 0.55], [SIDE.lower]: [2.2, 2, 0.5] } as const

/** A strip along the edge of a lip that goes along with it. */
function lipShade(
  lips: Lips,
  motion: MouthMotion,
  light: PhotoLight,
  lipDepth: number,
  side: typeof SIDE.upper | typeof SIDE.lower,
): RigLayer {
  const [reach, under, dark] = SHADES[side]
  const { frame, seam } = lips
  const [width, height] = [8, 32]
  const rgba = new Uint8ClampedArray(width * height * 4)
  const colour = lit(blend(light.lips, [96, 24, 16], 0.5), 0.13)
  for (let i = 0; i < width * height; i++) {
    const inside = ((Math.floor(i / width) + 0.5) / height) * (reach + under) - under
    rgba.set([...colour, 255 * dark * (1 - smoothstep(0, 1, inside / reach)) ** 1.3], i * 4)
  }
  const alongAt = (s: number) => 0.985 * alongOf(s * 32)
  return patchLayer({
    name: 'mouthInside',
    texture: rgbaToPlanes(rgba, width, height),
    columns: 32,
    rows: 3,
    at: (s, t) => {
      const along = alongAt(s)
      const tall = Math.sqrt(1 - along * along)
      const inside = (t * (reach + under) - under) * mm * (t * (reach + under) < under ? Math.max(0.3, tall) : tall)
      const { x, y } = fromLocal(frame, along, valueAt(seam, along) - side * inside)
      return [x, y, lipDepth - 2 * mm]
    },
    fields: Object.fromEntries(
      MOUTH_SHAPES.map((shape) => [
        shape,
        (s: number, t: number): Vector => {
          const [a, edge, z] = motion.shift(shape, motion.onSeam(alongAt(s), side))
          const b = edge - (shape === 'lipsRound' ? side * ROUND_SHADES * t * (1 - alongAt(s) ** 2) : 0)
          return [frame.across.x * a + frame.down.x * b, frame.across.y * a + frame.down.y * b, z]
        },
      ]),
    ),
  })
}
