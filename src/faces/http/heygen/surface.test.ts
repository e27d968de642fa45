// What holds for every endpoint of the dialect, as its own OpenAPI page lists them: keys, envelopes, unknown ids.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paperFaces, paperPool } from '../../../services/test-kit.ts'
import { serverOfSuite, type TestServer } from '../test-server.ts'
import { styleOf } from './envelope.ts'

type Endpoint = { readonly method: string; readonly path: string; readonly hasBody: boolean }

let server: TestServer
let endpoints: readonly Endpoint[]
serverOfSuite({ pool: paperPool(paperFaces()) }, async (opened) => {
  server = opened
  const page = (await (await server.ask('/heygen/openapi.json')).json()) as {
    paths: Record<string, Record<string, { requestBody?: unknown }>>
  }
  endpoints = Object.entries(page.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      hasBody: requestBody !== undefined,
    })),
  )
})

async function ask(path: string, init: RequestInit = {}) {
  const response = await server.ask(`/heygen${path}`, init)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** A refusal says its code and its reason in the words of its path, and nothing else. */
function assertRefusal(path: string, body: Record<string, unknown>): void {
  if (styleOf(path) === 'v1') {
    assert.deepEqual(Object.keys(body).sort(), ['code', 'message'], path)
    assert.ok(Number.isInteger(body.code) && body.code !== 100, path)
    assert.equal(typeof body.message, 'string', path)
    return
  }
  assert.deepEqual([Object.keys(body).sort(), body.data], [['data', 'error'], null], path)
  const { code, message } = body.error as { code: unknown; message: unknown }
  assert.match(String(code), /^[a-z_]+$/, path)
  assert.equal(typeof message, 'string', path)
}

const withId = (path: string) => path.replace('{id}', '0'.repeat(32))

test('the page lists the endpoints that clients of the service call', () => {
  const listed = new Set(endpoints.map(({ method, path }) => `${method} ${path}`))
  for (const known of [
    'POST /v2/video/generate',
    'POST /v2/video/av4/generate',
    'GET /v1/video_status.get',
    'GET /v1/video.list',
    'DELETE /v1/video.delete',
    'POST /v1/video.webm',
    'GET /v2/videos',
    'GET /v2/avatars',
    'GET /v2/avatar/{id}/details',
    'GET /v2/avatar_group.list',
    'GET /v2/avatar_group/{id}/avatars',
    'GET /v2/voices',
    'GET /v1/voice.list',
    'GET /v1/avatar.list',
    'POST /v1/asset',
    'GET /v1/asset/list',
    'POST /v1/asset/{id}/delete',
    'POST /v1/talking_photo',
    'GET /v1/talking_photo.list',
    'DELETE /v2/talking_photo/{id}',
    'POST /v2/photo_avatar/photo/generate',
    'GET /v2/photo_avatar/generation/{id}',
    'POST /v2/photo_avatar/avatar_group/create',
    'POST /v2/photo_avatar/avatar_group/add',
    'GET /v2/photo_avatar/train/status/{id}',
    'GET /v1/user/me',
    'GET /v2/user/remaining_quota',
    'GET /v1/folders',
    'POST /v1/webhook/endpoint.add',
    'PATCH /v1/webhook/endpoint.update',
    'GET /v1/webhook/webhook.list',
    'GET /v2/templates',
  ]) {
    assert.ok(listed.has(known), known)
  }
})

test('every endpoint asks for a key, and for one of this server', async () => {
  for (const { method, path } of endpoints) {
    for (const key of ['', 'nobody’s']) {
      const { status, body } = await ask(withId(path), { method, headers: { 'x-api-key': encodeURI(key) } })
      assert.equal(status, 401, `${method} ${path}`)
      assertRefusal(path, body)
    }
  }
})

test('every endpoint of a thing answers 404 where there is none, or 501 where there are never any', async () => {
  for (const { method, path } of endpoints.filter((each) => each.path.includes('{id}'))) {
    const { status, body } = await ask(withId(path), { method, body: method === 'POST' ? '{"name": "x"}' : null })
    assert.ok(status === 404 || status === 501, `${method} ${path}: ${status}`)
    assertRefusal(path, body)
  }
})

test('every endpoint that takes a body refuses one that is none of its own, and never breaks', async () => {
  for (const { method, path } of endpoints.filter(({ hasBody }) => hasBody)) {
    for (const sent of ['', '[]', '"x"', '7', '{', '{"id": {}, "url": [], "name": 5, "video_inputs": {}}']) {
      const { status, body } = await ask(withId(path), { method, body: sent || null })
      assert.equal(status, 400, `${method} ${path}: ${sent}`)
      assertRefusal(path, body)
    }
  }
})

test('every list and fact answers success in the envelope of its path, whatever comes with a GET', async () => {
  for (const { path } of endpoints.filter(({ method, path }) => method === 'GET' && !path.includes('{id}'))) {
    if (path === '/v1/video_status.get') continue
    const { status, body } = await ask(`${path}/`, { headers: { 'content-type': 'application/json' } })
    assert.equal(status, 200, path)
    if (styleOf(path) === 'v1') {
      assert.deepEqual([body.code, body.msg, body.message, 'error' in body], [100, null, 'Success', false], path)
    } else {
      assert.deepEqual([Object.keys(body), body.error], [['error', 'data'], null], path)
    }
  }
})
