// Rostrum's own API over real HTTP: list, progress, cancel, delete, deliveries; dry runs; the OpenAPI pages.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
let stranger: Record<string, string>
serverOfSuite({ webhookTimes: { timeoutMs: 300, retrySeconds: [] } }, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

const BODY = { script: 'Hello.', avatar_id: 127, voice_id: 'en-US-ChristopherNeural', aspect_ratio: 0, screen_style: 0 }
const made = async (extra = {}) =>
  String((await server.post('/v2/create_video_from_avatar', { ...BODY, ...extra })).answer.data?.video_id)
async function ask(method: string, path: string, headers = {}) {
  const response = await server.ask(`/rostrum/v1${path}`, { method, headers })
  return { status: response.status, body: (await response.json()) as Record<string, never> }
}

describe('a video', () => {
  test('is listed newest first, page by page, with links when it is done', async () => {
    const ids = [await made({ video_name: 'Alpha' }), await made({ video_name: 'Beta' })].reverse()
    await server.complete(ids[0]!, new Uint8Array([1]))
    type Video = { id: string; status: string; video_url: string | null; progress: number; api: string }
    const first = ((await ask('GET', '/videos?limit=1')).body as unknown as { videos: Video[] }).videos
    assert.deepEqual(
      first.map(({ id, status, progress, api }) => [id, status, progress, api]),
      [[ids[0], 'completed', 100, 'joggai-v2']],
    )
    assert.equal((await fetch(first[0]!.video_url!)).status, 200)
    const second = ((await ask('GET', `/videos?limit=1&before=${ids[0]}`)).body as unknown as { videos: Video[] })
      .videos
    assert.deepEqual([second[0]?.id, second[0]?.video_url], [ids[1], null])
    assert.deepEqual((await ask('GET', '/videos', stranger)).body, { videos: [] })
    assert.equal(((await ask('GET', '/videos?name=alp')).body as unknown as { videos: Video[] }).videos[0]?.id, ids[1])
  })

  test('is cancelled once, and fails with that reason in the words of its API', async () => {
    const id = await made()
    assert.equal((await ask('POST', `/videos/${id}/cancel`, stranger)).status, 404)
    const { body } = await ask('POST', `/videos/${id}/cancel`)
    assert.deepEqual([body.status, body.failure], ['cancelled', 'The video was cancelled.'])
    assert.equal((await ask('POST', `/videos/${id}/cancel`)).body.status, 'cancelled')
    const { data } = (await server.get(`/v2/avatar_video/${id}`)).answer
    assert.deepEqual([data?.status, data?.error_message], ['failed', 'The video was cancelled.'])
    await server.complete(id, new Uint8Array([1]))
    assert.equal((await ask('GET', `/videos/${id}`)).body.status, 'cancelled')
  })

  test('that is deleted has gone everywhere', async () => {
    const id = await made()
    assert.equal((await ask('DELETE', `/videos/${id}`, stranger)).status, 404)
    assert.deepEqual((await ask('DELETE', `/videos/${id}`)).body, { id, deleted: true })
    const { status, body } = await ask('GET', `/videos/${id}`)
    assert.equal(status, 404)
    assert.partialDeepStrictEqual(body, { error: { kind: 'not-found' } })
    assert.equal((await server.get(`/v2/avatar_video/${id}`)).answer.code, 10104)
  })

  test('tells its progress as server-sent events until it ends', async () => {
    const id = await made()
    const response = await server.ask(`/rostrum/v1/videos/${id}/events`)
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8')
    await server.services.jobs.begin(id)
    await server.services.jobs.raise(id, 7.5)
    await server.complete(id, new Uint8Array([1]))
    const events = (await response.text())
      .split('\n\n')
      .filter((each) => each.startsWith('event: progress'))
      .map((each) => JSON.parse(each.split('data: ')[1]!))
    assert.deepEqual(
      events.map(({ status, progress }) => [status, progress]),
      [
        ['pending', 0],
        ['processing', 0],
        ['processing', 7],
        ['completed', 100],
      ],
    )
    assert.equal((await ask('GET', `/videos/${id}/events`, stranger)).status, 404)
  })
})

test('deliveries are listed with their attempts and replayed by id, each account its own', async () => {
  await server.services.webhooks.addEndpoint({
    accountId: 'owner',
    api: 'joggai-v2',
    url: 'https://nobody.invalid/hook',
    events: ['generated_avatar_video_success'],
    enabled: true,
    secret: 's',
  })
  const id = await made()
  await server.complete(id, new Uint8Array([1]))
  type Row = { id: string; status: string; attempts: number; event_id: string; log: { error: string }[] }
  const ended = async (): Promise<Row> => {
    for (;;) {
      const { deliveries } = (await ask('GET', `/webhooks/deliveries?video_id=${id}`)).body as unknown as {
        deliveries: Row[]
      }
      if (deliveries[0] && deliveries[0].status !== 'pending') return deliveries[0]
    }
  }
  const row = await ended()
  assert.deepEqual([row.status, row.attempts], ['failed', 1])
  const { body } = await ask('GET', `/webhooks/deliveries/${row.id}`)
  assert.match((body as unknown as Row).log[0]!.error, /./)
  assert.equal((await ask('GET', `/webhooks/deliveries/${row.id}`, stranger)).status, 404)
  assert.equal((await ask('POST', `/webhooks/deliveries/${row.id}/replay`, stranger)).status, 404)
  assert.equal((await ask('POST', `/webhooks/deliveries/${row.id}/replay`)).body.event_id, row.event_id)
  assert.equal((await ended()).event_id, row.event_id)
})

describe('a dry run', () => {
  const dry = { dry_run: true, duration: 1.2, width: 1080, height: 1920, fps: 25 }

  test('says what a request would be in each dialect, and makes nothing', async () => {
    const before = await server.services.jobs.unfinishedCount()
    const jogg = (await server.post('/v2/create_video_from_avatar?dry_run=true', BODY)).answer
    assert.partialDeepStrictEqual(jogg.data, dry)
    assert.match(String((jogg.data as { warnings: string[] }).warnings[0]), /stands in for en-US-ChristopherNeural/)
    assert.ok((jogg.data as { estimate: { seconds: number } }).estimate.seconds > 0)
    assert.partialDeepStrictEqual(
      (await server.post('/v1/create_video_from_talking_avatar?dry_run=1', BODY)).answer.data,
      dry,
    )
    const open = { script: 'Hello.', person_id: 81, tts_voice_id: 'en-US-ChristopherNeural', screen_style: 1 }
    assert.partialDeepStrictEqual(
      (await server.post('/open/render/talking_avatar?dry_run=true', open)).answer.data,
      dry,
    )
    const heygen = { video_inputs: [{ voice: { type: 'silence' } }] }
    const answer = (await server.post('/v2/video/generate?dry_run=true', heygen)).answer as unknown
    assert.partialDeepStrictEqual(answer, { error: null, data: { dry_run: true, duration: 1.2, width: 1920 } })
    assert.equal(await server.services.jobs.unfinishedCount(), before)
  })

  test('refuses what the request itself would be refused for', async () => {
    const { answer } = await server.post('/v2/create_video_from_avatar?dry_run=true', { ...BODY, script: '' })
    assert.equal(answer.code, 40000)
  })
})

describe('the OpenAPI page', () => {
  for (const [base, path, method, count] of [
    ['/joggai', '/v2/create_video_from_avatar', 'post', 60],
    ['/heygen', '/v2/video/generate', 'post', 40],
    ['/rostrum', '/v1/videos/{id}/cancel', 'post', 6],
  ] as const) {
    test(`of ${base} has every route, with the schemas that validate`, async () => {
      const response = await fetch(`${server.address}${base}/openapi.json`)
      const page = (await response.json()) as { openapi: string; paths: Record<string, Record<string, unknown>> }
      assert.equal(page.openapi, '3.1.0')
      assert.ok(Object.keys(page.paths).length >= count, String(Object.keys(page.paths).length))
      assert.ok(page.paths[path]?.[method])
    })
  }

  test('tells required fields, words and ranges', async () => {
    const page = (await (await fetch(`${server.address}/heygen/openapi.json`)).json()) as never
    const text = JSON.stringify((page as { paths: Record<string, unknown> }).paths['/v2/video/generate'])
    assert.match(text, /"required":\["video_inputs"\]/)
    assert.match(text, /"enum":\["Excited","Friendly","Serious","Soothing","Broadcaster"\]/)
    assert.match(text, /"minimum":0\.5,"maximum":1\.5/)
  })

  test('is shown on a page that loads nothing from elsewhere', async () => {
    const response = await fetch(`${server.address}/docs`)
    const html = await response.text()
    assert.equal(response.status, 200)
    for (const base of ['joggai', 'heygen', 'rostrum']) assert.ok(html.includes(`/${base}/openapi.json`), base)
    const scripts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link!)
    assert.ok(scripts.length > 0)
    assert.match(html, /a\[href\*=.{1,8}scalar\.com.{1,8}\] \{ display: none/)
    for (const link of scripts) {
      assert.ok(!/^(https?:)?\/\//.test(link), link)
      assert.equal((await fetch(new URL(link, response.url))).status, 200, link)
    }
  })
})
