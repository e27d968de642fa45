// Bodies that are JSON and no request: refused by each dialect in its envelope, whatever would have read them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverOfSuite } from './test-server.ts'

const suite = serverOfSuite()
const DEEP = '['.repeat(20_000) + ']'.repeat(20_000)
/** As the client wrote it: brackets within words are no nesting. */
const WORDS = JSON.stringify({ name: `"${'['.repeat(150)}\\` })

async function post(path: string, body: string) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': `once ${path} ${body.length}` }
  const response = await suite.server.ask(path, { method: 'POST', body, headers })
  return { status: response.status, answer: (await response.json()) as never }
}

for (const [what, body, words] of [
  ['nested without end', DEEP, /nested more than 100 deep/],
  ['nested without end in a field', `{"video_inputs":${DEEP},"voice":${DEEP}}`, /nested more than 100 deep/],
  ['with a character that no store takes', '{"name":"a\\u0000b"}', /a character with the number 0/],
  ['with one in a name of a field', '{"\\u0000":[{}]}', /a character with the number 0/],
  ['that ends too early', '{"name":', /^(Parameter error: )?The body is not JSON/i],
] as const) {
  test(`a body ${what} is refused by every API in its own envelope`, async () => {
    for (const path of ['/v2/create_video_from_avatar', '/v1/endpoint', '/v2/photo_avatar/photo/generate']) {
      const { status, answer } = await post(path, body)
      const { rid, code, msg, data } = answer as { rid: string; code: number; msg: string; data: unknown }
      assert.deepEqual([status, code, data], [200, 40000, null], path)
      assert.match(msg, words)
      assert.match(rid, /^[0-9a-f]{32}$/)
    }
    for (const path of ['/v2/video/generate', '/v1/folders/create']) {
      const { status, answer } = await post(path, body)
      const { error, data } = answer as { error: { code: string; message: string }; data: unknown }
      assert.deepEqual([status, data, error.code], [400, null, 'invalid_parameter'], path)
      assert.match(error.message, words)
    }
    const { status, answer } = await post('/rostrum/v1/videos/x/cancel', body)
    assert.deepEqual([status, (answer as { error: { kind: string } }).error.kind], [400, 'invalid'])
  })
}

test('brackets in words are no nesting', async () => {
  assert.equal((await post('/v1/folders/create', WORDS)).status, 200)
})
