// Reads free English words about a person: finds the things that are named and gives each the adjectives that belong to it.
import { openTokens, type Token } from './tokens.ts'
import { BY_ITSELF, IMPOSSIBLE, NEGATIONS, NOUNS, type Noun, type Piece, STOP_WORDS } from './vocabulary.ts'
import type { ReadWords, Wishes } from './wishes.ts'

/** Phrases have at most so many words. */
const LONGEST = 3

type Item =
  | { readonly kind: 'noun'; readonly noun: Noun; readonly text: string; readonly denied: boolean }
  | { readonly kind: 'word'; readonly word: string; readonly text: string; readonly denied: boolean }
  /** A thing that cannot be made. */
  | { readonly kind: 'impossible'; readonly text: string; readonly denied: boolean }
  /** A comma or a joining word, a colon or an `is`, a full stop. */
  | { readonly kind: 'break' | 'about' | 'stop' }

/** A noun that waits for adjectives, and those that wait for a noun. */
type Adjective = { readonly word: string; readonly text: string; readonly denied: boolean }

/** Every word that some noun takes as an adjective. */
const ADJECTIVES: ReadonlySet<string> = new Set([...NOUNS.values()].flatMap(({ adjectives }) => [...adjectives.keys()]))

/**
 * What an appearance in words wishes for. Adjectives belong to the next thing that can have them (`short brown hair`), after
 * a colon or `is` to the thing before (`hair: short, brown`); `no`, `without` and `not` turn the next thing round.
 */
export function readAppearance(text: string): ReadWords<Wishes> {
  const unknown: string[] = []
  const impossible: string[] = []
  const wishes: { -readonly [Key in keyof Wishes]: Wishes[Key] } = { hair: {}, clothColours: [] }
  const wish = ({ hair, clothColours, ...rest }: Piece) => {
    wishes.hair = { ...wishes.hair, ...hair }
    if (clothColours) wishes.clothColours = [...wishes.clothColours, ...clothColours]
    Object.assign(wishes, rest)
  }

  /** Gives an adjective without a thing its own meaning, or says that it has none. */
  const settle = ({ word, text: as, denied }: Adjective) => {
    const meaning = BY_ITSELF.get(word)
    if (meaning && !denied) wish(meaning)
    else if (denied) unknown.push(`not ${as}`)
    else if (!STOP_WORDS.has(word)) unknown.push(as)
  }
  const give = (noun: Noun, { word, text: as, denied }: Adjective): boolean => {
    const meaning = noun.adjectives.get(word)
    if (!meaning) return false
    if (denied) unknown.push(`not ${as}`)
    else wish(meaning)
    return true
  }

  let waiting: Adjective[] = []
  /** How many of them were said before the last comma or joining word. */
  let parted = 0
  let last: Noun | null = null
  let about = false
  let fresh = true
  for (const item of itemsOf(text, unknown)) {
    if (item.kind === 'noun') {
      // What was said right before belongs here; what this thing cannot have goes on waiting.
      waiting = waiting.filter((adjective) => item.denied || !give(item.noun, adjective))
      parted = waiting.length
      wish(item.denied ? item.noun.absent : item.noun.there)
      last = item.noun
      about = false
      fresh = false
    } else if (item.kind === 'word') {
      if (about && last && give(last, item)) continue
      waiting.push(item)
    } else if (item.kind === 'impossible') {
      const words = [...waiting.splice(parted).map((adjective) => adjective.text), item.text]
      if (!item.denied) impossible.push(words.join(' '))
    } else if (item.kind === 'break') {
      parted = waiting.length
    } else if (item.kind === 'about') {
      // `hair is brown`, `hair: brown` - but `she is blond` has no thing.
      about = !fresh
      for (const adjective of waiting) settleBack(adjective)
      waiting = []
      parted = 0
    } else if (item.kind === 'stop') {
      for (const adjective of waiting) settleBack(adjective)
      waiting = []
      parted = 0
      last = null
      about = false
      fresh = true
    }
  }
  for (const adjective of waiting) settleBack(adjective)
  return { wishes, unknown, impossible }

  /** Nothing came after: the thing before may have it (`eyes blue`), or it stands by itself. */
  function settleBack(adjective: Adjective): void {
    if (BY_ITSELF.has(adjective.word) || !last || !give(last, adjective)) settle(adjective)
  }
}

/** Words as things, adjectives and breaks; what is none of them is reported. */
function itemsOf(text: string, unknown: string[]): Item[] {
  const tokens = openTokens(text)
  const items: Item[] = []
  let denied = false
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at]!
    if (token.kind !== 'word') {
      // `no beard or glasses`, `without beard and glasses`, but `no beard and a hat`.
      denied &&= token.kind === 'or' || (token.kind === 'and' && !/^(an?|the|with)$/.test(tokens[at + 1]?.text ?? ''))
      items.push({ kind: token.kind === 'colon' ? 'about' : token.kind === 'stop' ? 'stop' : 'break' })
      at++
      continue
    }
    const { length, word, text: as } = phraseAt(tokens, at)
    at += length
    if (word === 'with' || word === 'but') denied = false
    if (NEGATIONS.has(word)) denied = true
    else if (word === 'is' || word === 'are') items.push({ kind: 'about' })
    else if (IMPOSSIBLE.has(word)) items.push({ kind: 'impossible', text: as, denied })
    else if (/^\d{1,2}$/.test(word)) readYears(word, as, tokens, at, items, unknown)
    else if (NOUNS.has(word) && !isAdjectiveHere(word, tokens, at)) {
      items.push({ kind: 'noun', noun: NOUNS.get(word)!, text: as, denied })
    } else if (ADJECTIVES.has(word) || BY_ITSELF.has(word)) items.push({ kind: 'word', word, text: as, denied })
    else if (!STOP_WORDS.has(word)) unknown.push(as)
  }
  return items
}

/** `bob haircut`, `freckled skin`: a thing that only describes the next one. */
function isAdjectiveHere(word: string, tokens: readonly Token[], next: number): boolean {
  const following = tokens[next]?.kind === 'word' ? phraseAt(tokens, next).word : null
  return following !== null && (NOUNS.get(following)?.adjectives.has(word) ?? false)
}

/** A number is an age where years are spoken of, or where it could be nothing else. */
function readYears(word: string, as: string, tokens: readonly Token[], next: number, items: Item[], unknown: string[]) {
  const following = tokens[next]
  const isAge = following?.kind !== 'word' || STOP_WORDS.has(following.words[0] ?? '') || following.words[0] === 'old'
  const years = Number(word)
  if (isAge && years >= 13) items.push({ kind: 'noun', noun: ageOf(years), text: as, denied: false })
  else unknown.push(as)
}

const ageOf = (years: number): Noun => ({ there: { years }, absent: {}, adjectives: new Map([['old', {}]]) })

/** The longest known phrase that begins at a token, or the single word. */
function phraseAt(tokens: readonly Token[], at: number): { length: number; word: string; text: string } {
  for (let length = LONGEST; length > 1; length--) {
    const part = tokens.slice(at, at + length)
    if (part.length < length || part.some(({ kind }) => kind === 'comma' || kind === 'stop' || kind === 'colon'))
      continue
    const word = part.map(({ words }) => words.join(' ')).join(' ')
    if (isKnown(word)) return { length, word, text: part.map(({ text }) => text).join(' ') }
  }
  const { words, text } = tokens[at]!
  return { length: 1, word: words.join(' '), text }
}

const isKnown = (word: string): boolean =>
  NOUNS.has(word) || ADJECTIVES.has(word) || BY_ITSELF.has(word) || IMPOSSIBLE.has(word)
