// What backdrops and captions depend on, as one string for the addresses of cached segments.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Changes with any source of this folder and with the library that draws letters: equal versions draw equal pixels. */
export const PICTURES_VERSION: string = readVersion()

function readVersion(): string {
  const hash = createHash('sha256')
  const here = new URL('./', import.meta.url)
  const sources = readdirSync(here).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name))
  for (const name of sources.sort()) hash.update(name).update(readFileSync(new URL(name, here)))
  const { resolve } = createRequire(import.meta.url)
  hash.update(readFileSync(resolve('@napi-rs/canvas/package.json')))
  return hash.digest('hex').slice(0, 16)
}
