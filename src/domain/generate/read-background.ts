// Reads free English words about what stands behind a person: a place, colours and the time of day.
import { CLOTH_COLOURS } from './colours.ts'
import { openTokens } from './tokens.ts'
import type { ReadWords } from './wishes.ts'

/** What the words of a background wish for. */
export type BackgroundWishes = {
  readonly place?: Place
  /** The main colour and the one that stands out. */
  readonly colours: readonly string[]
  readonly time?: 'day' | 'evening' | 'night'
}

/** The places there are; `studio` is a photographer's plain wall. */
export type Place = 'studio' | 'office' | 'bookshelf' | 'skyline' | 'park' | 'newsroom' | 'classroom' | 'gym' | 'home'

/** What each place may be called. */
export const PLACE_WORDS: Readonly<Record<Place, readonly string[]>> = {
  studio: ['studio', 'plain', 'backdrop', 'gradient', 'wall', 'solid', 'neutral', 'simple', 'minimal', 'minimalist'],
  office: [
    'office',
    'workplace',
    'workspace',
    'meeting room',
    'conference room',
    'coworking',
    'company',
    'desk',
    'business',
  ],
  bookshelf: ['bookshelf', 'bookshelves', 'bookcase', 'books', 'library', 'study', 'shelves', 'shelf'],
  skyline: ['skyline', 'city', 'cityscape', 'town', 'urban', 'downtown', 'skyscrapers', 'street', 'window', 'rooftop'],
  park: [
    'park',
    'garden',
    'nature',
    'outdoors',
    'outdoor',
    'outside',
    'forest',
    'trees',
    'woods',
    'meadow',
    'grass',
    'greenery',
  ],
  newsroom: ['newsroom', 'news desk', 'news studio', 'news', 'tv studio', 'television studio', 'broadcast'],
  classroom: ['classroom', 'school', 'blackboard', 'chalkboard', 'lecture hall', 'university'],
  gym: ['gym', 'fitness studio', 'fitness', 'fitness center', 'fitness centre', 'weights', 'sports hall'],
  home: ['home', 'living room', 'lounge', 'apartment', 'flat', 'house', 'sofa', 'couch', 'cozy', 'cosy', 'kitchen'],
}

const PLACES = new Map(
  Object.entries(PLACE_WORDS).flatMap(([place, words]) => words.map((word) => [word, place as Place])),
)

/** What each time of day may be called. */
export const TIME_WORDS: Readonly<Record<NonNullable<BackgroundWishes['time']>, readonly string[]>> = {
  day: ['day', 'daytime', 'daylight', 'morning', 'noon', 'midday', 'afternoon', 'sunny', 'bright'],
  evening: ['evening', 'sunset', 'dusk', 'sunrise', 'dawn', 'golden hour', 'twilight', 'autumn'],
  night: ['night', 'nighttime', 'midnight', 'dark', 'lights at night'],
}

const TIMES = new Map(
  Object.entries(TIME_WORDS).flatMap(([time, words]) => words.map((word) => [word, time as BackgroundWishes['time']])),
)

const SHADES: ReadonlySet<string> = new Set(['light', 'pale', 'soft', 'dark', 'deep'])

const STOPS: ReadonlySet<string> = new Set(
  `a an the and or of with in on at by to for from as is are front behind background blurred blurry blur bokeh out focus
  soft softly light lighting lit light-coloured some modern nice view scene setting room colored coloured color colour
  walls one large big small natural depth field warm cool interior big tall wooden full lots many shallow big-city during
  time seen through over ambient calm clean professional`.split(/\s+/),
)

/** What a background in words wishes for. */
export function readBackground(text: string): ReadWords<BackgroundWishes> {
  const tokens = openTokens(text).filter(({ kind }) => kind === 'word')
  const unknown: string[] = []
  let place: Place | undefined
  let time: BackgroundWishes['time']
  const colours: string[] = []
  for (let at = 0; at < tokens.length; ) {
    const phrase = (length: number) =>
      tokens
        .slice(at, at + length)
        .flatMap(({ words }) => words)
        .join(' ')
    const length = [3, 2, 1].find((n) => n === 1 || (at + n <= tokens.length && isKnown(phrase(n)))) ?? 1
    const word = phrase(length)
    const shade = /^(light|pale|soft|dark|deep) (.+)$/.exec(word)
    const colour = shade?.[2] ?? word
    if (PLACES.has(word)) place = moreTelling(place, PLACES.get(word)!)
    else if (Object.hasOwn(CLOTH_COLOURS, colour)) {
      const tone = shade ? (/dark|deep/.test(shade[1]!) ? 'dark ' : 'light ') : ''
      colours.push(tone + colour)
    } else if (TIMES.has(word)) time = TIMES.get(word)
    else if (!STOPS.has(word)) unknown.push(tokens[at]!.text)
    at += length
  }
  return {
    wishes: { colours, ...(place === undefined ? {} : { place }), ...(time === undefined ? {} : { time }) },
    unknown,
    impossible: [],
  }
}

/** `office wall` is an office, `a window on a park` a park. */
function moreTelling(before: Place | undefined, now: Place): Place {
  return before === undefined || before === 'studio' || (before === 'skyline' && now !== 'studio') ? now : before
}

const isKnown = (phrase: string): boolean => {
  const [first = '', ...rest] = phrase.split(' ')
  return PLACES.has(phrase) || TIMES.has(phrase) || (SHADES.has(first) && Object.hasOwn(CLOTH_COLOURS, rest.join(' ')))
}
