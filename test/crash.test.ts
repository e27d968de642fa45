// The whole process dies at any moment: every accepted video still ends, once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { makeDataFolder, startServer, videoEnded } from './kit.ts'

const SCRIPT =
  'The first sentence is here so that there is something to say. ' +
  'The second one goes on for a while, because a longer video is cut into more than one segment. ' +
  'The third one mentions a boat, a market and a map, and then the speaker has made the point.'

test('videos that were accepted before kill -9 are finished after the next start', async () => {
  const folder = makeDataFolder()
  let server = await startServer(folder.path)
  try {
    const ids: string[] = []
    // While preparing, while rendering, and near the end.
    for (const [index, milliseconds] of [150, 1700, 3600].entries()) {
      const { body } = await server.post('/v2/create_video_from_avatar', {
        avatar: { avatar_id: 81, avatar_type: 0 },
        voice: { type: 'script', script: `Take ${index + 1}. ${SCRIPT}`, voice_id: 'flite-slt' },
        aspect_ratio: 'square',
        screen_style: 1,
      })
      assert.equal(body.code, 0, body.msg)
      ids.push((body.data as { video_id: string }).video_id)
      await wait(milliseconds)
      await server.stop('SIGKILL')
      server = await startServer(folder.path)
    }
    for (const id of ids) {
      const video = await videoEnded(server, id)
      assert.equal(video.status, 'completed', video.error?.message)
      const file = await fetch(video.video_url)
      assert.equal(file.status, 200)
      assert.ok((await file.arrayBuffer()).byteLength > 100_000)
    }
    assert.equal(new Set(ids).size, 3)
  } finally {
    await server.stop('SIGKILL')
    folder.remove()
  }
})

test('SIGTERM drains and exits 0 within ten seconds, and what was under way is finished later', async () => {
  const folder = makeDataFolder()
  let server = await startServer(folder.path)
  try {
    const { body } = await server.post('/v2/create_video_from_avatar', {
      avatar: { avatar_id: 81, avatar_type: 0 },
      voice: { type: 'script', script: SCRIPT, voice_id: 'flite-slt' },
      aspect_ratio: 'square',
      screen_style: 1,
    })
    assert.equal(body.code, 0, body.msg)
    await wait(1200)
    const from = performance.now()
    assert.equal(await server.stop('SIGTERM'), 0)
    assert.ok(performance.now() - from < 10_000)
    server = await startServer(folder.path)
    const video = await videoEnded(server, (body.data as { video_id: string }).video_id)
    assert.equal(video.status, 'completed', video.error?.message)
  } finally {
    await server.stop('SIGKILL')
    folder.remove()
  }
})
