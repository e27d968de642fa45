// JoggAI v2 lip sync over real HTTP: asked for, looked at, found again by what it was made of.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MOST_FOOTAGE } from '../../../core/spec.ts'
import { serverOfSuite } from '../test-server.ts'

const suite = serverOfSuite({ settings: { allowPrivateUrls: false } })
const CREATE = '/v2/create_lip_sync_video'
const BODY = { video_url: 'https://example.com/person.mp4', audio_url: 'https://example.com/sound.mp3' }
const created = async (body: object = BODY) => {
  const { status, answer } = await suite.server.post(CREATE, body)
  assert.equal(status, 200)
  assert.equal(answer.code, 0, answer.msg)
  return String(answer.data?.task_id)
}
const query = (fields: Record<string, string>) => `/v2/lip_sync_video?${new URLSearchParams(fields)}`
const otherAccount = async () => ({
  'x-api-key': (await suite.server.services.keys.create({ accountId: 'yours' })).key,
})

describe('a lip sync video', () => {
  test('is a job of footage and a recording, which nobody has painted', async () => {
    const { status, answer } = await suite.server.post(CREATE, { ...BODY, playback_type: 'normal_reverse' })
    assert.equal(status, 200)
    assert.deepEqual(answer.data, { task_id: answer.data?.task_id, status: 'pending' })
    const { spec } = await suite.server.services.jobs.get('owner', String(answer.data?.task_id))
    assert.deepEqual(spec.footage, { source: { url: BODY.video_url }, playback: 'normal_reverse' })
    assert.deepEqual(spec.canvas, MOST_FOOTAGE)
    assert.deepEqual(spec.scenes, [
      {
        character: null,
        voice: { kind: 'recording', source: { url: BODY.audio_url } },
        background: { kind: 'color', color: '#000000' },
      },
    ])
  })

  test('is pending with every field that clients look for, nulls where nothing is yet', async () => {
    const id = await created()
    const { answer } = await suite.server.get(`/v2/lip_sync_video/${id}`)
    const { created_at: at } = answer.data as { created_at: number }
    assert.ok(Number.isInteger(at))
    assert.deepEqual(answer.data, {
      task_id: id,
      status: 'pending',
      created_at: at,
      completed_at: null,
      progress: 0,
      data: null,
      error: null,
    })
  })

  test('ends with the word success, its links and its length', async () => {
    const id = await created()
    await suite.server.complete(id, new Uint8Array([1]))
    const { answer } = await suite.server.get(`/v2/lip_sync_video/${id}`)
    const { status, completed_at, data, error } = answer.data as Record<string, unknown>
    assert.equal(status, 'success')
    assert.ok(Number.isInteger(completed_at))
    assert.equal(error, null)
    const { result_url, cover_url, duration_seconds } = data as Record<string, string | number>
    assert.equal(duration_seconds, 4.2)
    for (const link of [result_url, cover_url]) assert.equal((await fetch(String(link))).status, 200)
  })

  test('fails with a reason', async () => {
    const id = await created()
    await suite.server.services.jobs.fail(id, 'No face is seen in the video.')
    const { answer } = await suite.server.get(`/v2/lip_sync_video/${id}`)
    assert.equal(answer.data?.status, 'failed')
    assert.equal(answer.data?.data, null)
    assert.deepEqual(answer.data?.error, { message: 'No face is seen in the video.' })
  })

  test('is found by its inputs, the latest of equal ones; normal is the playback that is meant where none is said', async () => {
    const body = { ...BODY, audio_url: 'https://example.com/found.mp3' }
    await created(body)
    const latest = await created({ ...body, playback_type: 'normal' })
    await created({ ...body, playback_type: 'normal_reverse' })
    for (const asked of [body, { ...body, playback_type: 'normal' }, { ...body, playback_type: '' }]) {
      const { answer } = await suite.server.get(query(asked))
      assert.equal(answer.data?.task_id, latest)
    }
    const { answer } = await suite.server.get(query({ ...body, audio_url: `${body.audio_url}?2` }))
    assert.equal(answer.code, 10104)
  })

  test('of another account is not there', async () => {
    const id = await created()
    const key = await otherAccount()
    for (const path of [`/v2/lip_sync_video/${id}`, query(BODY)]) {
      const { answer } = await suite.server.get(path, key)
      assert.equal(answer.code, 10104, answer.msg)
    }
  })

  test('has an id that is known with dashes too; other ids are not there, nor are those of other videos', async () => {
    const id = await created()
    const dashed = id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    assert.equal((await suite.server.get(`/v2/lip_sync_video/${dashed}`)).answer.data?.task_id, id)
    const other = await suite.server.services.jobs.create({
      accountId: 'owner',
      spec: { name: '', canvas: MOST_FOOTAGE, scenes: [], seed: 1 },
    })
    for (const unknown of ['nothing', '3d5c6930-d0da-4f7b-826e-cd1530f6734f', other.id]) {
      const { answer } = await suite.server.get(`/v2/lip_sync_video/${unknown}`)
      assert.equal(answer.code, 10104)
      assert.match(answer.msg, /lip sync task/)
    }
  })

  for (const [what, body, words] of [
    ['no video', { audio_url: BODY.audio_url }, /video_url is required/],
    ['no sound', { video_url: BODY.video_url, audio_url: '' }, /audio_url is required/],
    ['another playback', { ...BODY, playback_type: 'sideways' }, /playback_type.*normal_reverse_by_audio/],
    ['an address that is none', { ...BODY, video_url: 'person.mp4' }, /video_url/],
    ['an address in a private network', { ...BODY, video_url: 'http://127.0.0.1/person.mp4' }, /video_url/],
  ] as const) {
    test(`is refused with ${what}`, async () => {
      const { answer } = await suite.server.post(CREATE, body)
      assert.equal(answer.code, 40000)
      assert.match(answer.msg, words)
    })
  }

  test('tells no endpoint of avatar videos', async () => {
    const { NOTICE_WRITERS } = await import('../notice-writers.ts')
    const job = await suite.server.services.jobs.get('owner', await created())
    assert.deepEqual(NOTICE_WRITERS['joggai-v2']?.write(job, 'completed', String), [])
  })
})
