// Words about how somebody should move and look, read as a manner.
import type { Expression, Manner, Mood, TalkingStyle } from '../../core/spec.ts'

type Reading<Word> = readonly (readonly [Word, RegExp])[]

/** Of several that fit, the one that is written first counts. */
const STYLES: Reading<TalkingStyle> = [
  [
    'stable',
    /\b(calm(ly)?|still|steady|steadily|quiet(ly)?|composed|subtl[ey]|slow(ly)?|relaxed|restrained|minimal)\b/,
  ],
  [
    'expressive',
    /\b(live?ly|nod(s|ding|ded)?|energetic(ally)?|expressive(ly)?|animated(ly)?|dynamic(ally)?|gestur\w*|vivid(ly)?|active(ly)?|tilt\w*|sway\w*)\b/,
  ],
]
const EXPRESSIONS: Reading<Expression> = [
  ['happy', /\b(smil(e|es|ing|ed|ingly)|happy|happily|cheerful(ly)?|joyful(ly)?|laugh\w*|grin\w*|beaming)\b/],
]
const MOODS: Reading<Mood> = [
  ['serious', /\b(serious(ly)?|stern(ly)?|formal(ly)?|solemn(ly)?|grave(ly)?|concerned|businesslike)\b/],
  ['friendly', /\b(friendly|warm(ly)?|welcoming|kind(ly)?|approachable|pleasant(ly)?)\b/],
  ['excited', /\b(excited(ly)?|enthusiastic(ally)?|thrilled|passionate(ly)?|eager(ly)?)\b/],
  ['soothing', /\b(sooth\w*|gentl[ey]|soft(ly)?|tender(ly)?|caring|reassuring(ly)?|calming)\b/],
]
/** What takes a word back: "not smiling", "without much nodding". */
const NEGATION = /\b(no|not|never|without|less|don't|doesn't)\s+(\w+\s+)?$/

/** The manner that English words ask for, or null where they ask for none: "calm, smiling" is stable and happy. */
export function readManner(words: string): Manner | null {
  const text = words.toLowerCase().replaceAll('’', "'")
  const talkingStyle = firstIn(text, STYLES)
  const expression = firstIn(text, EXPRESSIONS)
  const mood = firstIn(text, MOODS)
  const manner: Manner = {
    ...(expression ? { expression } : {}),
    ...(talkingStyle ? { talkingStyle } : {}),
    ...(mood ? { mood } : {}),
  }
  return Object.keys(manner).length > 0 ? manner : null
}

function firstIn<Word>(text: string, reading: Reading<Word>): Word | undefined {
  let found: { readonly word: Word; readonly at: number } | undefined
  for (const [word, pattern] of reading) {
    for (const { index } of text.matchAll(new RegExp(pattern, 'g'))) {
      if (NEGATION.test(text.slice(0, index))) continue
      if (!found || index < found.at) found = { word, at: index }
      break
    }
  }
  return found?.word
}
