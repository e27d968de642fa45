// How HeyGen's clients see videos: their status, their lists, their end.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BODY, heygenSuite } from './test-requests.ts'

const { ask, generated, specOf, suite } = heygenSuite()

describe('how a video stands', () => {
  test('is told with nulls while it waits, with links when it is done, in both forms', async () => {
    const id = await generated()
    const path = `/v1/video_status.get?video_id=${id}`
    const waiting = await ask('GET', `/v2/..${path}`)
    assert.deepEqual(Object.keys(waiting.body), ['code', 'data', 'msg', 'message'])
    assert.deepEqual([waiting.body.code, waiting.body.msg, waiting.body.message], [100, null, 'Success'])
    const { created_at: createdAt, notes: _, ...rest } = waiting.body.data as Record<string, unknown>
    assert.ok(Number.isInteger(createdAt))
    assert.deepEqual(rest, {
      id,
      video_id: id,
      status: 'pending',
      callback_id: 'mine',
      duration: null,
      video_url: null,
      video_url_caption: null,
      caption_url: null,
      thumbnail_url: null,
      gif_url: null,
      error: null,
      progress: 0,
      files: [],
    })
    await suite.server.complete(id, new Uint8Array([1, 2, 3]))
    const done = (await ask('GET', path)).body.data as Record<string, string | number>
    assert.deepEqual([done.status, done.duration], ['completed', 4.2])
    assert.equal((await fetch(String(done.video_url))).status, 200)
    assert.equal((await fetch(String(done.thumbnail_url))).status, 200)
    assert.match(String(done.gif_url), /\.gif\?/)
    assert.deepEqual([done.video_url_caption, done.caption_url], [null, null])
    const newer = (await ask('GET', `/v2/videos/${id}`)).body
    assert.equal(newer.error, null)
    assert.match(String((newer.data as Record<string, unknown>).completed_at), /^\d{4}-.*Z$/)
  })

  test('captions come as a second video and as files, and leave the first video clean', async () => {
    const id = await generated({ ...BODY, caption: { enabled: true, style: 'boxed', position: 'top' }, fps: '30' })
    const spec = await specOf(id)
    assert.deepEqual([spec.captions, spec.canvas.fps], [{ style: 'boxed', position: 'top' }, 30])
    await suite.server.complete(id, new Uint8Array([1, 2, 3]))
    const old = (await ask('GET', `/v1/video_status.get?video_id=${id}`)).body.data as Record<string, string>
    const newer = (await ask('GET', `/v2/videos/${id}`)).body.data as Record<string, string>
    assert.match(old.caption_url!, /\.ass\?/)
    assert.match(newer.subtitle_url!, /\.srt\?/)
    for (const link of [old.video_url, old.video_url_caption, old.caption_url, newer.captioned_video_url]) {
      assert.equal((await fetch(link!)).status, 200)
    }
    assert.notEqual(old.video_url, old.video_url_caption)
    const more = await generated({ ...BODY, outputs: ['WebM', 'mp3', 'gif'] })
    await suite.server.complete(more, new Uint8Array([1]))
    const { files } = (await ask('GET', `/v1/video_status.get?video_id=${more}`)).body.data as {
      files: { type: string; url: string }[]
    }
    assert.deepEqual(
      files.map(({ type }) => type),
      ['mp4', 'gif', 'webm', 'mp3'],
    )
    assert.equal((await fetch(files[3]!.url)).headers.get('content-type'), 'audio/mpeg')
    const shapes = await generated({
      ...BODY,
      outputs: [
        { format: 'mp4', aspect_ratio: '9:16', captions: true },
        { format: 'webm', dimension: { width: 401, height: 300 } },
        { format: 'mp4', aspect_ratio: '16:9' },
      ],
    })
    await suite.server.complete(shapes, new Uint8Array([1]))
    const told = (await ask('GET', `/v1/video_status.get?video_id=${shapes}`)).body.data as {
      files: Record<string, unknown>[]
      video_url_caption: unknown
    }
    assert.deepEqual(
      told.files.map(({ type, captions, width, height }) => [type, captions, width, height]),
      [
        ['mp4', false, 1280, 720],
        ['gif', false, null, null],
        ['mp4', true, 720, 1280],
        ['webm', false, 400, 300],
      ],
    )
    assert.equal(told.video_url_caption, null)
    for (const { url } of told.files) assert.equal((await fetch(String(url))).status, 200)
    const fileOnly = await specOf(await generated({ ...BODY, caption_mode: 'file_only' }))
    assert.deepEqual(
      fileOnly.outputs?.map(({ kind }) => kind),
      ['video', 'gif', 'subtitles', 'subtitles'],
    )
  })

  test('a failure has a number, a detail and a message', async () => {
    const id = await generated()
    await suite.server.services.jobs.fail(id, 'This voice has no sounds for Thai.')
    const { data } = (await ask('GET', `/v1/video_status.get?video_id=${id}`)).body
    const reason = 'This voice has no sounds for Thai.'
    assert.deepEqual((data as { error: object }).error, { code: 400175, detail: reason, message: reason })
  })

  test('no id is 400, an unknown or another account’s is 404, in v1’s envelope', async () => {
    assert.deepEqual((await ask('GET', '/v1/video_status.get')).body, {
      code: 400,
      message: 'Invalid parameters: video_id is required.',
    })
    const id = await generated()
    for (const [asked, headers] of [
      ['nothing', {}],
      ['0'.repeat(32), {}],
      [id, suite.stranger],
    ] as const) {
      const { status, body } = await ask('GET', `/v1/video_status.get?video_id=${asked}`, undefined, headers)
      assert.deepEqual([status, body.code, body.message], [404, 40104, `Video not found: ${asked}`])
    }
  })

  test('the list goes page by page, newest first, and ends in a null token', async () => {
    const key = { 'x-api-key': (await suite.server.services.keys.create({ accountId: 'lister' })).key }
    const ids: string[] = []
    for (const title of ['One', 'Two', 'Three']) {
      const { body } = await ask('POST', '/v2/video/generate', { ...BODY, title, folder_id: title }, key)
      ids.unshift((body.data as { video_id: string }).video_id)
    }
    type Page = { token: string | null; videos: { video_id: string; video_title: string; type: string }[] }
    const list = async (query: string) =>
      (await ask('GET', `/v1/video.list?${query}`, undefined, key)).body.data as Page
    const first = await list('limit=2')
    const second = await list(`limit=2&token=${first.token}`)
    assert.deepEqual(
      [...first.videos, ...second.videos].map(({ video_id }) => video_id),
      ids,
    )
    assert.equal(second.token, null)
    assert.deepEqual(
      (await list('folder_id=Two')).videos.map(({ video_title }) => video_title),
      ['Two'],
    )
    assert.deepEqual(
      (await list('title=tHr')).videos.map(({ type }) => type),
      ['GENERATED'],
    )
    assert.equal((await list('limit=0')).videos.length, 0)
    const wrong = await ask('GET', '/v1/video.list?token=abc', undefined, key)
    assert.deepEqual([wrong.status, wrong.body.code], [400, 40012])
  })

  test('a video that is deleted has gone, with its files, and only its account may do so', async () => {
    const id = await generated()
    await suite.server.complete(id, new Uint8Array([1]))
    const url = String(((await ask('GET', `/v2/videos/${id}`)).body.data as { video_url: string }).video_url)
    assert.equal((await ask('DELETE', `/v1/video.delete?video_id=${id}`, undefined, suite.stranger)).status, 404)
    assert.deepEqual((await ask('DELETE', `/v1/video.delete?video_id=${id}`)).body, {
      code: 100,
      data: null,
      msg: null,
      message: 'Success',
    })
    assert.equal((await ask('DELETE', `/v1/video.delete?video_id=${id}`)).body.code, 40104)
    assert.equal((await fetch(url)).status, 404)
  })
})

describe('the door', () => {
  for (const [path, body] of [
    ['/v1/video.list', { code: 400112 }],
    ['/v2/avatars', { data: null, error: { code: 'unauthorized' } }],
    ['/v1/folders', { data: null, error: { code: 'unauthorized' } }],
  ] as const) {
    test(`${path} without a key is 401 in its own envelope`, async () => {
      const { status, body: answer } = await ask('GET', path, undefined, { 'x-api-key': '' })
      assert.equal(status, 401)
      assert.partialDeepStrictEqual(answer, body)
    })
  }

  test('an unknown path is 404 JSON in its own envelope, with a request id', async () => {
    const { status, body, headers } = await ask('GET', '/v3/videos')
    assert.deepEqual([status, body.data, body.error?.code], [404, null, 'not_found'])
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
    assert.equal((await ask('GET', '/v1/video.nothing')).body.code, 404)
  })
})
