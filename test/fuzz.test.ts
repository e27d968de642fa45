// Bodies that no client would send: never a 500, never a hang, always the dialect's envelope. `bench/fuzz.ts` sends more.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KEY, openTestServer } from '../src/faces/http/test-server.ts'
import { complaintAbout, findTargets, requests } from './fuzz-kit.ts'

test('250 generated bodies over all POST routes are each answered in the envelope of the dialect', async (t) => {
  const server = await openTestServer(t)
  const targets = await findTargets(server.address)
  assert.ok(targets.length > 40)
  const property = fc.asyncProperty(requests(targets), async (request) => {
    assert.equal(await complaintAbout(server.address, KEY, request), null)
  })
  await fc.assert(property, { numRuns: 250, seed: 4, endOnFailure: true })
})
