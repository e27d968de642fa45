// A script as its writer typed it, cut into what is said and how long is waited in between.
import { joinMapped, type MappedText, mapText, sliceMapped } from './mapped-text.ts'

/** What a script is made of, in order. */
export type ScriptPiece =
  | { readonly kind: 'text'; readonly text: MappedText }
  /** An asked-for silence, exactly this long. */
  | { readonly kind: 'break'; readonly seconds: number }
  /** A blank line: a breath. */
  | { readonly kind: 'paragraph' }

/** The longest silence that one break tag can ask for, in seconds. */
export const LONGEST_BREAK_SECONDS = 10

/** SSML 1.1, 3.2.3: a break without a time is as long as one of medium strength; these are our lengths of them. */
const STRENGTH_SECONDS: Readonly<Record<string, number>> = {
  none: 0,
  'x-weak': 0.15,
  weak: 0.25,
  medium: 0.5,
  strong: 0.9,
  'x-strong': 1.3,
}

const TAG = /<\/?([a-z][\w:-]*)((?:\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>|<!--[\s\S]*?-->/giu
const BLANK_LINE = /\r?\n[^\S\n]*(?:\r?\n[^\S\n]*)+/gu

/**
 * Cuts a script at its `<break time="1.5s"/>` tags (also `500ms`, also `strength`; at most
 * {@link LONGEST_BREAK_SECONDS} each, neighbours add up) and at blank lines. Other tags are dropped and their text kept;
 * `<p>`, `</p>` and `<br>` count as line ends. Text keeps its offsets into the script.
 */
export function parseScript(script: string): ScriptPiece[] {
  const pieces: ScriptPiece[] = []
  let run: MappedText[] = []
  const flush = () => {
    const text = joinMapped(run)
    run = []
    if (text.text.trim() !== '') pieces.push({ kind: 'text', text })
  }
  let done = 0
  const addText = (to: number) => {
    for (const [i, part] of splitAtBlankLines(mapText(script.slice(done, to), done)).entries()) {
      if (i > 0) {
        flush()
        pieces.push({ kind: 'paragraph' })
      }
      if (part.text !== '') run.push(part)
    }
  }
  for (const tag of script.matchAll(TAG)) {
    addText(tag.index)
    done = tag.index + tag[0].length
    const name = tag[1]?.toLowerCase()
    if (name === 'break') {
      if (tag[0].startsWith('</')) continue
      flush()
      pieces.push({ kind: 'break', seconds: breakSeconds(tag[2] ?? '') })
    } else if (name === 'p' || name === 'div') {
      flush()
      if (pieces.length > 0) pieces.push({ kind: 'paragraph' })
    } else if (name === 'br') {
      run.push({ text: '\n', starts: [tag.index], ends: [done] })
    }
  }
  addText(script.length)
  flush()
  return tidy(pieces)
}

function splitAtBlankLines(text: MappedText): MappedText[] {
  const parts: MappedText[] = []
  let done = 0
  for (const gap of text.text.matchAll(BLANK_LINE)) {
    parts.push(sliceMapped(text, done, gap.index))
    done = gap.index + gap[0].length
  }
  parts.push(sliceMapped(text, done))
  return parts
}

function breakSeconds(attributes: string): number {
  const time = /(?:^|\s)time\s*=\s*["']?\s*(\d*\.?\d+)\s*(ms|s)?/iu.exec(attributes)
  if (time) {
    const amount = Number(time[1])
    return Math.min(LONGEST_BREAK_SECONDS, time[2]?.toLowerCase() === 'ms' ? amount / 1000 : amount)
  }
  const strength = /(?:^|\s)strength\s*=\s*["']?\s*([\w-]+)/iu.exec(attributes)
  return STRENGTH_SECONDS[strength?.[1]?.toLowerCase() ?? 'medium'] ?? STRENGTH_SECONDS.medium!
}

/** Adds neighbouring breaks up and lets a break swallow the paragraph ends beside it. */
function tidy(pieces: readonly ScriptPiece[]): ScriptPiece[] {
  const tidied: ScriptPiece[] = []
  for (const piece of pieces) {
    const last = tidied.at(-1)
    if (last && last.kind !== 'text' && piece.kind !== 'text') {
      const seconds = (last.kind === 'break' ? last.seconds : 0) + (piece.kind === 'break' ? piece.seconds : 0)
      const either = last.kind === 'break' || piece.kind === 'break'
      tidied[tidied.length - 1] = either ? { kind: 'break', seconds } : { kind: 'paragraph' }
    } else {
      tidied.push(piece)
    }
  }
  return tidied
}
