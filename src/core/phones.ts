// The one phone alphabet: a broad IPA that every voice engine translates its own symbols into.

/**
 * Every phone a {@link Speech} may carry. Length, tone, stress, aspiration and syllabicity marks are dropped; phones that
 * no lip reader could tell apart in one language still keep their own letter where the IPA gives one.
 * Source of the letters: The International Phonetic Alphabet (2020 revision).
 */
export const PHONES = {
  silence: ['_'],
  bilabial: ['p', 'b', 'm', 'ɸ', 'β'],
  labiodental: ['f', 'v', 'ɱ', 'ʋ'],
  dental: ['θ', 'ð'],
  alveolar: ['t', 'd', 'n', 's', 'z', 'l', 'ɾ', 'r', 'ɹ', 'ts', 'dz', 'ɬ'],
  postalveolar: ['ʃ', 'ʒ', 'tʃ', 'dʒ', 'ɕ', 'ʑ', 'tɕ', 'dʑ', 'ʂ', 'ʐ', 'tʂ', 'dʐ'],
  palatal: ['j', 'ç', 'ʝ', 'ɲ', 'ʎ', 'c', 'ɟ', 'ʈ', 'ɖ', 'ɳ', 'ɭ', 'ɽ'],
  velar: ['k', 'ɡ', 'ŋ', 'x', 'ɣ', 'q', 'ɢ', 'ɴ', 'χ', 'ʁ', 'ʀ', 'ɫ', 'ɰ'],
  glottal: ['h', 'ɦ', 'ʔ', 'ħ', 'ʕ'],
  labialVelar: ['w', 'ɥ', 'ʍ'],
  closeFront: ['i', 'ɪ', 'y', 'ʏ'],
  closeCentral: ['ɨ', 'ʉ'],
  closeBack: ['u', 'ʊ', 'ɯ'],
  midFront: ['e', 'ɛ', 'ø', 'œ'],
  midCentral: ['ə', 'ɜ', 'ɝ', 'ɚ', 'ɘ', 'ɵ', 'ɐ'],
  midBack: ['o', 'ɔ', 'ʌ', 'ɤ'],
  open: ['a', 'æ', 'ɑ', 'ɒ'],
  diphthong: ['aɪ', 'aʊ', 'ɔɪ', 'eɪ', 'oʊ', 'əʊ', 'ɪə', 'eə', 'ʊə'],
} as const

/** Groups of {@link PHONES}: place of articulation for consonants, height and backness for vowels. */
export type PhoneGroup = keyof typeof PHONES

const GROUP_OF: ReadonlyMap<string, PhoneGroup> = new Map(
  (Object.keys(PHONES) as PhoneGroup[]).flatMap((group) => PHONES[group].map((phone) => [phone, group] as const)),
)

/** The group of a phone, or null where the alphabet has no such phone. */
export function phoneGroup(phone: string): PhoneGroup | null {
  return GROUP_OF.get(phone) ?? null
}

/** True for every phone of {@link PHONES} that is a vowel or a diphthong. */
export function isVowel(phone: string): boolean {
  const group = phoneGroup(phone)
  return (
    group !== null &&
    (group.startsWith('close') || group.startsWith('mid') || group === 'open' || group === 'diphthong')
  )
}
