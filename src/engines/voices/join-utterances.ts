// Joins spoken utterances into one Speech: pauses as long as asked, no clicks, one time line, one loudness.
import { SAMPLE_RATE, type Speech, type TimedPhone, type TimedWord, type Timing } from '../../core/speech.ts'
import { highPass, normaliseLoudness } from '../../domain/loudness.ts'
import { type TextRange, writtenWord } from '../../domain/script/written-words.ts'

/** A phone as an engine timed it, in seconds from the start of its utterance's sound. */
export type SpokenPhone = {
  readonly phone: string
  readonly startSeconds: number
  readonly endSeconds: number
  readonly stress: 0 | 1 | 2
  /** Index into {@link SpokenUtterance.words}, null for silence. */
  readonly word: number | null
}

/** What an engine made of one utterance. */
export type SpokenUtterance = {
  /** Mono at 48 kHz. */
  readonly samples: Float32Array
  /** Ascending; gaps count as silence. */
  readonly phones: readonly SpokenPhone[]
  /** Where each spoken word stands in the script; several may share one written word. */
  readonly words: readonly TextRange[]
}

/** An utterance in its place. */
export type PlacedUtterance = { readonly spoken: SpokenUtterance; readonly pauseSeconds: number }

/** Sound kept before the first and after the last phone of an utterance: breath of the onset, decay of the end. */
const ONSET_SECONDS = 0.03
const DECAY_SECONDS = 0.08
const FADE_SECONDS = 0.008
const FADE_OUT_SECONDS = 0.03
/** Rumble below a voice's lowest tone. */
const HIGH_PASS_HZ = 60

/**
 * Lays utterances one after another, each with its pause before it (measured from last phone to first phone), and
 * brings the whole to -16 LUFS.
 * @param tailSeconds silence after the last phone.
 */
export function joinUtterances(
  script: string,
  placed: readonly PlacedUtterance[],
  tailSeconds: number,
  voiceId: string,
  timing: Timing,
): Speech {
  const parts: { samples: Float32Array; at: number }[] = []
  const phones: TimedPhone[] = []
  const words: { range: TextRange; startSeconds: number; endSeconds: number }[] = []
  let clock = 0
  for (const { spoken, pauseSeconds } of placed) {
    const sounding = spoken.phones.filter((phone) => phone.phone !== '_' && phone.endSeconds > phone.startSeconds)
    const [first, last] = [sounding[0], sounding.at(-1)]
    if (first === undefined || last === undefined) continue
    const onset = Math.min(ONSET_SECONDS, first.startSeconds, pauseSeconds)
    const from = Math.round((first.startSeconds - onset) * SAMPLE_RATE)
    const to = Math.min(spoken.samples.length, Math.round((last.endSeconds + DECAY_SECONDS) * SAMPLE_RATE))
    const shift = clock + pauseSeconds - first.startSeconds
    parts.push({
      samples: faded(highPass(spoken.samples, HIGH_PASS_HZ, SAMPLE_RATE).subarray(from, to)),
      at: Math.round((shift + from / SAMPLE_RATE) * SAMPLE_RATE),
    })
    const wordIndex = spoken.words.map((range) => {
      const written = writtenWord(script, range)
      const before = words.at(-1)?.range
      if (before?.textStart === written.textStart && before.textEnd === written.textEnd) return words.length - 1
      words.push({ range: written, startSeconds: Number.NaN, endSeconds: Number.NaN })
      return words.length - 1
    })
    for (const phone of sounding) {
      const [startSeconds, endSeconds] = [phone.startSeconds + shift, phone.endSeconds + shift]
      const word = phone.word === null ? null : wordIndex[phone.word]!
      addPhone(phones, { phone: phone.phone, startSeconds, endSeconds, stress: phone.stress, word })
      if (word === null) continue
      const timed = words[word]!
      if (Number.isNaN(timed.startSeconds)) timed.startSeconds = startSeconds
      timed.endSeconds = endSeconds
    }
    clock = last.endSeconds + shift
  }
  const length = Math.ceil((clock + tailSeconds) * SAMPLE_RATE)
  addPhone(phones, { phone: '_', startSeconds: clock, endSeconds: length / SAMPLE_RATE, stress: 0, word: null })
  return {
    samples: normaliseLoudness(mix(parts, length)),
    ...withoutSilentWords(script, words, phones),
    timing,
    voiceId,
  }
}

/** Adds a phone and, where a gap lies before it, a silence. */
function addPhone(phones: TimedPhone[], phone: TimedPhone): void {
  const end = phones.at(-1)?.endSeconds ?? 0
  if (phone.startSeconds > end + 1e-6) {
    phones.push({ phone: '_', startSeconds: end, endSeconds: phone.startSeconds, stress: 0, word: null })
    phones.push(phone)
  } else if (phone.endSeconds > end) {
    phones.push({ ...phone, startSeconds: end })
  }
}

/** Words that no sound fell to (a voice may swallow one) are left out. */
function withoutSilentWords(
  script: string,
  words: readonly { range: TextRange; startSeconds: number; endSeconds: number }[],
  phones: readonly TimedPhone[],
): { words: TimedWord[]; phones: TimedPhone[] } {
  const kept = new Map<number, number>()
  const timed: TimedWord[] = []
  for (const [i, { range, startSeconds, endSeconds }] of words.entries()) {
    if (Number.isNaN(startSeconds)) continue
    kept.set(i, timed.length)
    timed.push({ text: script.slice(range.textStart, range.textEnd), startSeconds, endSeconds, ...range })
  }
  return {
    words: timed,
    phones: phones.map((phone) => ({ ...phone, word: phone.word === null ? null : kept.get(phone.word)! })),
  }
}

/** Adds the parts up and lets go of each, so that long speech does not lie in memory twice. */
function mix(parts: { samples: Float32Array; at: number }[], length: number): Float32Array {
  const mixed = new Float32Array(length)
  for (let part = parts.shift(); part; part = parts.shift()) {
    const { samples, at } = part
    for (let i = 0; i < samples.length && at + i < length; i++) if (at + i >= 0) mixed[at + i]! += samples[i]!
  }
  return mixed
}

function faded(samples: Float32Array): Float32Array {
  const result = samples.slice()
  const fadeIn = Math.min(Math.round(FADE_SECONDS * SAMPLE_RATE), result.length)
  const fadeOut = Math.min(Math.round(FADE_OUT_SECONDS * SAMPLE_RATE), result.length)
  for (let i = 0; i < fadeIn; i++) result[i]! *= 0.5 - 0.5 * Math.cos((Math.PI * i) / fadeIn)
  for (let i = 0; i < fadeOut; i++) result[result.length - 1 - i]! *= 0.5 - 0.5 * Math.cos((Math.PI * i) / fadeOut)
  return result
}
