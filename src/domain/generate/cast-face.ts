// Casts the bones of a face: whole types of head, nose, mouth and eyes, made by hand to go together, and a little chance.
import type { RecipeMacro } from '../../core/recipe.ts'
import type { Draw } from './draw.ts'
import type { PersonRequest, Wishes } from './wishes.ts'

type Details = Readonly<Record<string, number>>

/** `eyes/eye-size-big` stands for the left and the right one. */
const PAIRED = /^(eyes|cheek|ears|armslegs)\//

/** Weights above this distort a face; see the licence of taste in docs/generator.md. */
const MOST = 0.34

const HEADS: Readonly<Record<string, Details>> = {
  oval: { 'head/head-oval': 0.26, 'chin/chin-width-min': 0.14, 'cheek/cheek-bones-out': 0.12 },
  heart: {
    'head/head-invertedtriangular': 0.16,
    'chin/chin-triangle': 0.16,
    'chin/chin-width-min': 0.12,
    'cheek/cheek-bones-out': 0.16,
  },
  soft: { 'head/head-oval': 0.32, 'cheek/cheek-volume-inflate': 0.08, 'mouth/mouth-scale-horiz-incr': 0.04 },
  round: { 'head/head-round': 0.22, 'cheek/cheek-volume-inflate': 0.14, 'chin/chin-height-min': 0.08 },
  square: { 'head/head-square': 0.18, 'chin/chin-width-max': 0.1, 'chin/chin-bones-out': 0.14 },
  long: { 'head/head-rectangular': 0.12, 'head/head-scale-vert-more': 0.08, 'chin/chin-height-max': 0.1 },
  diamond: { 'head/head-diamond': 0.16, 'cheek/cheek-bones-out': 0.2, 'head/head-oval': 0.1 },
}

const NOSES: Readonly<Record<string, Details>> = {
  straight: { 'nose/nose-greek-moregreek': 0.08, 'nose/nose-point-width-less': 0.1 },
  small: { 'nose/nose-scale-vert-decr': 0.14, 'nose/nose-scale-depth-decr': 0.1, 'nose/nose-point-up': 0.08 },
  narrow: { 'nose/nose-scale-horiz-decr': 0.2, 'nose/nose-point-width-less': 0.14 },
  arched: { 'nose/nose-hump-morehump': 0.16, 'nose/nose-scale-horiz-decr': 0.1 },
  wide: { 'nose/nose-scale-horiz-incr': 0.12, 'nose/nose-point-width-more': 0.1 },
  button: { 'nose/nose-point-up': 0.14, 'nose/nose-scale-vert-decr': 0.1, 'nose/nose-volume-potato': 0.06 },
  large: { 'nose/nose-scale-vert-incr': 0.12, 'nose/nose-scale-depth-incr': 0.1 },
}

const MOUTHS: Readonly<Record<string, Details>> = {
  full: { 'mouth/mouth-lowerlip-volume-inflate': 0.22, 'mouth/mouth-upperlip-volume-inflate': 0.1 },
  wide: { 'mouth/mouth-scale-horiz-incr': 0.16, 'mouth/mouth-lowerlip-volume-inflate': 0.08 },
  bow: { 'mouth/mouth-cupidsbow-incr': 0.2, 'mouth/mouth-upperlip-height-max': 0.08 },
  even: { 'mouth/mouth-lowerlip-volume-inflate': 0.1 },
  narrow: { 'mouth/mouth-scale-horiz-decr': 0.12, 'mouth/mouth-upperlip-height-max': 0.08 },
  thin: { 'mouth/mouth-upperlip-height-min': 0.12, 'mouth/mouth-lowerlip-volume-deflate': 0.08 },
}

const EYES: Readonly<Record<string, Details>> = {
  large: { 'eyes/eye-size-big': 0.28, 'eyes/eye-height2-max': 0.06 },
  almond: { 'eyes/eye-size-big': 0.18, 'eyes/eye-corner2-up': 0.12, 'eyes/eye-height2-max': 0.08 },
  soft: { 'eyes/eye-size-big': 0.2, 'eyes/eye-corner2-down': 0.1, 'eyes/eye-height2-max': 0.1 },
  set: { 'eyes/eye-size-big': 0.16, 'eyes/eye-push1-in': 0.1, 'eyes/eye-height2-max': 0.1 },
  wide: { 'eyes/eye-size-big': 0.2, 'eyes/eye-move-out': 0.08, 'eyes/eye-height2-max': 0.08 },
  close: { 'eyes/eye-size-big': 0.18, 'eyes/eye-move-in': 0.06, 'eyes/eye-height2-max': 0.12 },
  small: { 'eyes/eye-size-big': 0.04, 'eyes/eye-height2-max': 0.14 },
}

const BROWS: readonly Details[] = [
  { 'eyebrows/eyebrows-trans-vert-more': 0.16 },
  { 'eyebrows/eyebrows-trans-vert-more': 0.1, 'eyebrows/eyebrows-angle-up': 0.1 },
  { 'eyebrows/eyebrows-trans-vert-more': 0.12, 'eyebrows/eyebrows-angle-up': 0.2 },
  { 'eyebrows/eyebrows-trans-vert-more': 0.2 },
]

const REST: readonly Details[] = [
  { 'ears/ear-size-small': 0.16 },
  { 'forehead/forehead-scale-vert-less': 0.1 },
  { 'chin/chin-prominent-more': 0.1 },
  { 'forehead/forehead-scale-vert-more': 0.06, 'ears/ear-size-small': 0.1 },
]

const ASYMMETRY: readonly string[] = [
  'nose-1-l',
  'nose-2-r',
  'mouth-1-r',
  'mouth-2-l',
  'brown-1-l',
  'brown-2-r',
  'jaw-1-l',
]

/** What every woman and every man of ours has: arms, chest and neck as clothes want them, a friendly rest. */
const FEMALE: Details = {
  'chin/chin-width-min': 0.28,
  'chin/chin-triangle': 0.14,
  'chin/chin-bones-in': 0.12,
  'eyes/eye-size-big': 0.2,
  'eyes/eye-height2-max': 0.08,
  'mouth/mouth-lowerlip-volume-inflate': 0.15,
  'mouth/mouth-upperlip-volume-inflate': 0.15,
  'nose/nose-scale-horiz-decr': 0.14,
  'nose/nose-width2-min': 0.12,
  'ears/ear-size-small': 0.16,
  'breast/nipple-point-in': 1,
  'breast/nipple-size-min': 1,
  'breast/breast-point-min': 0.8,
  'armslegs/upperarm-shoulder-muscle-decr': 0.35,
  'armslegs/upperarm-skinny': 0.2,
  'measure/measure-shoulder-decrease': 0.3,
  'chin/chin-height-min': 0.08,
  'nose/nose-scale-depth-decr': 0.06,
  'neck/neck-scale-horiz-less': 0.22,
  'torso/torso-scale-horiz-decr': 0.25,
}
const MALE: Details = {
  'torso/torso-scale-horiz-decr': 0.2,
  'ears/ear-size-small': 0.08,
  'chin/chin-width-max': 0.12,
  'chin/chin-prominent-more': 0.1,
  'neck/neck-scale-horiz-more': 0.1,
}

/** Types that look like one gender more than the other are left to it. */
const HEADS_OF = {
  female: ['oval', 'heart', 'round', 'diamond', 'soft'],
  male: ['oval', 'square', 'long', 'diamond', 'round'],
} as const
const NOSES_OF = {
  female: ['straight', 'small', 'narrow', 'button', 'arched'],
  male: ['straight', 'narrow', 'arched', 'large', 'wide'],
} as const
const MOUTHS_OF = {
  female: ['full', 'bow', 'even', 'wide', 'narrow'],
  male: ['even', 'wide', 'thin', 'full', 'bow'],
} as const
const EYES_OF = {
  female: ['large', 'almond', 'soft', 'wide', 'set'],
  male: ['set', 'soft', 'close', 'almond', 'wide'],
} as const

/**
 * Detail weights of several faces of one gender that differ in every part that words leave free.
 * @param type the face type that weighs most: it gives the smile its shape.
 */
export function castFaces(
  { gender, age }: Pick<PersonRequest, 'gender' | 'age'>,
  wishes: Wishes,
  types: readonly (keyof Pick<RecipeMacro, 'african' | 'asian' | 'caucasian'>)[],
  draw: Draw,
): readonly Details[] {
  const deal = (all: readonly string[], wished: string | undefined) => {
    const order = draw.shuffled(all)
    return types.map((_, i) => wished ?? order[i % order.length]!)
  }
  const heads = deal(HEADS_OF[gender], wishes.face)
  const noses = deal(NOSES_OF[gender], wishes.nose)
  const mouths = deal(MOUTHS_OF[gender], wishes.lips)
  const eyes = deal(EYES_OF[gender], wishes.eyeSize)
  const brows = draw.shuffled(BROWS)
  const rest = draw.shuffled(REST)
  return types.map((type, i) => {
    const sum = new Map<string, number>()
    const add = (details: Details, least: number, most: number) => {
      for (const [name, weight] of Object.entries(details)) {
        const scaled = weight * draw.between(least, most)
        sum.set(name, (sum.get(name) ?? 0) + scaled)
      }
    }
    const parts = [HEADS[heads[i]!], NOSES[noses[i]!], MOUTHS[mouths[i]!], EYES[eyes[i]!]]
    for (const part of [...parts, brows[i % brows.length], rest[i % rest.length]]) if (part) add(part, 0.8, 1.15)
    add(ageOf({ age, gender }), 0.85, 1.15)
    for (const name of draw.shuffled(ASYMMETRY).slice(0, 2)) add({ [`asym/asym-${name}`]: 0.08 }, 0.6, 1.2)
    for (const [name, weight] of sum) sum.set(name, Math.min(MOST, weight))
    add(gender === 'female' ? FEMALE : MALE, 1, 1)
    const smile = wishes.smile === true ? 0.42 : wishes.smile === false ? 0 : gender === 'female' ? 0.2 : 0.13
    add({ [`expression/units/${type}/mouth-corner-puller`]: smile }, 0.9, 1.1)
    // Inner brows a little raised: without it the model's faces frown.
    const brow = wishes.smile === false ? 0.1 : gender === 'female' ? 0.3 : 0.14
    add(
      {
        [`expression/units/${type}/eyebrows-left-inner-up`]: brow,
        [`expression/units/${type}/eyebrows-right-inner-up`]: brow,
      },
      0.9,
      1.1,
    )
    add({ 'mouth/mouth-angles-up': wishes.smile === false ? 0 : 0.1 }, 0.8, 1.2)
    return bothSides(sum)
  })
}

const ageOf = ({ age, gender }: Pick<PersonRequest, 'age' | 'gender'>): Details => {
  if (age === 'teenager') return { 'head/head-age-less': 0.25, 'cheek/cheek-volume-inflate': 0.06 }
  if (age === 'senior')
    return {
      'head/head-age-more': gender === 'female' ? 0.04 : 0.24,
      'eyes/eye-bag-out': 0.1,
      'neck/neck-double-more': 0.08,
    }
  return age === 'adult' ? { 'head/head-age-more': 0.08 } : {}
}

function bothSides(details: ReadonlyMap<string, number>): Details {
  const out: Record<string, number> = {}
  for (const [name, weight] of details) {
    const value = Math.round(weight * 1000) / 1000
    if (value === 0) continue
    const [folder, detail] = name.split('/') as [string, string]
    if (!PAIRED.test(name)) out[name] = value
    else for (const side of ['l', 'r']) out[`${folder}/${side}-${detail}`] = value
  }
  return out
}
