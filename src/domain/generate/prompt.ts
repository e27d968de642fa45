// A request for a person as a sentence for image makers that read any words.
import type { Avatar } from '../../core/library.ts'
import type { PersonRequest } from './wishes.ts'

const AGES: Readonly<Record<PersonRequest['age'], string>> = {
  teenager: '18-year-old',
  young_adult: '26-year-old',
  adult: '44-year-old',
  senior: '68-year-old',
}

const ORIGINS: Readonly<Record<Avatar['ethnicity'], string>> = {
  european: 'European',
  african: 'African',
  south_asian: 'South Asian',
  east_asian: 'East Asian',
  middle_eastern: 'Middle Eastern',
  south_american: 'South American',
  north_american: 'North American',
}

/** What a picture of a talking avatar must not have. */
export const NEGATIVE_PROMPT =
  'several people, hands, text, watermark, profile view, open mouth, blurred or cropped face'

/** Says who is asked for, so that the picture can become an avatar: facing us, one person, mouth closed. */
export function describePerson(request: PersonRequest): string {
  const { gender, age, ethnicity, style, model, appearance, background } = request
  const who = [AGES[age], ethnicity === undefined ? '' : ORIGINS[ethnicity], gender === 'female' ? 'woman' : 'man']
  const words = (text: string | undefined) => text?.trim().replace(/[.\s]+$/, '')
  const looks = words(appearance) ? `, ${words(appearance)}` : ''
  return [
    `Portrait photograph of one ${who.filter(Boolean).join(' ')}${looks}.`,
    'Head and shoulders, facing the camera, looking into it, mouth closed, a trace of a smile.',
    style === 'professional' ? 'Dressed for business.' : 'Dressed casually.',
    `Background: ${words(background) || (style === 'professional' ? 'a plain studio wall' : 'a calm living room')}, out of focus.`,
    model === 'modern' ? 'Bright light with contrast.' : 'Soft portrait light.',
  ].join(' ')
}
