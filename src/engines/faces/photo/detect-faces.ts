// Finds all faces of a picture, large and small: the detector looks at the whole and at ever smaller parts of it.
import type { FaceModels } from '../face-models.ts'
import { type Patch, type Pyramid, patchPlace, samplePatch } from './sample-patch.ts'

/** A face as the detector sees it, in pixels of the picture. */
export type DetectedFace = {
  /** Middle of the box. */
  readonly x: number
  readonly y: number
  /** Mean of the box's sides: about from the brows to the chin. */
  readonly size: number
  /** 0 to 1. */
  readonly score: number
  /** How the line between the eyes is turned, in radians, clockwise as seen. */
  readonly roll: number
}

/** Side of the picture that the detector takes. Source: BlazeFace, the "back camera" model. */
const INPUT = 256
/** Its anchors: a grid of 16 x 16 cells with 2 each, then one of 8 x 8 with 6 each. Source: as above. */
const GRIDS = [
  { cells: 16, anchors: 2 },
  { cells: 8, anchors: 6 },
] as const
/** Numbers that the detector gives for each anchor: a box, then six points, eyes first. */
const STRIDE = 16
/** A face counts from here on; below it faces of dolls and patterns begin. */
const LEAST_SCORE = 0.5
/** Boxes that overlap this much are the same face. */
const SAME_FACE = 0.3
/** Parts of the picture: at each level their side is this share of the longer side, and they overlap by half. */
const LEVELS = [1, 0.5, 0.25] as const
/** Once a sure face of this share of a part's side is found, smaller parts can only find smaller ones beside it. */
const CLEAR_SHARE = 0.14
/** What is surer than this is a face; patterns and patches of helmets reach 0.7. */
const CLEAR_SCORE = 0.8

/** All faces, the largest first. Parts are looked at until a face is large enough in one to be the picture's main one. */
export async function detectFaces({ tf, models }: FaceModels, pyramid: Pyramid): Promise<DetectedFace[]> {
  const { width, height } = pyramid[0]!
  const found: DetectedFace[] = []
  for (const level of LEVELS) {
    const size = Math.max(width, height) * level
    for (const part of partsOf(width, height, size, level === 1)) {
      for (const turn of level === 1 ? [0, -0.5, 0.5] : [0]) {
        found.push(...(await lookAt({ tf, models }, pyramid, { ...part, angle: turn })))
      }
    }
    if (found.some((face) => face.size > size * CLEAR_SHARE && face.score > CLEAR_SCORE)) break
  }
  return merge(found).sort((a, b) => b.size - a.size)
}

/** Squares that cover the picture. The whole one stands a little apart, so that faces that fill it fit its middle. */
function partsOf(width: number, height: number, size: number, isWhole: boolean): Omit<Patch, 'angle'>[] {
  if (isWhole) return [1, 1.4].map((factor) => ({ x: width / 2, y: height / 2, size: size * factor }))
  const along = (length: number): number[] => {
    const count = Math.max(1, Math.ceil((length - size) / (size / 2)) + 1)
    return Array.from({ length: count }, (_, i) =>
      count === 1 ? length / 2 : size / 2 + ((length - size) * i) / (count - 1),
    )
  }
  return along(height).flatMap((y) => along(width).map((x) => ({ x, y, size })))
}

async function lookAt({ tf, models }: FaceModels, pyramid: Pyramid, patch: Patch): Promise<DetectedFace[]> {
  const pixels = samplePatch(pyramid, patch, INPUT, 2)
  for (let i = 0; i < pixels.length; i++) pixels[i]! -= 1
  const input = tf.tensor(pixels, [1, INPUT, INPUT, 3])
  const outputs = models.blazeface.execute(input)
  const of = async (count: number, width: number) => {
    const tensor = outputs.find(({ shape }) => shape.at(-2) === count && shape.at(-1) === width)
    return (await tensor?.data()) ?? new Float32Array(0)
  }
  const faces: DetectedFace[] = []
  const place = patchPlace(patch, INPUT)
  const step = patch.size / INPUT
  for (const { cells, anchors } of GRIDS) {
    const count = cells * cells * anchors
    const scores = await of(count, 1)
    const boxes = await of(count, STRIDE)
    for (let i = 0; i < scores.length; i++) {
      const score = 1 / (1 + Math.exp(-scores[i]!))
      if (score < LEAST_SCORE) continue
      const cell = Math.floor(i / anchors)
      const cx = (((cell % cells) + 0.5) * INPUT) / cells
      const cy = ((Math.floor(cell / cells) + 0.5) * INPUT) / cells
      const box = boxes.subarray(i * STRIDE, (i + 1) * STRIDE)
      const [x, y] = place(cx + box[0]!, cy + box[1]!)
      const roll = Math.atan2(box[7]! - box[5]!, box[6]! - box[4]!) + patch.angle
      faces.push({ x, y, size: ((box[2]! + box[3]!) / 2) * step, score, roll })
    }
  }
  for (const tensor of [input, ...outputs]) tensor.dispose()
  return faces
}

/** Boxes of the same face become the surest of them. */
function merge(faces: readonly DetectedFace[]): DetectedFace[] {
  const kept: DetectedFace[] = []
  for (const face of faces.toSorted((a, b) => b.score - a.score)) {
    if (!kept.some((other) => overlap(other, face) > SAME_FACE)) kept.push(face)
  }
  return kept
}

/** Shared area over the smaller one's area: a face in a face is one. */
function overlap(a: DetectedFace, b: DetectedFace): number {
  const along = (p: number, q: number) =>
    Math.max(0, Math.min(p + a.size / 2, q + b.size / 2) - Math.max(p - a.size / 2, q - b.size / 2))
  return (along(a.x, b.x) * along(a.y, b.y)) / Math.min(a.size, b.size) ** 2
}
