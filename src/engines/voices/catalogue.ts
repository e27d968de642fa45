// Every voice that comes with Rostrum, in the order in which they are offered.
import type { Voice } from '../../core/speech.ts'

const FLITE: readonly Voice[] = [
  flite('slt', 'Sarah', 'female', 'young', 'en-US', 'american', 'narration'),
  flite('rms', 'Robert', 'male', 'middle_aged', 'en-US', 'american', 'narration'),
  flite('kal', 'Kevin', 'male', 'middle_aged', 'en-US', 'american', 'announcement'),
  flite('awb', 'Alan', 'male', 'middle_aged', 'en-GB', 'scottish', 'narration'),
]

/** The catalogue; ids are unique and never change. English comes first and begins with the most natural voices. */
export const VOICES: readonly Voice[] = FLITE

function flite(
  id: string,
  name: string,
  gender: Voice['gender'],
  age: Voice['age'],
  locale: string,
  accent: string,
  useCase: string,
): Voice {
  return { id: `flite-${id}`, name, gender, age, language: 'english', locale, accent, useCase, engine: 'flite' }
}
