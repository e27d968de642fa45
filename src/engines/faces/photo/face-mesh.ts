// The 478 points of a face: the mesh model seen through several crops, then the irises and lids seen close.
import type { FaceModels } from '../face-models.ts'
import type { DetectedFace } from './detect-faces.ts'
import { type Patch, type Pyramid, patchPlace, samplePatch } from './sample-patch.ts'

/** A face's points. */
export type FaceMesh = {
  /** 478 times x, y, z in pixels of the picture, z towards the viewer. */
  readonly points: Float32Array
  /** 0 to 1: how sure the mesh model is that this is a face. */
  readonly score: number
  /** The square around the face, turned with it: `size` is the longer side of its points. */
  readonly frame: Patch
  /** How far each point moved from crop to crop, as a part of the frame: what is hidden is guessed anew each time. */
  readonly spread: Float32Array
}

/** Points of the mesh by name. Source: MediaPipe's canonical face model; left and right as seen. */
export const POINTS = {
  leftEyeOuter: 33,
  leftEyeInner: 133,
  rightEyeInner: 362,
  rightEyeOuter: 263,
  forehead: 10,
  chin: 152,
  leftCheek: 234,
  rightCheek: 454,
  noseTip: 1,
  leftMouth: 61,
  rightMouth: 291,
  upperLipTop: 0,
  lowerLipBottom: 17,
  leftIris: 468,
  rightIris: 473,
} as const

/** Each eye's lid line in the order of the iris model: below from the outer corner inwards, then above. Source: as above. */
export const LEFT_LIDS = [33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173] as const
export const RIGHT_LIDS = [263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398] as const

const MESH_COUNT = 468
const IRIS_COUNT = 5
/** Side of the picture that the mesh model takes, in pixels. */
export const MESH_INPUT = 192
const IRIS_INPUT = 64
/** Below this the mesh model sees no face. Source: MediaPipe's default. */
const LEAST_SCORE = 0.5
/** From the detector's box to the face's points. */
const BOX_TO_FRAME = 1.25
/** From a face's frame to the crop that the mesh model was trained on. */
export const MESH_CROP = 1.4
/** Looks through slightly different crops: scale, then shift as parts of the frame. Their mean is steadier than each. */
const LOOKS = [
  [1, 0, 0],
  [0.93, 0.02, 0.02],
  [1.07, -0.02, 0.02],
  [1.03, 0.02, -0.03],
  [0.97, -0.02, -0.02],
] as const
/** The iris model's crop over the eye's width. Source: MediaPipe's iris graph. */
const EYE_SCALE = 2.3

/** The points of a face that the detector found, or null where the mesh model sees none there. */
export async function meshFace(models: FaceModels, pyramid: Pyramid, face: DetectedFace): Promise<FaceMesh | null> {
  let frame: Patch = { x: face.x, y: face.y, size: face.size * BOX_TO_FRAME, angle: face.roll }
  // Each look frames the face better for the next.
  for (let round = 0; round < 2; round++) {
    const seen = await look(models, pyramid, { ...frame, size: frame.size * MESH_CROP })
    if (seen.score < LEAST_SCORE) return null
    frame = frameOf(seen.points)
  }
  const looks: Float32Array[] = []
  let score = 1
  for (const [scale, dx, dy] of LOOKS) {
    const crop = { ...frame, x: frame.x + dx * frame.size, y: frame.y + dy * frame.size }
    const seen = await look(models, pyramid, { ...crop, size: frame.size * MESH_CROP * scale })
    looks.push(seen.points)
    score = Math.min(score, seen.score)
  }
  if (score < LEAST_SCORE) return null
  const points = new Float32Array((MESH_COUNT + 2 * IRIS_COUNT) * 3)
  const spread = new Float32Array(MESH_COUNT)
  for (let i = 0; i < MESH_COUNT * 3; i++) {
    const mean = looks.reduce((sum, one) => sum + one[i]!, 0) / looks.length
    points[i] = mean
    if (i % 3 < 2) {
      const variance = looks.reduce((sum, one) => sum + (one[i]! - mean) ** 2, 0) / looks.length
      spread[Math.floor(i / 3)]! += variance / frame.size ** 2
    }
  }
  for (let i = 0; i < MESH_COUNT; i++) spread[i] = Math.sqrt(spread[i]!)
  await refineEye(models, pyramid, points, LEFT_LIDS, MESH_COUNT, false, frame.angle)
  await refineEye(models, pyramid, points, RIGHT_LIDS, MESH_COUNT + IRIS_COUNT, true, frame.angle)
  return { points, score, frame: frameOf(points), spread }
}

function look(models: FaceModels, pyramid: Pyramid, crop: Patch) {
  return readMesh(models, samplePatch(pyramid, crop, MESH_INPUT, 1), crop)
}

/** What the mesh model sees in a crop that was sampled at MESH_INPUT: points in the picture's pixels, and how surely. */
export async function readMesh({ tf, models }: FaceModels, sampled: Float32Array, crop: Patch) {
  const input = tf.tensor(sampled, [1, MESH_INPUT, MESH_INPUT, 3])
  const outputs = models.facemesh.execute(input)
  const of = async (length: number) => outputs.find(({ shape }) => shape.at(-1) === length)?.data()
  const score = (await of(1))?.[0] ?? 0
  const raw = (await of(MESH_COUNT * 3)) ?? new Float32Array(MESH_COUNT * 3)
  for (const tensor of [input, ...outputs]) tensor.dispose()
  const place = patchPlace(crop, MESH_INPUT)
  const step = crop.size / MESH_INPUT
  const points = new Float32Array(MESH_COUNT * 3)
  for (let i = 0; i < points.length; i += 3) {
    const [x, y] = place(raw[i]!, raw[i + 1]!)
    points[i] = x
    points[i + 1] = y
    points[i + 2] = -raw[i + 2]! * step
  }
  return { points, score }
}

/** The square around a face's points, turned so that the eyes lie level. */
export function frameOf(points: Float32Array): Patch {
  const { leftEyeOuter: left, rightEyeOuter: right } = POINTS
  const angle = Math.atan2(points[right * 3 + 1]! - points[left * 3 + 1]!, points[right * 3]! - points[left * 3]!)
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ] as [number[], number[]]
  for (let i = 0; i < MESH_COUNT; i++) {
    const [x, y] = [points[i * 3]!, points[i * 3 + 1]!]
    for (const [axis, value] of [x * cos + y * sin, y * cos - x * sin].entries()) {
      low[axis] = Math.min(low[axis]!, value)
      high[axis] = Math.max(high[axis]!, value)
    }
  }
  const [u, v] = [(low[0]! + high[0]!) / 2, (low[1]! + high[1]!) / 2]
  const size = Math.max(high[0]! - low[0]!, high[1]! - low[1]!)
  return { x: u * cos - v * sin, y: u * sin + v * cos, size, angle }
}

/** Replaces the lid line by the iris model's and adds the iris: its middle and four points of its rim. */
async function refineEye(
  { tf, models }: FaceModels,
  pyramid: Pyramid,
  points: Float32Array,
  lids: readonly number[],
  irisAt: number,
  isMirrored: boolean,
  angle: number,
): Promise<void> {
  const [outer, inner] = [lids[0]! * 3, lids[8]! * 3]
  const width = Math.hypot(points[outer]! - points[inner]!, points[outer + 1]! - points[inner + 1]!)
  const x = (points[outer]! + points[inner]!) / 2
  const y = (points[outer + 1]! + points[inner + 1]!) / 2
  const crop = { x, y, size: width * EYE_SCALE, angle }
  const input = tf.tensor(samplePatch(pyramid, crop, IRIS_INPUT, 1, isMirrored), [1, IRIS_INPUT, IRIS_INPUT, 3])
  const result = models.iris.execute(input) as unknown
  const output = (Array.isArray(result) ? result[0] : result) as typeof input
  const raw = await output.data()
  input.dispose()
  output.dispose()
  const place = patchPlace(crop, IRIS_INPUT, isMirrored)
  lids.forEach((point, i) => {
    const [px, py] = place(raw[i * 3]!, raw[i * 3 + 1]!)
    points[point * 3] = px
    points[point * 3 + 1] = py
  })
  const z = (points[outer + 2]! + points[inner + 2]!) / 2
  for (let i = 0; i < IRIS_COUNT; i++) {
    const from = raw.length - IRIS_COUNT * 3 + i * 3
    points.set([...place(raw[from]!, raw[from + 1]!), z], (irisAt + i) * 3)
  }
}
