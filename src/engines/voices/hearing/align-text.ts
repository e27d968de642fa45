// Lays the sounds of a known text along what is heard.
import type { Speech, TimedPhone, TimedWord } from '../../../core/speech.ts'
import { HEARD_RATE } from './network.ts'
import { CLASS_PHONES, classesOfPhone } from './sound-classes.ts'

/** A text laid along a recording. */
export type Alignment = Pick<Speech, 'words' | 'phones'> & {
  /** How well the text fits: the mean log likelihood of its sounds where they were laid, 0 at best. */
  readonly fit: number
}

/** One sound that is expected; a diphthong is two of them. */
type Expected = { readonly kind: number; readonly phone: number; readonly isSilence: boolean }

/** Nothing is less likely than this, in nepers: one sound that is said otherwise must not throw the others off. */
const LEAST = -7
/** What it costs to leave a sound out, as people do. */
const SKIP = 6
/** Ways that are worse than the best by more than this are given up. */
const BEAM = 250

/**
 * The times of a text's words and phones in a recording: of all ways to say its sounds in their order, with pauses between
 * words or none, the likeliest.
 * @param heard rows of a class' log likelihoods. @param seconds how long the recording is.
 * @param said the same text as a voice says it: its sounds and words are used, its times are not.
 */
export function alignText(heard: Float32Array, seconds: number, said: Pick<Speech, 'words' | 'phones'>): Alignment {
  const count = CLASS_PHONES.length
  const rows = heard.length / count
  const expected = expectedSounds(said.phones)
  const likely = (row: number, { kind }: Expected) => Math.max(LEAST, heard[row * count + kind]!)

  // Of each row only the sounds that are still in play are kept: from `first` on, where each came from (0, 1 or 2 back).
  const steps: { readonly first: number; readonly back: Uint8Array }[] = []
  let first = 0
  let scores = new Float64Array(Math.min(2, expected.length)).map((_, i) => likely(0, expected[i]!))
  steps.push({ first, back: new Uint8Array(scores.length) })
  for (let row = 1; row < rows; row++) {
    const most = scores.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
    let from = 0
    while (scores[from]! < most - BEAM) from++
    let to = scores.length
    while (scores[to - 1]! < most - BEAM) to--
    const nextFirst = first + from
    const nextEnd = Math.min(expected.length, first + to + 2)
    const next = new Float64Array(nextEnd - nextFirst)
    const back = new Uint8Array(next.length)
    const scoreOf = (sound: number) => scores[sound - first] ?? Number.NEGATIVE_INFINITY
    for (let sound = nextFirst; sound < nextEnd; sound++) {
      let [best, step] = [scoreOf(sound), 0]
      if (sound > 0 && scoreOf(sound - 1) > best) [best, step] = [scoreOf(sound - 1), 1]
      if (sound > 1) {
        const over = scoreOf(sound - 2) - (expected[sound - 1]!.isSilence ? 0 : SKIP)
        if (over > best) [best, step] = [over, 2]
      }
      next[sound - nextFirst] = best + likely(row, expected[sound]!)
      back[sound - nextFirst] = step
    }
    steps.push({ first: nextFirst, back })
    scores = next
    first = nextFirst
  }
  return timed(said, expected, steps, heard, seconds)
}

/** The sounds of some phones, with a pause that may be left out round every word. */
function expectedSounds(phones: readonly TimedPhone[]): readonly Expected[] {
  const pause = { kind: 0, phone: -1, isSilence: true }
  const expected: Expected[] = [pause]
  for (const [index, { phone, word }] of phones.entries()) {
    if (phone === '_') continue
    const before = phones[index - 1]
    if (before && before.word !== word && !expected.at(-1)!.isSilence) expected.push(pause)
    expected.push(...classesOfPhone(phone).map((kind) => ({ kind, phone: index, isSilence: false })))
  }
  expected.push(pause)
  return expected
}

function timed(
  said: Pick<Speech, 'words' | 'phones'>,
  expected: readonly Expected[],
  steps: readonly { readonly first: number; readonly back: Uint8Array }[],
  heard: Float32Array,
  seconds: number,
): Alignment {
  const count = CLASS_PHONES.length
  const last = steps.at(-1)!
  // The way ends in the last sound or the pause after it; where neither was reached, in what was reached.
  let sound = Math.min(expected.length - 1, last.first + last.back.length - 1)
  const rowsOf: number[] = new Array(steps.length)
  let [sum, sounding] = [0, 0]
  for (let row = steps.length - 1; row >= 0; row--) {
    rowsOf[row] = sound
    const { kind, isSilence } = expected[sound]!
    if (!isSilence) {
      sum += heard[row * count + kind]!
      sounding++
    }
    const { first, back } = steps[row]!
    sound -= back[sound - first]!
  }
  const phones: TimedPhone[] = []
  const words: TimedWord[] = []
  const wordOf = new Map<number, number>()
  for (let row = 0; row < rowsOf.length; ) {
    const { phone } = expected[rowsOf[row]!]!
    let end = row + 1
    while (end < rowsOf.length && expected[rowsOf[end]!]!.phone === phone) end++
    const startSeconds = row === 0 ? 0 : (row - 0.5) / HEARD_RATE
    const endSeconds = end === rowsOf.length ? seconds : (end - 0.5) / HEARD_RATE
    row = end
    const source = said.phones[phone]
    if (!source) {
      phones.push({ phone: '_', startSeconds, endSeconds, stress: 0, word: null })
      continue
    }
    const own = source.word!
    let word = wordOf.get(own)
    if (word === undefined) {
      word = words.length
      wordOf.set(own, word)
      words.push({ ...said.words[own]!, startSeconds, endSeconds })
    } else words[word] = { ...words[word]!, endSeconds }
    phones.push({ ...source, startSeconds, endSeconds, word })
  }
  return { words, phones, fit: sum / Math.max(1, sounding) }
}
