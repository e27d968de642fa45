// The door itself: files behind links, media, the front page, and what came to the wrong place.
import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { dirname, join } from 'node:path'
import { before, describe, test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { paperPool } from '../../services/test-kit.ts'
import { linkBase } from './links.ts'
import { KEY, serverOfSuite, type TestServer } from './test-server.ts'

const BYTES = Uint8Array.from({ length: 1000 }, (_, index) => index % 251)
const FLAT = { script: 'Hello.', avatar_id: 127, voice_id: 'en-US-ChristopherNeural', aspect_ratio: 0, screen_style: 0 }

/** Sent by node:http, which changes no header; fetch lower-cases names and forbids caches to answer. */
function statusOf(url: string, headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const sent = httpRequest(url, { headers }, (response) => {
      response.resume()
      done(response.statusCode)
    })
    sent.on('error', fail).end()
  })
}

async function finishedLink(server: TestServer): Promise<string> {
  const { answer } = await server.post('/v2/create_video_from_avatar', FLAT)
  const id = String(answer.data?.video_id)
  await server.complete(id, BYTES)
  return String((await server.get(`/v2/avatar_video/${id}`)).answer.data?.video_url)
}

let time = Date.now()
const FACTS = {
  width: 100,
  height: 100,
  headBox: { x: 30, y: 10, width: 40, height: 50 },
  bodySpan: { left: 0, right: 100 },
}
const lines: Record<string, unknown>[] = []
const made: string[] = []
const leave = async (path: string, text: string) => {
  made.push(text)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
const suite = serverOfSuite({
  now: () => time,
  log: (level, message, fields) => lines.push({ level, message, ...fields }),
  pool: paperPool({
    rig: async ({ folder }) => {
      await leave(join(folder, 'rig'), 'rig')
      return { path: join(folder, 'rig'), hash: 'rig', facts: FACTS }
    },
    cover: async ({ path }) => {
      await leave(path, 'cover')
      return null
    },
    sample: async ({ path }) => {
      await leave(path, 'sample')
      return null
    },
    join: async ({ outPaths }) => {
      for (const path of outPaths) await leave(path, 'video')
      return { durationSeconds: 1, byteCount: 5 }
    },
  }),
})

describe('a result link', () => {
  let link: string
  before(async () => {
    link = await finishedLink(suite.server)
  })

  test('opens in a browser without a key', async () => {
    const response = await fetch(link)
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-type'), 'video/mp4')
    assert.match(response.headers.get('content-disposition') ?? '', /^inline; filename="[0-9a-f]{32}\.mp4"$/)
    assert.equal(response.headers.get('accept-ranges'), 'bytes')
    assert.match(response.headers.get('cache-control') ?? '', /private, max-age=\d+/)
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), BYTES)
  })

  test('answers HEAD with the length alone', async () => {
    const response = await fetch(link, { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('content-length'), '1000')
    assert.equal((await response.arrayBuffer()).byteLength, 0)
  })

  for (const [range, from, to] of [
    ['bytes=0-9', 0, 9],
    ['bytes=990-', 990, 999],
    ['bytes=-5', 995, 999],
  ] as const) {
    test(`seeks: ${range}`, async () => {
      const response = await fetch(link, { headers: { range } })
      assert.equal(response.status, 206)
      assert.equal(response.headers.get('content-range'), `bytes ${from}-${to}/1000`)
      assert.deepEqual(new Uint8Array(await response.arrayBuffer()), BYTES.slice(from, to + 1))
    })
  }

  test('refuses a range beyond its end', async () => {
    const response = await fetch(link, { headers: { range: 'bytes=5000-6000' } })
    assert.equal(response.status, 416)
    assert.equal(response.headers.get('content-range'), 'bytes */1000')
    await response.arrayBuffer()
  })

  test('is not sent again to who has it', async () => {
    const etag = (await fetch(link, { method: 'HEAD' })).headers.get('etag')
    assert.ok(etag)
    assert.equal(await statusOf(link, { 'if-none-match': etag }), 304)
  })

  test('that was changed anywhere is refused', async () => {
    const url = new URL(link)
    const changed = [
      link.replace(/expires=\d+/, `expires=${Number(url.searchParams.get('expires')) + 1}`),
      link.replace('.mp4', '.jpg'),
      `${link}x`,
      link.replace(/signature=.*/, ''),
      link.replace(/\?.*/, ''),
      `${url.origin}/files/..%2f..%2fpackage.json${url.search}`,
      `${link}&signature=again`,
    ]
    for (const each of changed) {
      const response = await fetch(each)
      assert.equal(response.status, 403, each)
      const body = (await response.json()) as { error: string }
      assert.match(body.error, /not one that this server made/)
    }
  })
})

test('a link that has expired says so and how to get another', async () => {
  const link = await finishedLink(suite.server)
  assert.equal((await fetch(link, { method: 'HEAD' })).status, 200)
  time += 8 * 24 * 3600 * 1000
  const response = await fetch(link)
  assert.equal(response.status, 410)
  assert.match(((await response.json()) as { error: string }).error, /expired.*GET \/v2\/avatar_video/)
})

test('links carry the public address where there is one, else the one that was called', () => {
  const request = { protocol: 'http', host: 'my-machine:8730' } as FastifyRequest
  assert.equal(linkBase(request, { publicUrl: 'https://videos.example.com/here/' }), 'https://videos.example.com/here')
  assert.equal(linkBase(request, { publicUrl: null }), 'http://my-machine:8730')
})

test('covers, previews and samples are made when first asked for, and are public', async () => {
  const { address, services } = suite.server
  const avatar = services.library.list()[0]!
  const voice = services.voices.list()[0]!
  for (const round of [1, 2]) {
    for (const [path, type, text] of [
      [`/media/avatars/${avatar.id}/cover.jpg`, 'image/jpeg', 'cover'],
      [`/media/voices/${voice.id}/sample.wav`, 'audio/wav', 'sample'],
      [`/media/avatars/${avatar.id}/preview.mp4`, 'video/mp4', 'video'],
    ] as const) {
      const response = await fetch(address + path)
      assert.equal(response.status, 200, `round ${round}: ${path}`)
      assert.equal(response.headers.get('content-type'), type)
      assert.equal(await response.text(), text)
    }
  }
  assert.deepEqual(made, ['rig', 'cover', 'sample', 'video'])
  assert.equal((await fetch(`${address}/media/avatars/nobody/cover.jpg`)).status, 404)
})

describe('the door', () => {
  test('says that it is well', async () => {
    const response = await fetch(`${suite.server.address}/healthz`)
    assert.deepEqual(await response.json(), { ok: true, version: '0.0.0-test', store: 'embedded' })
  })

  test('greets a browser with what it is', async () => {
    const response = await fetch(suite.server.address)
    assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
    assert.match(await response.text(), /create_video_from_avatar/)
  })

  test('answers unknown paths of a dialect in its envelope, others plainly', async () => {
    const { status, answer } = await suite.server.get('/v2/nonsense')
    assert.equal(status, 404)
    assert.deepEqual(answer, {
      rid: answer.rid,
      code: 404,
      msg: 'Not found: there is no GET /v2/nonsense here.',
      data: null,
    })
    assert.match((await suite.server.get('/v2/create_video_from_avatar')).answer.msg, /There is a POST/)
    const plain = await fetch(`${suite.server.address}/nonsense`)
    assert.equal(plain.status, 404)
    assert.match(((await plain.json()) as { error: string }).error, /There is no GET \/nonsense here/)
  })

  test('answers an address that cannot be decoded', async () => {
    const { status, answer } = await suite.server.get('/v2/avatar_video/%zz')
    assert.equal(status, 200)
    assert.equal(answer.code, 40000)
  })

  test('gives each request an id: in the envelope, a header and the log', async () => {
    const response = await suite.server.ask('/v2/create_video_from_avatar', { method: 'POST', body: '{' })
    const { rid } = (await response.json()) as { rid: string }
    assert.equal(response.headers.get('x-request-id'), rid)
    assert.ok(lines.some((line) => line.rid === rid && line.path === '/v2/create_video_from_avatar'))
  })

  test('takes the header names in any case', async () => {
    assert.equal(await statusOf(`${suite.server.address}/v2/user/whoami`, { 'X-API-Key': KEY }), 200)
  })

  test('keeps what broke inside to the log', async (context) => {
    context.mock.method(suite.server.services.jobs, 'create', async () => {
      throw new Error('the disk is full', { cause: new Error('ENOSPC') })
    })
    const { status, answer } = await suite.server.post('/v2/create_video_from_avatar', FLAT)
    assert.equal(status, 500)
    assert.equal(answer.code, 50000)
    assert.doesNotMatch(answer.msg, /disk/)
    const line = lines.find((each) => each.rid === answer.rid && each.level === 'error')
    assert.match(String(line?.error), /the disk is full/)
  })
})

test('what befalls a video is logged under the id of the request that it came with', async () => {
  const response = await suite.server.ask('/v2/create_video_from_avatar', {
    method: 'POST',
    body: JSON.stringify(FLAT),
  })
  const { data } = (await response.json()) as { data: { video_id: string } }
  await suite.server.services.jobs.fail(data.video_id, 'The disk is full.')
  const line = lines.find(({ jobId }) => jobId === data.video_id)
  assert.deepEqual([line?.message, line?.rid], ['a video failed', response.headers.get('x-request-id')])
})
