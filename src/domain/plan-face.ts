// One scene's face track: mouth, eyes, brows, breath and head, a row a frame.
import { type FaceTrack, HEAD_CHANNEL_COUNT } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'
import type { Manner } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { planMouth } from './lipsync/plan-mouth.ts'
import { planBreath } from './motion/breath.ts'
import { planBrows } from './motion/brows.ts'
import { findEmphases } from './motion/emphasis.ts'
import { planEyes } from './motion/eyes.ts'
import { planHands } from './motion/hands.ts'
import { planHead } from './motion/head.ts'
import { bearingOf } from './motion/manner.ts'
import { findPhrases } from './motion/phrases.ts'
import { planWear } from './motion/wear.ts'

/** What a face is to do. */
export type FaceScene = {
  /** What is said, or null where the avatar only waits: its lips then stay at rest. */
  readonly speech: Speech | null
  /** The text that was spoken, whose marks end the phrases; null where there is none. */
  readonly script: string | null
  /** Frames past the end of the speech are silent ones. */
  readonly frameCount: number
  readonly fps: number
  readonly seed: number
  readonly manner?: Manner | undefined
}

/** Plans how a face moves through a scene. */
export function planFace({ speech, script, frameCount, fps, seed, manner }: FaceScene): FaceTrack {
  const shapes = new Float32Array(frameCount * SHAPE_COUNT)
  const head = new Float32Array(frameCount * HEAD_CHANNEL_COUNT)
  const bearing = bearingOf(manner)
  const phrases = speech ? findPhrases(speech, script) : []
  const emphases = speech ? findEmphases(speech, phrases) : []
  planHead(head, { seed, fps, bearing, emphases, phrases })
  planBrows(shapes, { seed, fps, bearing, emphases, phrases })
  planHands(shapes, { seed, fps, bearing, emphases })
  planEyes(shapes, head, { seed, fps, bearing, phrases })
  if (speech) planMouth(speech, shapes, fps, bearing.mouth)
  planBreath(shapes, { seed, fps, phrases })
  planWear(shapes, { seed, fps, bearing })
  return { shapes, head }
}
