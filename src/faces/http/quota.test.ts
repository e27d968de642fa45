// A key's quota over real HTTP: taken when a video is accepted, given back when it fails, told and refused in each API's words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type JoggAnswer, serverOfSuite, type TestServer } from './test-server.ts'

let server: TestServer
serverOfSuite({}, async (opened) => {
  server = opened
})

/** Ten seconds of words. */
const SCRIPT = 'a word and '.repeat(15).slice(0, 160)
const JOGG = { script: SCRIPT, avatar_id: 127, voice_id: 'en-US-ChristopherNeural', aspect_ratio: 0, screen_style: 0 }
const HEYGEN = { video_inputs: [{ voice: { type: 'text', voice_id: 'flite-slt', input_text: SCRIPT } }] }
const STILL = { video_inputs: [{ voice: { type: 'silence', duration: 30 } }] }

async function keyWith(quotaSeconds: number) {
  const { key, id } = await server.services.keys.create({ accountId: 'limited', quotaSeconds })
  const header = { 'x-api-key': key }
  const ask = async (method: string, path: string, body?: object) => {
    const response = await server.ask(path, {
      method,
      headers: header,
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return { status: response.status, body: (await response.json()) as { data: unknown; error: unknown } }
  }
  return { id, header, ask, left: () => server.services.keys.remainingSeconds(id) }
}

describe('a quota', () => {
  test('is told in credits of two minutes, and in seconds, and has no end for other keys', async () => {
    const { header, ask } = await keyWith(119.6)
    const jogg = async (path: string, headers = {}) => (await server.get(path, headers)).answer.data
    assert.deepEqual(await jogg('/joggai/v2/user/remaining_quota', header), { remaining_quota: 0.99 })
    const whoami = { email: 'limited@localhost', username: 'limited', credits: 0.99 }
    for (const path of ['/v2/user/whoami', '/v1/whoami']) assert.deepEqual(await jogg(path, header), whoami)
    const quota = (await ask('GET', '/heygen/v2/user/remaining_quota')).body.data as Record<string, unknown>
    assert.deepEqual(quota, {
      remaining_quota: 119,
      details: { api: 119, seat: 119, streaming_avatar: 0, streaming_avatar_instance_quota: 0, plan_credit: 119 },
    })
    assert.partialDeepStrictEqual((await ask('GET', '/v1/user/me')).body, { data: { remaining_quota: 119 } })
    assert.deepEqual(await jogg('/joggai/v2/user/remaining_quota'), { remaining_quota: 1_000_000 })
  })

  test('is taken when a video is accepted, and settled by its true length when it is done', async () => {
    const { ask, left } = await keyWith(60)
    const { body } = await ask('POST', '/v2/create_video_from_avatar', JOGG)
    assert.equal(await left(), 50)
    await server.complete((body.data as { video_id: string }).video_id, new Uint8Array([1]))
    assert.ok(Math.abs(Number(await left()) - (60 - 4.2)) < 1e-9)
  })

  for (const [what, end] of [
    ['fails', async (id: string) => void (await server.services.jobs.fail(id, 'The disk is full.'))],
    ['is cancelled', async (id: string) => void (await server.services.jobs.cancel('limited', id))],
    ['is deleted while it is made', async (id: string) => void (await server.services.removeVideo('limited', id))],
  ] as const) {
    test(`is given back when the video ${what}`, async () => {
      const { ask, left } = await keyWith(60)
      const { body } = await ask('POST', '/v2/video/generate', STILL)
      assert.equal(await left(), 30)
      await end((body.data as { video_id: string }).video_id)
      assert.equal(await left(), 60)
    })
  }

  test('stays taken when a finished video is deleted', async () => {
    const { ask, left } = await keyWith(60)
    const { video_id: id } = (await ask('POST', '/v2/video/generate', STILL)).body.data as { video_id: string }
    await server.complete(id, new Uint8Array([1]))
    const before = await left()
    assert.equal((await ask('DELETE', `/v2/videos/${id}`)).status, 200)
    assert.equal(await left(), before)
  })

  test('that is used up refuses in the words and codes of each API, and nothing is made', async () => {
    const { ask, header } = await keyWith(5)
    const before = await server.services.jobs.unfinishedCount()
    const words = /about 10 s, and this key has 5 s of its quota left\. Shorten it, or let the operator raise/
    for (const [path, body] of [
      ['/v2/create_video_from_avatar', JOGG],
      ['/v1/create_video_from_talking_avatar', JOGG],
      ['/open/render/talking_avatar', { script: SCRIPT, person_id: 127, tts_voice_id: 'flite-slt', screen_style: 1 }],
    ] as const) {
      const { status, answer } = (await server.post(path, body, header)) as { status: number; answer: JoggAnswer }
      assert.deepEqual([status, answer.code, answer.data], [200, 18020, null], path)
      assert.match(answer.msg, /^Insufficient credit: /)
      assert.match(answer.msg, words)
    }
    const { status, body } = await ask('POST', '/v2/video/generate', HEYGEN)
    const error = body.error as { code: string; message: string }
    assert.deepEqual([status, body.data, error.code], [402, null, 'insufficient_credit'])
    assert.match(error.message, words)
    assert.equal(await server.services.jobs.unfinishedCount(), before)
  })

  test('is never overdrawn by requests that come together, and a request that comes again is charged once', async () => {
    const { ask, left, header } = await keyWith(70)
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask('POST', '/v2/video/generate', STILL)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 402, 402, 402])
    assert.equal(await left(), 10)
    const again = { ...header, 'idempotency-key': 'once' }
    for (const _ of [1, 2]) await server.post('/v2/create_video_from_avatar', { ...JOGG, script: 'Hello.' }, again)
    assert.equal(await left(), 10 - 6 / 16)
  })

  test('can be set anew, for what is left from now on, and is listed with what was used', async () => {
    const { id, ask, left } = await keyWith(60)
    await ask('POST', '/v2/video/generate', STILL)
    const { keys } = server.services
    assert.deepEqual(
      await keys.setQuota(id, 300).then(({ remainingSeconds, usedSeconds }) => [remainingSeconds, usedSeconds]),
      [300, 30],
    )
    assert.equal(await left(), 300)
    const listed = (await keys.list()).find((key) => key.id === id)
    assert.deepEqual([listed?.remainingSeconds, listed?.usedSeconds], [300, 30])
    assert.equal((await keys.setQuota(id, null)).remainingSeconds, null)
    assert.equal((await ask('POST', '/v2/video/generate', STILL)).status, 200)
    await assert.rejects(keys.setQuota('nobody', 1), { kind: 'not-found' })
    await assert.rejects(keys.setQuota(id, -1), /quota: -1 cannot be used/)
  })
})
