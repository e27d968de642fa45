// The whole video's sound: every scene's speech at its place, exactly as long as the picture.
import type { Plan } from '../core/plan.ts'
import type { Speech } from '../core/speech.ts'
import { soundLength } from '../core/time.ts'

/** Longest piece of silence, in samples. */
const SILENCE = 48000
/** Sound rises from and falls to nothing at a scene's ends within so many samples, 5 ms: a cut in a wave is a click. */
const FADE = 240

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
      yield* softened(said)
      done += said.length
    }
    for (; done < end; done += Math.min(SILENCE, end - done)) yield new Float32Array(Math.min(SILENCE, end - done))
  }
}

/** The same samples, softly begun and ended; what lies between is a view. */
function* softened(samples: Float32Array): Generator<Float32Array> {
  const length = Math.min(FADE, Math.floor(samples.length / 2))
  yield samples.slice(0, length).map((sample, at) => (sample * (at + 0.5)) / length)
  yield samples.subarray(length, samples.length - length)
  yield samples.slice(samples.length - length).map((sample, at) => (sample * (length - at - 0.5)) / length)
}
