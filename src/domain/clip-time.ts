// Which moment of a clip stands behind which frame of its scene.
import type { PlayStyle } from '../core/spec.ts'

/** A clip behind a scene. */
export type ClipPlay = {
  readonly playStyle: PlayStyle
  /** Of the clip. */
  readonly clipSeconds: number
}

/**
 * The moment of the clip that a frame shows: `fit_to_scene` stretches the clip over the scene, `loop` begins it again,
 * `freeze` and `full_video` hold its last picture, `once` ends with it.
 * @param frame of the scene, from 0. @param frameCount of the scene.
 * @returns seconds from the clip's start, or null where it is over.
 */
export function clipTimeAt(
  { playStyle, clipSeconds }: ClipPlay,
  frame: number,
  frameCount: number,
  fps: number,
): number | null {
  const seconds = frame / fps
  if (playStyle === 'fit_to_scene') return (frame / frameCount) * clipSeconds
  // Where a loop's end falls between two frames, the next round begins at the later one.
  if (playStyle === 'loop') return (frame % Math.max(1, Math.round(clipSeconds * fps))) / fps
  if (seconds < clipSeconds - TOLERANCE) return seconds
  return playStyle === 'once' ? null : clipSeconds
}

/** Of times that come from rounded timestamps, in seconds. */
const TOLERANCE = 1e-4
