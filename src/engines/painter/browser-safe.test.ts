import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { test } from 'node:test'

/** Every module that an entry imports, itself included, and what each names that is no relative path. */
function graph(entry: URL, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(entry.href)) return seen
  const code = stripTypeScriptTypes(readFileSync(entry, 'utf8'))
  const names = [...code.matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!)
  seen.set(
    entry.href,
    names.filter((name) => !name.startsWith('.')),
  )
  for (const name of names.filter((name) => name.startsWith('.'))) graph(new URL(name, entry), seen)
  return seen
}

test('the painter imports nothing that a browser lacks', () => {
  const modules = graph(new URL('./painter.ts', import.meta.url))
  assert.ok(modules.size >= 5, 'the walk follows imports')
  for (const [module, foreign] of modules) assert.deepEqual(foreign, [], module)
})

test('the walk does see what only Node has', () => {
  const foreign = [...graph(new URL('../media/encoder.ts', import.meta.url)).values()].flat()
  assert.ok(foreign.includes('node:fs/promises'))
})
