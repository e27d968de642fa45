// The whole video's sound: every scene's speech at its place, exactly as long as the picture.
import type { Plan } from '../core/plan.ts'
import type { Speech } from '../core/speech.ts'
import { soundLength } from '../core/time.ts'

/** Longest piece of silence, in samples. */
const SILENCE = 48000

/**
 * The sound of a plan in order, in pieces that are views of the speeches where something is said.
 * @returns mono at 48 kHz, together as long as the plan's frames to the nearest sample.
 */
export function* soundPieces(plan: Plan, speeches: readonly (Speech | null)[]): Generator<Float32Array> {
  let done = 0
  for (const [index, scene] of plan.scenes.entries()) {
    const end = soundLength(scene.startFrame + scene.frameCount, plan.canvas.fps)
    const said = speeches[index]?.samples.subarray(0, end - done)
    if (said) {
      yield said
      done += said.length
    }
    for (; done < end; done += Math.min(SILENCE, end - done)) yield new Float32Array(Math.min(SILENCE, end - done))
  }
}
