// The viseme set that reports and tables speak in.
import { phoneGroup } from './phones.ts'

/**
 * The 15 visemes of the Oculus/Meta set (OpenXR `XrFaceTrackingVisemeMETA`), each with a sound that shows it.
 * The lips themselves are driven by continuous articulators; this set is for naming and reporting.
 */
export const VISEMES = {
  sil: 'silence',
  PP: 'p in pat',
  FF: 'f in fat',
  TH: 'th in that',
  DD: 't in tip',
  kk: 'k in call',
  CH: 'ch in chair',
  SS: 's in sir',
  nn: 'n in lot, not',
  RR: 'r in red',
  aa: 'a in car',
  E: 'e in bed',
  ih: 'i in tip',
  oh: 'o in toe',
  ou: 'oo in book',
} as const

export type Viseme = keyof typeof VISEMES

const OF_GROUP: Readonly<Record<string, Viseme>> = {
  silence: 'sil',
  bilabial: 'PP',
  labiodental: 'FF',
  dental: 'TH',
  alveolar: 'DD',
  postalveolar: 'CH',
  palatal: 'ih',
  velar: 'kk',
  glottal: 'sil',
  labialVelar: 'ou',
  closeFront: 'ih',
  closeCentral: 'ih',
  closeBack: 'ou',
  midFront: 'E',
  midCentral: 'E',
  midBack: 'oh',
  open: 'aa',
  diphthong: 'aa',
}

const OF_PHONE: Readonly<Record<string, Viseme>> = {
  s: 'SS',
  z: 'SS',
  ts: 'SS',
  dz: 'SS',
  n: 'nn',
  l: 'nn',
  ɹ: 'RR',
  r: 'RR',
  ɝ: 'RR',
  ɚ: 'RR',
  y: 'ou',
  ø: 'oh',
  œ: 'oh',
  eɪ: 'E',
  oʊ: 'oh',
  əʊ: 'oh',
  ɪə: 'ih',
  eə: 'E',
  ʊə: 'ou',
  ʌ: 'aa',
}

/**
 * The viseme that shows a phone.
 * @throws RangeError where the alphabet has no such phone.
 */
export function visemeOf(phone: string): Viseme {
  const own = OF_PHONE[phone]
  if (own) return own
  const group = phoneGroup(phone)
  if (group === null) throw new RangeError(`${JSON.stringify(phone)} is not in the phone alphabet.`)
  return OF_GROUP[group]!
}
