// HeyGen's assets: uploaded, listed, shown and heard in videos, deleted.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { HeyGenAnswer } from '../test-server.ts'
import { heygenSuite, SCENE, sceneWith } from './test-requests.ts'

const { ask, generated, specOf, suite } = heygenSuite()

describe('assets', () => {
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = async (bytes: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>) => {
    const response = await suite.server.ask('/v1/asset', { method: 'POST', body: bytes, headers })
    return { status: response.status, body: (await response.json()) as HeyGenAnswer }
  }

  test('stand behind characters, by their ids and by their links, for their account alone', async () => {
    const { data } = (await upload(new Uint8Array(PNG), { 'content-type': 'image/png' })).body
    const { id, url } = data as { id: string; url: string }
    const sound = await upload('ID3 a sound', { 'content-type': 'audio/mpeg' })
    const soundId = (sound.body.data as { id: string }).id
    const behind = (fields: object) => sceneWith('background', { type: 'image', ...fields })
    const { fileKey } = await suite.server.services.assets.get('owner', id)
    for (const [fields, source, fit] of [
      [{ image_asset_id: id, fit: 'contain' }, { fileKey }, 'contain'],
      [{ url, fit: '' }, { fileKey }, 'cover'],
      [{ url: 'https://example.com/a.jpg', fit: 'none' }, { url: 'https://example.com/a.jpg' }, 'none'],
    ] as const) {
      const { scenes } = await specOf(await generated(behind(fields)))
      assert.deepEqual(scenes[0]?.background, { kind: 'picture', source, fit, color: '#f6f6fc' })
    }
    for (const [fields, status, words, headers] of [
      [{ image_asset_id: id }, 404, /background\.image_asset_id is invalid: asset not found/, suite.stranger],
      [{ image_asset_id: 'x' }, 404, /background\.image_asset_id is invalid: asset not found/, {}],
      [{ image_asset_id: soundId }, 400, /the asset is of the kind audio\. Send one of the kind image/, {}],
      [{ url: 'http://10.0.0.1/a.jpg' }, 400, /video_inputs\.0\.background\.url.*private network/, {}],
      [{ url: 'a.jpg' }, 400, /background\.url is invalid: got "a.jpg"/, {}],
      [{ image_asset_id: id, fit: 'stretch' }, 400, /background\.fit is invalid: got "stretch"/, {}],
    ] as const) {
      const answer = await ask('POST', '/v2/video/generate', behind(fields), headers)
      assert.equal(answer.status, status, JSON.stringify(fields))
      assert.match(answer.body.error?.message ?? '', words)
    }
    for (const each of [id, soundId]) await ask('POST', `/v1/asset/${each}/delete`)
  })

  test('are spoken by characters, by their ids and by their links, and so is what lies elsewhere', async () => {
    const { data } = (await upload('ID3 another sound', { 'content-type': 'audio/mpeg' })).body
    const { id, url } = data as { id: string; url: string }
    const spoken = (fields: object) => ({ video_inputs: [{ ...SCENE, voice: { type: 'audio', ...fields } }] })
    const { fileKey } = await suite.server.services.assets.get('owner', id)
    const far = 'https://example.com/a.mp3'
    const transcript = { text: 'Hello.', voiceId: 'flite-awb' }
    for (const [fields, voice] of [
      [{ audio_asset_id: id }, { source: { fileKey } }],
      [{ audio_url: url, audio_asset_id: '' }, { source: { fileKey } }],
      [
        { audio_url: far, transcript: 'Hello.', voice_id: 'flite-awb' },
        { source: { url: far }, transcript },
      ],
    ] as const) {
      const { scenes } = await specOf(await generated(spoken(fields)))
      assert.deepEqual(scenes[0]?.voice, { kind: 'recording', ...voice })
    }
    const missing = await ask('POST', '/v2/video/generate', spoken({ audio_asset_id: id }), suite.stranger)
    assert.deepEqual([missing.status, missing.body.error?.code], [404, 'asset_not_found'])
    await ask('POST', `/v1/asset/${id}/delete`)
  })

  test('are taken as raw bytes, known by their first ones, listed and deleted', async () => {
    const { body } = await upload(new Uint8Array(PNG), { 'content-type': 'application/octet-stream' })
    const asset = body.data as Record<string, unknown>
    assert.deepEqual([body.code, asset.file_type, asset.folder_id, asset.meta], [100, 'image', '', null])
    assert.equal(asset.image_key, `image/${asset.id}/original`)
    assert.ok(Number.isInteger(asset.created_ts))
    assert.deepEqual(Buffer.from(await (await fetch(String(asset.url))).arrayBuffer()), PNG)
    const list = async (query = '', headers = {}) =>
      (await ask('GET', `/v1/asset/list${query}`, undefined, headers)).body.data as {
        assets: { id: string }[]
        total: number
      }
    assert.deepEqual(
      (await list()).assets.map(({ id }) => id),
      [asset.id],
    )
    assert.equal((await list('?file_type=video')).total, 0)
    assert.equal((await list('', suite.stranger)).total, 0)
    assert.equal((await ask('POST', `/v1/asset/${asset.id}/delete`, undefined, suite.stranger)).status, 404)
    assert.equal((await ask('POST', `/v1/asset/${asset.id}/delete`)).body.data, null)
    assert.equal((await fetch(String(asset.url))).status, 404)
  })

  test('that are empty or no media are refused, and leave nothing', async () => {
    const empty = await upload('', { 'content-type': 'image/png' })
    assert.equal(empty.status, 400)
    assert.match(String(empty.body.message), /^asset data must be provided/)
    const text = await upload('hello', { 'content-type': 'image/png' })
    assert.equal(text.status, 400)
    assert.match(String(text.body.message), /no picture, video or sound/)
    assert.deepEqual(await suite.server.services.assets.list('owner'), [])
  })
})
