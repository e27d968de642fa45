// In a render process: a presenter's rig, made once and kept on disk.
import { writeFile } from 'node:fs/promises'
import { rigFacts } from '../domain/rig-facts.ts'
import { prepareRig } from '../engines/faces/prepare-rig.ts'
import { encodeRig } from '../engines/faces/rig-file.ts'
import { findRig, rigPlace } from './rig-cache.ts'
import type { PreparedRig, TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Makes the rig of a recipe unless one of the same recipe and version lies in the folder. */
export async function makeRig({ recipe, folder }: Tasks['rig']['input'], context: TaskContext): Promise<PreparedRig> {
  const there = await findRig(recipe, folder)
  if (there) return there
  const { hash, path, factsPath, recipePath } = rigPlace(recipe, folder)
  const rig = await prepareRig(recipe, { signal: context.signal, onProgress: context.report })
  const facts = rigFacts(rig)
  await makeWhole(path, (draft) => writeFile(draft, encodeRig(rig)))
  await makeWhole(recipePath, (draft) => writeFile(draft, JSON.stringify(recipe)))
  await makeWhole(factsPath, (draft) => writeFile(draft, JSON.stringify(facts)))
  return { path, hash, facts }
}
