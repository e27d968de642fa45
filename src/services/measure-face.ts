// The face of a finished video, frame by frame, as a face model sees it.
import type { FaceSample } from '../domain/life/life-report.ts'
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
/**
 * The mesh model sees the same lips a little wider or narrower open when its square is placed otherwise, by up to a tenth
 * of the widest gap. Three looks per frame, as [size, shift down] in shares of the square, level most of that out.
 */
const LOOKS = [
  [1, 0],
  [0.95, 0.04],
  [1.05, -0.04],
] as const
/** Upper lid, lower lid, outer and inner corner of each eye. */
const LIDS = { left: [159, 145, 33, 133], right: [386, 374, 263, 362] } as const
/** Points over forehead, temples and the bridge of the nose, which no expression moves: their mean is where the head is. */
const STEADY = [10, 338, 297, 332, 284, 251, 109, 67, 103, 54, 21, 151, 9, 8, 168, 6, 197, 195, 127, 356] as const
/** Frames until a face that was lost is looked for again. */
const SEARCH_EVERY = 5

/**
 * Measures every frame; null where no face is seen. Lengths are shares of the distance of the outer corners of the eyes.
 * The square in which the face is looked for stands still while the face stays in it, so that what moves is the mouth.
 * @param onFrame called after each frame with its number.
 */
export async function measureFace(
  path: string,
  options: { readonly signal?: AbortSignal; readonly onFrame?: (frame: number) => void } = {},
): Promise<(FaceSample | null)[]> {
  const landmarker = await openLandmarker()
  const samples: (FaceSample | null)[] = []
  let square: Square | null = null
  let lostAt = Number.NEGATIVE_INFINITY
  for await (const frame of decodeFrames(path)) {
    options.signal?.throwIfAborted()
    let faces: FaceLandmarks[] = square ? await lookAt(landmarker, frame, square) : []
    if (faces.length === 0 && frame.index - lostAt >= SEARCH_EVERY) {
      const found = await landmarker.detect(planesToRgb(frame), frame.width, frame.height)
      square = found?.crop ?? null
      if (square) faces = await lookAt(landmarker, frame, square)
      else lostAt = frame.index
    }
    const crop: Square | undefined = faces[0]?.crop
    if (crop && square && hasDrifted(square, crop)) square = crop
    samples.push(faces.length > 0 ? meanOf(faces.map(({ points }) => sampleOf(points))) : null)
    options.onFrame?.(frame.index)
  }
  return samples
}

function sampleOf(points: Float32Array): FaceSample {
  const eyes = meshDistance(points, MESH.leftEye, MESH.rightEye)
  const at = (index: number) => [points[index * 3]!, points[index * 3 + 1]!, points[index * 3 + 2]!] as const
  const [lx, ly, lz] = at(MESH.leftEye)
  const [rx, ry, rz] = at(MESH.rightEye)
  // Nods are read from y: depth of the face's lower half follows the jaw.
  const middle = (axis: 0 | 1) => STEADY.reduce((sum, index) => sum + at(index)[axis], 0) / STEADY.length
  const lid = (upper: number, lower: number, outer: number, inner: number) =>
    meshDistance(points, upper, lower) / meshDistance(points, outer, inner)
  return {
    gap: meshDistance(points, MESH.innerUpperLip, MESH.innerLowerLip) / eyes,
    width: meshDistance(points, MESH.leftCorner, MESH.rightCorner) / eyes,
    lids: (lid(...LIDS.left) + lid(...LIDS.right)) / 2,
    x: middle(0),
    y: middle(1),
    eyeDistance: eyes,
    yaw: (Math.atan2(rz - lz, rx - lx) * 180) / Math.PI,
    roll: (Math.atan2(ry - ly, rx - lx) * 180) / Math.PI,
  }
}

function meanOf(samples: readonly FaceSample[]): FaceSample {
  const mean = (key: keyof FaceSample) => samples.reduce((sum, sample) => sum + sample[key], 0) / samples.length
  return {
    gap: mean('gap'),
    width: mean('width'),
    lids: mean('lids'),
    x: mean('x'),
    y: mean('y'),
    eyeDistance: mean('eyeDistance'),
    yaw: mean('yaw'),
    roll: mean('roll'),
  }
}

/** The faces that {@link LOOKS} see. Only the square is turned into RGB: a tenth of the work. */
async function lookAt(landmarker: Landmarker, frame: Picture, square: Square): Promise<FaceLandmarks[]> {
  const border = square.size * 0.1
  const { part, left, top } = cropPicture(frame, square.x - border, square.y - border, square.size + border * 2)
  const rgb = planesToRgb(part)
  const faces: FaceLandmarks[] = []
  for (const [share, down] of LOOKS) {
    const size = square.size * share
    const x = square.x - left + (square.size - size) / 2
    const y = square.y - top + (square.size - size) / 2 + square.size * down
    const face = await landmarker.detect(rgb, part.width, part.height, { x, y, size })
    if (!face) continue
    // Points come back in the part's own pixels.
    const points = face.points.map((value, i) => value + [left, top, 0][i % 3]!)
    faces.push({ ...face, points, crop: { ...face.crop, x: face.crop.x + left, y: face.crop.y + top } })
  }
  return faces
}

function hasDrifted(from: Square, to: Square): boolean {
  const middle = (square: Square) => [square.x + square.size / 2, square.y + square.size / 2] as const
  const [fromX, fromY] = middle(from)
  const [toX, toY] = middle(to)
  return Math.hypot(toX - fromX, toY - fromY) > DRIFT * from.size
}
