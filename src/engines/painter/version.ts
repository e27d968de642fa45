// What the painter's pictures depend on, as one string for the addresses of cached segments.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { Fault } from '../../core/errors.ts'
import { KERNEL_URL } from './kernel.ts'

/** Changes with the compiled kernel and with any source of this folder: equal versions paint equal pixels. */
export const PAINTER_VERSION: string = readVersion()

function readVersion(): string {
  const hash = createHash('sha256')
  try {
    hash.update(readFileSync(KERNEL_URL))
  } catch (cause) {
    throw new Fault('internal', 'The painter has not been built. "npm run build:painter" builds it.', { cause })
  }
  const here = new URL('./', import.meta.url)
  const sources = readdirSync(here).filter((name) => /\.(ts|js)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name))
  for (const name of sources.sort()) hash.update(name).update(readFileSync(new URL(name, here)))
  return hash.digest('hex').slice(0, 16)
}
