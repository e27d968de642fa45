// A notice survives the death of the server that was sending it, between two attempts and in the midst of one.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import { makeDataFolder, startServer, until } from './kit.ts'

/** What came to the hook: the raw bytes, what they were signed with, and the answer that is still owed. */
type Call = { readonly bytes: Buffer; readonly signature: string; readonly response: ServerResponse }
type Delivery = {
  readonly id: string
  readonly status: string
  readonly event_id: string
  readonly log: readonly { readonly number: number; readonly status: number | null }[]
}

test('kill -9 between two attempts and in the midst of one loses no notice: one event, every attempt logged', async (t) => {
  const calls: Call[] = []
  const hook = createServer(async (message, response) => {
    calls.push({ bytes: await buffer(message), signature: String(message.headers['x-webhook-signature']), response })
    hook.emit('call')
  })
  /** Waits for the call of this number, from 0. */
  const call = async (index: number): Promise<Call> => {
    while (calls.length <= index) await once(hook, 'call', { signal: AbortSignal.timeout(60_000) })
    return calls[index]!
  }
  hook.listen(0, '127.0.0.1')
  await once(hook, 'listening')
  const folder = makeDataFolder()
  const environment = { ROSTRUM_ALLOW_PRIVATE_URLS: '1', ROSTRUM_WORKERS: '1' }
  let server = await startServer(folder.path, environment)
  t.after(async () => {
    await server.stop('SIGKILL')
    hook.closeAllConnections()
    hook.close()
    folder.remove()
  })
  const url = `http://127.0.0.1:${(hook.address() as { port: number }).port}/`
  const events = ['generated_avatar_video_failed']
  const endpoint = (await server.post('/v2/endpoint', { url, status: 'enabled', events })).body.data as {
    secret: string
  }
  const made = await server.post('/v2/create_video_from_avatar', {
    script: 'Nobody will hear this.',
    avatar_id: 127,
    voice_id: 'flite-slt',
    aspect_ratio: 'portrait',
    screen_style: 1,
  })
  const { video_id: id } = made.body.data as { video_id: string }
  await server.post(`/rostrum/v1/videos/${id}/cancel`, {})
  /** The one delivery, once it is as it should be. */
  const delivery = (what: string, isSo: (delivery: Delivery) => boolean) =>
    until(what, 30, async () => {
      const list = (await server.get(`/rostrum/v1/webhooks/deliveries?video_id=${id}`)).body as unknown as {
        deliveries: { id: string }[]
      }
      assert.ok(list.deliveries.length <= 1)
      if (!list.deliveries[0]) return null
      const { body } = await server.get(`/rostrum/v1/webhooks/deliveries/${list.deliveries[0].id}`)
      return isSo(body as unknown as Delivery) ? (body as unknown as Delivery) : null
    })

  const first = await call(0)
  first.response.writeHead(500).end()
  await delivery('the first attempt is logged', ({ log }) => log[0]?.status === 500)
  await server.stop('SIGKILL')

  server = await startServer(folder.path, environment)
  await call(1)
  await server.stop('SIGKILL')

  server = await startServer(folder.path, environment)
  const third = await call(2)
  third.response.writeHead(200).end()
  const { event_id: eventId, log } = await delivery('it is delivered', ({ status }) => status === 'delivered')

  assert.match(eventId, /^evt_[0-9a-f]{24}$/)
  assert.equal(calls.length, 3)
  for (const { bytes, signature } of calls) {
    assert.equal(signature, createHmac('sha256', endpoint.secret).update(bytes).digest('hex'))
    assert.deepEqual(bytes, first.bytes)
  }
  const told = JSON.parse(String(first.bytes)) as { event_id: string; data: { video_id: string } }
  assert.deepEqual([told.event_id, told.data.video_id], [eventId, id])
  // The second was under way when the server died, so nobody knows what it would have answered.
  assert.deepEqual(
    log.map(({ number, status }) => [number, status]),
    [
      [1, 500],
      [2, null],
      [3, 200],
    ],
  )
})
