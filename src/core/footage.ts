// A filmed face that gets a new mouth: the mouth that is laid over it, and how the face stands in each frame.
import type { Rig, TexturePlanes } from './rig.ts'

/** What becomes of footage that is shorter than its new sound. The first is the default. */
export const PLAYBACKS = ['normal', 'normal_reverse', 'normal_reverse_by_audio'] as const
export type Playback = (typeof PLAYBACKS)[number]

/** How many landmarks of a face are followed through footage: MediaPipe's face mesh without the irises. */
export const TRACKED_POINTS = 468

/** A face in one frame of footage. */
export type TrackedFace = {
  /** TRACKED_POINTS times x, y, z in pixels of the frame; z towards the viewer. */
  readonly points: Float32Array
  /** 0 to 1: how sure the model is that this is a face. */
  readonly score: number
  /** True where the face was found anew: what came before may have been another one, or another shot. */
  readonly isFresh: boolean
}

/**
 * A mouth with the skin round it, made of one frame of footage. Rig space is that of its rig; `filmed` places are those of
 * landmarks in it.
 */
export type FilmedMouth = {
  /** The mouth's inside, back to front, and last the skin of the lower face, `face`: its lips rest closed. */
  readonly rig: Rig
  /** The skin's texture as a mask: luma 255 where the mouth's own picture is shown, 0 where that of the film is. */
  readonly mask: TexturePlanes
  /** For each skin vertex how far it goes with the film's own mouth, 0 to 1. */
  readonly hold: Float32Array
  /** For each skin vertex how far it is moved at all: 0 at the rim, where the film stays as it is. */
  readonly reach: Float32Array
  /** For each skin vertex {@link NEAR_POINTS} followed points and their weights. */
  readonly near: Uint16Array
  readonly nearWeights: Float32Array
  /** How many points are followed: {@link FilmedPose.moved} holds so many. */
  readonly pointCount: number
  /** Skin vertices round the lips, where the film and the mouth's picture show the same skin, for matching their light. */
  readonly ring: Uint32Array
  /** Y, U and V of each, in the mouth's own picture. */
  readonly ringColours: Float32Array
}

/** How many followed points say where a skin vertex is. */
export const NEAR_POINTS = 8

/** How a filmed face stands in a frame. */
export type FilmedPose = {
  /** From rig space to pixels of the frame: x' = c0 x + c1 y + c2 z + c3, y' = c4 x + c5 y + c6 z + c7. */
  readonly camera: Float32Array
  /** How far each followed point is from where it would be with closed lips, x and y in pixels of the frame. */
  readonly moved: Float32Array
  /** 0 to 1: how far the new mouth may be shown; 0 where no face is seen, or too far from the side. */
  readonly sure: number
}
