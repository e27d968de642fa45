// What a picture has become once its one face is found and its person cut out: all that a photo's rig is made from.
import type { Box } from '../../../core/rig.ts'

/** How a head is turned, in radians. */
export type HeadPose = {
  /** Positive: the nose points to the picture's right. */
  readonly yaw: number
  /** Positive: the nose points down. */
  readonly pitch: number
  /** Positive: the crown leans to the picture's right (clockwise as seen). */
  readonly roll: number
}

/** A portrait, upright, checked and ready to be meshed; all coordinates in its pixels. */
export type Photo = {
  /** Even; the longer side is at most {@link PHOTO_SIDE}. */
  readonly width: number
  readonly height: number
  /** 3 a pixel, sRGB; where the matte is soft, the person's own colour without the background's. */
  readonly rgb: Uint8Array
  /** How much of each pixel is person, 0-255. */
  readonly matte: Uint8Array
  /** The photo with the person's hole filled: 3 a pixel, same size. */
  readonly backdropRgb: Uint8Array
  /** 478 x (x, y, z): MediaPipe's face mesh of 468 and 5 points for each iris; z towards the viewer, scaled like x. */
  readonly landmarks: Float32Array
  readonly faceBox: Box
  readonly pose: HeadPose
}

/** The longest side of a photo that is worked on, in pixels; larger pictures are scaled down. */
export const PHOTO_SIDE = 2048
