// How the mouth stands for each phone: targets, and how strongly the phone insists on them.
import { phoneGroup } from '../../core/phones.ts'

/** The mouth's degrees of freedom that blend between phones, each 0 to 1. */
export const ARTICULATORS = [
  'jaw',
  'part',
  'round',
  'funnel',
  'wide',
  'upper',
  'lower',
  'tongueUp',
  'tongueOut',
] as const
export type Articulator = (typeof ARTICULATORS)[number]

/** What one phone asks of the mouth. */
export type Articulation = {
  /** Missing articulators aim at 0. */
  readonly target: Readonly<Partial<Record<Articulator, number>>>
  /** How strongly the jaw target is held against the neighbours; most are below 1. */
  readonly jawStrength: number
  /**
   * How strongly the lip targets are held: weak phones, near 0, borrow their neighbours' lips; 1 and more insists on its own.
   * Sounds that are made with rounded lips insist most, since without them they would be other sounds.
   */
  readonly lipStrength: number
  /** How far ahead of the phone the lips begin to move, seconds. Rounding starts early. */
  readonly leadSeconds: number
  /** A closure that must be seen whatever comes round it. */
  readonly seal?: 'lips' | 'lip-teeth'
}

const vowel = (target: Articulation['target'], lipStrength = 0.7): Articulation => ({
  target,
  jawStrength: 0.9,
  lipStrength,
  leadSeconds: (target.round ?? 0) > 0.4 ? 0.2 : 0.12,
})

const consonant = (
  target: Articulation['target'],
  jawStrength: number,
  lipStrength: number,
  leadSeconds = 0.1,
): Articulation => ({ target, jawStrength, lipStrength, leadSeconds })

/**
 * Openings follow the vowel chart (close about 0.2, open about 0.9 of this face's widest). Which consonants constrain the
 * lips and which leave them to their neighbours follows Edwards, Landreth, Fiume and Singh, "JALI" (SIGGRAPH 2016, section 4)
 * and Cohen and Massaro, "Modeling coarticulation in synthetic visual speech" (1993).
 */
const PHONE_ARTICULATION: Readonly<Record<string, Articulation>> = {
  i: vowel({ jaw: 0.24, wide: 1, lower: 0.25, upper: 0.1 }, 1),
  ɪ: vowel({ jaw: 0.32, wide: 0.5, lower: 0.15 }),
  y: vowel({ jaw: 0.2, round: 1 }, 1.8),
  ʏ: vowel({ jaw: 0.26, round: 0.8 }, 1.2),
  ɨ: vowel({ jaw: 0.24, wide: 0.3 }),
  ʉ: vowel({ jaw: 0.24, round: 0.9 }, 1.5),
  u: vowel({ jaw: 0.2, round: 1 }, 2),
  ʊ: vowel({ jaw: 0.28, round: 0.8 }, 1.1),
  ɯ: vowel({ jaw: 0.24, wide: 0.2 }),
  e: vowel({ jaw: 0.42, wide: 0.6, lower: 0.15 }),
  ɛ: vowel({ jaw: 0.54, wide: 0.4, lower: 0.1 }),
  ø: vowel({ jaw: 0.38, round: 0.7 }, 0.85),
  œ: vowel({ jaw: 0.48, round: 0.5 }, 0.8),
  ə: vowel({ jaw: 0.32 }, 0.4),
  ɜ: vowel({ jaw: 0.4, funnel: 0.35 }),
  ɝ: vowel({ jaw: 0.36, funnel: 0.45 }),
  ɚ: vowel({ jaw: 0.3, funnel: 0.4 }),
  ɘ: vowel({ jaw: 0.32 }, 0.4),
  ɵ: vowel({ jaw: 0.36, round: 0.5 }, 0.7),
  ɐ: vowel({ jaw: 0.6 }, 0.5),
  o: vowel({ jaw: 0.46, round: 0.72 }, 0.85),
  ɔ: vowel({ jaw: 0.62, round: 0.48 }, 0.8),
  ʌ: vowel({ jaw: 0.6, wide: 0.1 }),
  ɤ: vowel({ jaw: 0.42 }),
  a: vowel({ jaw: 0.9, wide: 0.15, lower: 0.1 }),
  æ: vowel({ jaw: 0.8, wide: 0.4, lower: 0.2, upper: 0.1 }),
  ɑ: vowel({ jaw: 0.92 }),
  ɒ: vowel({ jaw: 0.76, round: 0.35 }),
  p: { target: { jaw: 0.1 }, jawStrength: 0.8, lipStrength: 0.25, leadSeconds: 0.1, seal: 'lips' },
  b: { target: { jaw: 0.12 }, jawStrength: 0.8, lipStrength: 0.25, leadSeconds: 0.1, seal: 'lips' },
  m: { target: { jaw: 0.1 }, jawStrength: 0.8, lipStrength: 0.25, leadSeconds: 0.1, seal: 'lips' },
  f: { target: { jaw: 0.14, upper: 0.25 }, jawStrength: 0.75, lipStrength: 0.5, leadSeconds: 0.1, seal: 'lip-teeth' },
  v: { target: { jaw: 0.16, upper: 0.2 }, jawStrength: 0.75, lipStrength: 0.5, leadSeconds: 0.1, seal: 'lip-teeth' },
  θ: consonant({ jaw: 0.24, part: 0.35, tongueOut: 1 }, 0.6, 0.4),
  ð: consonant({ jaw: 0.24, part: 0.3, tongueOut: 0.85 }, 0.5, 0.35),
  t: consonant({ jaw: 0.18, part: 0.3, tongueUp: 1 }, 0.5, 0.2),
  d: consonant({ jaw: 0.2, part: 0.3, tongueUp: 1 }, 0.5, 0.2),
  n: consonant({ jaw: 0.2, part: 0.25, tongueUp: 1 }, 0.45, 0.18),
  l: consonant({ jaw: 0.26, part: 0.25, tongueUp: 0.9 }, 0.4, 0.18),
  ɾ: consonant({ jaw: 0.26, part: 0.2, tongueUp: 0.8 }, 0.35, 0.15),
  r: consonant({ jaw: 0.26, part: 0.2, tongueUp: 0.7 }, 0.4, 0.2),
  s: consonant({ jaw: 0.08, part: 0.6, wide: 0.35 }, 0.85, 0.45),
  z: consonant({ jaw: 0.09, part: 0.6, wide: 0.35 }, 0.85, 0.45),
  ts: consonant({ jaw: 0.08, part: 0.55, wide: 0.3, tongueUp: 0.4 }, 0.85, 0.4),
  dz: consonant({ jaw: 0.09, part: 0.55, wide: 0.3, tongueUp: 0.4 }, 0.85, 0.4),
  ɹ: consonant({ jaw: 0.18, round: 0.4, funnel: 0.3 }, 0.5, 0.7, 0.14),
  w: consonant({ jaw: 0.1, round: 1 }, 1.6, 4, 0.22),
  ɥ: consonant({ jaw: 0.1, round: 1 }, 1.6, 4, 0.22),
  ʍ: consonant({ jaw: 0.1, round: 1 }, 1.6, 4, 0.22),
  j: consonant({ jaw: 0.2, wide: 0.5, part: 0.2 }, 0.5, 0.4),
  h: consonant({ jaw: 0.3, part: 0.15 }, 0.12, 0.05),
  _: { target: {}, jawStrength: 1, lipStrength: 1, leadSeconds: 0.12 },
}

const GROUP_ARTICULATION: Readonly<Record<string, Articulation>> = {
  bilabial: PHONE_ARTICULATION.p!,
  labiodental: PHONE_ARTICULATION.f!,
  alveolar: PHONE_ARTICULATION.t!,
  postalveolar: consonant({ jaw: 0.05, part: 0.1, round: 1, funnel: 0.15 }, 0.8, 2.5, 0.18),
  palatal: consonant({ jaw: 0.22, part: 0.3, wide: 0.3 }, 0.5, 0.3),
  velar: consonant({ jaw: 0.3, part: 0.25 }, 0.4, 0.12),
  glottal: PHONE_ARTICULATION.h!,
}

/** A diphthong's first and second half. */
const DIPHTHONGS: Readonly<Record<string, readonly [string, string]>> = {
  aɪ: ['a', 'ɪ'],
  aʊ: ['a', 'ʊ'],
  ɔɪ: ['ɔ', 'ɪ'],
  eɪ: ['e', 'i'],
  oʊ: ['o', 'u'],
  əʊ: ['ɜ', 'u'],
  ɪə: ['i', 'ə'],
  eə: ['ɛ', 'ə'],
  ʊə: ['u', 'ə'],
}

/** The mouth positions a phone goes through: two for a diphthong, else one. */
export function positionsOf(phone: string): readonly string[] {
  return DIPHTHONGS[phone] ?? [phone]
}

/**
 * How the mouth stands for a single (not diphthong) phone.
 * @throws RangeError where the alphabet has no such phone.
 */
export function articulationOf(phone: string): Articulation {
  const own = PHONE_ARTICULATION[phone]
  if (own) return own
  const group = phoneGroup(phone)
  const shared = group === null ? undefined : GROUP_ARTICULATION[group]
  if (!shared) throw new RangeError(`No mouth position is known for the phone ${JSON.stringify(phone)}.`)
  return shared
}
