// JoggAI v2 lists and account over real HTTP.
import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from '../test-server.ts'

describe('the lists', () => {
  const suite = serverOfSuite()
  let server: TestServer
  before(async () => {
    server = suite.server
  })
  const list = async (path: string, name: 'avatars' | 'voices') => {
    const { status, answer } = await server.get(path)
    assert.equal(status, 200)
    assert.equal(answer.code, 0, answer.msg)
    const data = answer.data as Record<string, unknown>
    return { items: data[name] as Record<string, unknown>[], total: data.total, more: data.has_more }
  }

  test('an avatar has the fields of the schema, its number under both names, and links', async () => {
    const { items, total } = await list('/v2/avatars/public?page_size=100', 'avatars')
    assert.equal(total, server.services.library.list().length)
    for (const avatar of items) {
      const own = server.services.library.list().find(({ number }) => number === Number(avatar.id))!
      assert.deepEqual(avatar, {
        id: own.number,
        avatar_id: own.number,
        name: own.name,
        video_url: `${server.address}/media/avatars/${own.id}/preview.mp4`,
        cover_url: `${server.address}/media/avatars/${own.id}/cover.jpg`,
        aspect_ratio: 0,
        style: own.style,
        gender: own.gender,
        age: own.age,
        scene: own.scene,
        ethnicity: own.ethnicity,
      })
    }
    assert.ok([81, 127].every((number) => items.some(({ id }) => id === number)))
  })

  test('avatars are filtered by words in any case; blank filters are not set', async () => {
    const women = await list('/v2/avatars/public?gender=FEMALE&age=&scene=', 'avatars')
    assert.ok(women.items.length > 0)
    assert.ok(women.items.every(({ gender }) => gender === 'female'))
  })

  test('the answer to an aspect ratio in words is its number', async () => {
    const { items } = await list('/v2/avatars/public?aspect_ratio=landscape', 'avatars')
    assert.ok(items.length > 0 && items.every(({ aspect_ratio }) => aspect_ratio === 1))
  })

  test('pages follow each other and end in an empty one', async () => {
    const all = (await list('/v2/avatars/public?page_size=100', 'avatars')).items
    const paged: unknown[] = []
    for (let page = 1; ; page++) {
      const { items, more } = await list(`/v2/avatars/public?page=${page}&limit=1`, 'avatars')
      if (items.length === 0) break
      assert.equal(more, page < all.length)
      paged.push(...items)
    }
    assert.deepEqual(paged, all)
  })

  test('pages out of bounds are clamped, not refused', async () => {
    assert.equal((await list('/v2/voices?page=-3&page_size=0', 'voices')).items.length, 1)
    const { items } = await list('/v2/voices?page_size=5000', 'voices')
    assert.equal(items.length, Math.min(100, server.services.voices.list().length))
  })

  test('a filter that is no filter is refused with the words that are', async () => {
    const { status, answer } = await server.get('/v2/avatars/public?gender=robot')
    assert.equal(status, 200)
    assert.equal(answer.code, 40000)
    assert.equal(answer.msg, 'Parameter error: gender: "robot" cannot be used. Send female or male.')
    assert.match((await server.get('/v2/voices?page=two')).answer.msg, /page: "two" cannot be used/)
  })

  test('a voice has the fields of the schema and a link', async () => {
    const { items, more } = await list('/v2/voices?page_size=1', 'voices')
    const own = server.services.voices.list()[0]!
    assert.deepEqual(items, [
      {
        name: own.name,
        voice_id: own.id,
        audio_url: `${server.address}/media/voices/${own.id}/sample.wav`,
        language: own.language,
        gender: own.gender,
        age: own.age,
        accent: own.accent,
        use_case: own.useCase,
        locale: own.locale,
      },
    ])
    assert.equal(more, true)
  })

  for (const language of ['english', 'ENGLISH', 'en', 'en-US', 'en_us']) {
    test(`language=${language} finds voices that speak it`, async () => {
      const { items } = await list(`/v2/voices?gender=Male&language=${language}`, 'voices')
      assert.ok(items.length > 0)
      assert.ok(items.every((voice) => voice.language === 'english' && voice.gender === 'male'))
    })
  }

  test('a language that nobody speaks finds nobody', async () => {
    assert.deepEqual((await list('/v2/voices?language=klingon', 'voices')).items, [])
  })

  test('whoami and quota answer in the words of the schema', async () => {
    const who = await server.get('/v2/user/whoami')
    assert.deepEqual(who.answer, {
      rid: who.answer.rid,
      code: 0,
      msg: 'success',
      data: { email: 'owner@localhost', username: 'Rostrum', credits: 1_000_000 },
    })
    const { answer } = await server.get('/joggai/v2/user/remaining_quota')
    assert.equal(typeof answer.data?.remaining_quota, 'number')
    assert.ok(Number(answer.data?.remaining_quota) > 0)
  })
})
