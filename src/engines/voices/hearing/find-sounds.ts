// From likelihoods, fifty times a second, to sounds one after another.
import { HEARD_RATE } from './network.ts'
import { CLASS_PHONES } from './sound-classes.ts'

/** A stretch in which one class of sounds is heard. */
export type HeardSound = { readonly kind: number; readonly startSeconds: number; readonly endSeconds: number }

/** What it costs to change from one sound to the next, in nepers: without it, single rows would flicker. */
const CHANGE = 3

/**
 * The likeliest run of sounds (Viterbi 1967); changes cost the same whatever they are, since no language is known.
 * @param heard rows of a class' log likelihoods. @param seconds where the last sound ends.
 */
export function findSounds(heard: Float32Array, seconds: number): readonly HeardSound[] {
  const count = CLASS_PHONES.length
  const rows = heard.length / count
  const before = new Uint8Array(rows * count)
  let scores = new Float64Array(heard.subarray(0, count))
  for (let row = 1; row < rows; row++) {
    let best = 0
    for (let kind = 1; kind < count; kind++) if (scores[kind]! > scores[best]!) best = kind
    const next = new Float64Array(count)
    for (let kind = 0; kind < count; kind++) {
      const stays = scores[kind]! >= scores[best]! - CHANGE
      before[row * count + kind] = stays ? kind : best
      next[kind] = (stays ? scores[kind]! : scores[best]! - CHANGE) + heard[row * count + kind]!
    }
    scores = next
  }
  let kind = scores.reduce((best, score, each) => (score > scores[best]! ? each : best), 0)
  const sounds: HeardSound[] = []
  let endSeconds = seconds
  for (let row = rows - 1; row >= 0; row--) {
    const earlier = row === 0 ? -1 : before[row * count + kind]!
    if (earlier === kind) continue
    // Row i is what is heard round i / 50 s: it begins half a row before.
    const startSeconds = row === 0 ? 0 : (row - 0.5) / HEARD_RATE
    sounds.push({ kind, startSeconds, endSeconds })
    endSeconds = startSeconds
    kind = earlier
  }
  return sounds.reverse()
}
