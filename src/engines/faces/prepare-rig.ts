// From a presenter written down to a rig ready to be painted.
import type { PresenterRecipe } from '../../core/recipe.ts'
import type { Rig } from '../../core/rig.ts'
import { assembleHuman } from './presenter/assemble.ts'
import { bakeRig } from './presenter/bake.ts'
import { brightened } from './presenter/grade.ts'
import { openSecondHand } from './presenter/second-hand.ts'

export { RIG_VERSION } from './rig-version.ts'

/**
 * Assembles and bakes a presenter; takes seconds of one core.
 *
 * @param options.onProgress called with 0 to 1.
 * @throws Fault 'invalid' for a recipe that names what the human model lacks; the signal's reason where it is aborted.
 */
export async function prepareRig(
  recipe: PresenterRecipe,
  options: { signal?: AbortSignal; onProgress?: (fraction: number) => void } = {},
): Promise<Rig> {
  options.signal?.throwIfAborted()
  // The second thread starts while the first assembles.
  const second = openSecondHand()
  try {
    const human = await assembleHuman(recipe, { subdivisionLevel: 0 })
    const rig = await bakeRig(human, recipe, second, options)
    return recipe.light === 'bright' ? brightened(rig) : rig
  } finally {
    await second.close()
  }
}
