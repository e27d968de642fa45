// Finds a face in a picture and the points of its mesh, with the face model of `human` on WebAssembly.
import { Fault } from '../../core/errors.ts'
import { loadHuman } from './face-models.ts'

/** Points of MediaPipe's face mesh that measure a mouth. Source: MediaPipe canonical face model. */
export const MESH = {
  innerUpperLip: 13,
  innerLowerLip: 14,
  leftCorner: 61,
  rightCorner: 291,
  leftEye: 33,
  rightEye: 263,
} as const

/** A square of a picture, in pixels. */
export type Square = { readonly x: number; readonly y: number; readonly size: number }

/** The face that was found. */
export type FaceLandmarks = {
  /** 468 times x, y, z in picture pixels (z grows away from the viewer), unrounded. */
  readonly points: Float32Array
  /** 0 to 1: how sure the model is that this is a face. */
  readonly score: number
  /** Where these points say the mesh is best looked for. */
  readonly crop: Square
}

/** A loaded face model. */
export type Landmarker = {
  /**
   * Finds the face. With `crop` the mesh is looked for there and nowhere else, which keeps the points of one face steady
   * over the frames of a video and costs a third of the time.
   * @param rgb packed 8-bit RGB, width x height.
   * @returns null where there is no face.
   */
  detect(rgb: Uint8Array, width: number, height: number, crop?: Square): Promise<FaceLandmarks | null>
}

/** Side of the picture that the mesh model takes. */
const MESH_INPUT = 192
/**
 * Side of the square that the mesh model is given, over the longer side of the face's points. MediaPipe gives it 1.5; a
 * little less shows it the lips larger, and it reads closed lips as more nearly closed.
 */
const CROP_SCALE = 1.36
/** Below this the model sees no face. Source: MediaPipe's default for tracking. */
const LEAST_SCORE = 0.5
/** Longest side that the face detector is given: it works at 256 pixels itself. */
const DETECT_SIDE = 640

/**
 * Loads the face model (2 MB, nothing from the network) once; it stays loaded, since the library keeps one for all.
 * @throws Fault `unavailable` where the model cannot be loaded.
 */
export async function openLandmarker(): Promise<Landmarker> {
  const human = await loadHuman()
  const meshModel = human.models.models.facemesh
  if (!meshModel) throw new Fault('unavailable', 'The face model did not load.')

  const find = async (rgb: Uint8Array, width: number, height: number): Promise<Square | null> => {
    const scale = Math.min(1, DETECT_SIDE / Math.max(width, height))
    const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
    const input = human.tf.tensor(resample(rgb, width, height, 0, 0, width / w, height / h, w, h, 255), [1, h, w, 3])
    const found = await human.detect(input)
    input.dispose()
    if (found.error) throw new Fault('internal', `The face model failed: ${found.error}`)
    const face = found.face[0]
    return face ? cropAround(face.mesh.map(([x, y]) => [x! / scale, y! / scale])) : null
  }

  const mesh = async (rgb: Uint8Array, width: number, height: number, crop: Square): Promise<FaceLandmarks | null> => {
    const step = crop.size / MESH_INPUT
    const pixels = resample(rgb, width, height, crop.x, crop.y, step, step, MESH_INPUT, MESH_INPUT, 1)
    const input = human.tf.tensor(pixels, [1, MESH_INPUT, MESH_INPUT, 3])
    const outputs = meshModel.execute(input)
    const scoreTensor = outputs.find((tensor) => tensor.shape.at(-1) === 1)
    const pointTensor = outputs.find((tensor) => tensor.shape.at(-1) === 1404)
    const score = (await scoreTensor?.data())?.[0] ?? 0
    const raw = await pointTensor?.data()
    for (const tensor of [input, ...outputs]) tensor.dispose()
    if (!raw || score < LEAST_SCORE) return null
    const points = Float32Array.from(raw, (value, i) => value * step + [crop.x, crop.y, 0][i % 3]!)
    return { points, score, crop: cropAround(pointsOf(points)) }
  }

  return {
    async detect(rgb, width, height, crop) {
      if (crop) return mesh(rgb, width, height, crop)
      const found = await find(rgb, width, height)
      const first = found && (await mesh(rgb, width, height, found))
      // The second look, from points that the mesh model itself found, is centred better than the detector's box.
      return first && mesh(rgb, width, height, first.crop)
    },
  }
}

/** Distance between two points of a mesh, in pixels of the picture's plane. */
export function meshDistance(points: Float32Array, a: number, b: number): number {
  return Math.hypot(points[a * 3]! - points[b * 3]!, points[a * 3 + 1]! - points[b * 3 + 1]!)
}

/** The square that the mesh model wants to see around a face's points. */
function cropAround(points: readonly (readonly number[])[]): Square {
  const xs = points.map((point) => point[0]!)
  const ys = points.map((point) => point[1]!)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
  const size = Math.max(right - left, bottom - top) * CROP_SCALE
  return { x: (left + right - size) / 2, y: (top + bottom - size) / 2, size }
}

function pointsOf(points: Float32Array): number[][] {
  return Array.from({ length: points.length / 3 }, (_, i) => [points[i * 3]!, points[i * 3 + 1]!])
}

/** Cuts and scales a part of a picture; the edge is drawn out where the part lies outside; white is `white`. */
function resample(
  rgb: Uint8Array,
  width: number,
  height: number,
  x0: number,
  y0: number,
  stepX: number,
  stepY: number,
  outWidth: number,
  outHeight: number,
  white: number,
): Float32Array {
  // Where the picture shrinks, each pixel is the mean of several samples, so that thin lips do not fall between them.
  const taps = Math.max(1, Math.min(4, Math.round(Math.max(stepX, stepY))))
  const out = new Float32Array(outWidth * outHeight * 3)
  const weight = white / 255 / (taps * taps)
  let at = 0
  for (let row = 0; row < outHeight; row++) {
    for (let column = 0; column < outWidth; column++, at += 3) {
      for (let tap = 0; tap < taps * taps; tap++) {
        const x = x0 + (column + ((tap % taps) + 0.5) / taps) * stepX - 0.5
        const y = y0 + (row + (Math.floor(tap / taps) + 0.5) / taps) * stepY - 0.5
        addSample(rgb, width, height, x, y, weight, out, at)
      }
    }
  }
  return out
}

function addSample(
  rgb: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  weight: number,
  out: Float32Array,
  at: number,
): void {
  const cx = Math.min(width - 1, Math.max(0, x))
  const cy = Math.min(height - 1, Math.max(0, y))
  const left = Math.floor(cx)
  const top = Math.floor(cy)
  const fx = cx - left
  const fy = cy - top
  const a = (top * width + left) * 3
  const b = left + 1 < width ? a + 3 : a
  const down = top + 1 < height ? width * 3 : 0
  for (let channel = 0; channel < 3; channel++) {
    const upper = rgb[a + channel]! * (1 - fx) + rgb[b + channel]! * fx
    const lower = rgb[a + down + channel]! * (1 - fx) + rgb[b + down + channel]! * fx
    out[at + channel]! += (upper * (1 - fy) + lower * fy) * weight
  }
}
