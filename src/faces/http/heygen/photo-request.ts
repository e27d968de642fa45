// What HeyGen's photo generation takes, and the person it asks us for.
import { z } from 'zod'
import type { Speaker } from '../../../core/library.ts'
import type { PersonRequest } from '../../../domain/generate/wishes.ts'
import { text, word } from '../fields.ts'

const ETHNICITIES = {
  White: 'european',
  Black: 'african',
  'Asian American': 'east_asian',
  'East Asian': 'east_asian',
  'South East Asian': 'east_asian',
  'South Asian': 'south_asian',
  'Middle Eastern': 'middle_eastern',
  Pacific: 'east_asian',
  Hispanic: 'south_american',
  Unspecified: undefined,
} as const
const AGES = {
  'Young Adult': 'young_adult',
  'Early Middle Age': 'adult',
  'Late Middle Age': 'adult',
  Senior: 'senior',
  Unspecified: 'adult',
} as const
const ASPECTS = { square: 'square', horizontal: 'landscape', vertical: 'portrait' } as const

const namesOf = <Name extends string>(table: Readonly<Record<Name, unknown>>) =>
  Object.keys(table) as unknown as readonly [Name, ...Name[]]

/** How a picture is framed and drawn, the same for people and for looks. */
export const sceneFields = {
  orientation: word(namesOf(ASPECTS)).default('square'),
  pose: word(['half_body', 'close_up', 'full_body']).default('half_body'),
  style: word(['Realistic', 'Pixar', 'Cinematic', 'Vintage', 'Noir', 'Cyberpunk', 'Unspecified']).default(
    'Unspecified',
  ),
}

/** The body. HeyGen's own client sends "" for an ethnicity and a style that are open. */
export const photoSchema = z.object({
  name: text('a name for the person').max(200, { error: 'a name of at most 200 characters' }),
  age: word(namesOf(AGES)),
  gender: word(['Woman', 'Man', 'Unspecified']),
  ethnicity: word(namesOf(ETHNICITIES)).default('Unspecified'),
  ...sceneFields,
  orientation: word(namesOf(ASPECTS)),
  pose: word(['half_body', 'close_up', 'full_body']),
  appearance: text('words about the looks').max(1000, { error: 'words of at most 1000 characters' }),
})

/** The request in our words, and sentences about what cannot be honoured. */
export function toPersonRequest(asked: z.output<typeof photoSchema>): { person: PersonRequest; notes: string[] } {
  const ethnicity = ETHNICITIES[asked.ethnicity]
  return {
    person: {
      gender: genderOf(asked),
      age: AGES[asked.age],
      style: 'professional',
      model: asked.style === 'Cinematic' ? 'modern' : 'classic',
      aspectRatio: ASPECTS[asked.orientation],
      appearance: asked.appearance,
      ...(ethnicity === undefined ? {} : { ethnicity }),
    },
    notes: sceneNotes(asked),
  }
}

type SceneFields = Pick<z.output<typeof photoSchema>, 'orientation' | 'pose' | 'style'>

/** The request for looks of somebody, in our words; a photo's person is put before what the prompt names. */
export function toLookRequest(
  asked: SceneFields & { readonly prompt: string },
  { gender, age }: Pick<Speaker, 'gender' | 'age'>,
): { person: PersonRequest; notes: string[] } {
  const aspectRatio = ASPECTS[asked.orientation]
  const words = { appearance: asked.prompt, background: asked.prompt }
  return {
    person: { gender, age, style: 'professional', model: 'classic', aspectRatio, ...words },
    notes: sceneNotes(asked),
  }
}

function sceneNotes({ style, pose }: SceneFields): string[] {
  const notes: string[] = []
  if (!['Realistic', 'Unspecified'].includes(style)) notes.push(`style ${style}: every picture here is realistic.`)
  if (pose === 'full_body') notes.push('pose full_body: pictures here end below the chest.')
  return notes
}

/** Where it is open, the first word for a man or a woman in the appearance decides; else a woman. */
function genderOf({ gender, appearance }: { gender: string; appearance: string }): PersonRequest['gender'] {
  if (gender !== 'Unspecified') return gender === 'Man' ? 'male' : 'female'
  return /\b(man|male|boy|he|his|gentleman)\b/i.test(appearance.replace(/\b(woman|female)\b.*/i, ''))
    ? 'male'
    : 'female'
}
