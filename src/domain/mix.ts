// The whole video's sound: every scene's speech at its place, exactly as long as the picture.
import type { Plan, PlannedScene } from '../core/plan.ts'
import { SAMPLE_RATE, type Speech } from '../core/speech.ts'
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
    const speech = speeches[index]
    const said = speech?.samples.subarray(0, end - done)
    if (speech && said) {
      yield* softened(said, fadesOf(speech.phones, said.length, scene, plan.canvas.fps))
      done += said.length
    }
    for (; done < end; done += Math.min(SILENCE, end - done)) yield new Float32Array(Math.min(SILENCE, end - done))
  }
}

type Fades = { readonly rise: number; readonly fall: number }

/** In a cross-fade what is heard before the first phone rises and what is heard after the last falls; words stay whole. */
function fadesOf(
  phones: Speech['phones'],
  length: number,
  { before = 0, after = 0 }: PlannedScene,
  fps: number,
): Fades {
  const spoken = phones.filter(({ phone }) => phone !== '_')
  const first = (spoken[0]?.startSeconds ?? Number.POSITIVE_INFINITY) * SAMPLE_RATE
  const rest = length - (spoken.at(-1)?.endSeconds ?? 0) * SAMPLE_RATE
  const within = (frames: number, free: number) => Math.round(Math.max(FADE, Math.min(free, soundLength(frames, fps))))
  return { rise: within(before, first), fall: within(after, rest) }
}

/** The same samples, softly begun and ended; what lies between is a view. */
function* softened(samples: Float32Array, fades: Fades): Generator<Float32Array> {
  const most = Math.floor(samples.length / 2)
  const [rise, fall] = [Math.min(fades.rise, most), Math.min(fades.fall, most)]
  yield samples.slice(0, rise).map((sample, at) => (sample * (at + 0.5)) / rise)
  yield samples.subarray(rise, samples.length - fall)
  yield samples.slice(samples.length - fall).map((sample, at) => (sample * (fall - at - 0.5)) / fall)
}
