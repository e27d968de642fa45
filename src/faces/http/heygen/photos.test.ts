// Photos as avatars over real HTTP: talking photos, groups of looks, people from words, and videos of them.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { Fault } from '../../../core/errors.ts'
import { paperFaces, paperJpeg, paperPool } from '../../../services/test-kit.ts'
import { askHeyGen, type HeyGenAnswer, serverOfSuite, type TestServer } from '../test-server.ts'

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const faces = paperFaces()
const NOBODY = paperJpeg('nobody')
const pool = paperPool({
  ...faces,
  photo: async (input, signal) => {
    if (input.pictureHash === hashOf(NOBODY)) throw new Fault('invalid', 'No face was found.', { reason: 'no-face' })
    return faces.photo!(input, signal)
  },
})
let server: TestServer
let stranger: Record<string, string>
serverOfSuite({ pool }, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

type Fields = Record<string, unknown>

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  askHeyGen(server, method, path, body, headers)
async function upload(path: string, body: Uint8Array<ArrayBuffer> | FormData, headers: Record<string, string> = {}) {
  const response = await server.ask(path, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as HeyGenAnswer }
}
const dataOf = async (method: string, path: string, body?: unknown) => {
  const answer = await ask(method, path, body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body.data as Fields
}
const talkingPhoto = async (content: string) =>
  String(((await upload('/v1/talking_photo', paperJpeg(content))).body.data as Fields).talking_photo_id)
const uploaded = async (content: string) =>
  String(((await upload('/v1/asset', paperJpeg(content))).body.data as Fields).image_key)
const speak = (id: string) => ({
  video_inputs: [
    {
      character: { type: 'talking_photo', talking_photo_id: id },
      voice: { type: 'text', voice_id: 'flite-slt', input_text: 'Hello.' },
    },
  ],
})
const avatarOf = async (videoId: unknown) =>
  (await server.services.jobs.get('owner', String(videoId))).spec.scenes[0]?.character?.avatarId

describe('a talking photo', () => {
  test('is made of raw bytes or of a form, speaks, is listed everywhere, and goes', async () => {
    const { body } = await upload('/v1/talking_photo', paperJpeg('me'), { 'content-type': 'image/jpeg' })
    const { talking_photo_id: id, talking_photo_url: url } = body.data as Fields
    assert.match(String(id), /^[0-9a-f]{32}$/)
    assert.deepEqual(new Uint8Array(await (await fetch(String(url))).arrayBuffer()), paperJpeg('me'))
    const large = speak(String(id))
    Object.assign(large.video_inputs[0]!.character, { super_resolution: 'true' })
    const { video_id: videoId } = await dataOf('POST', '/v2/video/generate', large)
    const { scenes } = (await server.services.jobs.get('owner', String(videoId))).spec
    assert.equal(scenes[0]?.character?.superResolution, true)
    const look = async () => dataOf('GET', `/v2/photo_avatar/${id}`)
    assert.deepEqual((await look()).upscale_availability, { available: true, reason: null })
    for (const _ of ['once', 'again'])
      assert.deepEqual(await dataOf('POST', '/v2/photo_avatar/upscale', { id }), { id })
    assert.deepEqual([(await look()).upscaled, (await look()).status], [true, 'completed'])
    const { video_id: sharp } = await dataOf('POST', '/v2/video/generate', speak(String(id)))
    const { spec } = await server.services.jobs.get('owner', String(sharp))
    assert.equal(spec.scenes[0]?.character?.superResolution, true)
    const form = new FormData()
    form.set('file', new Blob([paperJpeg('form')], { type: 'image/jpeg' }), 'anna.jpg')
    const second = ((await upload('/v1/talking_photo', form)).body.data as Fields).talking_photo_id

    const list = (await ask('GET', '/v1/talking_photo.list')).body.data as Fields[]
    assert.deepEqual(
      list.map((each) => [each.id, each.name]),
      [
        [second, 'anna'],
        [id, 'Talking photo'],
      ],
    )
    const { talking_photos: photos } = await dataOf('GET', '/v2/avatars')
    assert.deepEqual(Object.keys((photos as Fields[])[0]!), [
      'talking_photo_id',
      'talking_photo_name',
      'preview_image_url',
    ])
    assert.partialDeepStrictEqual(await dataOf('GET', `/v2/avatar/${id}/details`), {
      type: 'talking_photo',
      id,
      gender: 'female',
      is_public: false,
      default_voice_id: 'flite-slt',
    })
    const { video_id: video } = await dataOf('POST', '/v2/video/generate', speak(String(id)))
    assert.match(String(await avatarOf(video)), /^photo-\d{12}$/)
    assert.equal(await dataOf('DELETE', `/v2/talking_photo/${id}`), null)
    assert.equal((await ask('DELETE', `/v2/talking_photo/${id}`)).status, 404)
    await dataOf('DELETE', `/v2/talking_photo/${second}`)
  })

  test('of a picture that cannot be used is refused with the reason and its number, and leaves nothing', async () => {
    const { status, body } = await upload('/v1/talking_photo', NOBODY)
    assert.deepEqual([status, body], [400, { code: 40004, message: 'No face was found.' }])
    const text = await upload('/v1/talking_photo', new Uint8Array(Buffer.from('text')))
    assert.deepEqual([text.status, text.body.code], [400, 40002])
    const empty = await upload('/v1/talking_photo', new Uint8Array())
    assert.deepEqual([empty.status, empty.body.code], [400, 40001])
    assert.deepEqual((await ask('GET', '/v1/talking_photo.list')).body.data, [])
  })

  test('is nobody’s but its account’s', async () => {
    const id = await talkingPhoto('mine')
    assert.deepEqual((await ask('GET', '/v1/talking_photo.list', undefined, stranger)).body.data, [])
    for (const [method, path, body] of [
      ['POST', '/v2/video/generate', speak(id)],
      ['DELETE', `/v2/talking_photo/${id}`],
      ['GET', `/v2/photo_avatar/${id}`],
      ['GET', `/v2/avatar/${id}/details`],
      ['GET', `/v2/avatar_group/${id}/avatars`],
    ] as const) {
      assert.equal((await ask(method, path, body, stranger)).status, 404, path)
    }
    const speaker = (await server.services.ownAvatars.ready('owner', id)).speakerId
    const { status, body } = await ask('POST', '/v2/video/generate', speak(speaker))
    assert.deepEqual([status, body.error?.code], [404, 'avatar_not_found'])
    assert.equal((await fetch(`${server.address}/media/avatars/${speaker}/cover.jpg`)).status, 404)
  })
})

describe('a photo avatar', () => {
  test('is made of an uploaded picture, joined by other looks, ready without training, and deleted', async () => {
    const first = await dataOf('POST', '/v2/photo_avatar/avatar_group/create', {
      name: 'Anna',
      image_key: await uploaded('anna'),
    })
    assert.deepEqual([first.group_id, first.name, first.business_type], [first.id, 'Anna', 'uploaded'])
    assert.equal(typeof first.created_at, 'number')
    const added = await dataOf('POST', '/v2/photo_avatar/avatar_group/add', {
      group_id: first.id,
      image_keys: [await uploaded('anna 2')],
      name: 'Anna in red',
    })
    const second = (added.photo_avatar_list as Fields[])[0]!
    await server.services.ownAvatars.ready('owner', String(second.id))
    assert.equal(await dataOf('POST', '/v2/photo_avatar/train', { group_id: first.id }), null)
    await server.services.ownAvatars.ready('owner', String(first.id))
    const training = await dataOf('GET', `/v2/photo_avatar/train/status/${first.id}`)
    assert.deepEqual([training.status, training.error_msg], ['ready', null])
    const ready = await dataOf('GET', `/v2/photo_avatar/${first.id}`)
    assert.deepEqual([ready.status, ready.default_voice_id, ready.error], ['completed', 'flite-slt', null])
    const { avatar_group_list: groups } = await dataOf('GET', '/v2/avatar_group.list')
    const group = (groups as Fields[]).find(({ id }) => id === first.id)
    assert.partialDeepStrictEqual(group, { name: 'Anna', num_looks: 2, group_type: 'PRIVATE', train_status: 'ready' })
    const { avatar_list: looks } = await dataOf('GET', `/v2/avatar_group/${first.id}/avatars`)
    assert.deepEqual(
      (looks as Fields[]).map(({ id, avatar_name: name }) => [id, name]),
      [
        [first.id, 'Anna'],
        [second.id, 'Anna in red'],
      ],
    )
    assert.equal((await dataOf('POST', '/v2/photo_avatar/add_motion', { id: second.id })).id, second.id)
    const { video_id: video } = await dataOf('POST', '/v2/video/generate', speak(String(second.id)))
    assert.match(String(await avatarOf(video)), /^photo-/)
    assert.equal(await dataOf('DELETE', `/v2/photo_avatar/${first.id}`), null)
    assert.equal((await ask('GET', `/v2/photo_avatar/${first.id}`)).status, 404)
    assert.equal(await dataOf('DELETE', `/v2/photo_avatar_group/${first.group_id}`), null)
    assert.equal((await ask('DELETE', `/v2/photo_avatar_group/${first.group_id}`)).status, 404)
  })

  test('whose picture shows no face fails with the reason, and so does a video of it', async () => {
    const { body } = await upload('/v1/asset', NOBODY)
    const { image_key: key } = body.data as Fields
    const { id } = await dataOf('POST', '/v2/photo_avatar/avatar_group/create', { name: 'Wall', image_key: key })
    await assert.rejects(server.services.ownAvatars.ready('owner', String(id)))
    const failed = await dataOf('GET', `/v2/photo_avatar/${id}`)
    assert.deepEqual([failed.status, failed.error], ['failed', 'No face was found.'])
    const video = await ask('POST', '/v2/video/generate', speak(String(id)))
    assert.deepEqual([video.status, video.body.error?.message], [400, 'No face was found.'])
  })

  test('is generated from words: four pictures, of which one becomes an avatar', async () => {
    const { generation_id: id } = await dataOf('POST', '/v2/photo_avatar/photo/generate', {
      name: 'Tom',
      age: 'Young Adult',
      gender: 'Man',
      ethnicity: '',
      orientation: 'square',
      pose: 'half_body',
      style: 'Noir',
      appearance: 'short dark hair, blue shirt',
    })
    await server.services.generations.ended('owner', String(id))
    const done = await dataOf('GET', `/v2/photo_avatar/generation/${id}`)
    const keys = done.image_key_list as string[]
    assert.deepEqual([done.id, done.status, done.msg, keys.length], [id, 'success', null, 4])
    assert.match(String(done.notes), /style Noir: every picture here is realistic/)
    for (const url of done.image_url_list as string[]) assert.equal((await fetch(url)).status, 200)
    const look = await dataOf('POST', '/v2/photo_avatar/avatar_group/create', {
      name: 'Tom',
      image_key: keys[2],
      generation_id: id,
    })
    assert.deepEqual([look.status, look.business_type], ['completed', 'generated'])
    const { video_id: video } = await dataOf('POST', '/v2/video/generate', speak(String(look.id)))
    assert.match(String(await avatarOf(video)), /^made-/)
    const { generation_id: other } = await dataOf('POST', '/v2/photo_avatar/look/generate', {
      group_id: look.group_id,
      prompt: 'green sweater, in a park',
      orientation: 'vertical',
      pose: 'half_body',
      style: 'Realistic',
    })
    await server.services.generations.ended('owner', String(other))
    const looks = await dataOf('GET', `/v2/photo_avatar/generation/${other}`)
    const lookKeys = looks.image_key_list as string[]
    assert.deepEqual([looks.status, lookKeys.length], ['success', 4])
    const more = { group_id: look.group_id, image_keys: lookKeys.slice(0, 2), name: 'Tom outdoors' }
    const added = (await dataOf('POST', '/v2/photo_avatar/avatar_group/add', more)).photo_avatar_list as Fields[]
    assert.deepEqual(
      added.map(({ status, group_id }) => [status, group_id]),
      [1, 2].map(() => ['completed', look.group_id]),
    )
    const { status, body } = await ask('POST', '/v2/photo_avatar/upscale', { id: look.id })
    assert.deepEqual([status, body.error?.code], [400, 'invalid_parameter'])
    assert.match(body.error?.message ?? '', /is no photo\. People who were generated/)
    assert.equal((await ask('GET', `/v2/photo_avatar/generation/${id}`, undefined, stranger)).status, 404)
    const stolen = await ask(
      'POST',
      '/v2/photo_avatar/avatar_group/create',
      { name: 'x', image_key: keys[0] },
      stranger,
    )
    assert.deepEqual([stolen.status, stolen.body.error?.code], [404, 'not_found'])
  })

  for (const [path, body, status, words] of [
    ['photo/generate', { name: 'x' }, 400, /age is invalid: field required\. Send Young Adult, Early Middle Age/],
    ['avatar_group/create', { name: 'x' }, 400, /image_key is invalid: field required/],
    ['avatar_group/create', { name: 'x', image_key: 'cat.jpg' }, 400, /image_key is invalid: got "cat.jpg"/],
    ['avatar_group/create', { name: 'x', image_key: `image/${'0'.repeat(32)}/original` }, 404, /There is no asset/],
    ['avatar_group/add', { group_id: 'x', image_keys: [], name: 'x' }, 400, /image_keys is invalid/],
    ['avatar_group/add', { group_id: 'x', image_keys: ['x'], name: 'x' }, 404, /There is no avatar group of yours "x"/],
    ['train', { group_id: 'x' }, 404, /There is no avatar group of yours "x"/],
    ['add_motion', { id: 'x' }, 404, /avatar look not found/],
    ['look/generate', { group_id: 'x' }, 400, /prompt is invalid: field required/],
    ['look/generate', { group_id: 'x', prompt: 'a red dress' }, 404, /There is no avatar group of yours "x"/],
    ['upscale', { id: 'x' }, 404, /avatar look not found/],
    ['add_sound_effect', { id: 'x' }, 501, /A sound effect is not supported here/],
  ] as const) {
    test(`${path} answers ${status} to ${JSON.stringify(body)}`, async () => {
      const answer = await ask('POST', `/heygen/v2/photo_avatar/${path}`, body)
      assert.equal(answer.status, status)
      assert.equal(answer.body.data, null)
      assert.match(answer.body.error?.message ?? '', words)
    })
  }

  test('unknown ones are 404, and the paths need a key', async () => {
    for (const path of ['/v2/photo_avatar/x', '/v2/photo_avatar/generation/x', '/v2/photo_avatar/train/status/x']) {
      assert.equal((await ask('GET', path)).status, 404, path)
      const { status, body } = await ask('GET', path, undefined, { 'x-api-key': '' })
      assert.deepEqual([status, body.error?.code], [401, 'unauthorized'], path)
    }
    for (const path of ['/v1/talking_photo', '/v1/asset']) {
      const { status, body } = await upload(path, paperJpeg('x'), { 'x-api-key': '' })
      assert.deepEqual([status, body.code], [401, 400112], path)
    }
  })
})

describe('a video of a picture alone', () => {
  test('is made of an image key, in the orientation that is asked for, and the picture is prepared once', async () => {
    const body = {
      image_key: await uploaded('alone'),
      video_title: 'Alone',
      script: 'Hello.',
      voice_id: 'flite-slt',
      video_orientation: 'landscape',
      fit: 'contain',
    }
    const before = (await server.services.ownAvatars.list('owner')).length
    assert.equal((await dataOf('POST', '/v2/video/av4/generate?dry_run=true', body)).dry_run, true)
    assert.equal((await server.services.ownAvatars.list('owner')).length, before)
    const { video_id: id } = await dataOf('POST', '/v2/video/av4/generate', body)
    const { spec } = await server.services.jobs.get('owner', String(id))
    assert.deepEqual([spec.name, spec.canvas], ['Alone', { width: 1920, height: 1080, fps: 25 }])
    const count = (await server.services.ownAvatars.list('owner')).length
    const url = 'https://example.com/a.mp3'
    const { video_id: other } = await dataOf('POST', '/v2/video/av4/generate', { ...body, audio_url: url })
    const transcript = { text: 'Hello.', voiceId: 'flite-slt' }
    const { scenes } = (await server.services.jobs.get('owner', String(other))).spec
    assert.deepEqual(scenes[0]?.voice, { kind: 'recording', source: { url }, transcript })
    assert.equal((await server.services.ownAvatars.list('owner')).length, count)
  })

  for (const [what, change, status, words] of [
    ['no picture', { image_key: undefined }, 400, /image_key is invalid: field required/],
    ['no words', { script: '' }, 400, /script is invalid: field required/],
    ['no voice', { voice_id: undefined }, 400, /voice_id is invalid: field required/],
    ['an unknown orientation', { video_orientation: 'round' }, 400, /video_orientation is invalid: got "round"/],
    ['a picture that is not there', { image_key: `image/${'a'.repeat(32)}/original` }, 404, /image_key: There is no/],
    [
      'a recording in a private network',
      { script: undefined, audio_url: 'http://10.0.0.1/a.mp3' },
      400,
      /audio_url: .*private network/,
    ],
  ] as const) {
    test(`with ${what} is ${status}`, async () => {
      const body = { image_key: await uploaded('alone'), video_title: 'x', script: 'Hi.', voice_id: 'flite-slt' }
      const answer = await ask('POST', '/v2/video/av4/generate', { ...body, ...change })
      assert.equal(answer.status, status, answer.body.error?.message)
      assert.match(answer.body.error?.message ?? '', words)
    })
  }
})
