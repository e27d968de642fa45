// How lids and brows move: each shape as a displacement of any place of the upper face.
import { fade, smoothstep } from './ease.ts'
import { type FaceFrame, MILLIMETRE, type Point } from './face-frame.ts'
import { type Eye, lidSeam } from './find-eyes.ts'
import { toLocal, valueAt } from './opening-frame.ts'

/** Shapes that move the skin round the eyes. */
export const EYE_SHAPES = [
  'blinkLeft',
  'blinkRight',
  'squint',
  'smile',
  'eyesWide',
  'gazeY',
  'browsUp',
  'browsInnerUp',
  'browsDown',
] as const
export type EyeShape = (typeof EYE_SHAPES)[number]

const mm = MILLIMETRE
/** Shut lids overlap by this much, so that no light comes through. */
const OVERLAP = 0.8
/** The upper lid with its lashes is this tall, and skin gives way up to this far over its edge. */
const LASHES = 1.3 * mm
const LID_SKIN = 7 * mm
/** Frames lie on the skin of a photo and would bend with the brows. */
const BEHIND_GLASSES = 0.2
/** How much of a blink the lids make when the gaze drops by 12 degrees. */
const LIDS_FOLLOW_GAZE = 0.22

/** The displacement of a place of rig space by a shape, in rig space. */
export type EyeMotion = (shape: EyeShape, x: number, y: number) => readonly [number, number, number]

/** Describes how a face's lids and brows move. @param glasses are rigid: behind them brows hardly move. */
export function eyeMotion(face: FaceFrame, eyes: readonly Eye[], glasses: boolean): EyeMotion {
  const seams = eyes.map(lidSeam)
  const browMotions = eyes.map((eye, i) => browWeights(face, eye, i === 0 ? 'right' : 'left'))

  /** Rig pixels down the eye's own axis that one eye's lids move at a place. */
  const lids = (eye: Eye, seam: Float32Array, shape: EyeShape, x: number, y: number): number => {
    const { along, below } = toLocal(eye.frame, x, y)
    if (Math.abs(along) >= 1) return 0
    const upper = valueAt(eye.upper, along)
    const lower = valueAt(eye.lower, along)
    const meet = valueAt(seam, along)
    const bow = 1 - along * along
    const isUpper = below < (upper + lower) / 2
    // The skin between lashes and crease stretches; the lashes keep their shape and the crease its place.
    const skin = Math.min(LID_SKIN, Math.max(6 * mm, 0.8 * (upper - valueAt(eye.brow, along))))
    const lid = isUpper ? fade(LASHES, skin, upper - below) : fade(0, 9 * mm, below - lower)
    const shut = (isUpper ? meet - upper + OVERLAP * bow : meet - lower - OVERLAP * bow) * lid
    if (shape === eye.blink) return shut
    if (shape === 'squint') return (isUpper ? 0.1 * shut : -1.4 * mm * bow * fade(0, 13 * mm, below - lower)) || 0
    // Cheeks that a smile lifts push the lower lids up.
    if (shape === 'smile') return isUpper ? 0.05 * shut : -0.8 * mm * bow * fade(0, 16 * mm, below - lower)
    if (shape === 'eyesWide') return isUpper ? -1.5 * mm * bow * lid : 0.3 * mm * bow * lid
    if (shape === 'gazeY') return isUpper ? LIDS_FOLLOW_GAZE * shut : 0.7 * mm * bow * lid
    return 0
  }

  return (shape, x, y) => {
    if (shape.startsWith('brows')) {
      const [up, inner, inwards] = browMotions.reduce(
        (most, weights) => {
          const found = weights(x, y)
          return Math.abs(found[0]) > Math.abs(most[0]) ? found : most
        },
        [0, 0, 0] as readonly [number, number, number],
      )
      const free = glasses ? BEHIND_GLASSES : 1
      const rise =
        free * (shape === 'browsUp' ? 4.2 * mm * up : shape === 'browsInnerUp' ? 4 * mm * inner : -2.8 * mm * up)
      const pull = shape === 'browsDown' ? 1.6 * mm * free * inwards : 0
      return [face.across.x * pull - face.down.x * rise, face.across.y * pull - face.down.y * rise, 0]
    }
    let down = 0
    let axis: Point = face.down
    eyes.forEach((eye, i) => {
      const here = lids(eye, seams[i]!, shape, x, y)
      if (Math.abs(here) > Math.abs(down)) {
        down = here
        axis = eye.frame.down
      }
    })
    return [axis.x * down, axis.y * down, 0]
  }
}

/** How strongly a place goes with a brow: all of it, its inner end alone, and that signed towards the nose. */
function browWeights(
  face: FaceFrame,
  eye: Eye,
  innerEnd: 'left' | 'right',
): (x: number, y: number) => readonly [number, number, number] {
  const project = ({ x, y }: Point) => ({
    across: x * face.across.x + y * face.across.y,
    down: x * face.down.x + y * face.down.y,
  })
  const line = eye.browLine.map(project)
  const [left, right] = [line[0]!.across, line.at(-1)!.across]
  const lid = project(eye.frame.middle).down + Math.min(...eye.upper)
  return (x, y) => {
    const place = project({ x, y })
    const along = (place.across - left) / (right - left)
    const inside = Math.min(1, Math.max(0, along))
    const at = inside * (line.length - 1)
    const i = Math.min(line.length - 2, Math.floor(at))
    const brow = line[i]!.down + (line[i + 1]!.down - line[i]!.down) * (at - i)
    const above = brow - place.down
    const lidRoom = Math.max(5 * mm, lid - brow)
    const vertical = above > 0 ? fade(7 * mm, 46 * mm, above) : fade(0.1 * lidRoom, lidRoom, -above)
    const beside = Math.abs(along - inside) * (right - left)
    const weight = vertical * fade(0, 20 * mm, beside)
    const toInner = innerEnd === 'right' ? inside : 1 - inside
    const inner = weight * smoothstep(0.25, 0.95, toInner)
    return [weight * (0.75 + 0.25 * toInner), inner, inner * (innerEnd === 'right' ? 1 : -1)]
  }
}
