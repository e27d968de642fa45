// What an account makes of its pictures and of people generated for it, over a real store and pretended rendering.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { describe, type TestContext, test } from 'node:test'
import type { Config } from '../core/config.ts'
import { Fault } from '../core/errors.ts'
import { silentLog } from './log.ts'
import { openServices, type Services } from './open.ts'
import { atEnd, paperFaces, paperJpeg, paperPool, throwAwayConfig } from './test-kit.ts'

/** Services whose photos become rigs at once; `makePhoto` may fail or wait first, `endPool` ends what runs. */
async function open(
  test: TestContext,
  config: Config,
  makePhoto = async () => {},
  endPool = async () => {},
): Promise<Services> {
  const faces = paperFaces()
  const paper = paperPool({
    ...faces,
    photo: async (input, signal) => {
      await makePhoto()
      return faces.photo!(input, signal)
    },
    portrait: async ({ picturePath }) => {
      await writeFile(picturePath, paperJpeg('the best frame'))
      return null
    },
  })
  const services = await openServices(config, { work: false, log: silentLog, pool: { ...paper, close: endPool } })
  atEnd(test, () => services.close({ graceMs: 0 }))
  await services.keys.create({ accountId: 'other' })
  return services
}

describe('a picture', () => {
  test('becomes an avatar of its account alone', async (t) => {
    const { ownAvatars, library } = await open(t, await throwAwayConfig(t))
    const made = await ownAvatars.addPicture('owner', paperJpeg('a'), { name: 'Me' })
    assert.deepEqual([made.status, made.speakerId, made.groupId], ['pending', null, made.id])
    const ready = await ownAvatars.ready('owner', made.id)
    assert.equal(library.find(ready.speakerId).gender, 'female')
    assert.deepEqual(await ownAvatars.list('owner'), [ready])
    assert.deepEqual(await ownAvatars.get('owner', made.number), ready)
    assert.deepEqual(await ownAvatars.list('other'), [])
    for (const forbidden of [ownAvatars.ready('other', made.id), ownAvatars.remove('other', made.id)]) {
      await assert.rejects(forbidden, { kind: 'not-found' })
    }
  })

  test('is found in a film, which gives way to it', async (t) => {
    const { ownAvatars, files } = await open(t, await throwAwayConfig(t))
    const film = Buffer.from('\0\0\0\x18ftypisom, a film of somebody')
    await assert.rejects(ownAvatars.addPicture('owner', film, { name: 'Me' }), { reason: 'not-a-picture' })
    await assert.rejects(ownAvatars.addFilm('owner', paperJpeg('a'), { name: 'Me' }), { reason: 'not-a-picture' })
    const { id } = await ownAvatars.addFilm('owner', film, { name: 'Me' })
    const { fileKey, speakerId } = await ownAvatars.ready('owner', id)
    assert.match(speakerId, /^photo-\d{12}$/)
    assert.equal(fileKey, `avatars/${id}.png`)
    assert.deepEqual(await readFile((await files.openRead(fileKey)).path), Buffer.from(paperJpeg('the best frame')))
    await assert.rejects(files.openRead(`avatars/${id}.mp4`))
  })

  test('that cannot be used says why, each time it is asked for', async (t) => {
    const refuse = async () => {
      throw new Fault('invalid', 'No face was found.', { reason: 'no-face' })
    }
    const { ownAvatars } = await open(t, await throwAwayConfig(t), refuse)
    const { id } = await ownAvatars.addPicture('owner', paperJpeg('a'), { name: 'Wall' })
    await assert.rejects(ownAvatars.ready('owner', id), { kind: 'invalid', reason: 'no-face' })
    const { status, failure } = await ownAvatars.get('owner', id)
    assert.deepEqual([status, failure], ['failed', { message: 'No face was found.', reason: 'no-face' }])
    await assert.rejects(ownAvatars.addPicture('owner', Buffer.from('text'), { name: 'x' }), {
      reason: 'not-a-picture',
    })
  })

  test('is made after all where the process ended before it was', async (t) => {
    const config = await throwAwayConfig(t)
    const begun = Promise.withResolvers<void>()
    const ended = Promise.withResolvers<void>()
    const makePhoto = () => {
      begun.resolve()
      return ended.promise
    }
    const endPool = async () => ended.reject(new Error('The render process has ended.'))
    const first = await open(t, config, makePhoto, endPool)
    const { id } = await first.ownAvatars.addPicture('owner', paperJpeg('a'), { name: 'Me' })
    await begun.promise
    await first.close({ graceMs: 0 })
    const { ownAvatars } = await open(t, config)
    assert.equal((await ownAvatars.list('owner'))[0]?.status, 'pending')
    assert.equal((await ownAvatars.ready('owner', id)).status, 'completed')
  })

  test('goes with its avatar, and not before the last avatar of the same picture', async (t) => {
    const { ownAvatars, library, files } = await open(t, await throwAwayConfig(t))
    const mine = await ownAvatars.addPicture('owner', paperJpeg('a'), { name: 'Me' })
    const { speakerId } = await ownAvatars.ready('owner', mine.id)
    const yours = await ownAvatars.addPicture('other', paperJpeg('a'), { name: 'You' })
    assert.equal((await ownAvatars.ready('other', yours.id)).speakerId, speakerId)
    await ownAvatars.remove('owner', mine.id)
    await assert.rejects(files.openRead(mine.fileKey), { kind: 'not-found' })
    assert.equal(library.find(speakerId).id, speakerId)
    await ownAvatars.remove('other', yours.id)
    assert.throws(() => library.find(speakerId), { kind: 'not-found' })
  })
})

test('a generation makes four people; one of them becomes an avatar', async (t) => {
  const { ownAvatars, generations, library } = await open(t, await throwAwayConfig(t))
  const request = {
    gender: 'male',
    age: 'adult',
    style: 'professional',
    model: 'classic',
    aspectRatio: 'square',
  } as const
  const begun = await generations.begin('owner', request, { notes: ['First.'] })
  assert.deepEqual([begun.status, begun.people], ['pending', []])
  const { status, people, notes } = await generations.ended('owner', begun.id)
  assert.deepEqual([status, people.length, notes], ['completed', 4, ['First.']])
  assert.equal(new Set(people.map(({ speakerId }) => speakerId)).size, 4)
  await assert.rejects(generations.get('other', begun.id), { kind: 'not-found' })
  const first = await ownAvatars.addPerson('owner', people[0]!, { name: 'Tom' })
  const second = await ownAvatars.addPerson('owner', people[1]!, { name: 'Tom again', groupId: first.id })
  assert.deepEqual([first.status, second.groupId], ['completed', first.id])
  assert.equal(library.find(first.speakerId!).gender, 'male')
})
