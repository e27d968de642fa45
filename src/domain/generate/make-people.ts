// From a request in words to people: recipes that fit the words and differ from each other wherever the words leave it free.
import type { Backdrop } from '../../core/backdrop.ts'
import type { PresenterRecipe, RecipeMacro } from '../../core/recipe.ts'
import { hashText } from '../random.ts'
import { castBackdrops, hasTime } from './cast-backdrop.ts'
import { castClothes } from './cast-clothes.ts'
import { castFaces } from './cast-face.ts'
import { castEyes, castGlasses, castHair, castSkin, ORIGINS } from './cast-look.ts'
import { castHeadscarf, castMakeUp } from './cast-make-up.ts'
import { namesOf, voiceOf } from './cast-name.ts'
import { type Draw, openDraw } from './draw.ts'
import { type BackgroundWishes, readBackground } from './read-background.ts'
import { readAppearance } from './read-words.ts'
import type { PersonRequest, ReadWords, Wishes } from './wishes.ts'

/** What came of a request. */
export type MadePeople = {
  readonly people: readonly PresenterRecipe[]
  /** Sentences about words that were not understood, cannot be made, or lost against the request's fields. */
  readonly notes: readonly string[]
}

/** Numbers of generated people begin here, so that none is a number of the public library. */
const FIRST_NUMBER = 1_000_000_000

/**
 * Makes people who fit a request. The same request (its seed included) gives the same people, and the first of four are the
 * first of two.
 * @param count how many, 1 to 8. @default 4
 */
export function makePeople(request: PersonRequest, count = 4): MadePeople {
  const looks = readAppearance(request.appearance ?? '')
  const behind = readBackground(request.background ?? '')
  const { wishes } = looks
  const key = hashText(JSON.stringify(Object.entries(request).sort(([a], [b]) => (a < b ? -1 : 1))))
  const draw = (topic: number) => openDraw(key, topic)
  // Always as many are drawn as there may be, so that asking for fewer changes nobody.
  const drawn = 8
  const ethnicity = request.ethnicity ?? wishes.ethnicity
  const all = draw(1).shuffled(Object.keys(ORIGINS) as (keyof typeof ORIGINS)[])
  const origins = Array.from({ length: drawn }, (_, i) => ethnicity ?? all[i % all.length]!)
  const macros = castMacros(request, wishes, origins, draw(2))
  const faces = castFaces(request, wishes, macros.map(mainType), draw(3))
  const hair = castHair(request, wishes, origins, draw(4))
  const clothes = castClothes(request, wishes, drawn, draw(5))
  const backdrops = castBackdrops(request, behind.wishes, drawn, draw(6))
  const names = origins.map((origin, i) => {
    const found = openDraw(key, 7).shuffled(namesOf(origin, request.gender))
    return found[i % found.length]!
  })
  const people = macros.slice(0, count).map((macro, i): PresenterRecipe => {
    const chance = openDraw(key, 100 + i)
    const number = FIRST_NUMBER + (hashText(`${key} ${i}`) % FIRST_NUMBER)
    const { backdrop, scene } = backdrops[i]!
    const origin = origins[i]!
    const skin = castSkin(request, wishes, origin, number % 100_000, chance)
    const dressing = openDraw(key, 200 + i)
    return {
      id: `made-${number}`,
      number,
      name: names[i]!,
      gender: request.gender,
      age: request.age === 'teenager' ? 'young_adult' : request.age,
      ethnicity: origin,
      style: request.style,
      scene,
      tags: ['generated', request.model],
      voiceId: voiceOf(request),
      macro,
      details: faces[i]!,
      skin: { ...skin, ...castMakeUp(request, wishes, skin.picture, dressing) },
      eyes: { asset: 'HighPolyEyes', material: 'brown', color: castEyes(wishes, origin, chance) },
      lashes: { asset: request.gender === 'female' ? 'eyelashes03' : 'Eyelashes01' },
      ...under(castHeadscarf(request, wishes, dressing), hair[i]!),
      ...castGlasses(request, wishes, chance),
      clothes: clothes[i]!,
      backdrop,
      light: request.model === 'modern' ? 'bright' : 'soft',
    }
  })
  return { people, notes: notesOn(request, looks, behind) }
}

/** Ages of the human model (0.5 is 25 years, 1 is 90) that look like each word. */
const AGES: Readonly<
  Record<PersonRequest['gender'], Readonly<Record<PersonRequest['age'], readonly [number, number]>>>
> = {
  female: { teenager: [0.5, 0.5], young_adult: [0.5, 0.53], adult: [0.6, 0.67], senior: [0.66, 0.74] },
  male: { teenager: [0.5, 0.5], young_adult: [0.5, 0.53], adult: [0.68, 0.76], senior: [0.9, 0.98] },
}

function castMacros(
  { gender, age }: PersonRequest,
  wishes: Wishes,
  origins: readonly (keyof typeof ORIGINS)[],
  draw: Draw,
) {
  const orders = new Map(origins.map((origin) => [origin, draw.shuffled(ORIGINS[origin].faces)]))
  // The human model's old women get men's jaws: lines and hair carry their age instead.
  const [least, most] = AGES[gender][age]
  const weight = { slim: 0.36, average: 0.5, athletic: 0.47, heavy: 0.74 }
  return origins.map((origin, i): RecipeMacro => {
    const order = orders.get(origin)!
    const years = wishes.years === undefined ? null : 0.5 + Math.max(0, wishes.years - 25) / 130
    const between = draw.between(least, most)
    return {
      gender: round(gender === 'female' ? draw.between(0.02, 0.06) : draw.between(0.92, 0.97)),
      age: round(years === null ? between : Math.min(most + 0.04, Math.max(least - 0.02, years, 0.5))),
      ...order[i % order.length]!,
      muscle: round(wishes.build === 'athletic' ? 0.68 : draw.between(0.4, gender === 'male' ? 0.58 : 0.46)),
      weight: round(
        (wishes.build ? weight[wishes.build] : draw.between(0.4, age === 'senior' ? 0.58 : 0.54)) +
          draw.between(-0.02, 0.02),
      ),
    }
  })
}

/** A headscarf covers all hair. */
const under = (scarf: Pick<PresenterRecipe, 'headscarf'>, head: Pick<PresenterRecipe, 'hair' | 'brows' | 'beard'>) => {
  const { hair: _, ...bare } = head
  return scarf.headscarf ? { ...bare, ...scarf } : head
}

/** The face type with the greatest share. */
const mainType = ({ african, asian, caucasian }: RecipeMacro) =>
  african >= asian && african >= caucasian ? 'african' : asian >= caucasian ? 'asian' : 'caucasian'

const round = (value: number): number => Math.round(value * 1000) / 1000

/** What may stand behind the person of a photo: as many backdrops as wanted, and what became of the words. */
export function makeBackdrops(
  request: Pick<PersonRequest, 'style' | 'model' | 'appearance' | 'background' | 'seed'>,
  count = 4,
): { readonly backdrops: readonly Backdrop[]; readonly notes: readonly string[] } {
  const behind = readBackground(request.background ?? '')
  const draw = openDraw(hashText(JSON.stringify([request.style, request.model, request.background, request.seed])), 6)
  const backdrops = castBackdrops(request, behind.wishes, 8, draw).map(({ backdrop }) => backdrop)
  const notes = backgroundNotes(behind)
  if (request.appearance?.trim())
    notes.push('appearance: the photo says what the person looks like; the words are not used.')
  return { backdrops: backdrops.slice(0, count), notes }
}

/** All that words wanted and did not get. */
function notesOn(
  request: PersonRequest,
  looks: ReadWords<Wishes>,
  behind: ReadWords<BackgroundWishes>,
): readonly string[] {
  const { wishes } = looks
  const gone = unmade(request, looks)
  const notes: string[] = []
  if (looks.unknown.length > 0) notes.push(`appearance: not understood: ${quoted(looks.unknown)}.`)
  if (gone.length > 0) notes.push(`appearance: ${cannotBeMade(gone)}`)
  notes.push(...backgroundNotes(behind))
  if (wishes.gender && wishes.gender !== request.gender) {
    notes.push(`appearance: the words say ${wishes.gender}, the request ${request.gender}, which counts.`)
  }
  if (wishes.ethnicity && request.ethnicity && wishes.ethnicity !== request.ethnicity) {
    notes.push(`appearance: the words say ${wishes.ethnicity}, the request ${request.ethnicity}, which counts.`)
  }
  if (wishes.years !== undefined && !isOf(request.age, wishes.years)) {
    notes.push(`appearance: the words say ${wishes.years} years, the request ${request.age}, which counts.`)
  }
  if (request.gender === 'female' && (wishes.beard || wishes.moustache))
    notes.push('appearance: women are made without beards.')
  return notes
}

function backgroundNotes(behind: ReadWords<BackgroundWishes>): string[] {
  const notes: string[] = []
  if (behind.unknown.length > 0) notes.push(`background: not understood: ${quoted(behind.unknown)}.`)
  if (behind.wishes.time !== undefined && behind.wishes.time !== 'day' && !hasTime(behind.wishes.place)) {
    notes.push(`background: ${behind.wishes.place} looks the same at any time of day.`)
  }
  return notes
}

/** What was understood and cannot be made of a person yet, in words. */
export const unmade = (
  { gender }: Pick<PersonRequest, 'gender'>,
  { impossible, wishes }: ReadWords<Wishes>,
): readonly string[] => [
  ...impossible,
  ...(wishes.hat ? ['hat'] : []),
  ...(wishes.headscarf && gender === 'male' ? ['headscarf'] : []),
  ...(wishes.sunglasses ? ['sunglasses'] : []),
]

const isOf = (age: PersonRequest['age'], years: number): boolean => {
  const [from, to] = { teenager: [13, 19], young_adult: [18, 35], adult: [30, 59], senior: [55, 120] }[age] as [
    number,
    number,
  ]
  return years >= from && years <= to
}

/** A sentence about words that were understood in vain. */
export const cannotBeMade = (words: readonly string[]): string =>
  `understood, but cannot be made yet: ${quoted(words)}.`

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ')
