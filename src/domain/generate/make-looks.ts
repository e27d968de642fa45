// Other looks of somebody who was generated: the same face and body, dressed and surrounded as words say.
import type { PresenterRecipe } from '../../core/recipe.ts'
import type { AspectRatio } from '../../core/spec.ts'
import { type MadePeople, makePeople } from './make-people.ts'
import { readBackground } from './read-background.ts'
import { readAppearance } from './read-words.ts'

/** What other looks are asked for with. */
export type LookRequest = {
  /** Free English words for clothes, hair, eyeglasses and what stands behind. */
  readonly prompt: string
  readonly aspectRatio: AspectRatio
  /** The same request and seed make the same looks. @default 1 */
  readonly seed?: number
}

/**
 * Makes looks of a person. Clothes and backdrop are new in each; hair, beard and eyeglasses stay unless the words ask for others.
 * @param count how many, 1 to 8. @default 4
 */
export function makeLooks(person: PresenterRecipe, { prompt, ...rest }: LookRequest, count = 4): MadePeople {
  const { gender, age, ethnicity, style, light } = person
  const looks = readAppearance(prompt)
  const { hair, beard, moustache, stubble, glasses } = looks.wishes
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
  const { hair: ownHair, brows, beard: ownBeard, glasses: ownGlasses } = person
  const own = { ...(ownHair ? { hair: ownHair } : {}), brows, ...(ownBeard ? { beard: ownBeard } : {}) }
  const isRestyled = Object.keys(hair).length > 0 || [beard, moustache].some((each) => each !== undefined)
  return {
    people: people.map((made) => {
      const { hair: newHair, beard: newBeard, glasses: newGlasses, ...dressed } = made
      const restyled = {
        ...(newHair ? { hair: newHair } : {}),
        brows: made.brows,
        ...(newBeard ? { beard: newBeard } : {}),
      }
      const seeing = glasses === undefined ? ownGlasses : newGlasses
      return {
        ...dressed,
        ...(isRestyled ? restyled : own),
        ...(seeing ? { glasses: seeing } : {}),
        name: person.name,
        voiceId: person.voiceId,
        macro: person.macro,
        details: person.details,
        skin: stubble === undefined ? person.skin : { ...person.skin, stubble: made.skin.stubble },
        eyes: person.eyes,
        lashes: person.lashes,
      }
    }),
    notes: notesOn(prompt),
  }
}

/** Words that neither dress a person nor stand behind one. */
function notesOn(prompt: string): readonly string[] {
  const behind = new Set(readBackground(prompt).unknown)
  const unknown = readAppearance(prompt).unknown.filter((word) => behind.has(word))
  return unknown.length > 0 ? [`prompt: not understood: ${unknown.map((word) => `"${word}"`).join(', ')}.`] : []
}
