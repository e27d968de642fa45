// One scene's face track: mouth, eyes, brows, breath and head, a row a frame.
import { type FaceTrack, HEAD_CHANNEL_COUNT } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'
import type { Speech } from '../core/speech.ts'
import { planMouth } from './lipsync/plan-mouth.ts'
import { planBrows } from './motion/brows.ts'
import { findEmphases, findPauses } from './motion/emphasis.ts'
import { planEyes } from './motion/eyes.ts'
import { planHead } from './motion/head.ts'

/**
 * Plans how a face moves through a scene.
 *
 * @param speech what is said, or null where the avatar only waits: its lips then stay at rest.
 * @param frameCount of the scene; frames past the end of the speech are silent ones.
 */
export function planFace(speech: Speech | null, frameCount: number, fps: number, seed: number): FaceTrack {
  const shapes = new Float32Array(frameCount * SHAPE_COUNT)
  const head = new Float32Array(frameCount * HEAD_CHANNEL_COUNT)
  const emphases = speech ? findEmphases(speech) : []
  const pauses = speech ? findPauses(speech) : []
  planHead(head, { seed, fps, emphases, pauses })
  planBrows(shapes, { seed, fps, emphases, pauses })
  planEyes(shapes, head, { seed, fps, pauses })
  if (speech) planMouth(speech, shapes, fps)
  return { shapes, head }
}
