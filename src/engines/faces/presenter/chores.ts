// The parts of baking that need nothing but their arguments, so that either thread can do them.
import type { FaultKind } from '../../../core/errors.ts'
import { drawFront } from './front.ts'
import { combStrands, drawBackHair, drawFrontHair, dropCrumbs } from './hair.ts'
import { finishHair, hairLayers } from './hair-layers.ts'
import { insideLayers } from './inside-layers.ts'
import { partPicture } from './part-picture.ts'
import { finishSkin, shadeSkin } from './skin.ts'
import { addStrandGrain } from './strand-grain.ts'
import { castLight } from './visibility.ts'

/** What a second thread can do, by name. */
export const CHORES = {
  partPicture,
  castLight,
  combStrands,
  drawFrontHair,
  drawBackHair,
  addStrandGrain,
  dropCrumbs,
  shadeSkin,
  finishHair,
  finishSkin,
  drawFront,
  hairLayers,
  insideLayers,
} as const

/** One of {@link CHORES}. */
export type Chore = { [Name in keyof typeof CHORES]: { name: Name; work: (typeof CHORES)[Name] } }[keyof typeof CHORES]

/** What goes to the thread. */
export type ChoreOrder = { readonly id: number; readonly name: Chore['name']; readonly given: readonly unknown[] }

/** What comes back: a result, or the error that was thrown and, where it is a Fault, its kind. */
export type ChoreAnswer = {
  readonly id: number
  readonly result?: unknown
  readonly error?: unknown
  readonly kind?: FaultKind
}
