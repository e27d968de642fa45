// What a shut lid shows and an open one hides: its skin, which unfolds over the eye, and the line of the lashes.
import type { RigLayer } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { smoothstep } from './ease.ts'
import { EYE_SHAPES, type EyeMotion } from './eye-motion.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import { type Eye, lidPoints } from './find-eyes.ts'
import type { HeadShape } from './head-shape.ts'
import { alongOf, CURVE_SAMPLES, fromLocal } from './opening-frame.ts'
import { patchLayer, type Vector } from './patch.ts'
import type { Photo } from './photo.ts'
import { blend, type Colour, lit, type PhotoLight } from './photo-light.ts'
import { lumaOf, sampleRgb } from './sample.ts'

const mm = MILLIMETRE
/** The unfolded skin begins this far over the open lid's edge. */
const FOLD = 4.8 * mm
/** How far the lash line stands over and under the edge of a shut lid; in pixels of the photo, where those are coarse. */
const LASH = { over: 0.6 * mm, under: 1 * mm, overPixels: 0.9, underPixels: 1.4 } as const

/** Skin and lashes of each upper lid: without area while the eye is open, spread out by a blink. */
export function lidLayers(
  photo: Photo,
  face: FaceFrame,
  eyes: readonly Eye[],
  motion: EyeMotion,
  head: HeadShape,
  light: PhotoLight,
): RigLayer[] {
  return eyes.flatMap((eye) => {
    const edge = lidPoints(eye, eye.upper)
    const strip = (texture: RigLayer['texture'], rows: number, ways: (t: number) => readonly [number, number]) => {
      const on = (s: number) => edge[Math.round(s * (CURVE_SAMPLES - 1))]!
      const bow = (s: number) => 1 - alongOf(s * (CURVE_SAMPLES - 1)) ** 2
      return patchLayer({
        name: 'lashes',
        texture,
        columns: CURVE_SAMPLES - 1,
        rows,
        at: (s) => [on(s).x, on(s).y, head.depthAt(on(s).x, on(s).y)],
        fields: Object.fromEntries(
          EYE_SHAPES.map((shape) => [
            shape,
            (s: number, t: number): Vector => {
              const [x, y, z] = motion(shape, on(s).x, on(s).y - 0.01)
              if (shape !== eye.blink) return [x, y, z]
              const [share, way] = ways(t)
              return [x * share + eye.frame.down.x * way * bow(s), y * share + eye.frame.down.y * way * bow(s), z]
            },
          ]),
        ),
      })
    }
    const over = Math.max(LASH.over, LASH.overPixels * face.scale)
    const under = Math.max(LASH.under, LASH.underPixels * face.scale)
    return [
      strip(lidSkin(photo, face, eye), 3, (t) => [t, -FOLD * (1 - t)]),
      strip(lashLine(lashColour(photo, face, eye, light)), 1, (t) => [1, t === 0 ? -over : under]),
    ]
  })
}

/**
 * The skin of a shut lid: between that of the open lid, where a fold's shadow may be all there is to see, and that under
 * the eye, which lies in the same light. Soft at its upper edge and its ends.
 */
function lidSkin(photo: Photo, face: FaceFrame, eye: Eye): RigLayer['texture'] {
  const at = (i: number, below: number) => {
    const { x, y } = fromLocal(eye.frame, alongOf(i), below)
    return sampleRgb(photo, x / face.scale, y / face.scale)
  }
  const columns = Array.from({ length: CURVE_SAMPLES }, (_, i): Colour => {
    const [lid, brow] = [eye.upper[i]!, eye.brow[i]!]
    const room = Math.min(7 * mm, 0.6 * (lid - brow))
    const plate = median(STEPS.map((k) => at(i, lid - (0.12 + 0.88 * k) * room)))
    const under = median(STEPS.map((k) => at(i, eye.lower[i]! + (1.6 + 4 * k) * mm)))
    const shadow = 1 - smoothstep(0.6, 0.95, lumaOf(plate) / lumaOf(under))
    return blend(plate, under, 0.45 + 0.3 * shadow)
  })
  const reach = 6
  const even = columns.map((_, i) => {
    const near = columns.slice(Math.max(0, i - reach), i + reach + 1)
    return [0, 1, 2].map((c) => near.reduce((sum, colour) => sum + colour[c]!, 0) / near.length) as unknown as Colour
  })
  const [width, height] = [64, 32]
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const s = ((i % width) + 0.5) / width
    const t = (Math.floor(i / width) + 0.5) / height
    const place = s * (CURVE_SAMPLES - 1)
    const left = Math.min(CURVE_SAMPLES - 2, Math.floor(place))
    // A lid is round: lighter along its middle, darker at the fold and at the lashes.
    const shade = 0.97 - 0.16 * smoothstep(0.75, 1, t) - 0.2 * (1 - smoothstep(0.1, 0.6, t))
    const colour = lit(blend(even[left]!, even[left + 1]!, place - left), shade)
    const ends = smoothstep(0, 0.42, s) * smoothstep(0, 0.42, 1 - s)
    rgba.set([...colour, 255 * 0.92 * smoothstep(0, 0.6, t) * ends], i * 4)
  }
  return rgbaToPlanes(rgba, width, height)
}

/** What the lashes and the rim of the open lid show, or a little darker than the lid. */
function lashColour(photo: Photo, face: FaceFrame, eye: Eye, { skin }: PhotoLight): Colour {
  const found: Colour[] = []
  for (let i = 8; i < CURVE_SAMPLES - 8; i++) {
    for (const over of [-0.4, 0.2, 0.8]) {
      const { x, y } = fromLocal(eye.frame, alongOf(i), eye.upper[i]! - over * mm)
      found.push(sampleRgb(photo, x / face.scale, y / face.scale))
    }
  }
  const dark = found.sort((a, b) => lumaOf(a) - lumaOf(b))[Math.floor(0.12 * found.length)]!
  return lumaOf(dark) < 0.5 * lumaOf(skin) ? dark : lit(skin, 0.2)
}

/** A dark line, thin at its ends. */
function lashLine(colour: Colour): RigLayer['texture'] {
  const [width, height] = [32, 8]
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const x = Math.abs((((i % width) + 0.5) / width) * 2 - 1)
    const y = (Math.floor(i / width) + 0.5) / height
    const line = smoothstep(0, 0.4, y) * (1 - smoothstep(0.4, 1, y))
    rgba.set([...colour, 255 * 0.72 * line * (1 - smoothstep(0.6, 1, x))], i * 4)
  }
  return rgbaToPlanes(rgba, width, height)
}

/** Where a stretch is sampled, 0 to 1. */
const STEPS = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1] as const

function median(colours: readonly Colour[]): Colour {
  return [...colours].sort((a, b) => lumaOf(a) - lumaOf(b))[colours.length >> 1]!
}
