// The eyes behind the lids: the white with its shading, which stays, and the iris on it, which looks about.
import type { RigLayer } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { mix, smoothstep } from './ease.ts'
import { EYE_SHAPES, type EyeMotion } from './eye-motion.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import { type Eye, lidPoints } from './find-eyes.ts'
import type { HeadShape } from './head-shape.ts'
import { alongOf, outlineOf } from './opening-frame.ts'
import { distanceToOutline } from './outline.ts'
import { patchLayer, type Vector } from './patch.ts'
import type { Photo } from './photo.ts'
import type { Colour } from './photo-light.ts'
import { lumaOf, sampleRgb } from './sample.ts'

const mm = MILLIMETRE
/** Radius of a grown person's eyeball. */
const BALL = 12 * mm
/** What a gaze of 1 turns the eye, radians: 15 degrees across, 12 down. */
const GAZE = { x: (15 * Math.PI) / 180, y: (12 * Math.PI) / 180 } as const
/** The white reaches this far under the lids. */
const UNDER_LIDS = 6 * mm
/** Lids blur into the eye over this distance. */
const RIM = 0.45 * mm
/** The picture of the iris reaches this many radii. */
const IRIS_REACH = 1.2
/** How far behind the lids' edges the eye lies. */
const BEHIND = 2 * mm

/** The white, the iris and the upper lid's shade on them for each eye, back to front. */
export function eyeLayers(
  photo: Photo,
  face: FaceFrame,
  eyes: readonly Eye[],
  motion: EyeMotion,
  head: HeadShape,
): RigLayer[] {
  return eyes.flatMap((eye) => {
    const outline = outlineOf(eye.frame, eye.upper, eye.lower)
    const depth = head.depthAt(eye.frame.middle.x, eye.frame.middle.y) - BEHIND
    return [
      whiteLayer(photo, face, eye, outline, depth),
      irisLayer(photo, face, eye, outline, depth),
      lidShade(eye, motion, depth),
    ]
  })
}

/** The white as the photo has it; under the iris and under the lids its colours run on. */
function whiteLayer(photo: Photo, face: FaceFrame, eye: Eye, outline: Float32Array, depth: number): RigLayer {
  const xs = outline.filter((_, i) => i % 2 === 0)
  const ys = outline.filter((_, i) => i % 2 === 1)
  const left = Math.floor(Math.min(...xs) - UNDER_LIDS)
  const top = Math.floor(Math.min(...ys) - UNDER_LIDS)
  const width = 2 * Math.ceil((Math.max(...xs) + UNDER_LIDS - left) / 2)
  const height = 2 * Math.ceil((Math.max(...ys) + UNDER_LIDS - top) / 2)
  const colours = new Float32Array(width * height * 3)
  const known = new Uint8Array(width * height)
  for (let i = 0; i < known.length; i++) {
    const x = left + (i % width) + 0.5
    const y = top + Math.floor(i / width) + 0.5
    if (distanceToOutline(outline, x, y) > -RIM) continue
    if (Math.hypot(x - eye.iris.x, y - eye.iris.y) < 1.3 * eye.iris.radius) continue
    known[i] = 1
    colours.set(sampleRgb(photo, x / face.scale, y / face.scale), i * 3)
  }
  spread(colours, known, width, height)
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < known.length; i++) {
    rgba.set([colours[i * 3]!, colours[i * 3 + 1]!, colours[i * 3 + 2]!, 255], i * 4)
  }
  return patchLayer({
    name: 'eyes',
    texture: rgbaToPlanes(rgba, width, height, true),
    columns: 2,
    rows: 2,
    at: (s, t) => [left + s * width, top + t * height, depth],
  })
}

/** Fills unknown pixels from known ones, coarse to fine (push-pull, Gortler and others 1996). */
function spread(colours: Float32Array, known: Uint8Array, width: number, height: number): void {
  if (width <= 2 && height <= 2) return
  const [w, h] = [Math.ceil(width / 2), Math.ceil(height / 2)]
  const coarse = new Float32Array(w * h * 3)
  const counts = new Uint8Array(w * h)
  for (let i = 0; i < known.length; i++) {
    if (!known[i]) continue
    const to = Math.floor(Math.floor(i / width) / 2) * w + ((i % width) >> 1)
    counts[to]!++
    for (let c = 0; c < 3; c++) coarse[to * 3 + c]! += colours[i * 3 + c]!
  }
  for (let i = 0; i < counts.length; i++) for (let c = 0; counts[i] && c < 3; c++) coarse[i * 3 + c]! /= counts[i]!
  spread(coarse, counts, w, h)
  const picture = { rgb: coarse as unknown as Uint8Array, width: w, height: h }
  for (let i = 0; i < known.length; i++) {
    if (known[i]) continue
    const [x, y] = [((i % width) + 0.5) / 2, (Math.floor(i / width) + 0.5) / 2]
    colours.set(w > 1 && h > 1 ? sampleRgb(picture, x, y) : coarse.subarray(0, 3), i * 3)
  }
  known.fill(1)
}

/** The whole iris: what lids hide of it has the colours of the same distance from the pupil. */
function irisLayer(photo: Photo, face: FaceFrame, eye: Eye, outline: Float32Array, depth: number): RigLayer {
  const { iris } = eye
  const half = IRIS_REACH * iris.radius
  const side = 2 * Math.ceil(half * 1.5)
  const at = (i: number) =>
    [
      iris.x + ((((i % side) + 0.5) / side) * 2 - 1) * half,
      iris.y + (((Math.floor(i / side) + 0.5) / side) * 2 - 1) * half,
    ] as const
  const seen = new Float32Array(side * side)
  const colours: Colour[] = []
  const rings = Array.from({ length: 16 }, () => [] as Colour[])
  const ringOf = (x: number, y: number) => Math.min(15, Math.floor((Math.hypot(x - iris.x, y - iris.y) / half) * 16))
  for (let i = 0; i < seen.length; i++) {
    const [x, y] = at(i)
    seen[i] = smoothstep(RIM * 0.6, RIM * 3, -distanceToOutline(outline, x, y))
    const colour = sampleRgb(photo, x / face.scale, y / face.scale)
    colours.push(colour)
    if (seen[i]! > 0.8) rings[ringOf(x, y)]!.push(colour)
  }
  const profile = ringColours(rings)
  const rgba = new Uint8ClampedArray(side * side * 4)
  for (let i = 0; i < seen.length; i++) {
    const [x, y] = at(i)
    const place = Math.min(15, Math.max(0, (Math.hypot(x - iris.x, y - iris.y) / half) * 16 - 0.5))
    const ring = Math.min(14, Math.floor(place))
    const alpha = 1 - smoothstep(0.93, 1.14, Math.hypot(x - iris.x, y - iris.y) / iris.radius)
    for (let c = 0; c < 3; c++) {
      const guess = mix(profile[ring]![c]!, profile[ring + 1]![c]!, place - ring)
      rgba[i * 4 + c] = mix(guess, colours[i]![c]!, seen[i]!)
    }
    rgba[i * 4 + 3] = 255 * alpha
  }
  const turn = (axis: { readonly x: number; readonly y: number }, angle: number): Vector => {
    const way = BALL * Math.sin(angle)
    return [axis.x * way, axis.y * way, 0]
  }
  return patchLayer({
    name: 'eyes',
    texture: rgbaToPlanes(rgba, side, side),
    columns: 2,
    rows: 2,
    at: (s, t) => [iris.x + (2 * s - 1) * half, iris.y + (2 * t - 1) * half, depth],
    fields: { gazeX: () => turn(face.across, GAZE.x), gazeY: () => turn(face.down, GAZE.y) },
  })
}

/** The usual colour of each ring, glints left out; a ring of which nothing is seen has its neighbour's. */
function ringColours(rings: readonly (readonly Colour[])[]): Colour[] {
  const found = rings.map((ring) => {
    if (ring.length < 3) return null
    const sorted = [...ring].sort((a, b) => lumaOf(a) - lumaOf(b))
    const kept = sorted.slice(Math.floor(0.15 * sorted.length), Math.ceil(0.75 * sorted.length))
    return [0, 1, 2].map((c) => kept.reduce((sum, colour) => sum + colour[c]!, 0) / kept.length) as unknown as Colour
  })
  return found.map((colour, i) => {
    if (colour) return colour
    const near = found.map((other, j) => ({ other, far: Math.abs(i - j) })).filter(({ other }) => other)
    return near.sort((a, b) => a.far - b.far)[0]?.other ?? [60, 45, 38]
  })
}

/** How far down the eye the upper lid's shade reaches, and how dark it is. */
const SHADE = { reach: 2.6 * mm, dark: 0.32 } as const

/** The shade of the upper lid, which comes down with it. */
function lidShade(eye: Eye, motion: EyeMotion, depth: number): RigLayer {
  const [width, height] = [32, 16]
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let i = 0; i < width * height; i++) {
    const down = (Math.floor(i / width) + 0.5) / height
    const aside = Math.abs((((i % width) + 0.5) / width) * 2 - 1)
    const dark = SHADE.dark * (1 - smoothstep(0, 1, down)) ** 1.4 * (1 - smoothstep(0.6, 1, aside))
    rgba.set([36, 20, 14, 255 * dark], i * 4)
  }
  const edge = lidPoints(eye, eye.upper)
  const on = (s: number) => edge[Math.round(s * (edge.length - 1))]!
  return patchLayer({
    name: 'eyeLight',
    texture: rgbaToPlanes(rgba, width, height),
    columns: edge.length - 1,
    rows: 1,
    at: (s, t) => {
      const room = 1 - alongOf(s * (edge.length - 1)) ** 2
      const way = t * Math.min(1, 2 * room) * SHADE.reach
      return [on(s).x + eye.frame.down.x * way, on(s).y + eye.frame.down.y * way, depth]
    },
    fields: Object.fromEntries(
      EYE_SHAPES.map((shape) => [shape, (s: number) => motion(shape, on(s).x, on(s).y - 0.01)]),
    ),
  })
}
