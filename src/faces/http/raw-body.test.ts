// Files that come broken, cut short, too large or oddly named: refused in words, or stored under a name that can be.
import assert from 'node:assert/strict'
import { request as sendHttp } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { paperJpeg } from '../../services/test-kit.ts'
import { KEY, serverOfSuite } from './test-server.ts'

const suite = serverOfSuite({ settings: { maxUploadBytes: 1000 } })
const PART = '--abc\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
const FORM = 'multipart/form-data; boundary=abc'
const LARGE = Buffer.concat([paperJpeg('large'), Buffer.alloc(5000)])

type Answer = { readonly code: number; readonly msg?: string; readonly message?: string; readonly data?: unknown }

/** Sends bytes as they are, under a content type as it is. */
async function send(path: string, type: string, body: Uint8Array | string, headers: Record<string, string> = {}) {
  const sent = sendHttp(suite.server.address + path, {
    method: 'POST',
    headers: { 'x-api-key': KEY, 'content-type': type, ...headers },
  })
  const answered = new Promise<import('node:http').IncomingMessage>((done, fail) => {
    sent.on('response', done)
    sent.on('error', fail)
  })
  if (headers['content-length']) sent.write(body)
  else sent.end(body)
  const response = await answered
  const answer = (await json(response)) as Answer
  sent.destroy()
  return { status: response.statusCode, answer }
}

/** A form with one file. */
const form = (bytes: Uint8Array, name = 'filename="a.jpg"') =>
  Buffer.concat([Buffer.from(PART.replace('filename="a.jpg"', name)), bytes, Buffer.from('\r\n--abc--\r\n')])

describe('an upload', () => {
  for (const [what, type, body, words] of [
    ['a form without a boundary', 'multipart/form-data', 'xx', /its form is broken: Multipart: Boundary not found/],
    ['a form of something else', FORM, 'xx', /its form is broken/],
    ['a form that ends too early', FORM, `${PART}\xff\xd8\xff`, /did not come to its end/],
    ['a file in a form that is too large', FORM, form(LARGE), /larger than the \d+ MB that one may have/],
  ] as const) {
    test(`${what} is refused in the words of each API`, async () => {
      for (const path of ['/v1/asset', '/v1/talking_photo']) {
        const { status, answer } = await send(path, type, body)
        assert.equal(status, 400, path)
        assert.match(answer.message ?? '', words)
      }
      for (const path of ['/v2/upload/asset', '/v1/upload/asset', '/open/upload/sign']) {
        const { status, answer } = await send(path, type, body)
        assert.deepEqual([status, answer.code, answer.data], [200, 40000, null], path)
        assert.match(answer.msg ?? '', words)
      }
    })
  }

  test('that says beforehand that it is too large is refused before it has come', async () => {
    const { status, answer } = await send('/v1/asset', 'image/jpeg', paperJpeg('a'), { 'content-length': '5000' })
    assert.equal(status, 400)
    assert.match(answer.message ?? '', /larger than/)
    const { assets } = suite.server.services
    assert.deepEqual(await assets.list('owner'), [])
  })

  test('is kept under its name without what no name can hold', async () => {
    const { answer } = await send('/v1/asset', FORM, form(paperJpeg('b'), "filename*=UTF-8''a%00b.jpg"))
    assert.equal((answer.data as { name: string }).name, 'ab.jpg')
  })
})
