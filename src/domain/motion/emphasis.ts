// Which words a speaker leans on, and where the pauses are: what head, brows and lids follow.
import { isVowel } from '../../core/phones.ts'
import type { Speech } from '../../core/speech.ts'
import { rms } from '../lipsync/gestures.ts'

/** A stressed syllable worth a gesture. */
export type Emphasis = {
  /** Mid of the stressed vowel. */
  readonly seconds: number
  /** 0.3 to 1. */
  readonly strength: number
  /** True on the last word before a question mark. */
  readonly asks: boolean
}

/** A silence between words. */
export type Pause = { readonly startSeconds: number; readonly endSeconds: number }

/** Emphases lie at least this far apart, seconds. */
const SPACING = 0.65

/** The emphasised syllables of a speech, in order. Depends on the sound nearby only, so an edit elsewhere changes nothing here. */
export function findEmphases(speech: Speech): readonly Emphasis[] {
  const found: Emphasis[] = []
  for (const phone of speech.phones) {
    if (phone.stress < 2 || phone.word === null || !isVowel(phone.phone)) continue
    const word = speech.words[phone.word]
    if (!word) continue
    const own = rms(speech.samples, phone.startSeconds, phone.endSeconds)
    const around = rms(speech.samples, phone.startSeconds - 1.2, phone.endSeconds + 1.2)
    const letters = word.text.replace(/[^\p{L}\p{N}]/gu, '').length
    const lengthBonus = Math.min(0.4, Math.max(0, (letters - 3) * 0.08))
    const score = around > 0 ? Math.round((own / around - 1.15 + lengthBonus) * 16) / 16 : 0
    if (score <= 0.15) continue
    const seconds = (phone.startSeconds + phone.endSeconds) / 2
    const emphasis = { seconds, strength: Math.min(1, 0.3 + score), asks: word.text.includes('?') }
    const last = found.at(-1)
    if (last && seconds - last.seconds < SPACING) {
      if (emphasis.strength > last.strength) found[found.length - 1] = emphasis
    } else {
      found.push(emphasis)
    }
  }
  return found
}

/** The silences of at least `shortest` seconds. */
export function findPauses(speech: Speech, shortest = 0.18): readonly Pause[] {
  return speech.phones
    .filter((phone) => phone.phone === '_' && phone.endSeconds - phone.startSeconds >= shortest)
    .map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds }))
}
