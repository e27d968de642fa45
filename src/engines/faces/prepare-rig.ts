// From a presenter written down to a rig ready to be painted.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { PresenterRecipe } from '../../core/recipe.ts'
import type { Rig } from '../../core/rig.ts'
import { assembleHuman } from './presenter/assemble.ts'
import { bakeRig } from './presenter/bake.ts'

/** Changes with any source that bakes: part of a cached rig's address. */
export const RIG_VERSION: string = readVersion()

function readVersion(): string {
  const hash = createHash('sha256')
  for (const folder of ['./', './presenter/'].map((path) => new URL(path, import.meta.url))) {
    const sources = readdirSync(folder).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name))
    for (const name of sources.sort()) hash.update(name).update(readFileSync(new URL(name, folder)))
  }
  return hash.digest('hex').slice(0, 16)
}

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
  const human = await assembleHuman(recipe, { subdivisionLevel: 0 })
  return bakeRig(human, recipe, options)
}
