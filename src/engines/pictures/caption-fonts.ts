// The letters of captions: which font files a text needs, loaded once.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { GlobalFonts } from '@napi-rs/canvas'
import { Fault } from '../../core/errors.ts'

/** Scripts and the packages that hold their letters; Latin, Cyrillic and Greek come with the first. */
const BASE = 'noto-sans'
const BY_SCRIPT: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'noto-sans-jp'],
  [/\p{Script=Hangul}/u, 'noto-sans-kr'],
  [/\p{Script=Han}/u, 'noto-sans-sc'],
  [/\p{Script=Arabic}/u, 'noto-sans-arabic'],
  [/\p{Script=Hebrew}/u, 'noto-sans-hebrew'],
  [/\p{Script=Devanagari}/u, 'noto-sans-devanagari'],
  [/\p{Script=Bengali}/u, 'noto-sans-bengali'],
  [/\p{Script=Gujarati}/u, 'noto-sans-gujarati'],
  [/\p{Script=Gurmukhi}/u, 'noto-sans-gurmukhi'],
  [/\p{Script=Tamil}/u, 'noto-sans-tamil'],
  [/\p{Script=Telugu}/u, 'noto-sans-telugu'],
  [/\p{Script=Kannada}/u, 'noto-sans-kannada'],
  [/\p{Script=Malayalam}/u, 'noto-sans-malayalam'],
  [/\p{Script=Sinhala}/u, 'noto-sans-sinhala'],
  [/\p{Script=Thai}/u, 'noto-sans-thai'],
  [/\p{Script=Georgian}/u, 'noto-sans-georgian'],
  [/\p{Script=Armenian}/u, 'noto-sans-armenian'],
  [/\p{Script=Ethiopic}/u, 'noto-sans-ethiopic'],
]

/** A part of a font: a file with some of its letters. */
type Subset = {
  readonly family: string
  readonly path: string
  readonly ranges: readonly (readonly [number, number])[]
}

const packages = new Map<string, readonly Subset[]>()
const registered = new Set<string>()

/**
 * The `font-family` list for a text: Noto Sans in the scripts that it is written in. Each file holds a part of a script's
 * letters and counts as a family of its own: letters are looked for in one family after the other.
 * @throws Fault `unavailable` where a font package is missing.
 */
export function fontsFor(text: string): string {
  const missing = new Set([...text].map((letter) => letter.codePointAt(0)!))
  const families: string[] = []
  for (const name of [BASE, ...BY_SCRIPT.filter(([pattern]) => pattern.test(text)).map(([, name]) => name)]) {
    for (const subset of subsetsOf(name)) {
      const held = [...missing].filter((letter) => subset.ranges.some(([from, to]) => letter >= from && letter <= to))
      if (held.length === 0) continue
      for (const letter of held) missing.delete(letter)
      register(subset)
      families.push(`"${subset.family}"`)
    }
  }
  return families.length > 0 ? families.join(', ') : 'sans-serif'
}

function register({ family, path }: Subset): void {
  if (registered.has(family)) return
  if (!GlobalFonts.register(readFileSync(path), family)) {
    throw new Fault('unavailable', `The font ${path} cannot be read.`)
  }
  registered.add(family)
}

// Every file is a variable font (100 to 900); unicode.json says which letters are in which, as CSS writes ranges.
function subsetsOf(name: string): readonly Subset[] {
  let subsets = packages.get(name)
  if (subsets) return subsets
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`@fontsource-variable/${name}/package.json`))
    const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>
    subsets = Object.entries(ranges).map(([key, list]) => {
      const subset = key.replace(/[[\]]/g, '')
      return {
        family: `rostrum-${name}-${subset}`,
        path: join(folder, 'files', `${name}-${subset}-wght-normal.woff2`),
        ranges: list.split(',').map(parseRange),
      }
    })
  } catch (cause) {
    throw new Fault(
      'unavailable',
      `The letters of this text are in the package @fontsource-variable/${name}: run npm ci.`,
      {
        cause,
      },
    )
  }
  packages.set(name, subsets)
  return subsets
}

/** `U+0100-02BA` or `U+20AC`. */
function parseRange(range: string): readonly [number, number] {
  const [from, to = from] = range.trim().slice(2).split('-')
  return [Number.parseInt(from!, 16), Number.parseInt(to!, 16)]
}
