// Whoever runs Rostrum can see what it is made with.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

test('docs/licences.md names every package that package.json asks for', () => {
  const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>
  const page = read('docs/licences.md')
  const names = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((key) =>
    Object.keys(manifest[key]!),
  )
  const named = new Set(page.split(/[\s|,()]+/))
  assert.deepEqual(
    names.filter((name) => !named.has(name)),
    [],
  )
})
