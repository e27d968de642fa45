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
/** How far the lash line stands over and under the edge of a shut lid. */
const LASH = { over: 0.5 * mm, under: 0.9 * mm } as const

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
    return [
      strip(lidSkin(photo, face, eye, light.skin), 3, (t) => [t, -FOLD * (1 - t)]),
      strip(lashLine(light), 1, (t) => [1, t === 0 ? -LASH.over : LASH.under]),
    ]
  })
}

/** The skin between lid and brow, without lashes and folds: soft at its upper edge and its ends. */
function lidSkin(photo: Photo, face: FaceFrame, eye: Eye, skin: Colour): RigLayer['texture'] {
  const columns = Array.from({ length: CURVE_SAMPLES }, (_, i) => {
    const [lid, brow] = [eye.upper[i]!, eye.brow[i]!]
    const found: Colour[] = []
    for (let k = 0.05; k < 0.8; k += 0.05) {
      const { x, y } = fromLocal(eye.frame, alongOf(i), lid + (brow - lid) * k)
      found.push(sampleRgb(photo, x / face.scale, y / face.scale))
    }
    return found.sort((a, b) => lumaOf(a) - lumaOf(b))[Math.floor(found.length * 0.62)]!
  })
  const reach = 5
  const even = columns.map((_, i) => {
    const near = columns.slice(Math.max(0, i - reach), i + reach + 1)
    const own = [0, 1, 2].map((c) => near.reduce((sum, colour) => sum + colour[c]!, 0) / near.length)
    // Where a fold's shadow is all there is to see, the lid under it is still skin.
    const shadow = 1 - smoothstep(0.55, 0.85, lumaOf(own as unknown as Colour) / lumaOf(skin))
    return blend(own as unknown as Colour, lit(skin, 0.66), 0.1 + 0.55 * shadow)
  })
  const [width, height] = [64, 32]
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const s = ((i % width) + 0.5) / width
    const t = (Math.floor(i / width) + 0.5) / height
    const place = s * (CURVE_SAMPLES - 1)
    const left = Math.min(CURVE_SAMPLES - 2, Math.floor(place))
    // A lid is round: lighter along its middle, darker at the fold and at the lashes.
    const shade =
      0.8 +
      0.16 * Math.sin(Math.PI * Math.min(1, 0.15 + 0.8 * t)) -
      0.1 * smoothstep(0.8, 1, t) -
      0.2 * (1 - smoothstep(0.1, 0.6, t))
    const colour = lit(blend(even[left]!, even[left + 1]!, place - left), shade)
    const ends = smoothstep(0, 0.42, s) * smoothstep(0, 0.42, 1 - s)
    rgba.set([...colour, 255 * 0.92 * smoothstep(0, 0.6, t) * ends], i * 4)
  }
  return rgbaToPlanes(rgba, width, height)
}

/** A dark line, thin at its ends. */
function lashLine(light: PhotoLight): RigLayer['texture'] {
  const [width, height] = [32, 16]
  const rgba = new Uint8ClampedArray(width * height * 4)
  const colour = lit(light.skin, 0.03)
  for (let i = 0; i < width * height; i++) {
    const x = Math.abs((((i % width) + 0.5) / width) * 2 - 1)
    const y = (Math.floor(i / width) + 0.5) / height
    const line = smoothstep(0, 0.35, y) * (1 - smoothstep(0.4, 1, y))
    rgba.set([...colour, 255 * 0.66 * line * (1 - smoothstep(0.7, 1, x))], i * 4)
  }
  return rgbaToPlanes(rgba, width, height)
}
