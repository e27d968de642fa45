// How speech falls into phrases: where they begin and end, and with which mark.
import type { Speech, TimedWord } from '../../core/speech.ts'

/** How a phrase ends. `comma` is any end inside a sentence. */
export type PhraseEnd = 'comma' | 'statement' | 'question' | 'exclamation'

/** Words spoken in one go. */
export type Phrase = {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly end: PhraseEnd
  /** True where a sentence begins with it. */
  readonly opens: boolean
  /** Indices into the words of the speech, the last one inclusive; 0 and -1 where no words are known. */
  readonly firstWord: number
  readonly lastWord: number
  /** Silence before it, seconds. */
  readonly pauseBefore: number
}

/** A silence between words that ends a phrase. */
export type Pause = { readonly startSeconds: number; readonly endSeconds: number }

/** A silence this long ends a phrase whatever the text says, seconds. */
const PHRASE_PAUSE = 0.18
/** Without a script, a silence this long ends a sentence, seconds. */
const SENTENCE_PAUSE = 0.32

const QUESTION = /[?？؟՞]/
const EXCLAMATION = /[!！¡]/
const SENTENCE = /[.。．…।۔]/
const COMMA = /[,;:、，；：،—–()]/

/**
 * The phrases of a speech, in order.
 * @param script the text that the words' places count in; null where there is none (a recording): silences then decide.
 */
export function findPhrases(speech: Speech, script: string | null): readonly Phrase[] {
  const { words } = speech
  if (words.length === 0) return heardPhrases(speech)
  const phrases: Phrase[] = []
  let firstWord = 0
  for (const [index, word] of words.entries()) {
    const next = words[index + 1]
    const end = endAfter(word, next, script)
    if (end === null) continue
    const before = phrases.at(-1)
    const startSeconds = words[firstWord]!.startSeconds
    phrases.push({
      startSeconds,
      endSeconds: word.endSeconds,
      end,
      opens: before?.end !== 'comma',
      firstWord,
      lastWord: index,
      pauseBefore: startSeconds - (before?.endSeconds ?? 0),
    })
    firstWord = index + 1
  }
  return phrases
}

/** Phrases of speech whose words are not known: what lies between silences. They hold no words. */
function heardPhrases(speech: Speech): readonly Phrase[] {
  const phrases: Phrase[] = []
  const pauses = findPauses(speech)
  const end = speech.phones.at(-1)?.endSeconds ?? 0
  let from = 0
  for (const pause of [...pauses, { startSeconds: end, endSeconds: end }]) {
    const { startSeconds, endSeconds } = pause
    if (startSeconds > from + 1e-6) {
      const before = phrases.at(-1)
      phrases.push({
        startSeconds: from,
        endSeconds: startSeconds,
        end: endSeconds - startSeconds >= SENTENCE_PAUSE || startSeconds === end ? 'statement' : 'comma',
        opens: before?.end !== 'comma',
        firstWord: 0,
        lastWord: -1,
        pauseBefore: from - (before?.endSeconds ?? 0),
      })
    }
    from = endSeconds
  }
  return phrases
}

function endAfter(word: TimedWord, next: TimedWord | undefined, script: string | null): PhraseEnd | null {
  const silence = next ? next.startSeconds - word.endSeconds : Number.POSITIVE_INFINITY
  if (script === null) {
    if (silence >= SENTENCE_PAUSE) return 'statement'
    return silence >= PHRASE_PAUSE ? 'comma' : null
  }
  const marks = script.slice(word.textEnd, next?.textStart).replace(/<[^>]*>/g, ' ')
  if (QUESTION.test(marks)) return 'question'
  if (EXCLAMATION.test(marks)) return 'exclamation'
  if (SENTENCE.test(marks) || !next || /\n\s*\n/.test(marks)) return 'statement'
  return COMMA.test(marks) || silence >= PHRASE_PAUSE ? 'comma' : null
}

/** The silences of at least `shortest` seconds. */
export function findPauses(speech: Speech, shortest = PHRASE_PAUSE): readonly Pause[] {
  return speech.phones
    .filter((phone) => phone.phone === '_' && phone.endSeconds - phone.startSeconds >= shortest)
    .map(({ startSeconds, endSeconds }) => ({ startSeconds, endSeconds }))
}
