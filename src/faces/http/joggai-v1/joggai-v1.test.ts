// JoggAI v1 over real HTTP: the founding page's request, and what its clients read.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
let stranger: Record<string, string>
serverOfSuite({}, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

const CREATE = '/v1/create_video_from_talking_avatar'
const PAGE = `{
    "script": "Hi, welcome to JoggAI and create longer videos with Talking Avatars in minutes!",
    "aspect_ratio": 0,
    "screen_style": 1,
    "avatar_id": 127,
    "avatar_type": 0,
    "voice_id": "en-US-ChristopherNeural",
    "caption": true,
\t"video_name":"my_video"   
}`

async function project(body: unknown = PAGE): Promise<string> {
  const { status, answer } = await server.post(CREATE, body)
  assert.equal(status, 200)
  assert.equal(answer.code, 0, answer.msg)
  return String(answer.data?.project_id)
}

describe('the founding page', () => {
  test('makes a project, and asks for it in both spellings', async () => {
    const id = await project()
    assert.match(id, /^[0-9a-f]{32}$/)
    const waiting = await server.get(`/v1/project?project_id=${id}`)
    const data = waiting.answer.data!
    assert.deepEqual(
      [data.id, data.title, data.status_code, data.status_desc, data.video_duration, data.video_url],
      [id, 'my_video', 2, 'waiting', 0, ''],
    )
    await server.complete(id, new Uint8Array([1, 2]))
    const { answer } = await server.get(`/v1/project/${id}`)
    assert.deepEqual(
      [answer.data?.status_code, answer.data?.status_desc, answer.data?.video_duration],
      [4, 'success', 4],
    )
    assert.ok(Number.isInteger(answer.data?.created_at))
    assert.equal((await fetch(String(answer.data?.video_url))).status, 200)
    assert.equal((await fetch(String(answer.data?.cover_url))).status, 200)
  })

  test('a failed project says why, under every name that clients look for', async () => {
    const id = await project()
    await server.services.jobs.fail(id, 'The disk is full.')
    const data = (await server.get(`/v1/project?project_id=${id}`)).answer.data!
    assert.deepEqual(
      [data.status_code, data.status_desc, data.error, data.error_message],
      [5, 'failed', { code: 50000, message: 'The disk is full.' }, 'The disk is full.'],
    )
  })

  test('lists avatars and voices with its filters', async () => {
    const { answer } = await server.get('/v1/avatars?aspect_ratio=0&style=professional&gender=male&age=adult')
    const avatars = answer.data?.avatars as Record<string, unknown>[]
    assert.ok(avatars.every((each) => each.gender === 'male' && each.aspect_ratio === 0 && each.status === 0))
    const all = (await server.get('/v1/avatars')).answer.data?.avatars as unknown[]
    assert.equal(all.length, server.services.library.list().length)
    const heard = (await server.get('/v1/voices?gender=female&language=english&age=young')).answer.data!
    const voices = heard.voices as Record<string, unknown>[]
    assert.equal(typeof heard.total, 'number')
    assert.ok(voices.length > 0 && voices.every((each) => each.audio_url === each.audition_url))
  })

  test('a job of one generation is found in all', async () => {
    const id = await project()
    assert.equal((await server.get(`/v2/avatar_video/${id}`)).answer.data?.status, 'pending')
    assert.equal((await server.get(`/open/prj_info?project_id=${id}`)).answer.data?.status, 2)
  })
})

describe('what cannot be', () => {
  for (const [what, body, words] of [
    ['no script', { avatar_id: 127, voice_id: 'x' }, /^Parameter error: script is required/],
    [
      'a script and a sound',
      { ...JSON.parse(PAGE), audio_url: 'https://example.com/a.mp3' },
      /script and audio_url are both set/,
    ],
    [
      'an avatar that is no number',
      { ...JSON.parse(PAGE), avatar_id: 'nora' },
      /^Parameter error: avatar_id: "nora" cannot be used/,
    ],
    ['an unknown aspect', { ...JSON.parse(PAGE), aspect_ratio: 7 }, /^Parameter error: aspect_ratio: 7 cannot be used/],
    ['a private callback', { ...JSON.parse(PAGE), webhook_url: 'http://10.0.0.1/' }, /webhook_url: .* private network/],
    ['no object', [], /The body/],
  ] as const) {
    test(`${what} is refused in the envelope`, async () => {
      const { status, answer } = await server.post(CREATE, body)
      assert.deepEqual([status, answer.code, answer.data], [200, 40000, null])
      assert.match(answer.msg, words)
    })
  }

  test('unknown projects, and those of others, are not found', async () => {
    const id = await project()
    for (const [path, headers] of [
      [`/v1/project?project_id=${id}`, stranger],
      [`/v1/project/${'0'.repeat(32)}`, {}],
      ['/v1/project/nothing', {}],
    ] as const) {
      assert.equal((await server.get(path, headers)).answer.code, 10104, path)
    }
    assert.match((await server.get('/v1/project')).answer.msg, /project_id is required/)
    assert.equal((await server.get(`/v1/project/${id}`, { 'x-api-key': 'wrong' })).status, 401)
  })

  for (const path of [
    '/v1/product',
    '/v1/ai_scripts',
    '/v1/create_video_with_template',
    '/v2/create_video_from_product',
    '/v2/video_translate/',
    '/open/project/render',
  ]) {
    test(`${path} says that it is not supported here, and what would do`, async () => {
      const { status, answer } = await server.post(path, {})
      assert.deepEqual([status, answer.code], [200, 40000])
      assert.match(answer.msg, /is not supported here\. \w+/)
    })
  }
})

describe('webhook endpoints of the first generation', () => {
  for (const prefix of ['/v1', '/v1/webhook']) {
    test(`under ${prefix} answer in both shapes`, async () => {
      const { answer } = await server.post(`${prefix}/endpoint`, {
        url: 'https://example.com/hook',
        events: ['generated_video_success'],
      })
      const plain = answer as unknown as Record<string, unknown>
      assert.equal(answer.code, 0, answer.msg)
      assert.equal(plain.endpoint_id, answer.data?.endpoint_id)
      assert.match(String(answer.data?.secret), /^[0-9a-f]{16}$/)
      const list = (await server.get(`${prefix}/endpoints`)).answer.data as unknown
      const all = (prefix === '/v1' ? (list as { endpoints: unknown }).endpoints : list) as { endpoint_id: string }[]
      assert.ok(all.some(({ endpoint_id }) => endpoint_id === plain.endpoint_id))
      const path = `${prefix}/endpoint/${plain.endpoint_id}`
      const gone = await server.ask(path, { method: 'DELETE', headers: stranger })
      assert.equal(((await gone.json()) as { code: number }).code, 10104)
      const done = await server.ask(path, { method: 'DELETE' })
      assert.equal(((await done.json()) as { code: number }).code, 0)
    })
  }
})

describe('uploads', () => {
  const WAV = new Uint8Array(Buffer.from('RIFF\x24\x00\x00\x00WAVEfmt ', 'latin1'))

  test('are put to the signed address without a key, and read at the other', async () => {
    for (const [path, body, read] of [
      ['/v1/upload/asset', { filename: 'a.wav' }, 'asset_id'],
      ['/v2/upload/asset', { filename: 'a.wav', content_type: 'audio/wav', file_size: '20' }, 'asset_url'],
      ['/open/upload/sign', { filename: 'a.wav', filetype: 'audio/wav', use_to: 'media' }, 'full_path'],
    ] as const) {
      const { answer } = await server.post(path, body)
      assert.equal(answer.code, 0, answer.msg)
      const data = answer.data as Record<string, string>
      assert.equal((await fetch(String(data[read]))).status, 404)
      const sent = await fetch(String(data.sign_url), {
        method: 'PUT',
        body: WAV,
        headers: { 'content-type': 'audio/wav' },
      })
      const said = (await sent.json()) as { rid: string; code: number; msg: string }
      assert.deepEqual([sent.status, said.code, said.msg], [200, 0, 'success'])
      const kept = await fetch(String(data[read]))
      assert.equal(kept.headers.get('content-type'), 'audio/wav')
      assert.deepEqual(new Uint8Array(await kept.arrayBuffer()), WAV)
    }
    assert.ok(Number.isInteger((await server.post('/v2/upload/asset', { filename: 'a.wav' })).answer.data?.asset_id))
  })

  test('may come as a form', async () => {
    const form = new FormData()
    form.append('file', new Blob([WAV], { type: 'audio/wav' }), 'a.wav')
    form.append('name', 'mine')
    const response = await server.ask('/v2/upload/asset', { method: 'POST', body: form })
    const answer = (await response.json()) as { code: number; msg: string; data: { asset_url: string } }
    assert.equal(answer.code, 0, answer.msg)
    assert.equal((await fetch(answer.data.asset_url)).status, 200)
  })

  test('with a changed address, no bytes or no media are refused', async () => {
    const { answer } = await server.post('/v2/upload/asset', { filename: 'a.png', content_type: 'image/png' })
    const url = String(answer.data?.sign_url)
    const put = async (to: string, body: string) => {
      const response = await fetch(to, { method: 'PUT', body })
      return [response.status, ((await response.json()) as { error: string }).error] as const
    }
    assert.deepEqual((await put(url.replace(/expires=\d/, 'expires=9'), 'x'))[0], 403)
    assert.match((await put(url, 'no picture'))[1], /no picture, video or sound/)
    assert.match((await put(url, ''))[1], /empty/)
    assert.match((await server.post('/v2/upload/asset', {})).answer.msg, /filename is required/)
    assert.match(
      (await server.post('/v2/upload/asset', { filename: 'a.exe' })).answer.msg,
      /filename: "a.exe" cannot be used/,
    )
    assert.match(
      (await server.post('/v2/upload/asset', { filename: 'a.png', file_size: 0 })).answer.msg,
      /file_size: 0/,
    )
  })
})
