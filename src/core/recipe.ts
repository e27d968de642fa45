// A presenter written down: everything that makes the same invented person every time.
import type { Backdrop } from './backdrop.ts'
import type { Avatar } from './library.ts'

/** A proxy asset of the parametric human, in one of its colourings. */
export type RecipeAsset = {
  /** Folder of the asset: `short02`, `male_elegantsuit01`. */
  readonly asset: string
  /** Name of one of the asset's materials; absent: its first. */
  readonly material?: string
  /** Multiplied with the asset's picture (of eyes, with the iris alone), `#rrggbb`; absent: white. */
  readonly tint?: string
  /**
   * What the asset's middle shade becomes, `#rrggbb`; its picture keeps only light and dark, so that black hair can be
   * blond and a printed shirt plain red. Of eyes, the iris alone. Absent: the picture's own colours.
   */
  readonly color?: string
}

/** A garment; `color` dyes all of it alike. */
export type RecipeGarment = RecipeAsset & {
  /** Dyes zones of the garment one by one (`jacket`, `shirt`, `tie`), `#rrggbb`; the others keep their colours. */
  readonly colors?: Readonly<Record<string, string>>
  /** True drops prints, stripes and worn places from what is dyed. */
  readonly plain?: boolean
}

/** Hair, brows and beards. */
export type RecipeStrands = RecipeAsset & {
  /** Share of the strands that have gone grey, 0 to 1; absent: none. */
  readonly grey?: number
}

/** The build of the body; every number is 0 to 1. */
export type RecipeMacro = {
  /** 0 female, 1 male. */
  readonly gender: number
  /** 0.5 is 25 years, 1 is 90; between them linear. */
  readonly age: number
  /** Shares of the three face types; they are divided by their sum. */
  readonly african: number
  readonly asian: number
  readonly caucasian: number
  /** 0.5 is average. */
  readonly muscle: number
  /** 0.5 is average. */
  readonly weight: number
}

/** How the skin is coloured and aged. */
export type RecipeSkin = {
  /** Folder of the skin: `young_african_female`. */
  readonly picture: string
  /** Multiplied with the picture, `#rrggbb`. */
  readonly tint: string
  /** Seed of pores, spots and unevenness: a whole number. */
  readonly seed: number
  /** 0 none to 1 many. */
  readonly freckles: number
  /** 0 freshly shaved (or none) to 1 a three-day beard. */
  readonly stubble: number
  /** Lines and folds of age: 0 none, 0.9 of fifty years, 1 of a senior. */
  readonly lines: number
  /** Lipstick, `#rrggbb`; absent: none. */
  readonly lips?: string
  /** Colour on the lids, `#rrggbb`, with a dark line along the lashes; absent: none. */
  readonly lids?: string
}

/** A beard that is painted with the skin and moves with it. */
export type RecipeBeard = {
  readonly style: 'moustache' | 'goatee' | 'full'
  readonly length: 'trimmed' | 'full'
  /** `#rrggbb`. */
  readonly color: string
  /** Share of grey hair, 0 to 1; absent: none. */
  readonly grey?: number
}

/** Hair on the head. */
export type RecipeHair = RecipeStrands & {
  /** True combs what hangs before the eyes to the sides. */
  readonly swept?: boolean
}

/** Eyeglasses, made to measure. */
export type RecipeGlasses = {
  readonly style: 'round' | 'oval' | 'square' | 'cat'
  readonly frame: 'metal' | 'acetate'
  /** The frame's, `#rrggbb`. */
  readonly color: string
}

/** A headscarf, draped by code. */
export type RecipeHeadscarf = {
  /** `#rrggbb`. */
  readonly color: string
}

/**
 * Hands before the body, `together` with the fingertips near each other or `apart`, beat time with the words; arms that
 * are `hanging` show no hands and do not.
 */
export type RecipeArms = 'together' | 'apart' | 'hanging'

/** Everything that makes a presenter: who it is for the library, and how the picture comes about. */
export type PresenterRecipe = Avatar & {
  readonly macro: RecipeMacro
  /** Weights of detail targets by name (`nose/nose-scale-horiz-decr`), 0 to 1; above 0.35 faces look distorted. */
  readonly details: Readonly<Record<string, number>>
  readonly skin: RecipeSkin
  readonly eyes: RecipeAsset
  readonly brows: RecipeStrands
  readonly lashes: RecipeAsset
  /** Absent: a shaved head. */
  readonly hair?: RecipeHair
  readonly beard?: RecipeBeard
  readonly glasses?: RecipeGlasses
  /** A scarf over head, neck and shoulders, in one colour. */
  readonly headscarf?: RecipeHeadscarf
  /** From the skin outwards. */
  readonly clothes: readonly RecipeGarment[]
  /** What the arms do; absent: `together`. */
  readonly arms?: RecipeArms
  readonly backdrop: Backdrop
  /** The photographer's set-up: `soft` portrait light, or a `bright` picture with more contrast. */
  readonly light: 'soft' | 'bright'
}
