// Which written word of a script a spoken stretch belongs to.

/** A stretch of a script in UTF-16 units, end exclusive. */
export type TextRange = { readonly textStart: number; readonly textEnd: number }

const BOUNDARY = /[\s<>—…]/u
/** Writing without spaces between words: there, what the voice calls a word is the word. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u
const ORNAMENT = String.raw`[^\p{L}\p{N}\p{M}$€£¥₹#@&+=%°]+`
const LEADING = new RegExp(`^${ORNAMENT}`, 'u')
const TRAILING = new RegExp(`${ORNAMENT}$`, 'u')

/**
 * The whole written word round a spoken stretch, without the punctuation at its edges: all of `$1,000` for its
 * "thousand". In writing without spaces, the stretch itself.
 */
export function writtenWord(script: string, spoken: TextRange): TextRange {
  let { textStart, textEnd } = spoken
  while (textEnd > textStart + 1 && isSpace(script[textEnd - 1]!)) textEnd--
  if (!UNSPACED.test(script.slice(textStart, textEnd))) {
    while (textStart > 0 && !isBoundary(script[textStart - 1]!)) textStart--
    while (textEnd < script.length && !isBoundary(script[textEnd]!)) textEnd++
  }
  const written = script.slice(textStart, textEnd)
  const leading = LEADING.exec(written)?.[0].length ?? 0
  const trailing = TRAILING.exec(written)?.[0].length ?? 0
  if (leading + trailing >= written.length) return { textStart, textEnd }
  return { textStart: textStart + leading, textEnd: textEnd - trailing }
}

function isSpace(character: string): boolean {
  return BOUNDARY.test(character)
}

function isBoundary(character: string): boolean {
  return isSpace(character) || UNSPACED.test(character)
}
