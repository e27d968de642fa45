import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { DEFAULT_CONFIG } from '../core/config.ts'
import { Fault } from '../core/errors.ts'
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

/** Render processes that know a face from the bytes `face` and refuse every other picture. */
const photoPool = () =>
  paperPool({
    async photo({ picturePath, folder }) {
      if (!(await readFile(picturePath, 'utf8')).startsWith('face')) {
        throw new Fault('invalid', 'There is no face.', { reason: 'no-face' })
      }
      const path = join(folder, 'photo.rig')
      await makeWhole(path, (draft) => writeFile(draft, 'rig'))
      const rig = { path, hash: `${picturePath.length}`, facts: {} as never }
      return { rig, person: { gender: 'male', ageYears: 61 } }
    },
    async redress({ picturePath, backdrops, folder }) {
      const picture = await readFile(picturePath, 'utf8')
      const paths = backdrops.map(({ kind }, index) => join(folder, `${index}-${kind}.jpg`))
      for (const path of paths) await writeFile(path, `${picture} ${path}`)
      return { paths, person: { gender: 'female', ageYears: 40 } }
    },
    async cover({ path }) {
      await makeWhole(path, (draft) => writeFile(draft, 'picture'))
      return null
    },
  })

test('with a photo its person stands before the backdrops that the words ask for', async (t) => {
  const config = { ...DEFAULT_CONFIG, dataFolder: await throwAwayFolder(t) }
  const workshop = await openWorkshop(config, { pool: photoPool(), log: silentLog })
  atEnd(t, () => workshop.close())
  const photo = Buffer.from('face')
  const request = { ...REQUEST, background: 'park with dragons', appearance: 'blue hair' }
  const { people, notes } = await workshop.generate(request, { photo, count: 3 })
  assert.equal(new Set(people.map(({ avatar }) => avatar.id)).size, 3)
  for (const { avatar } of people) {
    assert.deepEqual([avatar.gender, avatar.age], ['female', 'adult'])
    assert.equal(workshop.library.find(avatar.id).id, avatar.id)
  }
  assert.deepEqual(notes, [
    'background: not understood: "dragons".',
    'appearance: the photo says what the person looks like; the words are not used.',
  ])
})

test('an image maker elsewhere is asked in a sentence, again where its picture has no face, and given up in the end', async (t) => {
  const pictures = ['a wall', 'face one', 'face two', 'a tree', 'a tree', 'a tree']
  const seeds: number[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    const { prompt, seed } = JSON.parse(body) as { prompt: string; seed: number }
    assert.match(prompt, /44-year-old woman, in a purple cape\./)
    seeds.push(seed)
    response.end(JSON.stringify({ images: [Buffer.from(pictures.shift() ?? '').toString('base64')] }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(t, () => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const imageMaker = { kind: 'automatic1111', url, key: null, model: null, workflowPath: null } as const
  const config = { ...DEFAULT_CONFIG, dataFolder: await throwAwayFolder(t), imageMaker }
  const workshop = await openWorkshop(config, { pool: photoPool(), log: silentLog })
  atEnd(t, () => workshop.close())
  const request = { ...REQUEST, appearance: 'in a purple cape' }
  const { people, notes } = await workshop.generate(request, { count: 2 })
  assert.deepEqual([people.length, notes], [2, []])
  assert.deepEqual(seeds, [1000, 1001, 1010])
  await assert.rejects(
    workshop.generate(request, { count: 1 }),
    (error) => error instanceof Fault && error.kind === 'unavailable' && /3 pictures.*no face/.test(error.message),
  )
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
