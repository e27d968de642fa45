// Casts what is on a face: skin, hair, brows, eyes and glasses, as they go together in people.
import type { Avatar } from '../../core/library.ts'
import type { PresenterRecipe, RecipeMacro, RecipeSkin } from '../../core/recipe.ts'
import { EYE_COLOURS, HAIR_COLOURS } from './colours.ts'
import type { Draw } from './draw.ts'
import type { HairCut, PersonRequest, Wishes } from './wishes.ts'

type Ethnicity = Avatar['ethnicity']
type Chances = readonly (readonly [string, number])[]

/** How people of a part of the world may look: face type shares, skins, hair and eyes, each with its weight. */
type Origin = {
  readonly faces: readonly Pick<RecipeMacro, 'african' | 'asian' | 'caucasian'>[]
  readonly skins: Chances
  readonly hair: Chances
  readonly eyes: Chances
}

const face = (african: number, asian: number, caucasian: number) => ({ african, asian, caucasian })

const DARK_HAIR: Chances = [
  ['black', 6],
  ['dark brown', 3],
]
const BROWN_EYES: Chances = [
  ['brown', 5],
  ['dark brown', 5],
  ['light brown', 1],
]

/** Sources: none but looking; docs/generator.md says what each is meant to give. */
export const ORIGINS: Readonly<Record<Ethnicity, Origin>> = {
  european: {
    faces: [face(0, 0, 1), face(0, 0.1, 0.9), face(0.04, 0.04, 0.92), face(0, 0.06, 0.94)],
    skins: [
      ['very light', 3],
      ['light', 6],
      ['medium', 2],
    ],
    hair: [
      ['dark brown', 5],
      ['brown', 6],
      ['chestnut', 3],
      ['light brown', 3],
      ['dark blond', 4],
      ['blond', 4],
      ['black', 1],
      ['auburn', 2],
      ['red', 1],
    ],
    eyes: [
      ['blue', 5],
      ['brown', 5],
      ['green', 2],
      ['hazel', 3],
      ['grey', 2],
    ],
  },
  north_american: {
    faces: [face(0, 0, 1), face(0.12, 0.05, 0.83), face(0.03, 0.14, 0.83), face(0, 0.05, 0.95)],
    skins: [
      ['light', 5],
      ['medium', 4],
      ['tan', 2],
    ],
    hair: [
      ['dark brown', 5],
      ['brown', 6],
      ['chestnut', 3],
      ['dark blond', 4],
      ['blond', 3],
      ['black', 2],
      ['auburn', 1],
    ],
    eyes: [
      ['brown', 6],
      ['blue', 4],
      ['hazel', 3],
      ['green', 2],
    ],
  },
  south_american: {
    faces: [face(0.1, 0.25, 0.65), face(0.16, 0.16, 0.68), face(0.06, 0.32, 0.62), face(0.1, 0.12, 0.78)],
    skins: [
      ['olive', 3],
      ['tan', 5],
      ['medium', 2],
    ],
    hair: [
      ['black', 4],
      ['dark brown', 6],
      ['brown', 2],
    ],
    eyes: [
      ['brown', 6],
      ['dark brown', 4],
      ['hazel', 1],
    ],
  },
  african: {
    faces: [face(1, 0, 0), face(0.92, 0, 0.08), face(0.85, 0.05, 0.1), face(0.95, 0, 0.05)],
    skins: [
      ['dark', 5],
      ['very dark', 4],
    ],
    hair: [
      ['black', 9],
      ['dark brown', 1],
    ],
    eyes: [
      ['dark brown', 7],
      ['brown', 3],
    ],
  },
  south_asian: {
    faces: [face(0.18, 0.12, 0.7), face(0.22, 0.08, 0.7), face(0.12, 0.16, 0.72), face(0.16, 0.05, 0.79)],
    skins: [
      ['brown', 5],
      ['tan', 3],
    ],
    hair: DARK_HAIR,
    eyes: BROWN_EYES,
  },
  east_asian: {
    faces: [face(0, 1, 0), face(0, 0.93, 0.07), face(0, 0.88, 0.12), face(0, 0.96, 0.04)],
    skins: [
      ['light', 3],
      ['very light', 2],
      ['medium', 4],
    ],
    hair: DARK_HAIR,
    eyes: BROWN_EYES,
  },
  middle_eastern: {
    faces: [face(0.08, 0.05, 0.87), face(0.04, 0.08, 0.88), face(0.12, 0.02, 0.86), face(0.06, 0.02, 0.92)],
    skins: [
      ['olive', 5],
      ['medium', 3],
      ['tan', 2],
    ],
    hair: [
      ['black', 6],
      ['dark brown', 5],
      ['brown', 1],
    ],
    eyes: [
      ['brown', 6],
      ['dark brown', 5],
      ['hazel', 2],
      ['green', 1],
    ],
  },
}

/** Which picture a skin is made from and what it is multiplied with. */
const SKINS: Readonly<Record<string, readonly ['caucasian' | 'asian' | 'african', string]>> = {
  'very light': ['caucasian', '#ffffff'],
  light: ['caucasian', '#fdf3ea'],
  medium: ['caucasian', '#f0e2d4'],
  olive: ['caucasian', '#e3d2bc'],
  tan: ['caucasian', '#d2bca6'],
  brown: ['caucasian', '#b29a88'],
  dark: ['african', '#dde0df'],
  'very dark': ['african', '#b9b1ab'],
}

/** Skin of someone of an age. */
export function castSkin(
  request: PersonRequest,
  wishes: Wishes,
  ethnicity: Ethnicity,
  seed: number,
  draw: Draw,
): RecipeSkin {
  const name = wishes.skin ?? draw.weighted(ORIGINS[ethnicity].skins)
  const [usual, tint] = SKINS[name]!
  // The older asian skins and the old african ones are orange and red: others take their place.
  const young = request.age === 'teenager' || request.age === 'young_adult'
  const type = usual === 'caucasian' && ethnicity === 'east_asian' && young ? 'asian' : usual
  const stage = young ? 'young' : request.age === 'senior' && type !== 'african' ? 'old' : 'middleage'
  const lines = { teenager: 0, young_adult: 0.06, adult: 0.85, senior: 1 }[request.age]
  const bearded = wishes.beard || wishes.moustache
  const shadow = request.gender === 'female' || request.age === 'teenager' ? 0 : draw.between(0.05, 0.35)
  return {
    picture: `${stage}_${type}_${request.gender}`,
    tint,
    seed,
    freckles: wishes.freckles === true ? 0.75 : wishes.freckles === false ? 0 : 0.05,
    stubble: round(wishes.stubble ? 0.95 : wishes.stubble === false ? 0 : bearded ? 0.3 : shadow),
    lines: round(
      wishes.lines === true
        ? Math.max(0.6, lines)
        : wishes.lines === false
          ? lines / 3
          : Math.min(1, lines * draw.between(0.9, 1.1)),
    ),
  }
}

type Style = {
  readonly cut: HairCut
  /** As it is seen from the front: hair that is tied back has none that words could ask for. */
  readonly length: 'short' | 'chin' | 'medium' | 'long' | 'tied'
  /** Null: a shaved head. */
  readonly asset: string | null
  readonly swept?: boolean
  /** How often it is drawn where words do not ask for it, for women and men. */
  readonly female: number
  readonly male: number
  /** Factors for origins and seniors. */
  readonly of?: Readonly<Partial<Record<Ethnicity, number>>>
  readonly senior?: number
}

/** Hair that looks well from the front; the rest of the human model's hides the eyes or stands in tufts. */
const STYLES: readonly Style[] = [
  { cut: 'straight', length: 'long', asset: 'long01', female: 5, male: 0, of: { african: 0.3 }, senior: 0.3 },
  { cut: 'straight', length: 'long', asset: 'long_alpha7', female: 4, male: 0, of: { african: 0.3 }, senior: 0.3 },
  { cut: 'ponytail', length: 'tied', asset: 'ponytail01', female: 4, male: 0.2, senior: 0.05 },
  { cut: 'bun', length: 'tied', asset: 'ponytail01', female: 1, male: 0, senior: 0.1 },
  { cut: 'braid', length: 'chin', asset: 'Braid01', swept: true, female: 2, male: 0, of: { african: 0.7 } },
  { cut: 'fringe', length: 'medium', asset: 'junglebookhair', female: 2, male: 0, of: { african: 0.2 }, senior: 0.3 },
  { cut: 'bob', length: 'chin', asset: 'bob02', swept: true, female: 5, male: 0, of: { african: 0.6 }, senior: 1.5 },
  { cut: 'bob', length: 'chin', asset: 'bob01', swept: true, female: 1, male: 0, of: { african: 0.3 }, senior: 1.5 },
  {
    cut: 'curly',
    length: 'long',
    asset: 'curly',
    female: 1,
    male: 0,
    of: { african: 3, south_american: 2, east_asian: 0 },
    senior: 0.2,
  },
  { cut: 'afro', length: 'short', asset: 'afro01', female: 0, male: 0, of: { african: 40 } },
  { cut: 'tousled', length: 'short', asset: 'short01', female: 0.1, male: 6, of: { african: 0.4 } },
  { cut: 'side-parted', length: 'short', asset: 'short02', female: 0.1, male: 1.2, of: { african: 0.1 }, senior: 1.5 },
  { cut: 'slicked', length: 'short', asset: 'short04', female: 0, male: 4, of: { african: 0.6 } },
  { cut: 'cropped', length: 'short', asset: 'short04', female: 0, male: 2, of: { african: 5 }, senior: 1.5 },
  { cut: 'bald', length: 'short', asset: null, female: 0, male: 0.6, of: { african: 3 }, senior: 2 },
]

/** The hair of several people, different ones as far as the words allow. */
export function castHair(
  request: PersonRequest,
  wishes: Wishes,
  origins: readonly Ethnicity[],
  draw: Draw,
): readonly Pick<PresenterRecipe, 'hair' | 'brows' | 'beard'>[] {
  const used = new Set<string>()
  return origins.map((ethnicity) => {
    const style = pickStyle(request, wishes, ethnicity, used, draw)
    used.add(`${style.asset}`)
    const inborn = draw.weighted(ORIGINS[ethnicity].hair)
    const white =
      request.age === 'senior' && draw.between(0, 1) < 0.8 ? draw.one(['light grey', 'silver', 'white']) : null
    const asked = wishes.hair.colour ?? (wishes.hair.grey === undefined ? white : null)
    const colour = asked ?? inborn
    const grey = round(wishes.hair.grey ?? (asked === null ? usualGrey(request, draw) : 0))
    const color = HAIR_COLOURS[colour]!
    // Women of an age keep or paint their brows darker than their hair.
    const browName = request.gender === 'female' && asked === white && white !== null ? inborn : colour
    const own = (piece: { readonly asset: string; readonly color: string }) => (grey > 0 ? { ...piece, grey } : piece)
    const beard = castBeard(request, wishes, style, draw)
    // Old men's beards and brows have white hairs, whatever their colour is called.
    const whitened = request.age === 'senior' && request.gender === 'male' ? OLD_MENS_WHITE : 0
    const beardGrey = Math.max(whitened, Math.min(1, grey * 1.1))
    return {
      ...(style.asset === null
        ? {}
        : { hair: { ...own({ asset: style.asset, color }), ...(style.swept ? { swept: true } : {}) } }),
      brows: {
        ...own({ asset: browsOf(request, wishes, draw), color: browColour(HAIR_COLOURS[browName]!) }),
        ...browGrey(grey, whitened, request.gender),
      },
      ...(beard
        ? {
            beard: {
              ...beard,
              color: wishes.beardColour ? HAIR_COLOURS[wishes.beardColour]! : color,
              ...(beardGrey > 0 && isGreying(wishes.beardColour) ? { grey: round(beardGrey) } : {}),
            },
          }
        : {}),
    }
  })
}

/** Share of white strands in the brows and beards of old men. */
const OLD_MENS_WHITE = 0.8

function browGrey(grey: number, whitened: number, gender: PersonRequest['gender']): { readonly grey?: number } {
  const share = Math.max(whitened, grey * (gender === 'female' ? 0.3 : 0.6))
  return share > 0 ? { grey: round(share) } : {}
}

/** Whether a beard of that colour may have white strands: not where words name another colour. */
const isGreying = (colour: string | undefined): boolean => colour === undefined || /grey|silver|white/.test(colour)

/** What each word covers: a bob is short to some and medium to others. */
const LENGTHS: Readonly<Record<NonNullable<Wishes['hair']['length']>, readonly Style['length'][]>> = {
  short: ['short', 'chin'],
  medium: ['chin', 'medium'],
  long: ['long'],
}

function pickStyle(
  request: PersonRequest,
  { hair }: Wishes,
  ethnicity: Ethnicity,
  used: ReadonlySet<string>,
  draw: Draw,
): Style {
  const fits = (style: Style, strict: boolean) =>
    (hair.cut === undefined || style.cut === hair.cut) &&
    (hair.length === undefined || LENGTHS[hair.length].includes(style.length) || !strict) &&
    (hair.cut !== undefined || style.cut !== 'bald' || hair.colour === undefined)
  const strictly = STYLES.filter((style) => fits(style, true))
  const fitting = strictly.length > 0 ? strictly : STYLES.filter((style) => fits(style, false))
  const weights = fitting.map((style): [Style, number] => {
    const own = style.female + style.male === 0 && style.of?.[ethnicity] !== undefined ? 0.05 : 0
    const usual = style[request.gender] + own
    const asked = hair.cut !== undefined || hair.length !== undefined ? 0.02 : 0
    const of = style.of?.[ethnicity] ?? 1
    const senior = request.age === 'senior' ? (style.senior ?? 1) : 1
    return [style, (Math.max(usual, asked) * of * senior + asked * 0.01) * (used.has(`${style.asset}`) ? 0.02 : 1)]
  })
  return draw.weighted(weights)
}

function castBeard({ gender, age }: PersonRequest, wishes: Wishes, style: Style, draw: Draw) {
  if (wishes.beard === true)
    return { style: draw.one(['full', 'full', 'goatee'] as const), length: draw.one(['trimmed', 'full'] as const) }
  if (wishes.moustache === true) return { style: 'moustache' as const, length: 'full' as const }
  if (gender === 'female' || age === 'teenager' || wishes.beard === false || wishes.stubble !== undefined) return null
  if (wishes.moustache === false) return null
  return draw.between(0, 1) < (style.asset === null ? 0.5 : 0.2)
    ? { style: 'full' as const, length: 'trimmed' as const }
    : null
}

/** Share of grey strands by age, where no words say. */
function usualGrey({ gender, age }: PersonRequest, draw: Draw): number {
  if (age === 'senior') return draw.between(0.5, 0.8)
  return age === 'adult' ? Math.max(0, draw.between(-0.15, gender === 'female' ? 0 : 0.12)) : 0
}

const BROWS = {
  female: {
    usual: ['eyebrow010', 'eyebrow010', 'eyebrow006'],
    thick: ['eyebrow012'],
    thin: ['eyebrow006', 'eyebrow010'],
  },
  male: { usual: ['eyebrow012', 'eyebrow001', 'eyebrow012'], thick: ['eyebrow009'], thin: ['eyebrow010'] },
} as const

const browsOf = ({ gender }: PersonRequest, wishes: Wishes, draw: Draw): string =>
  draw.one<string>(BROWS[gender][wishes.brows ?? 'usual'])

/** Brows are darker than blond hair. */
const browColour = (hair: string): string =>
  `#${[1, 3, 5]
    .map((at) =>
      Math.round(Number.parseInt(hair.slice(at, at + 2), 16) * 0.72)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`

/** The colour of the irises. */
export const castEyes = (wishes: Wishes, ethnicity: Ethnicity, draw: Draw): string =>
  EYE_COLOURS[wishes.eyes ?? draw.weighted(ORIGINS[ethnicity].eyes)]!

/** Eyeglasses, where they are wished for. */
export function castGlasses({ gender }: PersonRequest, wishes: Wishes, draw: Draw): Pick<PresenterRecipe, 'glasses'> {
  if (wishes.glasses !== true) return {}
  return {
    glasses: {
      style: draw.one(
        gender === 'female' ? (['oval', 'cat', 'round'] as const) : (['square', 'oval', 'round'] as const),
      ),
      frame: draw.one(['metal', 'acetate'] as const),
      color: draw.one(['#1d1a19', '#3b2a20', '#4a4d52']),
    },
  }
}

const round = (value: number): number => Math.round(value * 100) / 100
