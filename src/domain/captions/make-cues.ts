// Words in time become cues: at most two lines, broken where phrases break, shown long enough to be read.
import { type CaptionCue, type CaptionWord, lineText } from '../../core/captions.ts'
import { cheapestParts, cutPenalty } from './break-phrases.ts'
import type { ScriptWord } from './caption-words.ts'

/** What cues may be like. */
export type CueLimits = {
  /** Most characters a line; a wide one (Han, kana, Hangul) counts as two. Netflix's timed-text guide: 42. */
  readonly lineLength: number
  readonly fps: number
}

const MOST_LINES = 2
/** A pause this long ends a cue, in seconds. */
const PAUSE = 0.7
/** Shortest time on screen, in seconds (Netflix's timed-text guide: 5/6 s). */
const SHORTEST = 5 / 6
/** Characters a second that adults read (Netflix's English template: 17). */
const READING_SPEED = 17
/** A cue stays on for so long after its last word where there is room, in seconds (the same guide: 12 frames). */
const LINGER = 0.5
/** It may stay longer, to be read, but no longer than this after its last word, in seconds. */
const LONGEST_LINGER = 1.5
/** Frames between two cues, so that the eye sees the change (the same guide: 2). */
const GAP_FRAMES = 2

/** What one more line costs: more than the worst cut, so that no third line saves one. */
const LINE_COST = 6

const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uff60]/u

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Length of a text in characters, marks that stand over others not counted, wide ones twice. */
export function shownLength(text: string): number {
  let length = 0
  for (const { segment } of GRAPHEMES.segment(text)) length += WIDE.test(segment) ? 2 : 1
  return length
}

/** Tells the length of any run of words, `to` exclusive; counts each word once. */
function lengthsOf(words: readonly CaptionWord[]): (from: number, to: number) => number {
  const spaces = words.map(({ joined }) => (joined ? 0 : 1))
  const ends = [0]
  for (const [index, { text }] of words.entries()) ends.push(ends[index]! + spaces[index]! + shownLength(text))
  return (from, to) => ends[to]! - ends[from]! - (to > from ? spaces[from]! : 0)
}

/** Makes the cues of one scene; times count from where the words' times count. */
export function makeCues(words: readonly ScriptWord[], limits: CueLimits): readonly CaptionCue[] {
  const parts = thoughts(words).flatMap((thought) => cutThought(thought, limits.lineLength))
  return parts.map((part, index) => {
    const startSeconds = part[0]!.startSeconds
    const spokenUntil = part.at(-1)!.endSeconds
    const next = parts[index + 1]?.[0]?.startSeconds ?? Number.POSITIVE_INFINITY
    const toRead = startSeconds + Math.max(SHORTEST, shownLength(lineText(part)) / READING_SPEED)
    const wanted = Math.min(Math.max(spokenUntil + LINGER, toRead), spokenUntil + LONGEST_LINGER)
    const endSeconds = Math.max(Math.min(wanted, next - GAP_FRAMES / limits.fps), startSeconds + 1 / limits.fps)
    return { startSeconds, endSeconds, lines: breakLines(part, limits.lineLength) }
  })
}

/** Sentences and what pauses part. */
function thoughts(words: readonly ScriptWord[]): readonly (readonly ScriptWord[])[] {
  const all: ScriptWord[][] = []
  let current: ScriptWord[] = []
  for (const [index, word] of words.entries()) {
    current.push(word)
    const next = words[index + 1]
    const pause = next ? next.startSeconds - word.endSeconds : Number.POSITIVE_INFINITY
    if (word.endsParagraph || pause > PAUSE || (next && cutPenalty(word.text, next.text) === 0)) {
      all.push(current)
      current = []
    }
  }
  if (current.length > 0) all.push(current)
  return all
}

function cutThought(words: readonly ScriptWord[], lineLength: number): readonly (readonly ScriptWord[])[] {
  const length = lengthsOf(words)
  const total = length(0, words.length)
  const ideal = total / Math.ceil(total / (lineLength * MOST_LINES))
  const ends = cheapestParts(words.length, (from, to) => {
    if (linesNeeded(length, from, to, lineLength) > MOST_LINES) return Number.POSITIVE_INFINITY
    const off = (length(from, to) - ideal) / ideal
    return 0.5 + 2 * off * off + cutPenaltyAt(words, to)
  })
  return ends.map((end, index) => words.slice(ends[index - 1] ?? 0, end))
}

/** The fewest lines that some words fit into. */
function linesNeeded(
  length: (from: number, to: number) => number,
  from: number,
  to: number,
  lineLength: number,
): number {
  let lines = 1
  let start = from
  for (let end = from + 1; end <= to; end++) {
    if (length(start, end) <= lineLength || end - start === 1) continue
    lines++
    start = end - 1
  }
  return lines
}

function cutPenaltyAt(words: readonly CaptionWord[], at: number): number {
  if (at >= words.length) return 0
  return words[at]!.joined && !WIDE.test(words[at]!.text) ? 5 : cutPenalty(words[at - 1]!.text, words[at]!.text)
}

/** One line where it fits, else as few as do, of like length. */
function breakLines(words: readonly CaptionWord[], lineLength: number): readonly (readonly CaptionWord[])[] {
  const length = lengthsOf(words)
  const total = length(0, words.length)
  if (total <= lineLength) return [words]
  const ideal = total / Math.ceil(total / lineLength)
  const ends = cheapestParts(words.length, (from, to) => {
    if (length(from, to) > lineLength) return Number.POSITIVE_INFINITY
    const off = (length(from, to) - ideal) / ideal
    return LINE_COST + 2 * off * off + cutPenaltyAt(words, to)
  })
  return ends.map((end, index) => words.slice(ends[index - 1] ?? 0, end))
}
