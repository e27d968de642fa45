// The founding page's request, over real HTTP, becomes a file that any player takes.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { probe } from '../src/engines/media/probe.ts'
import { makeDataFolder, type Server, startServer, type VideoAnswer, videoEnded } from './kit.ts'

let folder: ReturnType<typeof makeDataFolder>
let server: Server
let video: VideoAnswer

before(async () => {
  folder = makeDataFolder()
  server = await startServer(folder.path)
  const { body } = await server.post('/v2/create_video_from_avatar', {
    script: 'Welcome to JoggAI! Create amazing avatar videos with our API.',
    avatar_id: 127,
    voice_id: 'en-US-ChristopherNeural',
    aspect_ratio: 0,
    screen_style: 0,
  })
  assert.equal(body.code, 0, body.msg)
  video = await videoEnded(server, (body.data as { video_id: string }).video_id)
})

after(async () => {
  await server?.stop('SIGKILL')
  folder?.remove()
})

test('the video is completed, with links that carry everything a browser needs', async () => {
  assert.equal(video.status, 'completed', video.error?.message)
  assert.ok(video.duration > 2 && video.duration < 10)
  const cover = await fetch(video.cover_url)
  assert.equal(cover.headers.get('content-type'), 'image/jpeg')
  const middle = await fetch(video.video_url, { headers: { range: 'bytes=1000-1999' } })
  assert.equal(middle.status, 206)
  assert.equal((await middle.arrayBuffer()).byteLength, 1000)
})

test('the file is H.264 high, yuv420p, bt709, 25 fps, AAC 48 kHz, faststart, sound and picture of one length', async () => {
  const path = join(folder.path, 'result.mp4')
  writeFileSync(path, new Uint8Array(await (await fetch(video.video_url)).arrayBuffer()))
  const facts = await probe(path)
  assert.equal(facts.width, 1080)
  assert.equal(facts.height, 1920)
  assert.equal(facts.fps, 25)
  assert.equal(facts.videoCodec, 'h264')
  assert.match(facts.profile, /high/i)
  assert.equal(facts.pixelFormat, 'yuv420p')
  assert.equal(facts.faststart, true)
  assert.equal(facts.isConstantFrameRate, true)
  assert.equal(facts.audio?.codec, 'aac')
  assert.equal(facts.audio?.sampleRate, 48000)
  assert.ok(Math.abs(facts.durationSeconds - facts.audio.durationSeconds) <= 1 / 25)
  assert.ok(Math.abs(facts.durationSeconds - video.duration) <= 1)
})
