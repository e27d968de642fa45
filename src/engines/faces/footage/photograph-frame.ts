// The head of a film's frame as a photo, and how sharp it is.
import type { TrackedFace } from '../../../core/footage.ts'
import type { FaceModels } from '../face-models.ts'
import { detectFaces } from '../photo/detect-faces.ts'
import { meshFace } from '../photo/face-mesh.ts'
import { headPose } from '../photo/head-pose.ts'
import type { Photo } from '../photo/photo.ts'
import { makePyramid, samplePatch } from '../photo/sample-patch.ts'
import { cutFrame, type Frame } from './sample-frame.ts'

/** The part that is cut out is so many times as large as the face's points: mouth shapes reach down the neck. */
const CROP = 2.2
/** Side of the sample in which edges are looked for. */
const EDGE_INPUT = 192

/** A face in a frame. */
export type Photograph = {
  /** Opaque throughout: nobody is cut out. */
  readonly photo: Photo
  /** Steepness of the steepest edges of the face, 0 to 1 of its contrast. */
  readonly sharpness: number
}

/** Smaller faces have no mouth to speak of, pixels of the face's points. */
const LEAST_FACE = 48

/** Takes the photo; null where the face is too small or cannot be seen again in the part that is cut out. */
export async function photographFrame(models: FaceModels, frame: Frame, face: TrackedFace): Promise<Photograph | null> {
  const box = boxOf(face.points)
  if (box.size < LEAST_FACE) return null
  const size = box.size * CROP
  const { rgb, width, height } = cutFrame(frame, box.x - size / 2, box.y - size / 2, size)
  const pyramid = makePyramid({ width, height, rgb })
  const [found] = await detectFaces(models, pyramid)
  const mesh = found && (await meshFace(models, pyramid, found))
  if (!mesh) return null
  const own = boxOf(mesh.points)
  const photo: Photo = {
    width,
    height,
    rgb,
    matte: new Uint8Array(width * height).fill(255),
    backdropRgb: rgb,
    landmarks: mesh.points,
    faceBox: { x: own.x - own.size / 2, y: own.y - own.size / 2, width: own.size, height: own.size },
    pose: headPose(mesh.points),
  }
  const luma = samplePatch(pyramid, { ...mesh.frame, size: mesh.frame.size * 0.9 }, EDGE_INPUT, 1)
  return { photo, sharpness: sharpnessOf(luma) }
}

/** The middle of a face's points and their longer side. */
function boxOf(points: Float32Array): { x: number; y: number; size: number } {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < points.length; i += 3) {
    left = Math.min(left, points[i]!)
    right = Math.max(right, points[i]!)
    top = Math.min(top, points[i + 1]!)
    bottom = Math.max(bottom, points[i + 1]!)
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, size: Math.max(right - left, bottom - top) }
}

function sharpnessOf(rgb: Float32Array): number {
  const green = rgb.filter((_, i) => i % 3 === 1)
  const steps: number[] = []
  for (let y = 1; y < EDGE_INPUT - 1; y++) {
    for (let x = 1; x < EDGE_INPUT - 1; x++) {
      const at = y * EDGE_INPUT + x
      const across = green[at + 1]! - green[at - 1]!
      steps.push(Math.hypot(across, green[at + EDGE_INPUT]! - green[at - EDGE_INPUT]!) / 2)
    }
  }
  const sorted = green.toSorted()
  const contrast = sorted[Math.floor(sorted.length * 0.98)]! - sorted[Math.floor(sorted.length * 0.02)]!
  return steps.sort((a, b) => a - b)[Math.floor(steps.length * 0.99)]! / Math.max(0.05, contrast)
}
