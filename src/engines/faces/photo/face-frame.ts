// The face's own measures: how large it is, which way it stands, and its points in rig space.
import { Fault } from '../../../core/errors.ts'
import { OVAL, POINT } from './landmark-sets.ts'
import { distanceToOutline } from './outline.ts'
import type { Photo } from './photo.ts'

/** A direction or place in the picture's plane. */
export type Point = { readonly x: number; readonly y: number }

/** What the parts of a photo rig measure themselves by. */
export type FaceFrame = {
  /** Rig pixels a photo pixel. */
  readonly scale: number
  /** Size of rig space. */
  readonly width: number
  readonly height: number
  /** Landmarks in rig pixels, 3 each, z towards the viewer. */
  readonly points: Float32Array
  /** Unit vectors across and down the face as it is tilted in the picture. */
  readonly across: Point
  readonly down: Point
  /** The outline of the face, x and y a point. */
  readonly oval: Float32Array
  /** Where the jaw hinges and the ears stand: depth in rig pixels. */
  readonly earDepth: number
}

/**
 * Rig pixels a millimetre of face: heads of photos are then as large in rig space as those of presenters, so that motion
 * planned in rig pixels looks alike on both.
 */
export const MILLIMETRE = 2.2

/** Between the outer corners of the eyes of a grown person. Source: Farkas, Anthropometry of the Head and Face (1994). */
const EYE_SPAN = 90 * MILLIMETRE

/** Measures a photo's face. @throws Fault 'invalid' where the points lie on top of one another. */
export function measureFace({ width, height, landmarks }: Photo): FaceFrame {
  const from = POINT.leftEyeCorner * 3
  const to = POINT.rightEyeCorner * 3
  const [dx, dy, dz] = [0, 1, 2].map((k) => landmarks[to + k]! - landmarks[from + k]!) as [number, number, number]
  const flat = Math.hypot(dx, dy)
  if (!(flat > 1)) throw new Fault('invalid', 'The eyes in this picture cannot be told apart.')
  const scale = EYE_SPAN / Math.hypot(flat, dz)
  const points = landmarks.map((value) => value * scale)
  const across = { x: dx / flat, y: dy / flat }
  return {
    scale,
    width: width * scale,
    height: height * scale,
    points,
    across,
    down: { x: -across.y, y: across.x },
    oval: Float32Array.from(OVAL.flatMap((i) => [points[i * 3]!, points[i * 3 + 1]!])),
    earDepth: (points[POINT.leftEar * 3 + 2]! + points[POINT.rightEar * 3 + 2]!) / 2,
  }
}

/** A landmark's place in rig space. */
export function landmark({ points }: Pick<FaceFrame, 'points'>, index: number): Point & { readonly z: number } {
  return { x: points[index * 3]!, y: points[index * 3 + 1]!, z: points[index * 3 + 2]! }
}

/** Millimetres outside the outline of the face; 0 within. */
export function outsideFace({ oval }: FaceFrame, x: number, y: number): number {
  return Math.max(0, distanceToOutline(oval, x, y)) / MILLIMETRE
}
