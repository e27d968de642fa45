// Cuts a text into words in one spelling, and the marks between them.
import { SPELLINGS } from './vocabulary.ts'

/** A word or a mark. `words` is the word in our spelling, `text` as it was written. */
export type Token = {
  readonly kind: 'word' | 'and' | 'or' | 'comma' | 'colon' | 'stop'
  readonly words: readonly string[]
  readonly text: string
}

const MARKS: Readonly<Record<string, Token['kind']>> = {
  ',': 'comma',
  '/': 'comma',
  '|': 'comma',
  '(': 'comma',
  ')': 'comma',
  ':': 'colon',
  '=': 'colon',
  '.': 'stop',
  ';': 'stop',
  '!': 'stop',
  '?': 'stop',
  '\n': 'stop',
}

const JOINING: Readonly<Record<string, Token['kind']>> = { and: 'and', or: 'or', nor: 'or' }

/** The words and marks of a text; hyphens and apostrophes part words (`blue-eyed`, `man's`). */
export function openTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  for (const [found] of text.matchAll(/[\p{L}\p{N}]+|[,/|():=.;!?\n&+]/gu)) {
    const word = found.toLowerCase()
    const mark = MARKS[found]
    if (mark) tokens.push({ kind: mark, words: [found], text: found })
    else if (found === '&' || found === '+') tokens.push({ kind: 'and', words: ['and'], text: found })
    else if (JOINING[word]) tokens.push({ kind: JOINING[word], words: [word], text: found })
    else if (word !== 's') {
      for (const part of (SPELLINGS[word] ?? word).split(' ')) tokens.push({ kind: 'word', words: [part], text: found })
    }
  }
  return tokens
}
