// Cuts cleaned text into sentences, the portions in which a voice is asked to speak.
import { type MappedText, sliceMapped } from './mapped-text.ts'

/** A sentence and the silence that follows it, in seconds. */
export type Sentence = { readonly text: MappedText; readonly pauseSeconds: number }

/** Silences after a sentence, after a line without end mark, and inside a sentence that is cut for its length. */
const SENTENCE_PAUSE_SECONDS = 0.35
const LINE_PAUSE_SECONDS = 0.3
const CLAUSE_PAUSE_SECONDS = 0.12
/** Longer sentences are spoken in parts, so that no single call to a voice takes long. */
const LONGEST_SENTENCE = 400

const END = /[.!?…]+['")\]]*(?=\s|$)|[。！？｡]+|[।॥؟۔።၊။]+(?=\s|$)|[^\S\n]*\n\s*/gu
/** Words that carry a full stop without ending a sentence, over the languages of the catalogue. */
const ABBREVIATIONS = new Set(
  (
    'bzw ca evtl ggf inkl nr usw vgl zb str dipl ing mme mlle mm av bd env sr sra srta dr dra prof ud uds av etc ' +
    'sig dott ecc pag es tel art fig vs no pl st mr mrs ms jr min max mgr inż np itd itp tzn ul tzv např apod atd ' +
    'm.in bl.a t.ex osv dvs kl mvh jf f.eks o.l resp cf p ex'
  ).split(' '),
)

/** Sentences in order; together they hold every speakable character of the text. */
export function splitSentences(text: MappedText): Sentence[] {
  const sentences: Sentence[] = []
  let begin = 0
  const cut = (end: number, pauseSeconds: number) => {
    const piece = trim(sliceMapped(text, begin, end))
    begin = end
    if (/[\p{L}\p{N}]/u.test(piece.text)) sentences.push(...splitLong(piece, pauseSeconds))
  }
  for (const mark of text.text.matchAll(END)) {
    const end = mark.index + mark[0].length
    if (mark[0].includes('\n')) {
      const before = text.text.slice(begin, mark.index).trimEnd()
      if (before === '' || /[,;:，、；：]$/u.test(before)) continue
      cut(end, LINE_PAUSE_SECONDS)
    } else if (endsSentence(text.text, begin, mark.index, end)) {
      cut(end, SENTENCE_PAUSE_SECONDS)
    }
  }
  cut(text.text.length, SENTENCE_PAUSE_SECONDS)
  return sentences
}

function endsSentence(text: string, begin: number, at: number, end: number): boolean {
  if (text[at] !== '.') return true
  const next = /^\s*(\S)/u.exec(text.slice(end, end + 20))?.[1]
  if (next !== undefined && /\p{Ll}/u.test(next)) return false
  // An ordinal, as in "am 3. Mai"; English ones are words by now.
  if (/(?:^|\s)\d{1,2}$/u.test(text.slice(begin, at)) && next !== undefined) return false
  const word = /[\p{L}\p{M}.]+$/u.exec(text.slice(begin, at))?.[0] ?? ''
  if (/^(?:\p{Lu}\.)*\p{Lu}$/u.test(word)) return next === undefined
  return next === undefined || !ABBREVIATIONS.has(word.toLowerCase())
}

function splitLong(text: MappedText, pauseSeconds: number): Sentence[] {
  if (text.text.length <= LONGEST_SENTENCE) return [{ text, pauseSeconds }]
  const middle = text.text.length / 2
  const cuts = [/[,;:，、；：]\s*/gu, /\s+/gu].map((pattern) =>
    [...text.text.matchAll(pattern)]
      .map((match) => match.index + match[0].length)
      .filter((at) => at > 40 && at < text.text.length - 40)
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle)),
  )
  const at = cuts[0]![0] ?? cuts[1]![0] ?? Math.ceil(middle)
  return [
    ...splitLong(trim(sliceMapped(text, 0, at)), CLAUSE_PAUSE_SECONDS),
    ...splitLong(trim(sliceMapped(text, at)), pauseSeconds),
  ]
}

function trim(text: MappedText): MappedText {
  const from = text.text.length - text.text.trimStart().length
  return sliceMapped(text, from, Math.max(from, text.text.trimEnd().length))
}
