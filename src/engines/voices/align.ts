// Finds which spoken word each sound of a sentence belongs to, by laying the words' own sounds along it.
import { isVowel } from '../../core/phones.ts'

/** One sound that a word has when it is said alone. */
export type ReferencePhone = { readonly phone: string; readonly stress: 0 | 1 | 2; readonly word: number }

/** The word and stress of one heard sound. */
export type Belonging = { readonly word: number; readonly stress: 0 | 1 | 2 }

/**
 * Aligns heard phones with the phones of the words said one by one (least edit cost; sounds change where words meet,
 * "the" before a vowel, so they need not be equal). Sounds without counterpart go to the word of the sound before.
 */
export function alignToWords(heard: readonly string[], reference: readonly ReferencePhone[]): Belonging[] {
  if (reference.length === 0) return []
  const width = reference.length + 1
  const cost = new Float64Array((heard.length + 1) * width)
  for (let i = 1; i <= heard.length; i++) cost[i * width] = i
  for (let j = 1; j <= reference.length; j++) cost[j] = j
  for (let i = 1; i <= heard.length; i++) {
    for (let j = 1; j <= reference.length; j++) {
      cost[i * width + j] = Math.min(
        cost[(i - 1) * width + j - 1]! + difference(heard[i - 1]!, reference[j - 1]!.phone),
        cost[(i - 1) * width + j]! + 1,
        cost[i * width + j - 1]! + 1,
      )
    }
  }
  const found: Belonging[] = new Array(heard.length)
  let j = reference.length
  for (let i = heard.length; i > 0; ) {
    const here = cost[i * width + j]!
    if (j > 0 && here === cost[(i - 1) * width + j - 1]! + difference(heard[i - 1]!, reference[j - 1]!.phone)) {
      const { word, stress } = reference[j - 1]!
      found[i - 1] = { word, stress: isVowel(heard[i - 1]!) ? stress : 0 }
      i--
      j--
    } else if (here === cost[(i - 1) * width + j]! + 1) {
      found[i - 1] = { word: reference[Math.max(0, j - 1)]!.word, stress: 0 }
      i--
    } else {
      j--
    }
  }
  return found
}

function difference(a: string, b: string): number {
  if (a === b) return 0
  return isVowel(a) === isVowel(b) ? 0.7 : 1.6
}
