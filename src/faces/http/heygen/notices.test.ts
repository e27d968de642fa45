// What HeyGen's webhooks carry, taken by a real server that checks the signature on the raw bytes.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { openTestServer, serverOfSuite, type TestServer } from '../test-server.ts'

type Received = { readonly headers: IncomingHttpHeaders; readonly raw: string; readonly path: string }
type Told = { event_type: string; event_data: Record<string, unknown>; event: string; event_id: string }

let server: TestServer
serverOfSuite(
  { settings: { allowPrivateUrls: true }, webhookTimes: { timeoutMs: 2000, retrySeconds: [0] } },
  async (opened) => {
    server = opened
  },
)

/** A server that takes everything; `next` waits for the next request that it has not given yet. */
async function receiver(t: TestContext) {
  const received: Received[] = []
  let given = 0
  const door = createServer(async (message, response) => {
    received.push({ headers: message.headers, raw: await text(message), path: message.url ?? '' })
    response.end()
    door.emit('received')
  })
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  t.after(() => door.close())
  const { port } = door.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}`,
    async next(): Promise<Received & { told: Told }> {
      while (received.length <= given) await once(door, 'received')
      const it = received[given++]!
      return { ...it, told: JSON.parse(it.raw) as Told }
    },
  }
}

async function ask(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await server.ask(path, { method, body: JSON.stringify(body) })
  assert.equal(response.status, 200)
  return ((await response.json()) as { data: Record<string, unknown> }).data
}

const begin = async (more: object) => {
  const video_inputs = [{ voice: { type: 'silence', duration: 1 } }]
  const made = await ask('POST', '/v2/video/generate', { video_inputs, callback_id: 'mine', ...more })
  return String(made.video_id)
}

test('an endpoint is told of success with signed bytes, a callback_url with the same and no signature', async (t) => {
  const hook = await receiver(t)
  const callback = await receiver(t)
  const endpoint = await ask('POST', '/v1/webhook/endpoint.add', {
    url: `${hook.url}/all`,
    events: ['avatar_video.success'],
  })
  const id = await begin({ callback_url: `${callback.url}/one`, folder_id: 'f' })
  await server.complete(id, new Uint8Array([1, 2, 3]))

  const { headers, raw, told, path } = await hook.next()
  const digest = createHmac('sha256', String(endpoint.secret)).update(raw).digest('hex')
  assert.equal(path, '/all')
  assert.equal(headers['content-type'], 'application/json')
  for (const name of ['signature', 'heygen-signature', 'x-heygen-signature']) assert.equal(headers[name], digest, name)
  assert.equal(headers['heygen-event-id'], told.event_id)
  assert.deepEqual([told.event_type, told.event], ['avatar_video.success', 'avatar_video.success'])
  const { url, ...data } = told.event_data
  assert.partialDeepStrictEqual(data, { video_id: id, folder_id: 'f', callback_id: 'mine', duration: 4.2 })
  for (const name of ['gif_download_url', 'video_share_page_url', 'video_url', 'thumbnail_url']) assert.ok(name in data)
  assert.deepEqual(new Uint8Array(await (await fetch(String(url))).arrayBuffer()), new Uint8Array([1, 2, 3]))

  const called = await callback.next()
  assert.deepEqual([called.path, called.told], ['/one', told])
  assert.equal(called.headers.signature, undefined)
})

test('a new endpoint is asked whether it is there, where the operator wants it so', async (t) => {
  const strict = await openTestServer(t, { settings: { allowPrivateUrls: true, checkWebhooks: true } })
  const asked: (string | undefined)[] = []
  const door = createServer((request, response) => {
    asked.push(request.method)
    response.statusCode = request.url === '/broken' ? 500 : 204
    response.end()
  })
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done))
  t.after(() => door.close())
  const base = `http://127.0.0.1:${(door.address() as { port: number }).port}`
  const add = async (path: string, url: string) => {
    const events = path.startsWith('/v2') ? { events: ['generated_video_success'] } : {}
    const response = await strict.ask(path, { method: 'POST', body: JSON.stringify({ url, ...events }) })
    return (await response.json()) as { code: number; message?: string }
  }
  assert.equal((await add('/v1/webhook/endpoint.add', `${base}/hook`)).code, 100)
  const broken = await add('/v1/webhook/endpoint.add', `${base}/broken`)
  assert.deepEqual([broken.code, asked], [400542, ['OPTIONS', 'OPTIONS']])
  assert.match(broken.message ?? '', /did not answer OPTIONS well: 500/)
  assert.equal((await add('/v2/endpoint', `${base}/broken`)).code, 0)
})

test('a failure is told with its reason, to those who asked for it alone', async (t) => {
  const deaf = await receiver(t)
  const hook = await receiver(t)
  await ask('POST', '/v1/webhook/endpoint.add', { url: deaf.url, events: ['avatar_video.success'] })
  await ask('POST', '/v1/webhook/endpoint.add', { url: hook.url, events: null })
  const id = await begin({})
  await server.services.jobs.fail(id, 'This voice has no sounds for Thai.')
  const { told } = await hook.next()
  assert.equal(told.event_type, 'avatar_video.fail')
  const reason = 'This voice has no sounds for Thai.'
  assert.partialDeepStrictEqual(told.event_data, { video_id: id, msg: reason, callback_id: 'mine' })
  const deliveries = await server.services.webhooks.deliveries('owner', { subjectId: id })
  assert.deepEqual(deliveries.map(({ url, event }) => `${url} ${event}`).sort(), [
    `${hook.url} avatar_video.fail`,
    `${hook.url} avatar_video_gif.fail`,
  ])
})

test('moving previews and captions have events of their own, for those who ask for them, each with its own id', async (t) => {
  const hook = await receiver(t)
  const callback = await receiver(t)
  const { endpoint_id: endpointId } = await ask('POST', '/v1/webhook/endpoint.add', {
    url: hook.url,
    events: ['avatar_video_gif.success', 'avatar_video_caption.success'],
  })
  const voice = { type: 'text', voice_id: 'flite-slt', input_text: 'Hello.' }
  const id = await begin({ video_inputs: [{ voice }], caption: true, callback_url: callback.url })
  await server.complete(id, new Uint8Array([1, 2, 3]))
  const told = [(await hook.next()).told, (await hook.next()).told]
  assert.deepEqual(told.map(({ event_type: type }) => type).sort(), [
    'avatar_video_caption.success',
    'avatar_video_gif.success',
  ])
  assert.notEqual(told[0]!.event_id, told[1]!.event_id)
  for (const { event_data: data } of told) {
    assert.equal(data.video_id, id)
    for (const name of ['gif_download_url', 'caption_url', 'subtitle_url', 'captioned_video_url']) {
      assert.equal((await fetch(String(data[name]))).status, 200, name)
    }
  }
  assert.equal((await callback.next()).told.event_type, 'avatar_video.success')
  const mine = (await server.services.webhooks.deliveries('owner', { subjectId: id })).filter(
    (each) => each.endpointId === endpointId || each.endpointId === null,
  )
  assert.equal(mine.length, 3)
})
