// The founding page's request, over real HTTP, becomes a file that any player takes.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { probe } from '../src/engines/media/probe.ts'
import { makeDataFolder, type Server, startServer, until, type VideoAnswer, videoEnded } from './kit.ts'

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

test('one HeyGen request makes clean and captioned files in several shapes and formats, each under its own link', async () => {
  const scene = {
    voice: { type: 'text', voice_id: 'flite-slt', input_text: 'Two words.' },
    background: { type: 'color', value: '#204060' },
  }
  const { body } = await server.post('/heygen/v2/video/generate', {
    video_inputs: [scene, { ...scene, background: { type: 'color', value: '#602040' } }],
    dimension: { width: 320, height: 180 },
    cross_fade: 0.2,
    outputs: [{ format: 'mp4', aspect_ratio: '9:16', captions: true }, 'webm', 'mov', 'mp3', 'vtt'],
  })
  const id = (body.data as { video_id: string }).video_id
  type Made = { type: string; kind: string; captions: boolean; width: number; height: number; url: string }
  type Status = { status: string; error: unknown; duration: number; files: readonly Made[] }
  const told = await until('the video has ended', 120, async () => {
    const status = (await server.get(`/heygen/v1/video_status.get?video_id=${id}`)).body.data as Status
    return status.status === 'completed' || status.status === 'failed' ? status : null
  })
  assert.equal(told.status, 'completed', JSON.stringify(told.error))
  assert.deepEqual(
    told.files.map(({ type, captions }) => [type, captions]),
    [
      ['mp4', false],
      ['gif', false],
      ['mp4', true],
      ['webm', false],
      ['mov', false],
      ['mp3', false],
      ['vtt', false],
    ],
  )
  for (const [index, { type, kind, width, height, url }] of told.files.entries()) {
    const answer = await fetch(url)
    assert.equal(answer.status, 200, type)
    const path = join(folder.path, `file-${index}.${type}`)
    writeFileSync(path, new Uint8Array(await answer.arrayBuffer()))
    if (kind !== 'video') continue
    const facts = await probe(path)
    assert.deepEqual([facts.width, facts.height], [width, height])
    assert.ok(Math.abs(facts.durationSeconds - told.duration) < 0.05, `${type}: ${facts.durationSeconds}`)
  }
  assert.deepEqual([told.files[2]?.width, told.files[2]?.height], [180, 320])
  assert.match(readFileSync(join(folder.path, 'file-6.vtt'), 'utf8'), /Two words\./)
})
