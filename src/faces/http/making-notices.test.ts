// What is told of pictures and avatars that were made, in the words of both services, once and signed.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { Fault } from '../../core/errors.ts'
import { paperFaces, paperJpeg, paperPool } from '../../services/test-kit.ts'
import { serverOfSuite, type TestServer } from './test-server.ts'

type Fields = Record<string, unknown>
type Told = { readonly event: string; readonly event_id: string; readonly data: Fields; readonly event_data: Fields }
type Received = { readonly headers: IncomingHttpHeaders; readonly raw: string; readonly told: Told }

const NO_FACE = 'There is no face in this picture.'
let fails = false
const faces = paperFaces()
const pool = paperPool({
  ...faces,
  photo: async (input, signal) => {
    if (fails) throw new Fault('invalid', NO_FACE, { reason: 'no-face' })
    return faces.photo!(input, signal)
  },
})
let server: TestServer
serverOfSuite(
  { pool, settings: { allowPrivateUrls: true }, webhookTimes: { timeoutMs: 2000, retrySeconds: [0] } },
  async (opened) => {
    server = opened
  },
)

/** A server that takes everything; `take` waits until so many have come in all and gives them by event. */
async function receiver(t: TestContext) {
  const received: Received[] = []
  const door = createServer(async (message, response) => {
    const raw = await text(message)
    received.push({ headers: message.headers, raw, told: JSON.parse(raw) as Told })
    response.end()
    door.emit('received')
  })
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  t.after(() => door.close())
  return {
    url: `http://127.0.0.1:${(door.address() as { port: number }).port}`,
    async take(count: number): Promise<Readonly<Record<string, Received>>> {
      while (received.length < count) await once(door, 'received')
      assert.equal(received.length, count)
      return Object.fromEntries(received.map((each) => [each.told.event, each]))
    },
  }
}

async function ask(method: string, path: string, body?: object): Promise<Fields> {
  const response = await server.ask(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) })
  const answer = (await response.json()) as { data: Fields }
  assert.equal(response.status, 200, JSON.stringify(answer))
  return answer.data
}
async function uploaded(content: string): Promise<string> {
  const room = await ask('POST', '/v2/upload/asset', { filename: 'me.jpg', content_type: 'image/jpeg' })
  await fetch(String(room.sign_url), { method: 'PUT', body: paperJpeg(content) })
  return String(room.asset_url)
}
const opens = async (url: unknown) => (await fetch(String(url))).status === 200
const sign = (secret: unknown, raw: string) => createHmac('sha256', String(secret)).update(raw).digest('hex')

const WORDS = { age: 'Adult', avatar_style: 'Social', gender: 'Male', model: 'modern', aspect_ratio: 'square' }
const ALL_OF_JOGGAI = ['generated_image', 'generated_motion', 'generated_photo_avatar', 'create_avatar'].flatMap(
  (matter) => [`${matter}_success`, `${matter}_failed`],
)

test('JoggAI’s endpoints hear of pictures that were generated and of the avatar made of one', async (t) => {
  const hook = await receiver(t)
  const { secret } = await ask('POST', '/v2/endpoint', { url: hook.url, events: ALL_OF_JOGGAI })
  const { photo_id: photo } = await ask('POST', '/joggai/v2/photo_avatar/photo/generate', WORDS)
  const { generated_image_success: image } = await hook.take(1)
  assert.equal(image?.headers['x-webhook-signature'], sign(secret, image?.raw ?? ''))
  assert.equal(image?.headers['x-webhook-event'], 'generated_image_success')
  const urls = image?.told.data.photo_urls as string[]
  assert.deepEqual(image?.told.data, { photo_id: photo, photo_urls: urls })
  assert.equal(urls.length, 4)
  assert.ok(await opens(urls[3]))

  const made = await ask('POST', '/joggai/v2/photo_avatar/add_motion', { image_url: urls[1], name: 'Tom' })
  const { generated_motion_success: motion, ...rest } = await hook.take(4)
  const { motion_url: film, photo_url: picture, ...ids } = motion?.told.data ?? {}
  assert.deepEqual(ids, { motion_id: made.motion_id })
  assert.ok((await opens(film)) && (await opens(picture)))
  for (const event of ['generated_photo_avatar_success', 'create_avatar_success']) {
    const { preview_url: preview, cover_url: cover, ...data } = rest[event]?.told.data ?? {}
    assert.deepEqual(data, { avatar_id: made.avatar_id, name: 'Tom', status: 'completed' }, event)
    assert.deepEqual([typeof preview, typeof cover], ['string', 'string'])
  }
  await ask('DELETE', `/v1/avatar/custom/delete?avatar_id=${made.avatar_id}`)
  const { endpoints } = (await ask('GET', '/v2/endpoints')) as { endpoints: { endpoint_id: string }[] }
  for (const { endpoint_id: id } of endpoints) await ask('DELETE', `/v2/endpoint/${id}`)
})

test('a picture that cannot be used fails with its reason, as a photo and as a motion', async (t) => {
  const hook = await receiver(t)
  await ask('POST', '/v1/endpoint', { url: hook.url, events: ALL_OF_JOGGAI })
  fails = true
  const url = await uploaded('wall')
  const { photo_id: photo } = await ask('POST', '/v1/photo_avatar/photo/generate', { image_url: url })
  const { generated_image_failed: image } = await hook.take(1)
  assert.deepEqual(image?.told.data, { photo_id: photo, error: NO_FACE })
  const failed = await ask('GET', `/v1/photo_avatar/generation?photo_id=${photo}`)
  const empty = { photo_id: photo, status: 'error', image_url_list: null, image_key_list: null, msg: NO_FACE }
  assert.deepEqual(failed, empty)
  const made = await ask('POST', '/v1/photo_avatar/add_motion', { image_url: url, name: 'Wall', model: '2.0' })
  const told = await hook.take(4)
  fails = false
  assert.deepEqual(told.generated_motion_failed?.told.data, { motion_id: made.motion_id, error: NO_FACE })
  assert.deepEqual(told.create_avatar_failed?.told.data, {
    avatar_id: made.avatar_id,
    name: 'Wall',
    status: 'failed',
    error: { code: 50000, message: NO_FACE },
  })
  assert.equal(new Set(Object.values(told).map((each) => each.told.event_id)).size, 4)
})

test('HeyGen’s endpoints hear of a generation, of a group that is trained and of a look that moves', async (t) => {
  const hook = await receiver(t)
  const events = ['photo_avatar_generation', 'photo_avatar_train', 'photo_avatar_add_motion'].flatMap((matter) => [
    `${matter}.success`,
    `${matter}.fail`,
  ])
  const { secret } = await ask('POST', '/v1/webhook/endpoint.add', { url: `${hook.url}/`, events })
  const { generation_id: id } = await ask('POST', '/heygen/v2/photo_avatar/photo/generate', {
    name: 'Tom',
    age: 'Senior',
    gender: 'Man',
    orientation: 'square',
    pose: 'close_up',
    appearance: 'a blue shirt',
  })
  const { 'photo_avatar_generation.success': generated } = await hook.take(1)
  assert.equal(generated?.headers['heygen-signature'], sign(secret, generated?.raw ?? ''))
  const { image_url_list: urls, image_key_list: keys, ...rest } = generated?.told.event_data ?? {}
  assert.deepEqual(rest, { generation_id: id })
  assert.ok(await opens((urls as string[])[0]))
  const image_key = (keys as string[])[0]
  const look = await ask('POST', '/v2/photo_avatar/avatar_group/create', { name: 'Tom', image_key })
  await ask('POST', '/v2/photo_avatar/train', { group_id: look.group_id })
  const { 'photo_avatar_train.success': trained } = await hook.take(2)
  assert.deepEqual(trained?.told.event_data, { group_id: look.group_id, name: 'Tom' })
  await ask('POST', '/heygen/v2/photo_avatar/add_motion', { id: look.id })
  const { 'photo_avatar_add_motion.success': moved } = await hook.take(3)
  const { motion_preview_url: film, ...ids } = moved?.told.event_data ?? {}
  assert.deepEqual(ids, { id: look.id, group_id: look.group_id })
  assert.ok(await opens(film))
  const { deliveries } = (await (await server.ask(`/rostrum/v1/webhooks/deliveries?video_id=${id}`)).json()) as {
    deliveries: Fields[]
  }
  assert.deepEqual(
    deliveries.filter(({ url }) => url === `${hook.url}/`).map(({ event, video_id: subject }) => [event, subject]),
    [['photo_avatar_generation.success', id]],
  )
})
