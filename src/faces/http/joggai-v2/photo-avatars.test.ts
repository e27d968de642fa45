// JoggAI photo avatars over real HTTP, with pretended rendering: from a picture or from words to a face that speaks.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname } from 'node:path'
import { describe, test } from 'node:test'
import { Fault } from '../../../core/errors.ts'
import type { VideoSpec } from '../../../core/spec.ts'
import { photoPlace } from '../../../services/photo-cache.ts'
import { paperPool } from '../../../services/test-kit.ts'
import { serverOfSuite, type TestServer } from '../test-server.ts'

/** Bytes that begin as a JPEG; what follows makes them differ. */
const picture = (content: string) =>
  new Uint8Array(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(content)]))
const leave = async (path: string, bytes: Uint8Array) => {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}
const FACTS = {
  width: 400,
  height: 500,
  headBox: { x: 100, y: 50, width: 200, height: 250 },
  bodySpan: { left: 50, right: 350 },
  hasBackdrop: true,
}
const NO_FACE = 'There is no face in this picture.'
let fails = false
const prepared: { spec: VideoSpec }[] = []
const paper = paperPool()
const pool = paperPool({
  prepare: async (input, signal) => {
    prepared.push(input)
    return paper.run('prepare', input, signal ? { signal } : {})
  },
  photo: async ({ pictureHash, folder }) => {
    if (fails) throw new Fault('invalid', NO_FACE, { reason: 'no-face' })
    const { hash, path } = photoPlace(pictureHash, folder)
    await leave(path, picture('rig'))
    return { rig: { path, hash, facts: FACTS }, person: { gender: 'female', ageYears: 40 } }
  },
  rig: async ({ folder, recipe }) => {
    await leave(`${folder}/${recipe.id}`, picture('rig'))
    return { path: `${folder}/${recipe.id}`, hash: recipe.id, facts: {} as never }
  },
  redress: async ({ backdrops, folder }) => {
    const paths = backdrops.map((_, index) => `${folder}/${index}.jpg`)
    for (const path of paths) await leave(path, picture(`redressed ${path}`))
    return { paths, person: { gender: 'female', ageYears: 40 } }
  },
  cover: async ({ path }) => {
    await leave(path, picture(path))
    return null
  },
})
let server: TestServer
let stranger: Record<string, string>
serverOfSuite({ pool, settings: { allowPrivateUrls: true } }, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

async function uploaded(content: string): Promise<string> {
  const { answer } = await server.post('/v2/upload/asset', { filename: 'me.jpg', content_type: 'image/jpeg' })
  await fetch(String(answer.data?.sign_url), { method: 'PUT', body: picture(content) })
  return String(answer.data?.asset_url)
}
const data = async (path: string, headers = {}) => (await server.get(path, headers)).answer

/** Asks until the state is no longer one of those that pass. */
async function ended(path: string): Promise<Record<string, unknown>> {
  for (;;) {
    const answer = (await data(path)).data!
    if (!['in_progress', 'processing', 'pending'].includes(String(answer.status))) return answer
  }
}

describe('a picture that was uploaded', () => {
  test('is given motion, is listed, speaks, and is another account’s never', async () => {
    const { answer } = await server.post('/v2/photo_avatar/add_motion', {
      image_url: await uploaded('Ada'),
      name: 'Ada',
      voice_id: 'en-US-ChristopherNeural',
      model: '2.0',
    })
    assert.equal(answer.code, 0, answer.msg)
    const { avatar_id: number, motion_id: motion } = answer.data as { avatar_id: number; motion_id: string }
    assert.ok(Number.isInteger(number))
    const done = await ended(`/v2/photo_avatar?motion_id=${motion}`)
    assert.deepEqual([done.status, done.avatar_id, done.name, done.error_msg], ['completed', number, 'Ada', null])
    const preview = String(done.motion_preview_url)
    assert.match(preview, /^http.*preview\.mp4\?signature=/)
    assert.equal((await fetch(preview)).status, 200)
    assert.equal((await fetch(preview.replace(/\?.*/, ''))).status, 404)
    assert.equal((await data(`/v1/photo_avatar?motion_id=${motion}`)).data?.status, 'completed')
    for (const path of [
      '/v2/avatars/photo_avatars',
      '/v2/avatars/custom?status=completed&name=ada',
      '/v1/avatars/custom',
      '/open/avatar/user',
    ]) {
      const { avatars } = (await data(path)).data as { avatars: { id: number; status: number }[] }
      assert.deepEqual(
        avatars.map(({ id, status }) => [id, status]),
        [[number, 1]],
        path,
      )
      assert.deepEqual((await data(path, stranger)).data?.avatars, [], path)
    }
    const body = {
      script: 'Hello.',
      avatar_id: number,
      avatar_type: 1,
      voice_id: 'flite-slt',
      aspect_ratio: 0,
      screen_style: 1,
    }
    const made = await server.post('/v2/create_video_from_avatar', body)
    assert.equal(made.answer.code, 0, made.answer.msg)
    assert.equal((await server.post('/v2/create_video_from_avatar', body, stranger)).answer.code, 10104)
    assert.equal((await data(`/v2/photo_avatar?motion_id=${motion}`, stranger)).code, 10104)
    const drop = (headers = {}) =>
      server.ask(`/v1/avatar/custom/delete?avatar_id=${number}`, { method: 'DELETE', headers })
    assert.equal(((await (await drop(stranger)).json()) as { code: number }).code, 10104)
    assert.equal(((await (await drop()).json()) as { code: number }).code, 0)
    assert.deepEqual((await data('/v2/avatars/custom')).data?.avatars, [])
  })

  test('that shows no face fails with that reason', async () => {
    fails = true
    const { answer } = await server.post('/v1/photo_avatar/add_motion', {
      image_url: await uploaded('wall'),
      name: 'Wall',
    })
    const done = await ended(`/v1/photo_avatar?motion_id=${answer.data?.motion_id}`)
    fails = false
    assert.deepEqual([done.status, done.error_msg], ['error', NO_FACE])
  })
})

test('the founding page’s body, with a photo_url alone, takes the person of that picture from where it lies', async (t) => {
  const host = createServer((request, response) => {
    response.statusCode = request.url === '/portrait.jpg' ? 200 : 404
    response.end(request.url === '/portrait.jpg' ? picture('John') : '')
  })
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done))
  t.after(() => host.close())
  const base = `http://127.0.0.1:${(host.address() as { port: number }).port}`
  const body = { photo_url: `${base}/portrait.jpg`, name: 'John Doe Avatar' }
  const { answer } = await server.post('/joggai/v2/photo_avatar/photo/generate', body)
  assert.equal(answer.code, 0, answer.msg)
  const done = await ended(`/v2/photo_avatar/photo?photo_id=${answer.data?.photo_id}`)
  assert.deepEqual([done.status, (done.image_url_list as string[]).length, done.msg], ['success', 1, null])
  const gone = await server.post('/v2/photo_avatar/photo/generate', { ...body, photo_url: `${base}/gone.jpg` })
  assert.match(gone.answer.msg, /image_url: .* cannot be fetched: the server answered 404/)
})

test('with words for the background, the person of a picture comes before four of them', async () => {
  const image_url = await uploaded('Eve')
  const body = { image_url, background: 'a bookshelf' }
  const { answer } = await server.post('/joggai/v2/photo_avatar/photo/generate', body)
  const done = await ended(`/v2/photo_avatar/photo?photo_id=${answer.data?.photo_id}`)
  assert.deepEqual([done.status, (done.image_url_list as string[]).length], ['success', 4])
  assert.ok(pool.asked.includes('redress'))
  const [motion] = (done.image_url_list as string[]).slice(2)
  const made = await server.post('/v2/photo_avatar/add_motion', { image_url: motion, name: 'Eve' })
  assert.equal(made.answer.data?.status, 'completed')
})

test('a description moves the temper, the greeting is spoken in the preview, in the voice that was chosen', async () => {
  const { answer } = await server.post('/v2/photo_avatar/add_motion', {
    image_url: await uploaded('Mia'),
    name: 'Mia',
    voice_id: 'en-US-ChristopherNeural',
    model: '2.0-pro',
    description: 'Lively, nodding and smiling',
    welcome_msg: 'Good morning to you all.',
  })
  const { avatar_id: number, motion_id: motion } = answer.data as { avatar_id: number; motion_id: string }
  const done = await ended(`/v2/photo_avatar?motion_id=${motion}`)
  assert.equal(done.voice_id, 'en-US-ChristopherNeural')
  assert.equal((await fetch(String(done.motion_preview_url))).status, 200)
  const { spec: preview } = prepared.at(-1)!
  const [scene] = preview.scenes
  assert.deepEqual(scene?.character?.manner, { expression: 'happy', talkingStyle: 'expressive' })
  assert.deepEqual(scene?.voice, {
    kind: 'script',
    text: 'Good morning to you all.',
    voiceId: server.services.voices.find('en-US-ChristopherNeural').voice.id,
    settings: {},
  })
  const video = {
    script: 'Hi.',
    avatar_id: number,
    avatar_type: 1,
    voice_id: 'flite-slt',
    aspect_ratio: 0,
    screen_style: 1,
  }
  const made = await server.post('/v2/create_video_from_avatar', video)
  const { spec } = await server.services.jobs.get('owner', String(made.answer.data?.video_id))
  assert.deepEqual(spec.scenes[0]?.character?.manner, { expression: 'happy', talkingStyle: 'expressive' })
  const wrong = await server.post('/v2/photo_avatar/add_motion', { image_url: 'x', name: 'x', model: '9' })
  assert.match(wrong.answer.msg, /model: "9" cannot be used\. Send 1\.0, 2\.0, 2\.0-Pro or 3\.0/)
})

test('words make four people, and one of them becomes an avatar', async () => {
  const body = {
    age: 'adult',
    avatar_style: 'Professional',
    gender: 'female',
    model: 'modern',
    aspect_ratio: 'portrait',
    ethnicity: 'African',
  }
  const { answer } = await server.post('/v2/photo_avatar/photo/generate', body)
  assert.equal(answer.code, 0, answer.msg)
  const path = `/v2/photo_avatar/photo?photo_id=${answer.data?.photo_id}`
  const done = await ended(path)
  assert.equal(done.status, 'success')
  const urls = done.image_url_list as string[]
  assert.equal(urls.length, 4)
  assert.equal((done.image_key_list as string[]).length, 4)
  assert.equal((await fetch(urls[0]!)).status, 200)
  assert.equal((await data(path, stranger)).code, 10104)
  const motion = await server.post('/v2/photo_avatar/add_motion', { image_url: urls[2], name: 'Grace' })
  assert.equal(motion.answer.data?.status, 'completed')
})

test('what cannot be is refused with the field and what would do', async () => {
  const refused = async (path: string, body: object, words: RegExp) => {
    const { answer } = await server.post(path, body)
    assert.equal(answer.code, 40000)
    assert.match(answer.msg, words)
  }
  await refused('/joggai/v2/photo_avatar/photo/generate', {}, /age is required.*gender is required/)
  await refused(
    '/joggai/v2/photo_avatar/photo/generate',
    { image_url: 'nowhere' },
    /image_url: "nowhere" cannot be used/,
  )
  await refused(
    '/joggai/v2/photo_avatar/photo/generate',
    { age: 'old', gender: 'female' },
    /age: "old" cannot be used\. Send Teenager/,
  )
  await refused('/joggai/v2/photo_avatar/add_motion', { name: 'x' }, /image_url is required/)
  await refused('/v1/photo_avatar/new_look/generate', { image_url: 'ftp://example.com/a.jpg' }, /image_url/)
  assert.match((await data('/v2/photo_avatar/photo')).msg, /photo_id is required/)
  assert.equal((await data('/v2/photo_avatar/photo?photo_id=nothing')).code, 10104)
})
