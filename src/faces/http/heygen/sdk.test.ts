// The published TypeScript client, unchanged, over the surface that it knows; only its hosts lead here.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { HeygenSDK } from '@teamduality/heygen-typescript-sdk'
import { paperFaces, paperJpeg, paperPool } from '../../../services/test-kit.ts'
import { serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
let sdk: HeygenSDK
/** Every method of the client by its service, and those that a test has called. */
const known = new Set<string>()
const called = new Set<string>()

/** Notes which methods of the client's services are called. */
function watch(client: object, path: string): void {
  for (const [name, service] of Object.entries(client)) {
    if (typeof service !== 'object' || service === null) continue
    const where = path ? `${path}.${name}` : name
    for (const method of Object.getOwnPropertyNames(Object.getPrototypeOf(service))) {
      if (method === 'constructor') continue
      known.add(`${where}.${method}`)
      const original = (service as Record<string, (...given: unknown[]) => unknown>)[method]!
      Object.defineProperty(service, method, {
        value(...given: unknown[]) {
          called.add(`${where}.${method}`)
          return original.apply(service, given)
        },
      })
    }
    watch(service, where)
  }
}
serverOfSuite({ pool: paperPool(paperFaces()) }, async (opened) => {
  server = opened
  sdk = new HeygenSDK((await server.services.keys.create({ dialect: 'heygen' })).key)
  watch(sdk, '')
  const direct = globalThis.fetch
  const host = /^https:\/\/(api|upload)\.heygen\.com/
  mock.method(globalThis, 'fetch', (url: string | URL, init?: RequestInit) =>
    direct(String(url).replace(host, server.address), init),
  )
})

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('it lists who there is, makes a video, polls it to its end and deletes it', async () => {
  const { avatars } = await sdk.avatars.list()
  const { voices } = await sdk.voices.list()
  const { video_id: id } = await sdk.videos.generation.create({
    title: 'By the client',
    callback_id: 'mine',
    dimensions: { width: 1280, height: 720 },
    video_inputs: [
      {
        character: { type: 'avatar', avatar_id: avatars[0]!.avatar_id, scale: 1 },
        voice: { type: 'text', voice_id: voices[0]!.voice_id, input_text: 'Hello.' },
        background: { type: 'color', value: '#ffffff' },
      },
    ],
  })
  assert.equal((await sdk.videos.generation.get(id)).status, 'pending')
  assert.deepEqual((await server.services.jobs.get('owner', id)).spec.canvas, { width: 1280, height: 720, fps: 25 })
  await server.complete(id, new Uint8Array([1, 2, 3]))
  const done = await sdk.videos.generation.get(id)
  assert.deepEqual([done.status, done.callback_id, done.duration], ['completed', 'mine', 4.2])
  assert.equal((await fetch(done.video_url!)).status, 200)
  const { videos } = await sdk.videos.management.list({ limit: 10 })
  assert.deepEqual(
    videos.map(({ video_id, video_title, type }) => [video_id, video_title, type]),
    [[id, 'By the client', 'GENERATED']],
  )
  await sdk.videos.generation.delete(id)
  await assert.rejects(sdk.videos.generation.get(id), { name: 'APIError', statusCode: 404, message: /Video not found/ })
})

test('it makes a transparent video', async () => {
  const { video_id: id } = await sdk.videos.generation.createWebM({
    avatar_pose_id: 'nora',
    avatar_style: 'normal',
    input_text: 'Hello.',
    voice_id: 'flite-slt',
  })
  const { spec } = await server.services.jobs.get('owner', id)
  assert.deepEqual(spec.outputs, [{ kind: 'video', format: 'webm', captions: false }])
})

test('it uploads a file', async () => {
  const asset = await sdk.assets.upload(PNG, 'image/png')
  assert.equal(asset.file_type, 'image')
  assert.equal((await fetch(asset.url)).headers.get('content-type'), 'image/png')
})

test('it makes a talking photo, lets it speak and deletes it', async () => {
  const { talking_photo_id: id } = await sdk.ai.talkingPhoto.upload(Buffer.from(paperJpeg('me')), 'image/jpeg')
  const listed = (await sdk.ai.talkingPhoto.list()) as unknown as { id: string }[]
  assert.deepEqual(
    listed.map((photo) => photo.id),
    [id],
  )
  const { video_id: video } = await sdk.videos.generation.create({
    dimensions: { width: 720, height: 1280 },
    video_inputs: [
      {
        character: { type: 'talking_photo', talking_photo_id: id, scale: 1, talking_style: 'expressive' },
        voice: { type: 'text', voice_id: 'flite-slt', input_text: 'Hello.' },
      },
    ],
  })
  const character = (await server.services.jobs.get('owner', video)).spec.scenes[0]?.character
  assert.deepEqual(character?.manner, { expression: 'default', talkingStyle: 'expressive' })
  assert.equal((await sdk.photoAvatars.upscale({ id })).id, id)
  assert.equal((await sdk.photoAvatars.getDetails(id)).upscaled, true)
  await sdk.ai.talkingPhoto.delete(id)
  assert.deepEqual(await sdk.ai.talkingPhoto.list(), [])
})

test('it generates people, makes a group of one, adds a look and reads them', async () => {
  const { generation_id: id } = await sdk.photoAvatars.generatePhoto({
    name: 'Tom',
    age: 'Senior',
    gender: 'Man',
    ethnicity: 'Unspecified',
    orientation: 'vertical',
    pose: 'close_up',
    style: '',
    appearance: 'grey hair, glasses',
  })
  await server.services.generations.ended('owner', id)
  const { status, image_key_list: keys } = await sdk.photoAvatars.checkGenerationStatus(id)
  assert.deepEqual([status, keys.length], ['success', 4])
  const group = await sdk.photoAvatars.createGroup({ name: 'Tom', image_key: keys[0]!, generation_id: id })
  const added = await sdk.photoAvatars.addLooks({ group_id: group.id, image_keys: keys.slice(1, 3), name: 'Tom too' })
  assert.equal(added.photo_avatar_list.length, 2)
  assert.equal(await sdk.photoAvatars.trainGroup({ group_id: group.id }), null)
  assert.equal((await sdk.photoAvatars.getTrainingStatus(group.id)).status, 'ready')
  assert.equal((await sdk.photoAvatars.getDetails(group.id)).name, 'Tom')
  assert.equal((await sdk.photoAvatars.listInGroup(group.id)).avatar_list.length, 3)
  assert.equal((await sdk.avatars.listGroups()).total_count, 1)
  assert.equal((await sdk.photoAvatars.addMotion({ id: group.id })).id, group.id)
  const looks = await sdk.photoAvatars.generateLooks({
    group_id: group.id,
    prompt: 'a blue shirt',
    orientation: 'square',
    pose: 'half_body',
    style: 'Realistic',
  })
  await server.services.generations.ended('owner', looks.generation_id)
  assert.equal((await sdk.photoAvatars.checkGenerationStatus(looks.generation_id)).status, 'success')
})

test('it reads the account, groups, templates and brand voices', async () => {
  assert.ok((await sdk.user.getRemainingQuota()).remaining_quota > 0)
  const all = await sdk.avatars.listGroups({ include_public: true })
  assert.deepEqual(
    all.avatar_group_list.filter(({ group_type }) => group_type !== 'PRIVATE').map(({ id }) => id),
    server.services.library.list().map(({ id }) => id),
  )
  // This method looks for the data within the data, and finds nothing with the service either.
  assert.equal(await sdk.user.getCurrentUser(), undefined)
  assert.deepEqual((await sdk.templates.list()).templates, [])
  assert.deepEqual((await sdk.videos.translation.listLanguages()).languages, [])
  assert.deepEqual((await sdk.brand.listVoices({ limit: 5 })).list, [])
  const group = all.avatar_group_list.at(-1)
  assert.equal((await sdk.photoAvatars.listInGroup(group!.id)).avatar_list.length, 1)
})

test('what is not supported comes to its user in words', async () => {
  const asked: readonly [RegExp, () => Promise<unknown>][] = [
    [/There is no template "x"/, () => sdk.templates.get('x')],
    [
      /translation of videos is not supported here/,
      () => sdk.videos.translation.translate({ video_url: 'x', output_language: 'y' }),
    ],
    [/avatar look not found: "x"/, () => sdk.photoAvatars.getDetails('x')],
    [/image_key is invalid: got "y"/, () => sdk.photoAvatars.createGroup({ name: 'x', image_key: 'y' })],
    [/A sound effect is not supported here/, () => sdk.photoAvatars.addSoundEffect({ id: 'x' })],
    [/There is no template "x"/, () => sdk.templates.generate('x', {})],
    [/translation of videos is not supported here/, () => sdk.videos.translation.getStatus('x')],
    // Avatars that speak while one waits are another product of the service.
    [/There is no POST \/v1\/streaming.new here/i, () => sdk.streaming.create({} as never)],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.start({} as never)],
    [/There is no GET \/v1\/streaming/i, () => sdk.streaming.listSessions()],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.submitICE({} as never)],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.sendTask({} as never)],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.closeSession({} as never)],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.interruptTask({} as never)],
    [/There is no POST \/v1\/streaming/i, () => sdk.streaming.createSessionToken()],
    [/There is no GET \/v1\/streaming/i, () => sdk.streaming.listStreamingAvatars()],
  ]
  for (const [words, call] of asked) {
    await assert.rejects(
      call(),
      (error: Error) => error.name === 'APIError' && words.test(error.message),
      String(words),
    )
  }
  const wrong = new HeygenSDK('no-key')
  await assert.rejects(wrong.avatars.list(), { name: 'APIError', statusCode: 401 })
})

test('it has no method that was not called here', () => {
  assert.ok(known.size >= 42, String(known.size))
  assert.deepEqual(
    [...known].filter((method) => !called.has(method)),
    [],
  )
})
