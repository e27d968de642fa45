// What hearing tells apart: classes of phones that look alike, each with the phone that stands for it.
import { positionsOf } from '../../../domain/lipsync/articulation.ts'

/** Each class: the phone that lips are planned with, and all phones that count as it. Diphthongs are two of them. */
const CLASSES = [
  ['_', ['_']],
  ['m', ['m']],
  ['b', ['p', 'b']],
  ['f', ['f', 'v', 'ɱ', 'ʋ', 'ɸ', 'β']],
  ['ð', ['θ', 'ð']],
  ['d', ['t', 'd', 'ɾ', 'ʈ', 'ɖ', 'ɽ', 'c', 'ɟ']],
  ['n', ['n', 'ɲ', 'ɳ']],
  ['l', ['l', 'ɬ', 'ɫ', 'ʎ', 'ɭ']],
  ['s', ['s', 'z', 'ts', 'dz']],
  ['ʃ', ['ʃ', 'ʒ', 'tʃ', 'dʒ', 'ɕ', 'ʑ', 'tɕ', 'dʑ', 'ʂ', 'ʐ', 'tʂ', 'dʐ']],
  ['ɹ', ['ɹ']],
  ['r', ['r', 'ʀ']],
  ['j', ['j', 'ʝ', 'ç']],
  ['ɡ', ['k', 'ɡ', 'ŋ', 'x', 'ɣ', 'q', 'ɢ', 'ɴ', 'χ', 'ʁ', 'ɰ']],
  ['h', ['h', 'ɦ', 'ʔ', 'ħ', 'ʕ']],
  ['w', ['w', 'ɥ', 'ʍ']],
  ['i', ['i']],
  ['ɪ', ['ɪ', 'ɨ', 'ɯ']],
  ['y', ['y', 'ʏ', 'ʉ']],
  ['ø', ['ø', 'œ', 'ɵ']],
  ['e', ['e']],
  ['ɛ', ['ɛ']],
  ['ə', ['ə', 'ɜ', 'ɘ', 'ɤ']],
  ['ɚ', ['ɝ', 'ɚ']],
  ['ʌ', ['ʌ', 'ɐ']],
  ['æ', ['æ']],
  ['a', ['a', 'ɑ']],
  ['ɒ', ['ɒ']],
  ['ɔ', ['ɔ']],
  ['o', ['o']],
  ['u', ['u', 'ʊ']],
] as const

/** The phone that stands for each class, in their order; the first is silence. */
export const CLASS_PHONES: readonly string[] = CLASSES.map(([phone]) => phone)

const CLASS_OF: ReadonlyMap<string, number> = new Map(
  CLASSES.flatMap(([, phones], index) => phones.map((phone): [string, number] => [phone, index])),
)

/** The class of a phone that is no diphthong. @throws RangeError for a phone that the alphabet does not have. */
export function classOfPhone(phone: string): number {
  const found = CLASS_OF.get(phone)
  if (found === undefined) throw new RangeError(`${JSON.stringify(phone)} is no phone.`)
  return found
}

/** The classes that one goes through in saying a phone: two for a diphthong. */
export function classesOfPhone(phone: string): readonly number[] {
  return positionsOf(phone).map(classOfPhone)
}

/** The classes whose lips are shut. */
export const SHUT_CLASSES: readonly number[] = ['m', 'b'].map(classOfPhone)
