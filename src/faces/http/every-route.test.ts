// What holds for every route of every API: no key, no answer; and refusals stand in the envelope of the dialect.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KEY, serverOfSuite, type TestServer } from './test-server.ts'

type Route = { readonly base: string; readonly method: string; readonly path: string }
type Answer = { code?: number; data?: unknown; error?: { code?: string; kind?: string } | null }
type Operation = { parameters?: readonly { name: string; in: string }[] }
type Page = { paths: Record<string, Record<string, Operation>> }

let server: TestServer
const routes: (Route & { readonly queries: readonly string[] })[] = []
serverOfSuite({}, async (opened) => {
  server = opened
  for (const base of ['/joggai', '/heygen', '/rostrum']) {
    const page = (await (await fetch(`${server.address}${base}/openapi.json`)).json()) as Page
    for (const [path, methods] of Object.entries(page.paths)) {
      for (const [method, { parameters = [] }] of Object.entries(methods)) {
        const queries = parameters.filter((each) => each.in === 'query').map(({ name }) => name)
        routes.push({ base, method: method.toUpperCase(), path, queries })
      }
    }
  }
})

async function ask({ base, method, path }: Route, key: string, { id = 'f'.repeat(32), query = '' } = {}) {
  const url = `${server.address}${base}${path.replace(/\{\w+\}/g, id)}${query && `?${query}`}`
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
      const { response, answer } = await ask(route, KEY)
      const isMissing = route.base === '/joggai' ? [10104, 40000].includes(answer.code ?? 0) : response.status >= 400
      assert.ok(isMissing && (response.status < 500 || response.status === 501), name)
    }
  })

  test('takes odd ids and queries without breaking, and answers in its envelope', async () => {
    for (const odd of [
      '%00',
      'a%00b',
      '%F0%9F%98%80',
      '%ED%A0%80',
      "'--",
      '-1',
      '1e400',
      '9'.repeat(20),
      '__proto__',
    ]) {
      for (const route of routes) {
        const asked = [
          ...(route.path.includes('{') ? [{ id: odd }] : []),
          ...route.queries.flatMap((name) => [{ query: `${name}=${odd}` }, { query: `${name}=a&${name}=${odd}` }]),
        ]
        for (const each of asked) {
          const name = `${route.method} ${route.base}${route.path} ${JSON.stringify(each)}`
          const { response, answer } = await ask(route, KEY, each)
          assert.ok(response.status < 500 || response.status === 501, name)
          if (route.base === '/joggai') assert.ok(Number.isInteger(answer.code), name)
          else if (response.status >= 400) assert.ok(answer.error || Number.isInteger(answer.code), name)
        }
      }
    }
  })
})
