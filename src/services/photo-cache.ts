// The rigs of photos on disk, by what decides their bytes, each with its facts and its person beside it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RigFacts } from '../domain/rig-facts.ts'
import { PHOTO_RIG_VERSION } from '../engines/faces/rig-version.ts'
import type { PreparedPhoto } from './tasks.ts'
import { useIfThere } from './whole-file.ts'

/** What is kept beside a photo's rig. */
export type PhotoFacts = { readonly facts: RigFacts; readonly person: PreparedPhoto['person'] }

/** Where a picture's rig lies, or would lie. @param pictureHash SHA-256 of the file. */
export function photoPlace(pictureHash: string, folder: string): { hash: string; path: string; factsPath: string } {
  const hash = createHash('sha256')
    .update(JSON.stringify([PHOTO_RIG_VERSION, pictureHash]))
    .digest('hex')
  return { hash, path: join(folder, `${hash}.rig`), factsPath: join(folder, `${hash}.json`) }
}

/** The rig of a picture, or null where it has not been made. */
export async function findPhoto(pictureHash: string, folder: string): Promise<PreparedPhoto | null> {
  const { hash, path, factsPath } = photoPlace(pictureHash, folder)
  for (const file of [path, factsPath]) if (!(await useIfThere(file))) return null
  const { facts, person } = JSON.parse(await readFile(factsPath, 'utf8')) as PhotoFacts
  return { rig: { path, hash, facts }, person }
}
