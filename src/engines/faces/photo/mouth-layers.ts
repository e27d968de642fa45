// The mouth inside: a dark hollow, the tongue, two rows of teeth, and the shade that the lips throw on them.
import type { RigLayer } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { mix, smoothstep } from './ease.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import type { Lips } from './find-lips.ts'
import type { HeadShape } from './head-shape.ts'
import { MOUTH_SHAPES, type MouthMotion } from './mouth-motion.ts'
import { alongOf, fromLocal, valueAt } from './opening-frame.ts'
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

  const teethLayer = (name: 'upperTeeth' | 'lowerTeeth', picture: TeethPicture, edge: number): RigLayer => {
    const { box, rgba, width, height } = picture
    const at = (s: number, t: number) =>
      [mix(box.left, box.right, s) * mm, edge + mix(box.top, box.bottom, t) * mm] as const
    const back = (s: number) => DEPTH.teeth + 15 * (2 * s - 1) ** 2
    return patchLayer({
      name,
      texture: rgbaToPlanes(rgba, width, height),
      columns: 12,
      rows: 3,
      at: (s, t) => place(...at(s, t), back(s)),
      fields:
        name === 'upperTeeth'
          ? { lipsRound: () => down(-ROUND_COVERS.upper, -ROUND_COVERS.behind) }
          : {
              jawOpen: (s) => down(motion.drop * (1 - 0.12 * (2 * s - 1) ** 2), -0.7 * motion.drop),
              lipsRound: () => down(ROUND_COVERS.lower, -ROUND_COVERS.behind),
            },
    })
  }
  const upperPicture = paintTeeth('upper', light)
  if (shown) keepShownTeeth(upperPicture, photo, face, lips, shown, upperEdge, place)

  return [
    hollowLayer(light, half, seam, motion.drop, place, down),
    tongueLayer(light, half, seam, motion.drop, place, down),
    teethLayer('lowerTeeth', paintTeeth('lower', light), seam + LOWER_EDGE),
    teethLayer('upperTeeth', upperPicture, upperEdge),
    lipShade(lips, motion, light, lipDepth, SIDE.lower),
    lipShade(lips, motion, light, lipDepth, SIDE.upper),
  ]
}

type Place = (x: number, below: number, behind: number) => Vector
type Down = (way: number, back?: number) => Vector

function hollowLayer(light: PhotoLight, half: number, seam: number, drop: number, place: Place, down: Down): RigLayer {
  const side = 64
  const rgba = new Uint8ClampedArray(side * side * 4)
  const warm = blend(light.lips, [120, 30, 26], 0.5)
  for (let i = 0; i < side * side; i++) {
    const x = (((i % side) + 0.5) / side) * 2 - 1
    const y = ((Math.floor(i / side) + 0.5) / side) * 2 - 1
    const rim = Math.min(1, Math.hypot(x, y))
    rgba.set([...lit(warm, 0.014 + 0.12 * rim ** 2 + 0.03 * smoothstep(0, 1, y)), 255], i * 4)
  }
  // Larger than any opening of the lips, whatever way the head turns; the skin covers the rest.
  const [wide, tall] = [1.4 * half, 15 * mm]
  return patchLayer({
    name: 'mouthInside',
    texture: rgbaToPlanes(rgba, side, side, true),
    columns: 8,
    rows: 8,
    at: (s, t) => place((2 * s - 1) * wide, seam + (2 * t - 1) * tall, DEPTH.hollow),
    fields: { jawOpen: (_s, t) => down(HOLLOW_DROPS * drop * smoothstep(0.3, 0.9, t)) },
  })
}

function tongueLayer(light: PhotoLight, half: number, seam: number, drop: number, place: Place, down: Down): RigLayer {
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
  const wide = Math.min(19 * mm, 0.72 * half)
  const tall = 22 * mm
  /** 1 at the tip in the middle of the front edge. */
  const tip = (s: number, t: number) => (1 - (2 * s - 1) ** 2) * (1 - smoothstep(0, 0.9, t))
  return patchLayer({
    name: 'tongue',
    texture: rgbaToPlanes(rgba, width, height),
    columns: 8,
    rows: 6,
    at: (s, t) => place((2 * s - 1) * wide, seam - 0.5 * mm + t * tall, DEPTH.tongue),
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
