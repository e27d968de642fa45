// What holds for every route of every API: no key, no answer; and refusals stand in the envelope of the dialect.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from './test-server.ts'

type Route = { readonly base: string; readonly method: string; readonly path: string }
type Answer = { code?: number; data?: unknown; error?: { code?: string; kind?: string } | null }
type Page = { paths: Record<string, Record<string, unknown>> }

let server: TestServer
const routes: Route[] = []
serverOfSuite({}, async (opened) => {
  server = opened
  for (const base of ['/joggai', '/heygen', '/rostrum']) {
    const page = (await (await fetch(`${server.address}${base}/openapi.json`)).json()) as Page
    for (const [path, methods] of Object.entries(page.paths)) {
      for (const method of Object.keys(methods)) routes.push({ base, method: method.toUpperCase(), path })
    }
  }
})

async function ask({ base, method, path }: Route, key: string) {
  const url = `${server.address}${base}${path.replace(/\{\w+\}/g, 'f'.repeat(32))}`
  const body = method === 'GET' ? {} : { body: '{}' }
  const response = await fetch(url, {
    method,
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    ...body,
  })
  return { response, answer: (await response.json()) as Answer }
}

describe('every route', () => {
  for (const key of ['', 'not-a-key-of-ours']) {
    test(`answers 401 in its envelope to ${key === '' ? 'no key' : 'a wrong key'}`, async () => {
      assert.ok(routes.length > 130, String(routes.length))
      for (const route of routes) {
        const name = `${route.method} ${route.base}${route.path}`
        const { response, answer } = await ask(route, key)
        assert.equal(response.status, 401, name)
        assert.match(response.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/, name)
        const { error } = answer
        if (route.base === '/joggai') assert.deepEqual([answer.code, answer.data], [10105, null], name)
        else if (route.base === '/rostrum') assert.equal(error?.kind, 'unauthorized', name)
        else assert.ok(error?.code === 'unauthorized' || answer.code === 400112, name)
      }
    })
  }

  test('that names something by id does not find what is not there, and says so', async () => {
    for (const route of routes.filter(({ path }) => path.includes('{'))) {
      const name = `${route.method} ${route.base}${route.path}`
      const { response, answer } = await ask(route, 'test-key-0123456789')
      const isMissing = route.base === '/joggai' ? [10104, 40000].includes(answer.code ?? 0) : response.status >= 400
      assert.ok(isMissing && (response.status < 500 || response.status === 501), name)
    }
  })
})
