// Rigs on disk, by what decides their bytes, each with its facts and its recipe beside it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../core/errors.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import type { RigFacts } from '../domain/rig-facts.ts'
import { RIG_VERSION } from '../engines/faces/rig-version.ts'
import type { PreparedRig } from './tasks.ts'
import { useIfThere } from './whole-file.ts'

/** Where a recipe's rig, its facts and the recipe itself lie. */
export type RigPlace = {
  readonly hash: string
  readonly path: string
  readonly factsPath: string
  readonly recipePath: string
}

/** Where a recipe's rig lies, or would lie. */
export function rigPlace(recipe: PresenterRecipe, folder: string): RigPlace {
  const hash = createHash('sha256')
    .update(JSON.stringify([RIG_VERSION, recipe]))
    .digest('hex')
  const path = join(folder, `${hash}.rig`)
  return { hash, path, factsPath: join(folder, `${hash}.json`), recipePath: recipePathOf(path) }
}

/** The rig of a recipe, or null where it has not been made. */
export async function findRig(recipe: PresenterRecipe, folder: string): Promise<PreparedRig | null> {
  const { hash, path, factsPath, recipePath } = rigPlace(recipe, folder)
  for (const file of [path, factsPath, recipePath]) if (!(await useIfThere(file))) return null
  return { path, hash, facts: JSON.parse(await readFile(factsPath, 'utf8')) as RigFacts }
}

/**
 * The recipe that a rig was made from.
 * @throws Fault `internal` where it has gone.
 */
export async function recipeOfRig(rigPath: string): Promise<PresenterRecipe> {
  try {
    return JSON.parse(await readFile(recipePathOf(rigPath), 'utf8')) as PresenterRecipe
  } catch (cause) {
    throw new Fault('internal', `The recipe of the rig ${rigPath} cannot be read.`, { cause })
  }
}

const recipePathOf = (rigPath: string): string => rigPath.replace(/\.rig$/, '.recipe.json')
