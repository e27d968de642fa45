// Every route of every API, asked in every way over real HTTP, and its whole answer checked against the contracts' types.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from '../src/faces/http/test-server.ts'
import { paperFaces, paperPool } from '../src/services/test-kit.ts'
import { type Document, readDocument } from './conformance/document.ts'
import { HEYGEN } from './conformance/heygen.ts'
import { HEYGEN_PEOPLE } from './conformance/heygen-people.ts'
import { e1, e2, h2 } from './conformance/heygen-shapes.ts'
import { fault, jogg, openFault, PEOPLE, REHEARSAL } from './conformance/jogg-shapes.ts'
import { JOGGAI_OPEN } from './conformance/joggai-open.ts'
import { JOGGAI_V1 } from './conformance/joggai-v1.ts'
import { JOGGAI_V2 } from './conformance/joggai-v2.ts'
import { ROSTRUM } from './conformance/rostrum.ts'
import { complaint, is, type Shape } from './conformance/shape.ts'
import { type Ask, type Case, FLAT, openWorld, type Table, type World } from './conformance/world.ts'

const APIS: Readonly<Record<string, Table>> = {
  '/joggai': { ...JOGGAI_V2, ...JOGGAI_V1, ...JOGGAI_OPEN },
  '/heygen': { ...HEYGEN, ...HEYGEN_PEOPLE },
  '/rostrum': ROSTRUM,
}

let server: TestServer
let world: World
const told = new Map<string, Document>()
let stranger: Readonly<Record<string, string>>
const pool = paperPool({
  ...paperFaces(),
  redress: async () => {
    throw new Error('Nobody waits for these looks.')
  },
})
serverOfSuite({ pool, webhookTimes: { timeoutMs: 1000, retrySeconds: [] } }, async (opened) => {
  server = opened
  world = openWorld(server)
  for (const base of Object.keys(APIS)) told.set(base, await readDocument(server, base))
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

async function send(base: string, route: string, ask: Ask, headers: Readonly<Record<string, string>>) {
  const [method = 'GET', pattern = ''] = route.split(' ')
  const url = `${base}${ask.path ?? pattern}${ask.query ? `?${ask.query}` : ''}`
  // A body on a GET does not go through fetch; test/founding-pages.test.ts sends some.
  const body = ask.file
    ? ask.file.bytes
    : ask.body === undefined || method === 'GET'
      ? undefined
      : JSON.stringify(ask.body)
  const response = await server.ask(url, {
    method,
    headers: { 'content-type': ask.file?.type ?? 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
  const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json')
  return { status: response.status, answer: isJson ? (JSON.parse(text) as unknown) : text }
}

async function check(base: string, route: string, ask: Ask, headers: Readonly<Record<string, string>> = {}) {
  const { status, answer } = await send(base, route, ask, headers)
  const words = complaint(ask.is, answer)
  assert.equal(words, null, `${words}\n${JSON.stringify(answer).slice(0, 600)}`)
  assert.equal(status, ask.status ?? 200)
  const unlike = told.get(base)?.complaint(route, status, answer)
  assert.equal(unlike, null, `${route}: ${unlike}\n${JSON.stringify(answer).slice(0, 600)}`)
}

/** What any route answers without a key. */
function locked(base: string, path: string): Shape {
  if (base === '/rostrum') return { error: { kind: 'unauthorized', message: is.filled, request_id: is.hex } }
  if (base === '/joggai') return (path.startsWith('/open') ? openFault : fault)(10105, /^Invalid API key: /)
  const isFirst = /^\/v1\/(?!folders(\/|$)|brand_voice\/)/.test(path)
  return isFirst ? e1(400112, /no x-api-key/) : e2('unauthorized', /no x-api-key/)
}

test('a dry run tells the same of a video in every API, and makes none', async () => {
  const { script, voice_id, ...flat } = FLAT
  const open = { script, person_id: 127, tts_voice_id: voice_id, screen_style: 1 }
  const heygen = { video_inputs: [{ voice: { type: 'text', voice_id: 'flite-slt', input_text: script } }] }
  const before = await server.services.jobs.unfinishedCount()
  for (const [base, path, body, shape] of [
    ['/joggai', '/v2/create_video_from_avatar', { ...flat, script, voice_id }, jogg(REHEARSAL)],
    ['/joggai', '/v1/create_video_from_talking_avatar', { ...flat, script, voice_id }, jogg(REHEARSAL)],
    ['/joggai', '/open/render/talking_avatar', open, jogg(REHEARSAL)],
    ['/heygen', '/v2/video/generate', heygen, h2(REHEARSAL)],
  ] as const) {
    await check(base, `POST ${path}`, { query: 'dry_run=true', body, is: shape })
  }
  assert.equal(await server.services.jobs.unfinishedCount(), before)
})

test('what makes something else than a video refuses a dry run, and makes nothing', async () => {
  const words = /dry_run: only videos can be rehearsed/
  const folders = (await server.services.folders.list('owner')).length
  for (const [base, path, body, shape, status] of [
    ['/joggai', '/v2/photo_avatar/photo/generate', PEOPLE, fault(40000, words), 200],
    ['/joggai', '/v1/upload/asset', { filename: 'me.jpg' }, fault(40000, words), 200],
    ['/heygen', '/v1/folders/create', { name: 'Spring' }, e2('invalid_parameter', words), 400],
  ] as const) {
    await check(base, `POST ${path}`, { query: 'dry_run=true', body, is: shape, status })
  }
  assert.equal((await server.services.folders.list('owner')).length, folders)
})

for (const [base, table] of Object.entries(APIS)) {
  describe(`${base}: every route`, () => {
    test('has its cases here, and every case a route', async () => {
      assert.deepEqual([...told.get(base)!.routes].sort(), Object.keys(table).sort())
    })

    test('is told of in the OpenAPI page: in words, in a group, with what it takes, answers and refuses', () => {
      assert.deepEqual(told.get(base)!.gaps(), [])
    })

    for (const [route, open] of Object.entries(table)) {
      test(`${route} answers what it can, and refuses in its envelope what it cannot`, async () => {
        const made: Case = await open(world)
        const { path = route.split(' ')[1]!, ...rest } = made.ok
        await check(base, route, { ...rest, path, status: 401, is: locked(base, path) }, { 'x-api-key': '' })
        for (const [ask, headers] of [
          [made.other, stranger],
          [made.unknown, {}],
          [made.bad, {}],
          [made.ok, {}],
        ] as const) {
          if (typeof ask !== 'string') await check(base, route, ask, headers)
        }
      })
    }
  })
}
