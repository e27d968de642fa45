import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from '../core/config.ts'
import type { PresenterRecipe } from '../core/recipe.ts'
import { makePeople } from '../domain/generate/make-people.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import { assetLicences, isUsable } from '../engines/faces/asset-licences.ts'
import { checkRecipe } from '../engines/faces/recipes.ts'
import { findVoice } from '../engines/voices/index.ts'
import { silentLog } from './log.ts'
import { openWorkshop } from './open.ts'
import { atEnd, paperPool, throwAwayFolder } from './test-kit.ts'
import { makeWhole } from './whole-file.ts'

const REQUEST: PersonRequest = {
  gender: 'female',
  age: 'adult',
  style: 'professional',
  model: 'classic',
  aspectRatio: 'square',
}

test('who was generated is an avatar from then on, also for the next process', async (t) => {
  const dataFolder = await throwAwayFolder(t)
  const baked: string[] = []
  const pool = paperPool({
    async rig({ recipe, folder }) {
      baked.push(recipe.id)
      const path = join(folder, '..', `${recipe.id}.rig`)
      await writeFile(path, 'rig')
      return { path, hash: recipe.id, facts: {} as never }
    },
    async cover({ canvas, path }) {
      assert.equal(canvas.width, canvas.height)
      await makeWhole(path, (draft) => writeFile(draft, 'picture'))
      return null
    },
  })
  const config = { ...DEFAULT_CONFIG, dataFolder }
  const workshop = await openWorkshop(config, { pool, log: silentLog })
  atEnd(t, () => workshop.close())
  const shares: number[] = []
  const { people, notes } = await workshop.generate(
    { ...REQUEST, appearance: 'red hair, antlers' },
    { count: 2, onProgress: (share) => shares.push(share) },
  )
  assert.deepEqual(notes, ['appearance: not understood: "antlers".'])
  assert.deepEqual(people.map(({ avatar }) => avatar.id).sort(), baked.sort())
  assert.equal(shares.at(-1), 1)
  const other = await openWorkshop(config, { pool, log: silentLog })
  atEnd(t, () => other.close())
  for (const { avatar } of people) {
    assert.deepEqual(other.library.find(avatar.id), avatar)
    assert.deepEqual(other.library.find(avatar.number), avatar)
    assert.ok(!other.library.list().some(({ id }) => id === avatar.id))
  }
})

test('everyone can be baked, speaks with a voice of the catalogue and is made of parts that we may use', async () => {
  const people: PresenterRecipe[] = []
  for (const gender of ['female', 'male'] as const) {
    for (const ethnicity of ['african', 'east_asian', 'european'] as const) {
      for (const style of ['professional', 'social'] as const) {
        for (const appearance of ['', 'dress, braid', 'top, afro', 'overalls, bun, goatee', 'sweater, thick brows']) {
          people.push(...makePeople({ ...REQUEST, gender, ethnicity, style, appearance, age: 'senior' }).people)
        }
      }
    }
  }
  for (const person of people) {
    await checkRecipe(person, person.name)
    assert.equal(findVoice(person.voiceId).voice.gender, person.gender)
  }
  for (const part of await assetLicences(people)) assert.ok(isUsable(part), `${part.asset}: ${part.stated}`)
})
