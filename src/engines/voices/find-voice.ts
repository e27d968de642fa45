// Finds the voice that an id names, or the nearest one for the ids that other services' clients carry.
import { NotFound } from '../../core/errors.ts'
import type { Voice } from '../../core/speech.ts'
import { readAzureId } from './azure-names.ts'
import { VOICES } from './catalogue.ts'

/** A voice, and the id it stands in for where it was asked for by another engine's name. */
export type FoundVoice = { readonly voice: Voice; readonly standsInFor: string | null }

/** Locales whose nearest voice is not simply the first of their language, and macro-languages' other codes. */
// biome-ignore format: a table reads better in rows
const NEAR_LOCALES: Readonly<Record<string, string>> = {
  'es-US': 'es-MX', 'es-AR': 'es-MX', 'es-CO': 'es-MX', 'es-CL': 'es-MX', 'es-PE': 'es-MX', 'es-VE': 'es-MX',
  'es-UY': 'es-MX', 'es-EC': 'es-MX', 'es-BO': 'es-MX', 'es-PY': 'es-MX', 'es-CR': 'es-MX', 'es-CU': 'es-MX',
  'es-DO': 'es-MX', 'es-GT': 'es-MX', 'es-HN': 'es-MX', 'es-NI': 'es-MX', 'es-PA': 'es-MX', 'es-PR': 'es-MX',
  'es-SV': 'es-MX', 'en-AU': 'en-GB', 'en-NZ': 'en-GB', 'en-IE': 'en-GB', 'en-ZA': 'en-GB', 'en-IN': 'en-GB',
  'en-SG': 'en-GB', 'en-HK': 'en-GB', 'en-KE': 'en-GB', 'en-NG': 'en-GB', 'en-TZ': 'en-GB', 'nn-NO': 'nb-NO',
  'no-NO': 'nb-NO', 'yue-CN': 'zh-HK', 'wuu-CN': 'zh-CN', 'cmn-CN': 'zh-CN',
}

/**
 * The voice with this id; for an Azure voice id (`en-US-ChristopherNeural`) the nearest of ours: same locale, else same
 * language, of the same gender.
 * @param hint what is known of the wanted voice, for names whose gender is not known.
 * @throws NotFound for any other id, and for an Azure id in a language that no voice speaks.
 */
export function findVoice(id: string, hint: { gender?: 'female' | 'male' } = {}): FoundVoice {
  const voice = VOICES.find((candidate) => candidate.id === id)
  if (voice) return { voice, standsInFor: null }
  const azure = readAzureId(id)
  if (azure) {
    const standIn = nearest(azure.locale, azure.gender ?? hint.gender ?? genderByName(id))
    if (standIn) return { voice: standIn, standsInFor: id }
  }
  throw new NotFound('voice', id, 'Try flite-slt or flite-rms; `rostrum voices` and GET /v2/voices list them all.')
}

function nearest(locale: string, gender: 'female' | 'male'): Voice | undefined {
  const near = NEAR_LOCALES[locale] ?? locale
  const language = near.split('-')[0]!
  const sameLocale = VOICES.filter((voice) => voice.locale === near)
  const sameLanguage = VOICES.filter((voice) => voice.locale.split('-')[0] === language)
  const all = [...sameLocale, ...sameLanguage]
  return all.find((voice) => voice.gender === gender) ?? all[0]
}

/** For a name of unknown gender: always the same, female for one half of all names and male for the other. */
function genderByName(id: string): 'female' | 'male' {
  const sum = [...id].reduce((total, letter) => total + letter.codePointAt(0)!, 0)
  return sum % 2 === 0 ? 'female' : 'male'
}
