// Which words a speaker leans on: what head and brows follow.
import { isVowel } from '../../core/phones.ts'
import type { Speech, TimedPhone } from '../../core/speech.ts'
import { clamp } from '../curves.ts'
import { rms } from '../lipsync/gestures.ts'
import type { Phrase } from './phrases.ts'
import { pitchAt } from './pitch.ts'

/** A stressed syllable worth a gesture. */
export type Emphasis = {
  /** Mid of the stressed vowel. */
  readonly seconds: number
  /** 0.15 to 1; from about 0.45 on it is the word that a listener would underline. */
  readonly strength: number
  /** True where the word says no. */
  readonly denies: boolean
}

/** Emphases lie at least this far apart, seconds. */
const SPACING = 0.42

/** A syllable needs this score. */
const THRESHOLD = 0

/** How far round a syllable its loudness and pitch are compared, seconds. */
const AROUND = 1.2

/** English words that are stressed in a dictionary and not in a sentence; other languages go by length alone. */
const FUNCTION_WORDS = new Set(
  `a about after all am an and any are as at be because been being but by can could did do does for from get go had has
  have he her here him his how i if in into is it its just like may me more most my of on or our out over she should so
  some than that the their them then there these they this those to too under up us was we well were what when where
  which who whom why will with would you your yourself`.split(/\s+/),
)

/** Words that say no, in English, German, French, Spanish, Portuguese, Italian, Dutch and Polish. */
const DENIALS =
  /^(no|not|never|none|nothing|nobody|.+n['’]t|nein|nicht|nie|niemals|kein\w*|nichts|non|pas|jamais|rien|nunca|nada|não|nunca|mai|niente|nee|niet|nooit|geen|nie|nigdy)$/iu

/**
 * The emphasised syllables of a speech, in order: stressed vowels that are louder, higher or in a longer word than what is
 * near, and the last content word of a phrase, where the nucleus of most languages falls. Depends on what lies within
 * about a second, so an edit elsewhere changes nothing here.
 */
export function findEmphases(speech: Speech, phrases: readonly Phrase[]): readonly Emphasis[] {
  const vowels = speech.phones.filter((phone) => isVowel(phone.phone))
  const pitches = vowels.map((vowel) => pitchAt(speech.samples, (vowel.startSeconds + vowel.endSeconds) / 2))
  const phoneCounts = countPhones(speech.phones)
  const found: Emphasis[] = []
  let phraseIndex = 0
  for (const [index, vowel] of vowels.entries()) {
    if (vowel.stress < 2) continue
    const { word } = vowel
    const seconds = (vowel.startSeconds + vowel.endSeconds) / 2
    while (phraseIndex + 1 < phrases.length && phrases[phraseIndex]!.endSeconds < seconds) phraseIndex++
    const phrase = phrases[phraseIndex]
    const text = bare((word === null ? undefined : speech.words[word]?.text) ?? '')
    const denies = DENIALS.test(text)
    const isContent = denies || !FUNCTION_WORDS.has(text.toLowerCase())
    const isNucleus = phrase !== undefined && word !== null && isContent && isLastContent(speech, phrase, word)
    const score =
      loudness(speech.samples, vowel) * 0.35 +
      height(pitches, vowels, index) * 0.35 +
      (word === null ? 0 : clamp(((phoneCounts.get(word) ?? 0) - 3) * 0.07, -0.1, 0.3)) +
      (isNucleus ? 0.3 : 0) +
      (phrase?.end === 'exclamation' ? 0.12 : 0) +
      (isContent ? 0.12 : -0.35) +
      (denies ? 0.1 : 0)
    // In steps, so that a change of the whole sound's gain leaves every gesture as it was.
    const rounded = Math.round(score * 16) / 16
    if (rounded <= THRESHOLD) continue
    const emphasis = { seconds, strength: clamp(0.15 + rounded - THRESHOLD, 0.15, 1), denies }
    const last = found.at(-1)
    if (!last || seconds - last.seconds >= SPACING) found.push(emphasis)
    else if (emphasis.strength > last.strength) found[found.length - 1] = emphasis
  }
  return found
}

/** How much louder a vowel is than what surrounds it: -1 to 1.5, where 1 is 6 dB more than speech's own mean. */
function loudness(samples: Float32Array, { startSeconds, endSeconds }: TimedPhone): number {
  const own = rms(samples, startSeconds, endSeconds)
  const around = rms(samples, startSeconds - AROUND, endSeconds + AROUND)
  return own > 0 && around > 0 ? clamp((20 * Math.log10(own / around) - 3) / 6, -1, 1.5) : 0
}

/** How much higher a vowel is than the middle of those around it: -1 to 1.5, where 1 is four semitones. */
function height(pitches: readonly (number | null)[], vowels: readonly TimedPhone[], index: number): number {
  const own = pitches[index]
  if (own === null || own === undefined) return 0
  const { startSeconds } = vowels[index]!
  const near: number[] = []
  for (let way = -1; way <= 1; way += 2) {
    for (let i = index + way; i >= 0 && i < vowels.length; i += way) {
      if (Math.abs(vowels[i]!.startSeconds - startSeconds) > AROUND) break
      const pitch = pitches[i]
      if (pitch) near.push(pitch)
    }
  }
  if (near.length < 2) return 0
  near.sort((a, b) => a - b)
  return clamp((12 * Math.log2(own / near[near.length >> 1]!)) / 4, -1, 1.5)
}

function isLastContent(speech: Speech, phrase: Phrase, word: number): boolean {
  for (let i = word + 1; i <= phrase.lastWord; i++) {
    if (!FUNCTION_WORDS.has(bare(speech.words[i]!.text).toLowerCase())) return false
  }
  return true
}

function countPhones(phones: readonly TimedPhone[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const { word } of phones) if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

function bare(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}
