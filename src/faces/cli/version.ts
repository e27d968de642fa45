// The version of this package, from its package.json.
import { readFileSync } from 'node:fs'

/** As in package.json; beside the sources in a checkout and beside dist/ in the package alike. */
export const VERSION: string = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version
