// The head as a solid: how deep each place of the picture lies, and how far it goes with the head's turn.
import { fade, mix, smoothstep } from './ease.ts'
import { type FaceFrame, landmark, MILLIMETRE, outsideFace } from './face-frame.ts'
import { OVAL, POINT } from './landmark-sets.ts'
import type { Photo } from './photo.ts'

/** Depth and weights of places in rig space. */
export type HeadShape = {
  /** Rig pixels towards the viewer. */
  depthAt(x: number, y: number): number
  /** 0 stays with the body, 1 goes with the skull. */
  weightAt(x: number, y: number): number
  /** 0 where the picture's border cuts the person, 1 well inside it: what is cut must not move. */
  pinAt(x: number, y: number): number
}

/** Landmarks of the mesh proper; the irises behind them lie on no skin. */
const MESH_POINTS = 468
/** Depth is smoothed over about this distance. */
const SOFTNESS = 5 * MILLIMETRE
/** Beyond the face's outline the head curves back this many millimetres a millimetre, down to behind the ears. */
const CURVING_BACK = 0.8
const BEHIND_EARS = 14 * MILLIMETRE
/** The neck bends over this length below the jaw. */
const NECK = 95 * MILLIMETRE
/** Near the picture's border the person comes to rest over this distance. */
const PINNED = 28 * MILLIMETRE

/** Describes the head. */
export function shapeHead(photo: Photo, face: FaceFrame): HeadShape {
  const { points, earDepth } = face
  const depthOf = (indices: readonly number[], x: number, y: number, softness: number) => {
    let sum = 0
    let total = 0
    for (const i of indices) {
      const [dx, dy] = [points[i * 3]! - x, points[i * 3 + 1]! - y]
      const weight = 1 / (dx * dx + dy * dy + softness * softness) ** 2
      sum += weight * points[i * 3 + 2]!
      total += weight
    }
    return sum / total
  }
  const mesh = Array.from({ length: MESH_POINTS }, (_, i) => i)
  const chin = landmark(face, POINT.chin)
  const ears = [landmark(face, POINT.leftEar), landmark(face, POINT.rightEar)] as const
  const middle = (ears[0].x + ears[1].x) / 2
  const half = Math.abs(ears[1].x - ears[0].x) / 2
  const pinAt = (x: number, y: number) =>
    (['left', 'right', 'top', 'bottom'] as const).reduce((least, border) => {
      const far = { left: x, right: face.width - x, top: y, bottom: face.height - y }[border]
      if (far >= PINNED) return least
      return Math.min(least, mix(1, smoothstep(0, PINNED, far), cutAt(photo, border, x / face.scale, y / face.scale)))
    }, 1)
  return {
    depthAt(x, y) {
      const outside = outsideFace(face, x, y)
      const inner = outside < 6 ? depthOf(mesh, x, y, SOFTNESS) : 0
      if (outside === 0) return inner
      const outer = depthOf(OVAL, x, y, SOFTNESS) - CURVING_BACK * outside * MILLIMETRE
      return Math.max(earDepth - BEHIND_EARS, mix(inner, outer, smoothstep(0, 6, outside)))
    },
    weightAt(x, y) {
      // Beside the face hair goes with the head down to near the chin; under the jaw the neck begins higher up.
      const aside = smoothstep(0.5, 1.05, Math.abs(x - middle) / half)
      const from = chin.y - mix(2, 22, aside) * MILLIMETRE
      return fade(from, from + NECK, y) * pinAt(x, y)
    },
    pinAt,
  }
}

/** How much of the picture's border next to a place is person, 0 to 1. */
function cutAt({ matte, width, height }: Photo, border: 'left' | 'right' | 'top' | 'bottom', x: number, y: number) {
  const reach = Math.round(0.04 * Math.max(width, height))
  let sum = 0
  let count = 0
  for (let step = -reach; step <= reach; step += Math.max(1, Math.floor(reach / 8))) {
    const level = border === 'top' || border === 'bottom'
    const column = level ? Math.round(x) + step : border === 'left' ? 1 : width - 2
    const row = level ? (border === 'top' ? 1 : height - 2) : Math.round(y) + step
    if (column < 0 || row < 0 || column >= width || row >= height) continue
    sum += matte[row * width + column]! / 255
    count++
  }
  return count ? sum / count : 0
}
