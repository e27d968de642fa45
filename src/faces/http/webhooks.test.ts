// Webhooks, taken by a real server that checks signatures on raw bytes and misbehaves in every way.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, type TestContext, test } from 'node:test'
import { isPrivateAddress, post } from '../../services/outbound.ts'
import { openTestServer, type TestServer, type TestServerOptions } from './test-server.ts'

const BODY = { script: 'Hello.', avatar_id: 127, voice_id: 'en-US-ChristopherNeural', aspect_ratio: 0, screen_style: 0 }
const OPEN: TestServerOptions = {
  settings: { allowPrivateUrls: true },
  webhookTimes: { timeoutMs: 400, retrySeconds: [0, 0, 0, 0] },
}

type Received = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }

/** A server that answers by a list, the last entry for ever: a status, or `hang`. */
async function receiver(t: TestContext, answers: readonly (number | 'hang')[]) {
  const received: Received[] = []
  const waiting: { count: number; done: () => void }[] = []
  const open = new Set<ServerResponse>()
  const server = createServer(async (message, response) => {
    received.push({ headers: message.headers, body: await text(message), path: message.url ?? '' })
    const answer = answers[Math.min(received.length, answers.length) - 1]!
    for (const { count, done } of waiting) if (received.length >= count) done()
    if (answer === 'hang') return void open.add(response)
    response.statusCode = answer
    response.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async count(count: number) {
      if (received.length < count) await new Promise<void>((done) => waiting.push({ count, done }))
      return received
    },
  }
}

async function endpointAt(server: TestServer, url: string, events: readonly string[], headers = {}) {
  const { answer } = await server.post('/v2/endpoint', { url, status: 'enabled', events }, headers)
  assert.equal(answer.code, 0, answer.msg)
  return answer.data as { endpoint_id: string; secret: string }
}

async function endedVideo(server: TestServer, body: object = {}): Promise<string> {
  const { answer } = await server.post('/v2/create_video_from_avatar', { ...BODY, ...body })
  assert.equal(answer.code, 0, answer.msg)
  const id = String(answer.data?.video_id)
  await server.complete(id, new Uint8Array([1, 2, 3]))
  return id
}

/** Waits until the store says that all of a video's deliveries have ended. */
async function settled(server: TestServer, jobId: string) {
  for (;;) {
    const all = await server.services.webhooks.deliveries('owner', { subjectId: jobId })
    if (all.length > 0 && all.every(({ status }) => status !== 'pending')) return all
    await new Promise((done) => setImmediate(done))
  }
}

const sign = (secret: string, body: string) => createHmac('sha256', secret).update(body).digest('hex')

describe('a JoggAI endpoint', () => {
  test('is told with the payload, headers and signature of the service', async (t) => {
    const server = await openTestServer(t, OPEN)
    const hook = await receiver(t, [200])
    const { secret } = await endpointAt(server, hook.url, ['generated_avatar_video_success'])
    assert.match(secret, /^whsec_/)
    const id = await endedVideo(server)
    const [sent] = await hook.count(1)
    const body = JSON.parse(sent!.body)
    assert.deepEqual(body, {
      event_id: body.event_id,
      event: 'generated_avatar_video_success',
      timestamp: body.timestamp,
      data: {
        video_id: id,
        project_id: id,
        status: 'completed',
        video_url: body.data.video_url,
        cover_url: body.data.cover_url,
        duration: 4.2,
      },
    })
    assert.match(body.event_id, /^evt_[0-9a-f]{24}$/)
    assert.ok(Number.isInteger(body.timestamp))
    assert.equal(JSON.stringify(body), sent!.body)
    assert.equal((await fetch(body.data.video_url)).status, 200)
    assert.equal(sent!.headers['content-type'], 'application/json')
    assert.equal(sent!.headers['x-webhook-event'], 'generated_avatar_video_success')
    assert.equal(sent!.headers['x-webhook-signature'], sign(secret, sent!.body))
    assert.equal(sent!.headers['user-agent'], 'JoggAI-Webhook/2.0')
  })

  test('that fails twice, hangs and then answers is told four times of one event, and all attempts are logged', async (t) => {
    const server = await openTestServer(t, OPEN)
    const hook = await receiver(t, [500, 503, 'hang', 204])
    await endpointAt(server, hook.url, ['generated_avatar_video_success'])
    const id = await endedVideo(server)
    await hook.count(4)
    const [delivery] = await settled(server, id)
    assert.equal(new Set(hook.received.map(({ body }) => body)).size, 1)
    const { log, status, eventId } = await server.services.webhooks.delivery('owner', delivery!.id)
    assert.equal(status, 'delivered')
    assert.equal(JSON.parse(hook.received[0]!.body).event_id, eventId)
    assert.deepEqual(
      log.map((attempt) => [attempt.number, attempt.status, attempt.error]),
      [
        [1, 500, 'The endpoint answered 500.'],
        [2, 503, 'The endpoint answered 503.'],
        [3, null, log[2]!.error],
        [4, 204, null],
      ],
    )
    assert.match(log[2]!.error ?? '', /No answer came within 0.4 s/)
    assert.ok(log.every(({ milliseconds }) => typeof milliseconds === 'number'))
  })

  test('that never answers well is given up, and can be told again by id', async (t) => {
    const server = await openTestServer(t, { ...OPEN, webhookTimes: { timeoutMs: 400, retrySeconds: [0] } })
    const hook = await receiver(t, [500, 500, 200])
    await endpointAt(server, hook.url, ['generated_avatar_video_success'])
    const id = await endedVideo(server)
    const [delivery] = await settled(server, id)
    assert.deepEqual([delivery?.status, delivery?.attempts], ['failed', 2])
    await server.services.webhooks.replay('owner', delivery!.id)
    const [again] = await settled(server, id)
    assert.deepEqual([again?.status, again?.attempts, again?.eventId], ['delivered', 3, delivery!.eventId])
    await assert.rejects(server.services.webhooks.replay('somebody', delivery!.id), { kind: 'not-found' })
  })

  test('that hangs does not delay another', async (t) => {
    const server = await openTestServer(t, { ...OPEN, webhookTimes: { timeoutMs: 60_000, retrySeconds: [] } })
    const dead = await receiver(t, ['hang'])
    const hook = await receiver(t, [200])
    for (let count = 0; count < 5; count++) await endpointAt(server, dead.url, ['generated_avatar_video_success'])
    for (let count = 0; count < 4; count++) await endedVideo(server)
    await dead.count(1)
    await endpointAt(server, hook.url, ['generated_avatar_video_success'])
    await endedVideo(server)
    await hook.count(1)
    assert.ok(dead.received.length < 20)
  })

  test('gets the events that it asked for, the older one too, each with an id of its own', async (t) => {
    const server = await openTestServer(t, OPEN)
    const hook = await receiver(t, [200])
    await endpointAt(server, hook.url, ['generated_video_failed', 'generated_avatar_video_failed'])
    const { answer } = await server.post('/v2/create_video_from_avatar', BODY)
    const id = String(answer.data?.video_id)
    await server.services.jobs.fail(id, 'The disk is full.')
    const bodies = (await hook.count(2)).map(({ body }) => JSON.parse(body))
    assert.deepEqual(bodies.map(({ event }) => event).sort(), [
      'generated_avatar_video_failed',
      'generated_video_failed',
    ])
    assert.equal(new Set(bodies.map(({ event_id }) => event_id)).size, 2)
    assert.deepEqual(bodies[0].data.error, { code: 50000, message: 'The disk is full.' })
  })

  test('is one of at most twenty, and belongs to its account', async (t) => {
    const server = await openTestServer(t, OPEN)
    const other = { 'x-api-key': (await server.services.keys.create({ accountId: 'other' })).key }
    const events = ['generated_avatar_video_success']
    const made = []
    for (let count = 0; count < 20; count++) made.push(await endpointAt(server, 'https://example.com/hook', events))
    const { answer } = await server.post('/v2/endpoint', { url: 'https://example.com/hook', status: 'enabled', events })
    assert.match(answer.msg, /20 webhook endpoints already/)
    const path = `/v2/endpoint/${made[0]!.endpoint_id}`
    assert.equal((await server.post('/v2/endpoint', { url: 'https://example.com', events }, other)).answer.code, 0)
    const ask = async (method: string, headers = {}, body?: object) => {
      const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }
      return (await (await server.ask(path, init)).json()) as { code: number; data: Record<string, unknown> }
    }
    assert.equal((await ask('DELETE', other)).code, 10104)
    assert.equal((await ask('PUT', other, { status: 'disabled' })).code, 10104)
    const changed = await ask('PUT', {}, { status: 'disabled' })
    assert.deepEqual([changed.data.status, changed.data.secret], ['disabled', made[0]!.secret])
    assert.deepEqual((await ask('DELETE')).data, { message: 'webhook deleted' })
    assert.equal((await ask('DELETE')).code, 10104)
    const list = (await server.get('/v2/endpoints')).answer.data?.endpoints as unknown[]
    assert.equal(list.length, 19)
  })
})

test('the address of one request is told too, unsigned', async (t) => {
  const server = await openTestServer(t, OPEN)
  const hook = await receiver(t, [200])
  const id = await endedVideo(server, { webhook_url: hook.url })
  const [sent] = await hook.count(1)
  assert.equal(JSON.parse(sent!.body).data.video_id, id)
  assert.equal(sent!.headers['x-webhook-signature'], undefined)
  assert.equal((await settled(server, id)).length, 1)
})

describe('a private address', () => {
  test('is refused where it is given', async (t) => {
    const server = await openTestServer(t)
    for (const url of [
      'http://127.0.0.1:9/x',
      'http://localhost/x',
      'http://[::1]/x',
      'http://169.254.169.254/',
      'http://0x7f.1/',
    ]) {
      const { answer } = await server.post('/v2/endpoint', { url, events: ['generated_video_success'] })
      assert.equal(answer.code, 40000, url)
      assert.match(answer.msg, /private network.*ROSTRUM_ALLOW_PRIVATE_URLS=1/, url)
      assert.equal(
        (await server.post('/v2/create_video_from_avatar', { ...BODY, webhook_url: url })).answer.code,
        40000,
      )
    }
  })

  test('that a name leads to is refused when it is connected to', async (t) => {
    const hook = await receiver(t, [200])
    const { port } = new URL(hook.url)
    const rebound = (allowPrivate: boolean) =>
      post({
        url: `http://harmless.example.com:${port}/`,
        headers: {},
        body: '{}',
        timeoutMs: 5000,
        allowPrivate,
        resolve: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
      })
    await assert.rejects(rebound(false), /harmless\.example\.com \(127\.0\.0\.1\) lies in a private network/)
    assert.equal(hook.received.length, 0)
    assert.equal(await rebound(true), 200)
  })

  for (const address of [
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
  ]) {
    test(`${address} is one`, () => assert.equal(isPrivateAddress(address), true))
  }
  for (const address of ['1.1.1.1', '172.32.0.1', '2606:4700::1111', '::ffff:1.1.1.1']) {
    test(`${address} is none`, () => assert.equal(isPrivateAddress(address), false))
  }
})
