// In a render process: an avatar's rig, made once and kept on disk.
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFound } from '../core/errors.ts'
import { type RigFacts, rigFacts } from '../domain/rig-facts.ts'
import { prepareRig, RIG_VERSION } from '../engines/faces/prepare-rig.ts'
import { loadRecipes } from '../engines/faces/recipes.ts'
import { encodeRig } from '../engines/faces/rig-file.ts'
import type { PreparedRig, TaskContext, Tasks } from './tasks.ts'
import { makeWhole, useIfThere } from './whole-file.ts'

/** Makes the rig of an avatar unless one of the same recipe and version lies in the folder. */
export async function makeRig({ avatarId, folder }: Tasks['rig']['input'], context: TaskContext): Promise<PreparedRig> {
  const recipe = (await loadRecipes()).find(({ id }) => id === avatarId)
  if (!recipe) throw new NotFound('avatar', avatarId)
  const hash = createHash('sha256')
    .update(JSON.stringify([RIG_VERSION, recipe]))
    .digest('hex')
  const path = join(folder, `${hash}.rig`)
  const factsPath = join(folder, `${hash}.json`)
  if ((await useIfThere(path)) && (await useIfThere(factsPath))) {
    return { path, hash, facts: JSON.parse(await readFile(factsPath, 'utf8')) as RigFacts }
  }
  const rig = await prepareRig(recipe, { signal: context.signal, onProgress: context.report })
  const facts = rigFacts(rig)
  await makeWhole(path, (draft) => writeFile(draft, encodeRig(rig)))
  await makeWhole(factsPath, (draft) => writeFile(draft, JSON.stringify(facts)))
  return { path, hash, facts }
}
