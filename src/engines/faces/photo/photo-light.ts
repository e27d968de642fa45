// The light a photo was taken in, as far as teeth, tongue and the mouth's hollow need it.
import { type FaceFrame, landmark, MILLIMETRE } from './face-frame.ts'
import type { Eye } from './find-eyes.ts'
import type { Lips } from './find-lips.ts'
import { POINT } from './landmark-sets.ts'
import { alongOf, CURVE_SAMPLES, fromLocal, toLocal, valueAt } from './opening-frame.ts'
import type { Photo } from './photo.ts'
import { lumaOf, sampleRgb } from './sample.ts'

/** An sRGB colour, 0-255. */
export type Colour = readonly [number, number, number]

/** Colours of this photo. */
export type PhotoLight = {
  readonly skin: Colour
  readonly lips: Colour
  /** A front tooth in full light. */
  readonly enamel: Colour
}

/** Fewer pixels than this say nothing. */
const ENOUGH = 12

/** Reads the light. */
export function readLight(photo: Photo, face: FaceFrame, lips: Lips, eyes: readonly Eye[]): PhotoLight {
  const at = (x: number, y: number) => sampleRgb(photo, x / face.scale, y / face.scale)
  const round = (index: number, reach: number) => {
    const { x, y } = landmark(face, index)
    const found: Colour[] = []
    for (let dy = -reach; dy <= reach; dy += reach / 3) {
      for (let dx = -reach; dx <= reach; dx += reach / 3) found.push(at(x + dx, y + dy))
    }
    return found
  }
  const skin = percentile(
    [POINT.leftCheek, POINT.rightCheek, 151, 199].flatMap((index) => round(index, 6 * MILLIMETRE)),
    0.6,
  )
  const lipColours = Array.from({ length: CURVE_SAMPLES }, (_, i) => {
    const along = alongOf(i) * 0.6
    const inner = valueAt(lips.lower, along)
    const { x, y } = fromLocal(lips.frame, along, inner + 0.5 * (valueAt(lips.lowerOuter, along) - inner))
    return at(x, y)
  })
  const teeth = lips.isOpen ? teethColours(lips, at) : []
  const whites = eyes.flatMap((eye) => whitesOf(eye, at))
  return {
    skin,
    lips: percentile(lipColours, 0.5),
    enamel: teeth.length >= ENOUGH ? warmer(percentile(teeth, 0.6)) : enamelFrom(skin, whites),
  }
}

/** What may be teeth between open lips: bright, and hardly redder than white. */
function teethColours(lips: Lips, at: (x: number, y: number) => Colour): Colour[] {
  const found: Colour[] = []
  for (let i = 0; i < CURVE_SAMPLES; i++) {
    const along = alongOf(i) * 0.7
    const [top, bottom] = [valueAt(lips.upper, along), valueAt(lips.lower, along)]
    for (let below = top + MILLIMETRE; below < bottom - MILLIMETRE; below += 0.5 * MILLIMETRE) {
      const { x, y } = fromLocal(lips.frame, along, below)
      const colour = at(x, y)
      if (isToothLike(colour)) found.push(colour)
    }
  }
  return found
}

/** Whether a colour is bright and pale enough for a tooth. */
export function isToothLike(colour: Colour): boolean {
  const [r, g, b] = colour
  return lumaOf(colour) > 70 && r - g < 0.2 * r && b > 0.5 * r
}

/** The whites beside an iris. */
function whitesOf(eye: Eye, at: (x: number, y: number) => Colour): Colour[] {
  const found: Colour[] = []
  const { frame, iris, upper, lower } = eye
  const step = 0.5 * MILLIMETRE
  const reach = Math.max(frame.leftHalf, frame.rightHalf)
  for (let dy = -reach; dy <= reach; dy += step) {
    for (let dx = -reach; dx <= reach; dx += step) {
      const [x, y] = [frame.middle.x + dx, frame.middle.y + dy]
      const { along, below } = toLocal(frame, x, y)
      if (Math.abs(along) > 0.8 || Math.hypot(x - iris.x, y - iris.y) < 1.15 * iris.radius) continue
      if (below < valueAt(upper, along) + MILLIMETRE || below > valueAt(lower, along) - 0.6 * MILLIMETRE) continue
      found.push(at(x, y))
    }
  }
  return found
}

/** Teeth are as white as the eyes, a little warmer, and never brighter than skin in the light by more than a little. */
function enamelFrom(skin: Colour, whites: readonly Colour[]): Colour {
  const skinLuma = lumaOf(skin)
  const white = whites.length >= ENOUGH ? percentile(whites, 0.75) : skin
  const whiteLuma = lumaOf(white)
  const luma = Math.min(235, 1.08 * skinLuma, Math.max(0.86 * skinLuma, 1.05 * whiteLuma))
  const grey = whites.length >= ENOUGH ? 0.45 : 0.3
  const warm: Colour = [1.03, 1, 0.88]
  // The light that falls on the skin has the skin's colour in it; a trace of that belongs to teeth too.
  const raw = [0, 1, 2].map(
    (c) => ((white[c]! / whiteLuma) * grey + (1 - grey - SKIN_TRACE) + (skin[c]! / skinLuma) * SKIN_TRACE) * warm[c]!,
  ) as [number, number, number]
  const level = luma / lumaOf(raw)
  return raw.map((value) => Math.min(250, value * level)) as [number, number, number]
}

/** Teeth further back are yellower than the front ones. */
const warmer = ([r, g, b]: Colour): Colour => [Math.min(255, 1.02 * r), g, 0.93 * b]

/** How much of the skin's hue teeth take on. */
const SKIN_TRACE = 0.2

/** The colour that this share of the others is darker than. */
function percentile(colours: readonly Colour[], share: number): Colour {
  const sorted = [...colours].sort((a, b) => lumaOf(a) - lumaOf(b))
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

/** A colour in linear light made lighter or darker. @param factor of the light. */
export function lit(colour: Colour, factor: number): Colour {
  const level = Math.max(0, factor) ** (1 / 2.2)
  return colour.map((value) => Math.min(255, value * level)) as unknown as Colour
}

/** Between two colours. */
export function blend(a: Colour, b: Colour, share: number): Colour {
  return a.map((value, c) => value + (b[c]! - value) * share) as unknown as Colour
}
