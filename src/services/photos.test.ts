import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { Fault } from '../core/errors.ts'
import { photoPlace } from './photo-cache.ts'
import { openPhotos } from './photos.ts'
import type { Tasks } from './tasks.ts'
import { atEnd, type PaperPool, paperPool } from './test-kit.ts'

const person = { gender: 'female', ageYears: 41 } as const
const facts = {
  width: 100,
  height: 100,
  headBox: { x: 30, y: 10, width: 40, height: 50 },
  bodySpan: { left: 0, right: 100 },
  hasBackdrop: true,
}

/** Leaves behind what the real task would; pictures that say so are refused. */
async function paperPhoto({
  picturePath,
  pictureHash,
  folder,
}: Tasks['photo']['input']): Promise<Tasks['photo']['output']> {
  if ((await readFile(picturePath, 'utf8')).includes('nobody')) {
    throw new Fault('invalid', 'No face was found.', { field: 'image', reason: 'no-face' })
  }
  const { hash, path, factsPath } = photoPlace(pictureHash, folder)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, 'rig')
  await writeFile(factsPath, JSON.stringify({ facts, person }))
  return { rig: { path, hash, facts }, person }
}

async function openAll(
  t: TestContext,
): Promise<{ folder: string; pool: PaperPool; open: () => ReturnType<typeof openPhotos> }> {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-photos-'))
  atEnd(t, () => rm(folder, { recursive: true, force: true }))
  const pool = paperPool({ photo: paperPhoto })
  return { folder, pool, open: () => openPhotos(pool, join(folder, 'photos'), join(folder, 'rigs')) }
}

test('a picture is made into an avatar once, and found by id and number in every process', async (t) => {
  const { pool, open } = await openAll(t)
  const bytes = Buffer.from('a portrait')
  const avatar = await open().add(bytes, { name: 'Ada' })
  assert.equal(avatar.name, 'Ada')
  assert.equal(avatar.gender, 'female')
  assert.equal(avatar.age, 'adult')
  const other = open()
  assert.deepEqual(await other.add(bytes, { name: 'Ada' }), avatar)
  for (const id of [avatar.id, avatar.number, String(avatar.number)]) assert.deepEqual(other.find(id), avatar)
  assert.equal(pool.asked.filter((name) => name === 'photo').length, 1)
  assert.match((await other.rigFor(avatar)).path, /\.rig$/)
})

test('a rig that was cleared from the cache is made again from the picture that was kept', async (t) => {
  const { folder, pool, open } = await openAll(t)
  const photos = open()
  const avatar = await photos.add(Buffer.from('a portrait'))
  await rm(join(folder, 'rigs'), { recursive: true })
  await photos.rigFor(avatar)
  assert.equal(pool.asked.filter((name) => name === 'photo').length, 2)
})

test('a film becomes an avatar by its best frame, and nothing of the film is left behind', async (t) => {
  const { folder } = await openAll(t)
  const film = Buffer.from('\0\0\0\x18ftypisom, a film of somebody')
  const pool = paperPool({
    photo: paperPhoto,
    async portrait({ filmPath, picturePath }) {
      assert.deepEqual(await readFile(filmPath), film)
      await writeFile(picturePath, 'the best frame')
      return null
    },
  })
  const photos = openPhotos(pool, join(folder, 'photos'), join(folder, 'rigs'))
  const avatar = await photos.add(film, { name: 'Ada' })
  assert.deepEqual(avatar, await photos.add(Buffer.from('the best frame'), { name: 'Ada' }))
  const left = await readdir(join(folder, 'photos'))
  assert.deepEqual(
    left.filter((name) => name.includes('film')),
    [],
  )
})

test('a picture that is refused leaves nothing behind', async (t) => {
  const { folder, open } = await openAll(t)
  await assert.rejects(open().add(Buffer.from('nobody is in it')), { kind: 'invalid', reason: 'no-face' })
  assert.deepEqual(await readdir(join(folder, 'photos')), [])
})

test('ids of others and ids that lead out of the folder find nobody', async (t) => {
  const photos = (await openAll(t)).open()
  for (const id of ['nora', 81, 1234567890, 'photo-../../etc', 'photo-123456789012'])
    assert.equal(photos.find(id), null)
})
