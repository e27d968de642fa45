// espeak-ng's phoneme names (IPA with its own marks) in the one phone alphabet.
import { isVowel, phoneGroup } from '../../core/phones.ts'

/** One phone of a name and the share of the name's time that it takes; shares add up to 1. */
export type PhoneShare = { readonly phone: string; readonly share: number }

/** Names that mean something else than their letters say, in espeak-ng 1.52's languages. */
// biome-ignore format: a table reads better in rows
const WHOLE: Readonly<Record<string, string>> = {
  'r.': 'ɽ', 's.': 'ʂ', 'z.': 'ʐ', 'ts.': 'tʂ', 'ts.h': 'tʂ', 'l^': 'ʎ', 'n^': 'ɲ', 'k^': 'c', 'g^': 'ɟ', i̪: 'ɨ', 'i.': 'ɨ',
  sx: 'x', A: 'ɑ', N: 'ŋ', th: 't', kh: 'k', ph: 'p', tsh: 'ts', tɕh: 'tɕ', tʃh: 'tʃ', unɡ: 'u ŋ', onɡ: 'o ŋ', ɪŋ: 'ɪ ŋ',
}

/** Letters and sequences outside the alphabet with the nearest inside it; longest first where they begin alike. */
// biome-ignore format: a table reads better in rows
const NEAREST: Readonly<Record<string, string>> = {
  ou: 'oʊ', ɔu: 'oʊ', ɔʊ: 'oʊ', ei: 'eɪ', ɛi: 'eɪ', ɛɪ: 'eɪ', ej: 'eɪ', ai: 'aɪ', ɑi: 'aɪ', ɑɪ: 'aɪ', au: 'aʊ', ɑu: 'aʊ', ɑʊ: 'aʊ',
  æu: 'aʊ', æʊ: 'aʊ', oi: 'ɔɪ', oɪ: 'ɔɪ', ɔi: 'ɔɪ', ɔy: 'ɔɪ', ɔø: 'ɔɪ', əɪ: 'ə ɪ', iɐ: 'ɪə', ɛə: 'eə', aa: 'a', ee: 'e', ii: 'i',
  oo: 'o', uu: 'u', g: 'ɡ', ʆ: 'ʃ', ɧ: 'x', ɹ̩: 'ɝ', ɻ: 'ɹ', ɾ̝: 'r', ʍ: 'ʍ', ᵻ: 'ɪ', ᵿ: 'ʊ', ɶ: 'œ', ɞ: 'ɜ', ɪ: 'ɪ', ɿ: 'ɨ', ʅ: 'ɨ',
  ɫ: 'ɫ', ʟ: 'ɫ', ɮ: 'ɬ', ɺ: 'ɾ', ʙ: 'b', ⱱ: 'v', ɓ: 'b', ɗ: 'd', ʄ: 'ɟ', ɠ: 'ɡ', ʛ: 'ɢ', ʜ: 'ħ', ʢ: 'ʕ', ʡ: 'ʔ', '?': 'ʔ',
  ƛ: 'tɬ', ʦ: 'ts', ʣ: 'dz', ʧ: 'tʃ', ʤ: 'dʒ', ʨ: 'tɕ', ʥ: 'dʑ', ɚ: 'ɚ', ä: 'a', I: 'ɪ', E: 'ɛ', O: 'ɔ', U: 'ʊ', V: 'ʌ', R: 'ʁ',
  S: 'ʃ', Z: 'ʒ', T: 'θ', D: 'ð', L: 'ʎ', J: 'ɟ', C: 'ç', Q: 'ɣ', X: 'χ', H: 'ħ', B: 'β', Y: 'ʏ', W: 'w', ʲ: 'j', ˠ: 'ɰ',
}

const LONGEST = 3

/** The stress that a name carries: 2 primary, 1 secondary, 0 none. */
export function stressOfEspeak(name: string): 0 | 1 | 2 {
  return name.includes('ˈ') ? 2 : name.includes('ˌ') ? 1 : 0
}

/**
 * The phones of one phoneme event, with their shares of its time (a vowel takes twice a consonant's). Length, tone,
 * stress, aspiration, nasality, palatalisation and tie bars fall away; an empty list is a silence or a language switch.
 */
export function phonesOfEspeak(name: string): PhoneShare[] {
  const bare = name.replace(/\([^)]*\)/gu, '').replace(/[ˈˌːˑ|'!]/gu, '')
  const phones = (WHOLE[bare.normalize('NFC')] ?? WHOLE[bare])?.split(' ') ?? spell(bare)
  const weights = phones.map((phone) => (isVowel(phone) ? 2 : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return phones.map((phone, i) => ({ phone, share: weights[i]! / total }))
}

/** Reads a name from the left, always the longest piece that the alphabet or the table of nearest phones knows. */
function spell(name: string): string[] {
  const standsAlone = name === 'ʲ'
  const letters = name
    .normalize('NFD')
    .replaceAll('c\u0327', 'ç')
    .replace(/[\p{M}ʰʱᵝʷⁿˡˤ˞]/gu, '')
    .replace(standsAlone ? /^$/u : /[ʲˠ]/gu, '')
    .replace(/[^\p{L}?]/gu, '')
  const phones: string[] = []
  for (let at = 0; at < letters.length; ) {
    let length = Math.min(LONGEST, letters.length - at)
    for (; length > 0; length--) {
      const piece = letters.slice(at, at + length)
      if (phoneGroup(piece) !== null) phones.push(piece)
      else if (NEAREST[piece] !== undefined) phones.push(...NEAREST[piece].split(' '))
      else continue
      break
    }
    if (length === 0) phones.push('ə')
    at += Math.max(1, length)
  }
  return phones
}
