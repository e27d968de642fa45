// Forty requests over ages, genders, ethnicities and words: what the generator is judged and looked at by.
import type { PersonRequest } from '../src/domain/generate/wishes.ts'

const ETHNICITIES = [
  'european',
  'african',
  'south_asian',
  'east_asian',
  'middle_eastern',
  'south_american',
  'north_american',
] as const
const AGES = [
  'young_adult',
  'adult',
  'senior',
  'teenager',
  'adult',
  'senior',
  'young_adult',
  'adult',
  'senior',
  'young_adult',
] as const

const WORDS: Readonly<Record<PersonRequest['gender'], readonly string[]>> = {
  female: [
    'long brown hair, green eyes, teal blouse',
    '',
    'short grey hair, glasses, burgundy blazer',
    'ponytail, freckles, smile',
    'bob, red dress',
    'silver hair, blue eyes, navy blazer',
    'long black hair, white shirt',
    'blond hair, light blue blouse',
    'white hair, glasses, plum sweater',
    'braid, olive t-shirt, gentle smile',
  ],
  male: [
    'short brown hair, stubble, white t-shirt',
    'bald, full beard, charcoal suit with a burgundy tie',
    'white hair, glasses, navy suit',
    'messy black hair, yellow t-shirt',
    '',
    'grey hair, moustache, brown blazer',
    'slicked back hair, full beard, black suit',
    'dark brown hair, glasses, sky blue shirt',
    'bald, grey beard, forest green sweater',
    'ginger hair, freckles, denim shirt',
  ],
}

const BACKGROUNDS = [
  '',
  'office',
  'bookshelf',
  'park in the evening',
  'skyline at night',
  'plain light grey wall',
  'home',
  'classroom',
] as const

/** The requests, women and men in turn. */
export const REQUESTS: readonly PersonRequest[] = Array.from({ length: 40 }, (_, i) => {
  const gender = i % 2 === 0 ? 'female' : 'male'
  const turn = Math.floor(i / 2)
  return {
    gender,
    age: AGES[turn % AGES.length]!,
    ethnicity: ETHNICITIES[(turn * 3 + (i % 2)) % ETHNICITIES.length]!,
    style: turn % 3 === 1 ? 'social' : 'professional',
    model: turn % 2 === 0 ? 'classic' : 'modern',
    aspectRatio: 'portrait',
    appearance: WORDS[gender][turn % WORDS[gender].length]!,
    background: BACKGROUNDS[turn % BACKGROUNDS.length]!,
    seed: 1 + Math.floor(turn / 10),
  }
})
