// What may be asked of a person who is to be generated, and what words can wish for.
import type { Avatar } from '../../core/library.ts'
import type { AspectRatio } from '../../core/spec.ts'

/** A request for people who do not exist yet. */
export type PersonRequest = {
  readonly gender: Avatar['gender']
  /** `teenager` gives people of about eighteen: the human model has no children. */
  readonly age: 'teenager' | Avatar['age']
  readonly style: Avatar['style']
  /** `classic`: soft portrait light on a calm wall; `modern`: brighter, with more contrast. */
  readonly model: 'classic' | 'modern'
  readonly aspectRatio: AspectRatio
  /** Absent: from the words of `appearance`, or else mixed. */
  readonly ethnicity?: Avatar['ethnicity']
  /** Free English words: docs/generator.md lists those that are understood. */
  readonly appearance?: string
  /** Free English words for what stands behind. */
  readonly background?: string
  /** The same request and seed make the same people. @default 1 */
  readonly seed?: number
}

/** How the hair is worn. `covered` hair shows nowhere (under a headscarf). */
export type HairCut =
  | 'bald'
  | 'cropped'
  | 'tousled'
  | 'slicked'
  | 'side-parted'
  | 'bob'
  | 'fringe'
  | 'straight'
  | 'curly'
  | 'afro'
  | 'ponytail'
  | 'bun'
  | 'braid'

/** Garments that can be asked for. */
export type Garment =
  | 'suit'
  | 'blazer'
  | 'jacket'
  | 'shirt'
  | 't-shirt'
  | 'sweater'
  | 'blouse'
  | 'dress'
  | 'top'
  | 'overalls'

/** What words of an appearance wish for. What is absent is free. */
export type Wishes = {
  readonly hair: {
    readonly colour?: string
    readonly length?: 'short' | 'medium' | 'long'
    readonly cut?: HairCut
    /** Share of grey strands, 0 to 1. */
    readonly grey?: number
  }
  readonly eyes?: string
  readonly skin?: string
  readonly brows?: 'thick' | 'thin'
  readonly glasses?: boolean
  readonly sunglasses?: boolean
  readonly beard?: boolean
  readonly moustache?: boolean
  readonly stubble?: boolean
  readonly beardColour?: string
  readonly headscarf?: boolean
  readonly hat?: boolean
  readonly smile?: boolean
  readonly freckles?: boolean
  readonly lines?: boolean
  readonly build?: 'slim' | 'average' | 'athletic' | 'heavy'
  readonly face?: 'round' | 'oval' | 'square' | 'long' | 'heart'
  readonly nose?: 'small' | 'large' | 'narrow' | 'wide'
  readonly lips?: 'full' | 'thin'
  readonly makeUp?: boolean
  readonly lipstick?: boolean
  readonly lipColour?: string
  readonly eyeShadow?: boolean
  readonly lidColour?: string
  readonly eyeSize?: 'large' | 'small'
  readonly garment?: Garment
  /** Colours of the clothes, the main one first. */
  readonly clothColours: readonly string[]
  readonly scarfColour?: string
  readonly tieColour?: string
  /** True: a tie; false: none. */
  readonly tie?: boolean
  readonly gender?: Avatar['gender']
  readonly ethnicity?: Avatar['ethnicity']
  /** Years of age. */
  readonly years?: number
}

/** Words read: what they wish for, and what stays undone. */
export type ReadWords<T> = {
  readonly wishes: T
  /** Words that are in no list, as they were written. */
  readonly unknown: readonly string[]
  /** Words that were understood but cannot be made. */
  readonly impossible: readonly string[]
}
