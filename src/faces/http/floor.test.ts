// What all dialects stand on: keys and accounts, repeated requests, limits, browsers, and which dialect a path is for.
import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { describe, test } from 'node:test'
import { chooseDialect, claimOf, dialectOfBody } from './choose-dialect.ts'
import { KEY, openTestServer, serverOfSuite } from './test-server.ts'

const CREATE = '/v2/create_video_from_avatar'
const BODY = { script: 'Hello.', avatar_id: 127, voice_id: 'en-US-ChristopherNeural', aspect_ratio: 0, screen_style: 0 }

let time = Date.now()
const suite = serverOfSuite({ now: () => time })

describe('a key', () => {
  test('opens the door until it is revoked, and no other account sees what it made', async () => {
    const { keys } = suite.server.services
    const mine = await keys.create({ accountId: 'mine', name: 'laptop' })
    const yours = await keys.create({ accountId: 'yours' })
    const made = await suite.server.post(CREATE, BODY, { 'x-api-key': mine.key })
    const path = `/v2/avatar_video/${made.answer.data?.video_id}`
    assert.equal((await suite.server.get(path, { 'x-api-key': mine.key })).answer.code, 0)
    assert.equal((await suite.server.get(path, { 'x-api-key': yours.key })).answer.code, 10104)
    await keys.revoke(mine.id)
    assert.equal((await suite.server.get(path, { 'x-api-key': mine.key })).status, 401)
    assert.deepEqual(
      (await keys.list())
        .filter(({ accountId }) => accountId === 'mine')
        .map(({ name, revokedAt }) => [name, revokedAt]),
      [['laptop', time]],
    )
  })

  test('that has expired is no key any more', async () => {
    const { key } = await suite.server.services.keys.create({ expiresAt: time + 60_000 })
    assert.equal((await suite.server.get('/v2/user/whoami', { 'x-api-key': key })).status, 200)
    time += 60_001
    assert.equal((await suite.server.get('/v2/user/whoami', { 'x-api-key': key })).status, 401)
  })

  test('is refused for an account whose name is none', async () => {
    await assert.rejects(suite.server.services.keys.create({ accountId: '../x' }), /account: "..\/x" cannot be used/)
  })
})

describe('an Idempotency-Key', () => {
  const twice = { 'idempotency-key': 'order-1' }

  test('answers the same request with the same bytes and makes one video', async () => {
    const before = await suite.server.services.jobs.unfinishedCount()
    const [first, second] = await Promise.all([1, 2].map(() => suite.server.post(CREATE, BODY, twice)))
    const third = await suite.server.post(CREATE, BODY, twice)
    assert.deepEqual(second, first)
    assert.deepEqual(third, first)
    assert.equal(await suite.server.services.jobs.unfinishedCount(), before + 1)
  })

  test('with another body is a conflict, in the words of the dialect', async () => {
    const { status, answer } = await suite.server.post(CREATE, { ...BODY, script: 'Other.' }, twice)
    assert.equal(status, 409)
    assert.equal(answer.code, 40000)
    assert.match(answer.msg, /Idempotency-Key "order-1" was used for another request/)
  })

  test('belongs to its account', async () => {
    const { key } = await suite.server.services.keys.create({ accountId: 'third' })
    const { answer } = await suite.server.post(CREATE, { ...BODY, script: 'Other.' }, { ...twice, 'x-api-key': key })
    assert.equal(answer.code, 0, answer.msg)
  })

  test('whose request was refused may be used again', async () => {
    const key = { 'idempotency-key': 'order-2' }
    assert.equal((await suite.server.post(CREATE, { ...BODY, script: '' }, key)).answer.code, 40000)
    assert.equal((await suite.server.post(CREATE, BODY, key)).answer.code, 0)
  })

  test('is forgotten after a day', async () => {
    const first = await suite.server.post(CREATE, BODY, twice)
    time += 24 * 3600 * 1000 + 1
    const second = await suite.server.post(CREATE, BODY, twice)
    assert.equal(second.answer.code, 0)
    assert.notEqual(second.answer.data?.video_id, first.answer.data?.video_id)
  })

  test('names what is made, so that a request that died before its answer makes it once', async () => {
    const { idempotency, jobs } = suite.server.services
    const claim = await idempotency.begin('owner', 'order-3', 'a print')
    assert.ok('finish' in claim)
    const { spec } = (await jobs.list('owner'))[0]!
    const made = await jobs.create({ accountId: 'owner', spec, id: claim.id })
    await claim.finish(null)
    assert.equal((await jobs.create({ accountId: 'owner', spec, id: claim.id })).id, made.id)
  })
})

test('a key may send so many POSTs a minute, and is told when to come again', async (t) => {
  let now = Date.now()
  const server = await openTestServer(t, { settings: { rateLimit: 2 }, now: () => now })
  const send = () => server.ask(CREATE, { method: 'POST', body: JSON.stringify(BODY) })
  assert.equal((await send()).headers.get('x-ratelimit-remaining'), '1')
  now += 10_000
  await send()
  const refused = await send()
  assert.equal(refused.status, 429)
  assert.equal(refused.headers.get('retry-after'), '50')
  assert.equal(refused.headers.get('x-ratelimit-limit'), '2')
  const body = (await refused.json()) as { code: number; data: null; retryAfter: number }
  assert.deepEqual([body.code, body.data, body.retryAfter], [429, null, 50])
  assert.equal((await server.get('/v2/voices')).status, 200)
  const other = await server.services.keys.create()
  assert.equal((await server.post(CREATE, BODY, { 'x-api-key': other.key })).status, 200)
  now += 50_001
  assert.equal((await send()).status, 200)
})

describe('a page in a browser', () => {
  const preflight = (address: string) =>
    fetch(address + CREATE, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key,content-type',
      },
    })

  test('may call from anywhere, and may read what it needs', async () => {
    const asked = await preflight(suite.server.address)
    assert.equal(asked.status, 204)
    assert.equal(asked.headers.get('access-control-allow-origin'), '*')
    assert.match(asked.headers.get('access-control-allow-headers') ?? '', /x-api-key/)
    const answer = await suite.server.ask('/v2/voices', { headers: { origin: 'https://app.example.com' } })
    assert.match(answer.headers.get('access-control-expose-headers') ?? '', /x-request-id/)
  })

  test('may call from the origins in the settings only, where there are some', async (t) => {
    const server = await openTestServer(t, { settings: { corsOrigins: ['https://other.example.com'] } })
    assert.notEqual(
      (await preflight(server.address)).headers.get('access-control-allow-origin'),
      'https://app.example.com',
    )
  })
})

describe('the dialect of a path at the root', () => {
  for (const [path, claim] of [
    ['/v2/create_video_from_avatar', 'joggai'],
    ['/v2/avatar_video/x', 'joggai'],
    ['/v2/avatars/public', 'joggai'],
    ['/v2/photo_avatar', 'joggai'],
    ['/v2/photo_avatar/photo', 'joggai'],
    ['/v1/avatars', 'joggai'],
    ['/v1/webhook/endpoints', 'joggai'],
    ['/open/avatar', 'joggai'],
    ['/v2/nonsense', 'joggai'],
    ['/v2/video/generate', 'heygen'],
    ['/v1/video_status.get', 'heygen'],
    ['/v2/avatars', 'heygen'],
    ['/v2/avatar/nora/details', 'heygen'],
    ['/v2/avatar_group.list', 'heygen'],
    ['/v2/photo_avatar/train/status/x', 'heygen'],
    ['/v2/photo_avatar/0123abc', 'heygen'],
    ['/v1/asset', 'heygen'],
    ['/v1/folders/create', 'heygen'],
    ['/v1/webhook/endpoint.add', 'heygen'],
    ['/v2/template/abc', 'heygen'],
    ['/v3/videos', 'heygen'],
    ['/v2/voices', 'shared'],
    ['/v2/user/remaining_quota', 'shared'],
    ['/v2/photo_avatar/photo/generate', 'shared'],
    ['/files/x', null],
    ['/', null],
  ] as const) {
    test(`${path} is ${claim ?? 'nobody’s'}`, () => assert.equal(claimOf(path), claim))
  }

  const clues = (headers: Record<string, string> = {}, method = 'GET') => ({
    method,
    headers,
    dialectOf: async (key: string) => (key === 'theirs' ? ('heygen' as const) : null),
  })
  test('a shared path goes by the host, then by the key, then by the body, else to JoggAI', async () => {
    assert.equal(await chooseDialect('/v2/voices?x=1', clues({ host: 'api.heygen.com' })), '/heygen/v2/voices?x=1')
    assert.equal(
      await chooseDialect('/v2/voices', clues({ host: 'API.JOGG.AI:443', 'x-api-key': 'theirs' })),
      '/joggai/v2/voices',
    )
    assert.equal(await chooseDialect('/v2/voices', clues({ 'x-api-key': 'theirs' })), '/heygen/v2/voices')
    assert.equal(await chooseDialect('/v2/voices', clues({ authorization: 'Bearer any' })), '/heygen/v2/voices')
    assert.equal(await chooseDialect('/v2/voices', clues()), '/joggai/v2/voices')
    assert.equal(
      await chooseDialect('/v2/photo_avatar/add_motion', clues({}, 'POST')),
      '/shared/v2/photo_avatar/add_motion',
    )
    assert.equal(dialectOfBody({ id: 'x' }), 'heygen')
    assert.equal(dialectOfBody({ photo_url: 'x', name: 'y' }), 'joggai')
    assert.equal(dialectOfBody({ name: 'y', orientation: 'square' }), 'heygen')
  })

  test('dot segments, doubled and trailing slashes and old prefixes are tidied', async () => {
    assert.equal(
      await chooseDialect('/v2/../v1/video_status.get?video_id=1', clues()),
      '/heygen/v1/video_status.get?video_id=1',
    )
    assert.equal(await chooseDialect('//v2//voices/', clues()), '/joggai/v2/voices')
    assert.equal(await chooseDialect('/open/v2/avatar_video/1', clues()), '/joggai/v2/avatar_video/1')
    assert.equal(await chooseDialect('/joggai/open/v1/voices', clues()), '/joggai/v1/voices')
    assert.equal(await chooseDialect('/files/..%2fsecret', clues()), '/files/..%2fsecret')
  })

  test('a raw client that does not tidy its dots is understood', async () => {
    const { port } = new URL(suite.server.address)
    const status = await new Promise((done, fail) => {
      const path = '/v2/../v2/user/whoami'
      httpRequest({ port, path, headers: { 'x-api-key': KEY } }, (response) => {
        response.resume()
        done(response.statusCode)
      })
        .on('error', fail)
        .end()
    })
    assert.equal(status, 200)
  })
})
