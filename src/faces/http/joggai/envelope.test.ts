// How faults become envelopes and HTTP statuses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fastify from 'fastify'
import { Fault, type FaultKind, NotFound } from '../../../core/errors.ts'
import { answerError } from './envelope.ts'

async function answerTo(error: unknown, statuses: 'vendor' | 'rest') {
  const app = fastify()
  app.setErrorHandler((thrown, request, reply) => answerError(thrown, request, reply, statuses))
  app.get('/', () => {
    throw error
  })
  const response = await app.inject('/')
  return { status: response.statusCode, ...(response.json() as { code: number; msg: string; data: null }) }
}

const KINDS: readonly [FaultKind, code: number, vendor: number, rest: number][] = [
  ['invalid', 40000, 200, 400],
  ['unspeakable', 40000, 200, 400],
  ['conflict', 40000, 409, 409],
  ['unsupported', 40000, 200, 400],
  ['not-found', 10104, 200, 404],
  ['out-of-quota', 18020, 200, 402],
  ['unauthorized', 10105, 401, 401],
  ['unavailable', 50000, 500, 500],
  ['internal', 50000, 500, 500],
]
for (const [kind, code, vendor, rest] of KINDS) {
  test(`a fault of kind ${kind} is code ${code}, HTTP ${vendor} as the vendor sends it and ${rest} as REST would`, async () => {
    for (const [statuses, status] of [
      ['vendor', vendor],
      ['rest', rest],
    ] as const) {
      const answer = await answerTo(new Fault(kind, 'It cannot be.'), statuses)
      assert.equal(answer.status, status)
      assert.equal(answer.code, code)
      assert.equal(answer.data, null)
    }
  })
}

test('a message for users stands after the words of its code', async () => {
  const { msg } = await answerTo(new NotFound('avatar', 5), 'vendor')
  assert.equal(msg, 'Record not found: There is no avatar 5.')
})

test('an error that nobody foresaw keeps its words to itself', async () => {
  const { code, msg } = await answerTo(new TypeError('x is not a function'), 'vendor')
  assert.equal(code, 50000)
  assert.doesNotMatch(msg, /function/)
})
