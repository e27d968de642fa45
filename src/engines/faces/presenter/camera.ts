// The portrait lens: from decimetres of a person to the pixels of rig space.
import type { Human } from './human.ts'

/** Size of rig space in pixels. */
export const RIG_WIDTH = 1400
export const RIG_HEIGHT = 2000
/** Crown (hair included) to chin, in rig pixels. */
const HEAD_HEIGHT = 560
/** Where the crown stands, in rig pixels from the top edge. */
const HEAD_TOP = 160
/** Camera to face, in decimetres: the usual portrait distance, which flatters a nose. */
const DISTANCE = 20

/** A camera at eye height that looks straight along -z. */
export type Camera = {
  /** Rig pixels a decimetre in the plane of the eyes. */
  readonly scale: number
  /** The eye of the camera, in decimetres. */
  readonly eye: readonly [number, number, number]
  /** z of the plane that `scale` holds for. */
  readonly planeZ: number
  /** Where the camera's axis meets rig space. */
  readonly originX: number
  readonly originY: number
}

/** Frames a person: head at the top of rig space, middle of the face in the middle. */
export function frameCamera(human: Human): Camera {
  const eyeY = (human.eyeLeft[1] + human.eyeRight[1]) / 2
  const eyeX = (human.eyeLeft[0] + human.eyeRight[0]) / 2
  const planeZ = (human.eyeLeft[2] + human.eyeRight[2]) / 2
  let top = human.crown[1]
  for (const part of human.parts) {
    if (part.kind !== 'hair') continue
    for (let i = 1; i < part.positions.length; i += 3) top = Math.max(top, part.positions[i]!)
  }
  const scale = HEAD_HEIGHT / (top - human.chin[1])
  return {
    scale,
    eye: [eyeX, eyeY, planeZ + DISTANCE],
    planeZ,
    originX: RIG_WIDTH / 2,
    originY: HEAD_TOP + (top - eyeY) * scale,
  }
}

/** Decimetres to rig pixels: x right, y down, z towards the viewer in the scale of x and y. 3 values a point. */
export function project(camera: Camera, points: Float32Array): Float32Array {
  const out = new Float32Array(points.length)
  for (let i = 0; i < points.length; i += 3) {
    const depth = points[i + 2]! - camera.planeZ
    const size = (camera.scale * DISTANCE) / (DISTANCE - depth)
    out[i] = camera.originX + (points[i]! - camera.eye[0]) * size
    out[i + 1] = camera.originY - (points[i + 1]! - camera.eye[1]) * size
    out[i + 2] = depth * camera.scale
  }
  return out
}

/** What `offsets` at `points` become in rig pixels. */
export function projectOffsets(camera: Camera, points: Float32Array, offsets: Float32Array): Float32Array {
  const moved = new Float32Array(points.length)
  for (let i = 0; i < points.length; i++) moved[i] = points[i]! + offsets[i]!
  const from = project(camera, points)
  const to = project(camera, moved)
  for (let i = 0; i < to.length; i++) to[i]! -= from[i]!
  return to
}

/** One point through {@link project}. */
export function projectPoint(camera: Camera, point: readonly [number, number, number]) {
  const [x, y, z] = project(camera, Float32Array.from(point))
  return { x: x!, y: y!, z: z! }
}
