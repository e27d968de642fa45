// Text as Flite can read it: plain Latin words, each still tied to the script, and marks that make it pause.
import type { MappedText } from '../../domain/script/mapped-text.ts'
import type { TextRange } from '../../domain/script/written-words.ts'

/** A word for Flite and where it stands in the script. */
export type FliteWord = TextRange & { readonly said: string }

// biome-ignore format: a table reads better in rows
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', þ: 'th', ð: 'th', ı: 'i', Æ: 'Ae', Œ: 'Oe', Ø: 'O', Ł: 'L',
}

/**
 * The words of a text, accents folded away (Flite reads ASCII only), and the line to give to Flite. What is not written
 * in Latin letters is left out.
 */
export function fliteWords(text: MappedText): { words: FliteWord[]; line: string } {
  const words: FliteWord[] = []
  let line = ''
  let done = 0
  for (const match of text.text.matchAll(/[\p{L}\p{M}']+/gu)) {
    const said = fold(match[0])
    if (!/[a-z]/iu.test(said)) continue
    const mark = pauseMark(text.text.slice(done, match.index))
    done = match.index + match[0].length
    if (words.length > 0) line += `${mark} `
    line += said
    words.push({ said, textStart: text.starts[match.index]!, textEnd: text.ends[done - 1]! })
  }
  return { words, line: line + (pauseMark(text.text.slice(done)) || '.') }
}

function fold(word: string): string {
  return [...word]
    .map((letter) => FOLDED[letter] ?? letter)
    .join('')
    .normalize('NFD')
    .replace(/[^a-z']/giu, '')
}

function pauseMark(gap: string): string {
  const end = /[.!?…]/u.exec(gap)?.[0]
  if (end !== undefined) return end === '…' ? ',' : end
  return /[,;:\n]/u.exec(gap)?.[0]?.replace('\n', ',') ?? ''
}
