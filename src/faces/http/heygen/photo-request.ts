// What HeyGen's photo generation takes, and the person it asks us for.
import { z } from 'zod'
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

/** The body. HeyGen's own client sends "" for an ethnicity and a style that are open. */
export const photoSchema = z.object({
  name: text('a name for the person').max(200, { error: 'a name of at most 200 characters' }),
  age: word(namesOf(AGES)),
  gender: word(['Woman', 'Man', 'Unspecified']),
  ethnicity: word(namesOf(ETHNICITIES)).default('Unspecified'),
  orientation: word(namesOf(ASPECTS)),
  pose: word(['half_body', 'close_up', 'full_body']),
  style: word(['Realistic', 'Pixar', 'Cinematic', 'Vintage', 'Noir', 'Cyberpunk', 'Unspecified']).default(
    'Unspecified',
  ),
  appearance: text('words about the looks').max(1000, { error: 'words of at most 1000 characters' }),
})

/** The request in our words, and sentences about what cannot be honoured. */
export function toPersonRequest(asked: z.output<typeof photoSchema>): { person: PersonRequest; notes: string[] } {
  const ethnicity = ETHNICITIES[asked.ethnicity]
  const notes: string[] = []
  if (!['Realistic', 'Unspecified'].includes(asked.style)) {
    notes.push(`style ${asked.style}: every picture here is realistic.`)
  }
  if (asked.pose === 'full_body') notes.push('pose full_body: pictures here end below the chest.')
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
    notes,
  }
}

/** Where it is open, the first word for a man or a woman in the appearance decides; else a woman. */
function genderOf({ gender, appearance }: { gender: string; appearance: string }): PersonRequest['gender'] {
  if (gender !== 'Unspecified') return gender === 'Man' ? 'male' : 'female'
  return /\b(man|male|boy|he|his|gentleman)\b/i.test(appearance.replace(/\b(woman|female)\b.*/i, ''))
    ? 'male'
    : 'female'
}
