// The parts of baking that need nothing but their arguments, so that either thread can do them.
import { drawFront } from './front.ts'
import { drawBackHair, drawFrontHair, dropCrumbs } from './hair.ts'
import { finishSkin, shadeSkin } from './skin.ts'
import { addStrandGrain } from './strand-grain.ts'
import { castLight } from './visibility.ts'

/** What a second thread can do, by name. */
export const CHORES = {
  castLight,
  drawFrontHair,
  drawBackHair,
  addStrandGrain,
  dropCrumbs,
  shadeSkin,
  finishSkin,
  drawFront,
} as const

/** One of {@link CHORES}. */
export type Chore = { [Name in keyof typeof CHORES]: { name: Name; work: (typeof CHORES)[Name] } }[keyof typeof CHORES]

/** What goes to the thread. */
export type ChoreOrder = { readonly id: number; readonly name: Chore['name']; readonly given: readonly unknown[] }

/** What comes back: a result, or the error that was thrown. */
export type ChoreAnswer = { readonly id: number; readonly result?: unknown; readonly error?: unknown }
