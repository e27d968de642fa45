// Whether a video's face stays the same person: the face library's descriptor of its frames against its first frame.
import type { FaceSample } from '../src/domain/life/life-report.ts'
import { loadFaceModels } from '../src/engines/faces/face-models.ts'
import { makePyramid, type Patch, type Pyramid, samplePatch } from '../src/engines/faces/photo/sample-patch.ts'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { cropPicture, planesToRgb } from '../src/engines/media/planes.ts'

/** Cosine distances of descriptors: 0 is the same, strangers are far beyond the still's jitter. */
export type IdentityFigures = {
  /** Of the still against itself, cut out a little otherwise: how finely the descriptor can tell at all. */
  readonly jitter: number
  readonly median: number
  readonly p95: number
  readonly worst: number
  readonly worstFrame: number
  /** The still's own, for comparing videos. */
  readonly descriptor: Float32Array
}

/** Side of the picture that the descriptor's model takes. */
const INPUT = 224
/** The square that it is shown, in eye distances; its middle lies below the brows. */
const SIDE = 2.7
const BELOW = 0.45
/** How differently the still is cut: shifts in shares of the square, scale, and angle in radians. */
const CUTS = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => ({ x: x * 0.04, y: y * 0.04 })))
const SCALES = [0.95, 1.05]
const ANGLES = [-0.05, 0.05]

/** Compares every `every`-th frame that shows a face with the first one. Null where none does. */
export async function measureIdentity(
  path: string,
  face: readonly (FaceSample | null)[],
  every = 10,
): Promise<IdentityFigures | null> {
  const { tf, models } = await loadFaceModels()
  const describe = async (pyramid: Pyramid, patch: Patch): Promise<Float32Array> => {
    const input = tf.tensor(samplePatch(pyramid, patch, INPUT, 255), [1, INPUT, INPUT, 3])
    const outputs = models.faceres.execute(input)
    const data = await outputs.find(({ shape }) => shape[1] === 1024)!.data()
    const descriptor = Float32Array.from(data)
    for (const tensor of [input, ...outputs]) tensor.dispose()
    return descriptor
  }
  let still: Float32Array | null = null
  let jitter = 0
  const distances: { readonly frame: number; readonly distance: number }[] = []
  for await (const frame of decodeFrames(path, { every })) {
    const sample = face[frame.index]
    if (!sample) continue
    const size = sample.eyeDistance * SIDE
    const y = sample.y + BELOW * sample.eyeDistance
    const { part, left, top } = cropPicture(frame, sample.x - size, y - size, size * 2)
    const pyramid = makePyramid({ width: part.width, height: part.height, rgb: planesToRgb(part) })
    const patch = { x: sample.x - left, y: y - top, size, angle: (sample.roll * Math.PI) / 180 }
    const descriptor = await describe(pyramid, patch)
    if (still) {
      distances.push({ frame: frame.index, distance: distanceOf(still, descriptor) })
      continue
    }
    still = descriptor
    const others: Patch[] = [
      ...CUTS.map(({ x, y: down }) => ({ ...patch, x: patch.x + x * size, y: patch.y + down * size })),
      ...SCALES.map((scale) => ({ ...patch, size: size * scale })),
      ...ANGLES.map((angle) => ({ ...patch, angle: patch.angle + angle })),
    ]
    for (const other of others) jitter = Math.max(jitter, distanceOf(still, await describe(pyramid, other)))
  }
  if (!still || distances.length === 0) return null
  const sorted = distances.toSorted((a, b) => a.distance - b.distance)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  return {
    jitter,
    median: at(0.5).distance,
    p95: at(0.95).distance,
    worst: at(1).distance,
    worstFrame: at(1).frame,
    descriptor: still,
  }
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
