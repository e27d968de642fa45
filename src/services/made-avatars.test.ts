import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PresenterRecipe } from '../core/recipe.ts'
import { openMadeAvatars } from './made-avatars.ts'
import { atEnd } from './test-kit.ts'

const recipe = { id: 'made-1234567890', number: 1234567890, name: 'Ada' } as PresenterRecipe

test('what one process keeps, another finds by id and by number', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-made-'))
  atEnd(t, () => rm(folder, { recursive: true, force: true }))
  const other = openMadeAvatars(join(folder, 'avatars'))
  assert.equal(other.find('made-1234567890'), null)
  await openMadeAvatars(join(folder, 'avatars')).keep(recipe)
  for (const id of ['made-1234567890', 1234567890, '1234567890']) assert.deepEqual(other.find(id), recipe)
})

test('an id that leads out of the folder finds nobody', () => {
  assert.equal(openMadeAvatars('/nowhere').find('../../etc/passwd'), null)
})
