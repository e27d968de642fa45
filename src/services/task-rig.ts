// In a render process: an avatar's rig, made once and kept on disk.
import { writeFile } from 'node:fs/promises'
import { NotFound } from '../core/errors.ts'
import { rigFacts } from '../domain/rig-facts.ts'
import { prepareRig } from '../engines/faces/prepare-rig.ts'
import { loadRecipes } from '../engines/faces/recipes.ts'
import { encodeRig } from '../engines/faces/rig-file.ts'
import { findRig, rigPlace } from './rig-cache.ts'
import type { PreparedRig, TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Makes the rig of an avatar unless one of the same recipe and version lies in the folder. */
export async function makeRig({ avatarId, folder }: Tasks['rig']['input'], context: TaskContext): Promise<PreparedRig> {
  const recipe = (await loadRecipes()).find(({ id }) => id === avatarId)
  if (!recipe) throw new NotFound('avatar', avatarId)
  const there = await findRig(recipe, folder)
  if (there) return there
  const { hash, path, factsPath } = rigPlace(recipe, folder)
  const rig = await prepareRig(recipe, { signal: context.signal, onProgress: context.report })
  const facts = rigFacts(rig)
  await makeWhole(path, (draft) => writeFile(draft, encodeRig(rig)))
  await makeWhole(factsPath, (draft) => writeFile(draft, JSON.stringify(facts)))
  return { path, hash, facts }
}
