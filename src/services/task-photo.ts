// In a render process: a picture becomes a rig, made once and kept on disk. The process ends afterwards: matting takes
// more than a gigabyte.
import { readFile, writeFile } from 'node:fs/promises'
import { rigFacts } from '../domain/rig-facts.ts'
import { makePhotoRig } from '../engines/faces/photo/make-photo-rig.ts'
import { preparePhoto } from '../engines/faces/photo/prepare-photo.ts'
import { encodeRig } from '../engines/faces/rig-file.ts'
import { findPhoto, type PhotoFacts, photoPlace } from './photo-cache.ts'
import type { PreparedPhoto, TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** The share of the time after which the picture is checked and cut out. */
const PREPARED = 0.8

/**
 * Makes the rig of a picture unless it lies in the folder.
 * @throws Fault `invalid` with a reason where the picture cannot become an avatar.
 */
export async function makePhoto(
  { picturePath, pictureHash, folder }: Tasks['photo']['input'],
  { signal, report }: TaskContext,
): Promise<PreparedPhoto> {
  const there = await findPhoto(pictureHash, folder)
  if (there) return there
  const photo = await preparePhoto(await readFile(picturePath), {
    signal,
    onProgress: (share) => report(share * PREPARED),
  })
  const rig = makePhotoRig(photo)
  const { hash, path, factsPath } = photoPlace(pictureHash, folder)
  const kept: PhotoFacts = { facts: rigFacts(rig), person: photo.person }
  await makeWhole(path, (draft) => writeFile(draft, encodeRig(rig)))
  await makeWhole(factsPath, (draft) => writeFile(draft, JSON.stringify(kept)))
  report(1)
  return { rig: { path, hash, facts: kept.facts }, person: kept.person }
}
