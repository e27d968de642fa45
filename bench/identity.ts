// Whether a video's face stays the same person: the face library's descriptor of its frames against its first frame.
import sharp from 'sharp'
import type { FaceSample } from '../src/domain/life/life-report.ts'
import { loadFaceModels } from '../src/engines/faces/face-models.ts'
import { sampleRgb } from '../src/engines/faces/photo/sample.ts'
import { makePyramid, type Patch, samplePatch } from '../src/engines/faces/photo/sample-patch.ts'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { cropPicture, type Picture as Frame, planesToRgb } from '../src/engines/media/planes.ts'

/** Cosine distances of descriptors: 0 is the same, strangers are far beyond the still's jitter. */
export type IdentityFigures = {
  /**
   * Of the still against itself as another moment would have it: cut out a little otherwise, the head turned as far as
   * it turns while it speaks, saved anew. What lies within says nothing of another person.
   */
  readonly jitter: number
  readonly median: number
  readonly p95: number
  readonly worst: number
  readonly worstFrame: number
  /** The same of means over {@link STRETCH} frames: lids and lips that pass are levelled out, another face is not. */
  readonly worstStretch: number
  /** The still's own, for comparing videos. */
  readonly descriptor: Float32Array
}

/** A picture and the square of it that shows the face. */
export type Portrait = {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
  readonly face: Patch
}

/** Gives a face's descriptor. */
export type Describe = (portrait: Portrait) => Promise<Float32Array>

/** Side of the picture that the descriptor's model takes. */
const INPUT = 224
/** The square that it is shown, in eye distances; its middle lies below the brows. */
const SIDE = 2.7
const BELOW = 0.45
/** How differently the still is cut: shifts in shares of the square, scale, and angle in radians. */
const CUTS = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => ({ x: x * 0.04, y: y * 0.04 })))
const SCALES = [0.95, 1.05]
const ANGLES = [-0.05, 0.05]
/** How far it is turned: yaw and pitch in radians. Calm heads turn by that while they speak. */
const TURNS = [
  [-0.1, 0],
  [0.1, 0],
  [0, -0.07],
  [0, 0.07],
] as const
/** Half the width of a head and half its height, in eye distances: the turned still is an ellipsoid. */
const HEAD = { across: 0.8, down: 1.1 }
/** So many of the frames that are looked at make a mean: four seconds of 25 frames at every tenth. */
const STRETCH = 10
/** How coarsely the still is saved anew. */
const JPEG_QUALITY = 70

/** Loads the model. */
export async function openDescriber(): Promise<Describe> {
  const { tf, models } = await loadFaceModels()
  return async ({ face, ...picture }) => {
    const input = tf.tensor(samplePatch(makePyramid(picture), face, INPUT, 255), [1, INPUT, INPUT, 3])
    const outputs = models.faceres.execute(input)
    const data = await outputs.find(({ shape }) => shape[1] === 1024)!.data()
    const descriptor = Float32Array.from(data)
    for (const tensor of [input, ...outputs]) tensor.dispose()
    return descriptor
  }
}

/** The part of a frame round its face. */
export function portraitOf(frame: Frame, sample: FaceSample): Portrait {
  const size = sample.eyeDistance * SIDE
  const y = sample.y + BELOW * sample.eyeDistance
  const { part, left, top } = cropPicture(frame, sample.x - size, y - size, size * 2)
  const face = { x: sample.x - left, y: y - top, size, angle: (sample.roll * Math.PI) / 180 }
  return { width: part.width, height: part.height, rgb: planesToRgb(part), face }
}

/** The largest distance between a still and what it might have been. */
export async function jitterOf(still: Portrait, describe: Describe): Promise<number> {
  const { face } = still
  const own = await describe(still)
  const others: Portrait[] = [
    ...CUTS.map(({ x, y }) => ({ ...face, x: face.x + x * face.size, y: face.y + y * face.size })),
    ...SCALES.map((scale) => ({ ...face, size: face.size * scale })),
    ...ANGLES.map((angle) => ({ ...face, angle: face.angle + angle })),
  ].map((patch) => ({ ...still, face: patch }))
  others.push(...TURNS.map(([yaw, pitch]) => turned(still, yaw, pitch)), await savedAnew(still))
  let most = 0
  for (const other of others) most = Math.max(most, distanceOf(own, await describe(other)))
  return most
}

/** Compares every `every`-th frame that shows a face with the first one. Null where none does. */
export async function measureIdentity(
  path: string,
  face: readonly (FaceSample | null)[],
  every = 10,
): Promise<IdentityFigures | null> {
  const describe = await openDescriber()
  let still: Float32Array | null = null
  let jitter = 0
  const distances: { readonly frame: number; readonly distance: number }[] = []
  const descriptors: Float32Array[] = []
  for await (const frame of decodeFrames(path, { every })) {
    const sample = face[frame.index]
    if (!sample) continue
    const portrait = portraitOf(frame, sample)
    const descriptor = await describe(portrait)
    if (still) {
      descriptors.push(descriptor)
      distances.push({ frame: frame.index, distance: distanceOf(still, descriptor) })
      continue
    }
    still = descriptor
    jitter = await jitterOf(portrait, describe)
  }
  if (!still || distances.length === 0) return null
  let worstStretch = 0
  for (let from = 0; from + STRETCH <= descriptors.length; from++) {
    const mean = meanOf(descriptors.slice(from, from + STRETCH))
    worstStretch = Math.max(worstStretch, distanceOf(still, mean))
  }
  const sorted = distances.toSorted((a, b) => a.distance - b.distance)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return {
    jitter,
    median: at(0.5).distance,
    p95: at(0.95).distance,
    worst: at(1).distance,
    worstFrame: at(1).frame,
    worstStretch,
    descriptor: still,
  }
}

/** The still as if the head had turned: what is near slides over what is far. */
function turned({ width, height, rgb, face }: Portrait, yaw: number, pitch: number): Portrait {
  const eyes = face.size / SIDE
  const out = new Uint8Array(rgb.length)
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5]
    const across = (x - face.x) / (HEAD.across * eyes)
    const down = (y - face.y) / (HEAD.down * eyes)
    // The face as a whole stays where it is: points over the middle depth slide one way, those under it the other.
    const near = Math.sqrt(Math.max(0, 1 - across ** 2 - down ** 2)) - 0.7
    const reach = HEAD.across * eyes * near
    const from = sampleRgb({ width, height, rgb }, x - Math.sin(yaw) * reach, y - Math.sin(pitch) * reach)
    for (let c = 0; c < 3; c++) out[i * 3 + c] = from[c]!
  }
  return { width, height, rgb: out, face }
}

async function savedAnew({ width, height, rgb, face }: Portrait): Promise<Portrait> {
  const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer()
  return { width, height, rgb: new Uint8Array(await sharp(jpeg).raw().toBuffer()), face }
}

function meanOf(descriptors: readonly Float32Array[]): Float32Array {
  const first = descriptors[0]!
  return first.map((_, i) => descriptors.reduce((sum, one) => sum + one[i]!, 0) / descriptors.length)
}

/** One less the cosine of the angle between two descriptors. */
export function distanceOf(a: Float32Array, b: Float32Array): number {
  let product = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < a.length; i++) {
    product += a[i]! * b[i]!
    aa += a[i]! * a[i]!
    bb += b[i]! * b[i]!
  }
  return 1 - product / Math.sqrt(aa * bb)
}
