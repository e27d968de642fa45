// A notice survives the death of the server that was sending it.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { makeDataFolder, startServer, until } from './kit.ts'

test('kill -9 between two attempts loses no notice: the same event comes again after the next start', async (t) => {
  const received: { body: string; signature: string }[] = []
  const hook = createServer(async (message, response) => {
    received.push({ body: await text(message), signature: String(message.headers['x-webhook-signature']) })
    response.statusCode = received.length === 1 ? 500 : 200
    response.end()
  })
  await new Promise<void>((done) => hook.listen(0, '127.0.0.1', done))
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
  await until('the first attempt', 60, async () => (received.length >= 1 ? true : null))
  await server.stop('SIGKILL')

  server = await startServer(folder.path, environment)
  await until('the second attempt', 60, async () => (received.length >= 2 ? true : null))
  assert.equal(received[1]!.body, received[0]!.body)
  const signature = createHmac('sha256', endpoint.secret).update(received[1]!.body).digest('hex')
  assert.deepEqual([received[0]!.signature, received[1]!.signature], [signature, signature])
  assert.match(received[0]!.body, new RegExp(`"event_id":"evt_[0-9a-f]{24}".*"video_id":"${id}"`))
  type Log = { status: string; log: { number: number; status: number | null }[] }
  const log = await until('the delivery is logged', 30, async () => {
    const { deliveries } = (await server.get(`/rostrum/v1/webhooks/deliveries?video_id=${id}`)).body as unknown as {
      deliveries: { id: string; status: string }[]
    }
    if (deliveries[0]?.status !== 'delivered') return null
    return (await server.get(`/rostrum/v1/webhooks/deliveries/${deliveries[0].id}`)).body as unknown as Log
  })
  assert.equal(log.log.at(-1)?.status, 200)
  assert.deepEqual(
    log.log.map(({ number }) => number),
    log.log.map((_, index) => index + 1),
  )
})
