// The mouth of a finished video, frame by frame, as a face model sees it.
import type { MouthSample } from '../domain/sync/sync-report.ts'
import {
  type FaceLandmarks,
  type Landmarker,
  MESH,
  meshDistance,
  openLandmarker,
  type Square,
} from '../engines/faces/landmarks.ts'
import { decodeFrames } from '../engines/media/decode.ts'
import { cropPicture, type Picture, planesToRgb } from '../engines/media/planes.ts'

/** The face is looked for anew where its middle has moved by this share of its square. */
const DRIFT = 0.1
/** Frames until a face that was lost is looked for again. */
const SEARCH_EVERY = 5

/**
 * Measures every frame; null where no face is seen. Lengths are shares of the distance of the outer corners of the eyes.
 * The square in which the face is looked for stands still while the face stays in it, so that what moves is the mouth.
 * @param onFrame called after each frame with its number.
 */
export async function measureMouth(
  path: string,
  options: { readonly signal?: AbortSignal; readonly onFrame?: (frame: number) => void } = {},
): Promise<(MouthSample | null)[]> {
  const landmarker = await openLandmarker()
  const samples: (MouthSample | null)[] = []
  let square: Square | null = null
  let lostAt = Number.NEGATIVE_INFINITY
  try {
    for await (const frame of decodeFrames(path)) {
      options.signal?.throwIfAborted()
      let face: FaceLandmarks | null = square && (await lookAt(landmarker, frame, square))
      if (!face && frame.index - lostAt >= SEARCH_EVERY) {
        face = await landmarker.detect(planesToRgb(frame), frame.width, frame.height)
        square = face?.crop ?? null
        if (!face) lostAt = frame.index
      }
      if (face && square && hasDrifted(square, face.crop)) square = face.crop
      samples.push(face && mouthOf(face.points))
      options.onFrame?.(frame.index)
    }
  } finally {
    landmarker.close()
  }
  return samples
}

function mouthOf(points: Float32Array): MouthSample {
  const eyes = meshDistance(points, MESH.leftEye, MESH.rightEye)
  return {
    gap: meshDistance(points, MESH.innerUpperLip, MESH.innerLowerLip) / eyes,
    width: meshDistance(points, MESH.leftCorner, MESH.rightCorner) / eyes,
  }
}

/** Only the square is turned into RGB: a tenth of the work. */
async function lookAt(landmarker: Landmarker, frame: Picture, square: Square): Promise<FaceLandmarks | null> {
  const { part, left, top } = cropPicture(frame, square.x, square.y, square.size)
  const inside = { x: square.x - left, y: square.y - top, size: square.size }
  const face = await landmarker.detect(planesToRgb(part), part.width, part.height, inside)
  return face && { ...face, crop: { ...face.crop, x: face.crop.x + left, y: face.crop.y + top } }
}

function hasDrifted(from: Square, to: Square): boolean {
  const middle = (square: Square) => [square.x + square.size / 2, square.y + square.size / 2] as const
  const [fromX, fromY] = middle(from)
  const [toX, toY] = middle(to)
  return Math.hypot(toX - fromX, toY - fromY) > DRIFT * from.size
}
