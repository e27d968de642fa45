// Rigs on disk, by what decides their bytes.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PresenterRecipe } from '../core/recipe.ts'
import type { RigFacts } from '../domain/rig-facts.ts'
import { RIG_VERSION } from '../engines/faces/rig-version.ts'
import type { PreparedRig } from './tasks.ts'
import { useIfThere } from './whole-file.ts'

/** Where a recipe's rig and its facts lie. */
export function rigPlace(recipe: PresenterRecipe, folder: string): { hash: string; path: string; factsPath: string } {
  const hash = createHash('sha256')
    .update(JSON.stringify([RIG_VERSION, recipe]))
    .digest('hex')
  return { hash, path: join(folder, `${hash}.rig`), factsPath: join(folder, `${hash}.json`) }
}

/** The rig of a recipe, or null where it has not been made. */
export async function findRig(recipe: PresenterRecipe, folder: string): Promise<PreparedRig | null> {
  const { hash, path, factsPath } = rigPlace(recipe, folder)
  if (!(await useIfThere(path)) || !(await useIfThere(factsPath))) return null
  return { path, hash, facts: JSON.parse(await readFile(factsPath, 'utf8')) as RigFacts }
}
