// HeyGen's published client, unchanged, against a real server that renders: from the list of avatars to a file on disk.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, mock, test } from 'node:test'
import { HeygenSDK } from '@teamduality/heygen-typescript-sdk'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { API_KEY, makeDataFolder, type Server, startServer, until } from './kit.ts'

let folder: ReturnType<typeof makeDataFolder>
let server: Server

before(async () => {
  folder = makeDataFolder()
  server = await startServer(folder.path)
  const direct = globalThis.fetch
  const host = /^https:\/\/(api|upload)\.heygen\.com/
  mock.method(globalThis, 'fetch', (url: string | URL, init?: RequestInit) =>
    direct(String(url).replace(host, `${server.url}/heygen`), init),
  )
})

after(async () => {
  await server?.stop('SIGKILL')
  folder?.remove()
})

test('three scenes are polled to their end, each as long, as coloured and as placed as was asked for', async () => {
  const sdk = new HeygenSDK(API_KEY)
  const { voices } = await sdk.voices.list()
  const { video_id: id } = await sdk.videos.generation.create({
    title: 'Three scenes',
    callback_id: 'mine',
    dimensions: { width: 320, height: 180 },
    video_inputs: [
      {
        character: { type: 'avatar', avatar_id: 'nora', scale: 0.5, offset: { x: 0.25, y: 0.25 } },
        voice: { type: 'text', voice_id: voices[0]!.voice_id, input_text: 'Hello there.' },
        background: { type: 'color', value: '#ff0000' },
      },
      { voice: { type: 'silence', duration: 1.2 }, background: { type: 'color', value: '#00ff00' } },
      {
        character: { type: 'avatar', avatar_id: 'nora', scale: 1, avatar_style: 'closeUp' },
        voice: { type: 'silence', duration: 1 },
        background: { type: 'color', value: '#0000ff' },
      },
    ],
  })
  const video = await until('the video has ended', 240, async () => {
    const status = await sdk.videos.generation.get(id)
    return status.status === 'completed' || status.status === 'failed' ? status : null
  })
  assert.equal(video.status, 'completed', JSON.stringify(video.error))
  assert.equal(video.callback_id, 'mine')

  const path = join(folder.path, 'heygen.mp4')
  writeFileSync(path, new Uint8Array(await (await fetch(video.video_url!)).arrayBuffer()))
  const lumas: { corner: number; lowerRight: number }[] = []
  for await (const { y, width } of decodeFrames(path)) {
    lumas.push({ corner: y[4 * width + 4]!, lowerRight: y[150 * width + 240]! })
  }
  assert.equal(lumas.length / 25, video.duration)
  // BT.709 luma of pure red, green and blue in limited range: 63, 173 and 32.
  const isNear = (luma: number, wanted: number) => Math.abs(luma - wanted) <= 3
  const count = (wanted: number) => lumas.filter(({ corner }) => isNear(corner, wanted)).length
  assert.deepEqual([count(173), count(32)], [30, 25])
  const first = lumas.length - 55
  assert.ok(lumas.slice(0, first).every(({ corner }) => isNear(corner, 63)))
  assert.ok(
    lumas.slice(0, first).every(({ lowerRight }) => !isNear(lowerRight, 63)),
    'she stands to the lower right',
  )

  await sdk.videos.generation.delete(id)
  await assert.rejects(sdk.videos.generation.get(id), { statusCode: 404 })
  assert.equal((await fetch(video.video_url!)).status, 404)
})
