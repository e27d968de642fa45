// The published TypeScript client, unchanged, over the surface that it knows; only its hosts lead here.
import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { HeygenSDK } from '@teamduality/heygen-typescript-sdk'
import { serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
let sdk: HeygenSDK
serverOfSuite({}, async (opened) => {
  server = opened
  sdk = new HeygenSDK((await server.services.keys.create({ dialect: 'heygen' })).key)
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

test('it uploads a file', async () => {
  const asset = await sdk.assets.upload(PNG, 'image/png')
  assert.equal(asset.file_type, 'image')
  assert.equal((await fetch(asset.url)).headers.get('content-type'), 'image/png')
})

test('it reads the account, groups, templates and brand voices', async () => {
  assert.ok((await sdk.user.getRemainingQuota()).remaining_quota > 0)
  assert.equal(
    (await sdk.avatars.listGroups({ include_public: true })).total_count,
    server.services.library.list().length,
  )
  assert.deepEqual((await sdk.templates.list()).templates, [])
  assert.deepEqual((await sdk.brand.listVoices({ limit: 5 })).list, [])
  assert.deepEqual(await sdk.ai.talkingPhoto.list(), [])
  const [group] = (await sdk.avatars.listGroups({ include_public: true })).avatar_group_list
  assert.equal((await sdk.photoAvatars.listInGroup(group!.id)).avatar_list.length, 1)
})

test('what is not supported comes to its user in words', async () => {
  const asked: readonly [RegExp, () => Promise<unknown>][] = [
    [/There is no template "x"/, () => sdk.templates.get('x')],
    [/transparent background is not supported here/, () => sdk.videos.generation.createWebM({ avatar_pose_id: 'x' })],
    [
      /translation of videos is not supported here/,
      () => sdk.videos.translation.translate({ video_url: 'x', output_language: 'y' }),
    ],
    [/There is no photo avatar "x"/, () => sdk.photoAvatars.getDetails('x')],
    [/photo as an avatar is not supported here/, () => sdk.photoAvatars.createGroup({ name: 'x', image_key: 'y' })],
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
