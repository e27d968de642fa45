// The house's rule: a floor imports only from the floors below it, and three walls stand inside floors.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SOURCE = resolve(dirname(fileURLToPath(import.meta.url)), '../src')
const FLOORS = ['core', 'domain', 'engines', 'services', 'faces']
/** Floors that are pure thinking: no library and no Node module may enter. */
const PURE = new Set(['core', 'domain'])

type Import = { readonly from: string; readonly to: string; readonly isLocal: boolean }

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(resolve(SOURCE, file), 'utf8')
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm)
  return [...found].map(([, target]) => {
    const isLocal = target!.startsWith('.')
    return { from: file, to: isLocal ? relative(SOURCE, resolve(SOURCE, dirname(file), target!)) : target!, isLocal }
  })
}

const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/.test(name))
const imports = files.flatMap((file) => importsOf(file))
const floorOf = (path: string): number => FLOORS.indexOf(path.split('/')[0]!)

test('the reader of imports sees the house', () => {
  assert.ok(files.length > 30)
  assert.ok(imports.some((edge) => edge.to === 'core/errors.ts'))
})

test('every file stands on a floor', () => {
  assert.deepEqual(
    files.filter((file) => floorOf(file) < 0),
    [],
  )
})

test('a floor imports only from itself or from below', () => {
  const wrong = imports.filter((edge) => edge.isLocal && floorOf(edge.to) > floorOf(edge.from))
  assert.deepEqual(wrong, [])
})

test('core and domain are pure: only their tests import anything from outside', () => {
  const wrong = imports.filter(
    (edge) => !edge.isLocal && PURE.has(edge.from.split('/')[0]!) && !edge.from.endsWith('.test.ts'),
  )
  assert.deepEqual(wrong, [])
})

test('core imports nothing but core', () => {
  const wrong = imports.filter((edge) => edge.from.startsWith('core/') && edge.isLocal && !edge.to.startsWith('core/'))
  assert.deepEqual(wrong, [])
})

/** Two paths below a folder lie in different rooms of it. */
function crossesRooms(folder: string, edge: Import): boolean {
  if (!edge.from.startsWith(folder) || !edge.to.startsWith(folder)) return false
  const room = (path: string): string => path.slice(folder.length).split('/')[0]!
  return room(edge.from) !== room(edge.to)
}

test('one engine capability never imports another', () => {
  assert.deepEqual(
    imports.filter((edge) => crossesRooms('engines/', edge)),
    [],
  )
})

test('one dialect never imports another', () => {
  const isDialect = (path: string): boolean => /^faces\/http\/(joggai-v2|joggai-v1|joggai-open|heygen)\//.test(path)
  assert.deepEqual(
    imports.filter((edge) => isDialect(edge.from) && isDialect(edge.to) && crossesRooms('faces/http/', edge)),
    [],
  )
})

test('http and studio never import cli', () => {
  assert.deepEqual(
    imports.filter((edge) => /^faces\/(http|studio)\//.test(edge.from) && edge.to.startsWith('faces/cli/')),
    [],
  )
})
