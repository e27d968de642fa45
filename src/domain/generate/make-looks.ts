// Other looks of somebody who was generated: the same face and body, dressed and surrounded as words say.
import type { PresenterRecipe, RecipeSkin } from '../../core/recipe.ts'
import type { AspectRatio } from '../../core/spec.ts'
import { cannotBeMade, type MadePeople, makePeople, unmade } from './make-people.ts'
import { readBackground } from './read-background.ts'
import { readAppearance } from './read-words.ts'
import type { ReadWords, Wishes } from './wishes.ts'

/** What other looks are asked for with. */
export type LookRequest = {
  /** Free English words for clothes, hair, eyeglasses and what stands behind. */
  readonly prompt: string
  readonly aspectRatio: AspectRatio
  /** The same request and seed make the same looks. @default 1 */
  readonly seed?: number
}

/**
 * Makes looks of a person. Clothes and backdrop are new in each; hair, beard, eyeglasses, headscarf and make-up stay unless the
 * words ask for others.
 * @param count how many, 1 to 8. @default 4
 */
export function makeLooks(person: PresenterRecipe, { prompt, ...rest }: LookRequest, count = 4): MadePeople {
  const { gender, age, ethnicity, style, light } = person
  const looks = readAppearance(prompt)
  const { hair, beard, moustache, glasses, headscarf } = looks.wishes
  const { people } = makePeople(
    {
      gender,
      age,
      ethnicity,
      style,
      model: light === 'bright' ? 'modern' : 'classic',
      appearance: prompt,
      background: prompt,
      // Looks of two people who are asked for in the same words are numbered apart.
      seed: (rest.seed ?? 1) * 1e6 + (person.number % 1e6),
      aspectRatio: rest.aspectRatio,
    },
    count,
  )
  const { hair: ownHair, brows, beard: ownBeard, glasses: ownGlasses, headscarf: ownScarf } = person
  const own = { ...(ownHair ? { hair: ownHair } : {}), brows, ...(ownBeard ? { beard: ownBeard } : {}) }
  const isUncovered = ownScarf !== undefined && headscarf === false
  const isRestyled =
    isUncovered || Object.keys(hair).length > 0 || [beard, moustache].some((each) => each !== undefined)
  return {
    people: people.map((made) => {
      const { hair: newHair, beard: newBeard, glasses: newGlasses, headscarf: newScarf, ...dressed } = made
      const restyled = {
        ...(newHair ? { hair: newHair } : {}),
        brows: made.brows,
        ...(newBeard ? { beard: newBeard } : {}),
      }
      const seeing = glasses === undefined ? ownGlasses : newGlasses
      const scarf = headscarf === undefined ? ownScarf : newScarf
      const { hair: shown, ...bare } = isRestyled ? restyled : own
      return {
        ...dressed,
        ...bare,
        ...(scarf ? { headscarf: scarf } : shown ? { hair: shown } : {}),
        ...(seeing ? { glasses: seeing } : {}),
        name: person.name,
        voiceId: person.voiceId,
        macro: person.macro,
        details: person.details,
        skin: skinOf(person.skin, made.skin, looks.wishes),
        eyes: person.eyes,
        lashes: person.lashes,
      }
    }),
    notes: notesOn(prompt, person, looks),
  }
}

/** The person's own skin, with the stubble and the make-up that words speak of. */
function skinOf(own: RecipeSkin, made: RecipeSkin, wishes: Wishes): RecipeSkin {
  const shaved = wishes.stubble === undefined ? own : { ...own, stubble: made.stubble }
  if ([wishes.makeUp, wishes.lipstick, wishes.eyeShadow].every((wish) => wish === undefined)) return shaved
  const { lips: _, lids: __, ...bare } = shaved
  return { ...bare, ...(made.lips ? { lips: made.lips } : {}), ...(made.lids ? { lids: made.lids } : {}) }
}

/** Words that neither dress a person nor stand behind one, and those that cannot be made. */
function notesOn(prompt: string, person: PresenterRecipe, looks: ReadWords<Wishes>): readonly string[] {
  const behind = new Set(readBackground(prompt).unknown)
  const unknown = looks.unknown.filter((word) => behind.has(word))
  const gone = unmade(person, looks)
  return [
    ...(unknown.length > 0 ? [`prompt: not understood: ${unknown.map((word) => `"${word}"`).join(', ')}.`] : []),
    ...(gone.length > 0 ? [`prompt: ${cannotBeMade(gone)}`] : []),
  ]
}
