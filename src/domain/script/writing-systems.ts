// Which writing a text is in, and which writing a language's voices can read.

/** Writing systems by their Unicode script, with the name that a person would give a text in them. */
const SYSTEMS = {
  Latin: ['Latin letters', /\p{sc=Latin}/u],
  Han: ['Chinese', /\p{sc=Han}/u],
  Kana: ['Japanese', /[\p{sc=Hiragana}\p{sc=Katakana}]/u],
  Hangul: ['Korean', /\p{sc=Hangul}/u],
  Cyrillic: ['Cyrillic', /\p{sc=Cyrillic}/u],
  Greek: ['Greek', /\p{sc=Greek}/u],
  Arabic: ['Arabic', /\p{sc=Arabic}/u],
  Hebrew: ['Hebrew', /\p{sc=Hebrew}/u],
  Devanagari: ['Devanagari', /\p{sc=Devanagari}/u],
  Bengali: ['Bengali', /\p{sc=Bengali}/u],
  Gurmukhi: ['Punjabi', /\p{sc=Gurmukhi}/u],
  Gujarati: ['Gujarati', /\p{sc=Gujarati}/u],
  Tamil: ['Tamil', /\p{sc=Tamil}/u],
  Telugu: ['Telugu', /\p{sc=Telugu}/u],
  Kannada: ['Kannada', /\p{sc=Kannada}/u],
  Malayalam: ['Malayalam', /\p{sc=Malayalam}/u],
  Georgian: ['Georgian', /\p{sc=Georgian}/u],
  Armenian: ['Armenian', /\p{sc=Armenian}/u],
  Thai: ['Thai', /\p{sc=Thai}/u],
  Burmese: ['Burmese', /\p{sc=Myanmar}/u],
  Khmer: ['Khmer', /\p{sc=Khmer}/u],
  Lao: ['Lao', /\p{sc=Lao}/u],
  Sinhala: ['Sinhala', /\p{sc=Sinhala}/u],
  Ethiopic: ['Ethiopic', /\p{sc=Ethiopic}/u],
} as const satisfies Record<string, readonly [string, RegExp]>

/** A writing system. */
export type WritingSystem = keyof typeof SYSTEMS | 'Other'

/** Languages that are read from something else than Latin letters; Latin itself every voice can read. */
const READ_BY: Readonly<Record<string, readonly WritingSystem[]>> = {
  chinese: ['Han'],
  cantonese: ['Han'],
  japanese: ['Kana'],
  korean: ['Hangul'],
  russian: ['Cyrillic'],
  ukrainian: ['Cyrillic'],
  belarusian: ['Cyrillic'],
  bulgarian: ['Cyrillic'],
  macedonian: ['Cyrillic'],
  serbian: ['Cyrillic'],
  kazakh: ['Cyrillic'],
  uzbek: ['Cyrillic'],
  greek: ['Greek'],
  arabic: ['Arabic'],
  persian: ['Arabic'],
  urdu: ['Arabic'],
  hindi: ['Devanagari'],
  marathi: ['Devanagari'],
  nepali: ['Devanagari'],
  bengali: ['Bengali'],
  punjabi: ['Gurmukhi'],
  gujarati: ['Gujarati'],
  tamil: ['Tamil'],
  telugu: ['Telugu'],
  kannada: ['Kannada'],
  malayalam: ['Malayalam'],
  georgian: ['Georgian'],
  armenian: ['Armenian'],
}

/** The writing system of one character, or null for what is no letter. */
export function writingSystemOf(character: string): WritingSystem | null {
  if (!/\p{L}/u.test(character)) return null
  const found = (Object.keys(SYSTEMS) as (keyof typeof SYSTEMS)[]).find((system) => SYSTEMS[system][1].test(character))
  return found ?? 'Other'
}

/** What a person would call a text in this writing. */
export function nameOfWriting(system: WritingSystem): string {
  return system === 'Other' ? 'a writing that no voice here knows' : SYSTEMS[system][0]
}

/** True where voices of a language (English name in lower case) can read this writing. */
export function readsWriting(language: string, system: WritingSystem): boolean {
  return system === 'Latin' || (READ_BY[language]?.includes(system) ?? false)
}

/** The writing in which a text has most of its letters, with its share of all letters; null for a text without letters. */
export function mainForeignWriting(text: string, language: string): { system: WritingSystem; share: number } | null {
  const counts = new Map<WritingSystem, number>()
  let [letters, foreign] = [0, 0]
  for (const character of text) {
    const system = writingSystemOf(character)
    if (system === null) continue
    letters++
    if (readsWriting(language, system)) continue
    foreign++
    counts.set(system, (counts.get(system) ?? 0) + 1)
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1])
  return most === undefined ? null : { system: most[0], share: foreign / letters }
}
