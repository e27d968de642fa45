// JoggAI /open over real HTTP: the founding page's requests.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
serverOfSuite({}, async (opened) => {
  server = opened
})

const RENDER = '/open/render/talking_avatar'
const BODY = {
  aspect_ratio: 0,
  script: 'Hello.',
  person_id: 81,
  person_source: 0,
  screen_style: 1,
  tts_voice_id: 'en-US-ChristopherNeural',
  render_subtitle: 2,
}

test('avatars and timbres are listed as the page shows', async () => {
  const avatars = (await server.get('/open/avatar?aspect_ratio=0')).answer.data?.avatars as Record<string, unknown>[]
  assert.ok(avatars.some(({ id, name, cover_url: cover }) => id === 81 && name && String(cover).startsWith('http')))
  assert.deepEqual((await server.get('/open/avatar/user')).answer.data, { avatars: [] })
  const { total, timbres } = (await server.get('/open/timbre?gender=female')).answer.data as {
    total: number
    timbres: Record<string, unknown>[]
  }
  assert.equal(total, timbres.length)
  assert.ok(total > 0 && timbres.every((each) => each.lang_id && each.audition_url && each.language))
  assert.deepEqual((await server.get('/open/timbre/user')).answer.data, { total: 0, timbres: [] })
})

test('a talking avatar is rendered, and its project told until it has succeeded', async () => {
  const { answer } = await server.post(RENDER, BODY)
  assert.equal(answer.code, 0, answer.msg)
  assert.deepEqual(Object.keys(answer.data ?? {}), ['prj_id'])
  const id = String(answer.data?.prj_id)
  const info = async () => (await server.get(`/open/prj_info?project_id=${id}`)).answer.data!
  const waiting = await info()
  assert.deepEqual([waiting.status, waiting.video_url, waiting.aspect_ratio, waiting.err_msg], [2, '', 0, ''])
  await server.complete(id, new Uint8Array([1]))
  const done = await info()
  assert.deepEqual([done.status, done.progress, done.video_duration], [4, 100, 4])
  assert.equal((await fetch(String(done.video_url))).status, 200)
})

test('what goes beyond JoggAI is taken here too', async () => {
  const url = 'https://example.com/a.png'
  const more = {
    render_subtitle: 'on',
    caption_style: 'plain',
    layout: 'split_top',
    watermark: { url },
    outputs: ['mp3'],
  }
  const { answer } = await server.post(RENDER, { ...BODY, ...more })
  const id = String(answer.data?.prj_id)
  const { spec } = await server.services.jobs.get('owner', id)
  assert.deepEqual([spec.captions, spec.watermark?.source], [{ style: 'plain' }, { url }])
  assert.equal(spec.scenes[0]?.character?.stance?.window?.shape, 'rectangle')
  await server.complete(id, new Uint8Array([1]))
  const { files } = (await server.get(`/open/prj_info?project_id=${id}`)).answer.data as { files: { type: string }[] }
  assert.deepEqual(
    files.map(({ type }) => type),
    ['mp4', 'mp3'],
  )
})

test('a recording is rendered, and its words are taken along', async () => {
  const url = 'https://example.com/a.mp3'
  for (const [more, transcript] of [
    [{}, {}],
    [{ transcript: 'Hello.' }, { transcript: { text: 'Hello.', voiceId: 'flite-slt' } }],
  ] as const) {
    const body = { ...BODY, script: '', tts_voice_id: 'flite-slt', audio_script: { url, duration: 3.5, ...more } }
    const { answer } = await server.post(RENDER, body)
    assert.equal(answer.code, 0, answer.msg)
    const { spec } = await server.services.jobs.get('owner', String(answer.data?.prj_id))
    assert.deepEqual(spec.scenes[0]?.voice, { kind: 'recording', source: { url }, ...transcript })
  }
})

test('refusals name the fields of this generation, and stand under error and message too', async () => {
  for (const [body, words] of [
    [
      { ...BODY, audio_script: { url: 'https://example.com/a.mp3', duration: 3.5 } },
      /script and audio_script\.url are both set/,
    ],
    [{ ...BODY, audio_script: { url: 'nowhere' }, script: '' }, /audio_script\.url: .*nowhere/],
    [{ ...BODY, person_id: undefined }, /person_id is required/],
    [{ ...BODY, person_source: 7 }, /person_source: 7 cannot be used/],
    [{ ...BODY, tts_voice_id: '' }, /tts_voice_id is required/],
    [{ ...BODY, render_subtitle: 5 }, /render_subtitle: 5 cannot be used/],
  ] as const) {
    const { status, answer } = await server.post(RENDER, body)
    assert.deepEqual([status, answer.code], [200, 40000], answer.msg)
    assert.match(answer.msg, words)
    const { error, message } = answer as unknown as { error: number; message: string }
    assert.deepEqual([error, message], [40000, answer.msg])
  }
  assert.equal((await server.get(RENDER)).status, 404)
  assert.equal((await server.get('/open/avatar', { 'x-api-key': '' })).status, 401)
})
