// Which sources bake rigs, as one string; loads none of them.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** Changes with any source that bakes: part of a cached rig's address. */
export const RIG_VERSION: string = readVersion('./', './presenter/', './presenter/garments/', './presenter/props/')

/** The same for the rigs of photos, which share a few tools with presenters. */
export const PHOTO_RIG_VERSION: string = readVersion('./', './photo/', './presenter/')

function readVersion(...paths: string[]): string {
  const hash = createHash('sha256')
  for (const folder of paths.map((path) => new URL(path, import.meta.url))) {
    const sources = readdirSync(folder).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name))
    for (const name of sources.sort()) hash.update(name).update(readFileSync(new URL(name, folder)))
  }
  return hash.digest('hex').slice(0, 16)
}
