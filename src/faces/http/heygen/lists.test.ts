// HeyGen's lists, folders and webhook endpoints over real HTTP.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { askHeyGen, type HeyGenAnswer, serverOfSuite, type TestServer } from '../test-server.ts'

let server: TestServer
let stranger: Record<string, string>
serverOfSuite({}, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  askHeyGen(server, method, path, body, headers)

describe('the catalogue', () => {
  test('avatars, their details and groups have every field that clients insist on', async () => {
    const { data, error } = (await ask('GET', '/v2/avatars')).body as { data: never; error: null }
    assert.equal(error, null)
    const { avatars, talking_photos: photos } = data as {
      avatars: Record<string, unknown>[]
      talking_photos: unknown[]
    }
    assert.equal(avatars.length, server.services.library.list().length)
    assert.deepEqual(photos, [])
    const first = avatars[0]!
    for (const name of [
      'avatar_id',
      'avatar_name',
      'gender',
      'preview_image_url',
      'preview_video_url',
      'default_voice_id',
    ]) {
      assert.equal(typeof first[name], 'string', name)
    }
    const details = (await ask('GET', `/v2/avatar/${first.avatar_id}/details`)).body.data as Record<string, unknown>
    assert.deepEqual([details.type, details.id, details.is_public], ['avatar', first.avatar_id, true])
    assert.equal((await ask('GET', '/v2/avatar/nobody/details')).status, 404)
    const groups = async (query: string) =>
      (await ask('GET', `/v2/avatar_group.list${query}`)).body.data as { total_count: number }
    assert.equal((await groups('')).total_count, 0)
    assert.equal((await groups('?include_public=true')).total_count, avatars.length)
    const looks = (await ask('GET', `/v2/avatar_group/${first.avatar_id}/avatars`)).body.data as {
      avatar_list: unknown[]
    }
    assert.equal(looks.avatar_list.length, 1)
  })

  test('voices come in HeyGen’s words to who asks for HeyGen, by prefix, host, key or Bearer', async () => {
    const made = await server.services.keys.create({ dialect: 'heygen' })
    for (const [path, headers] of [
      ['/heygen/v2/voices', {}],
      ['/v2/voices', { 'x-api-key': made.key }],
    ] as const) {
      const { body } = await ask('GET', path, undefined, headers)
      const voice = (body.data as { voices: Record<string, unknown>[] }).voices[0]!
      assert.equal(body.error, null)
      assert.match(String(voice.preview_audio), /^http/)
      assert.match(String(voice.language), /^[A-Z]/)
      for (const name of ['support_pause', 'emotion_support', 'support_interactive_avatar', 'support_locale']) {
        assert.equal(typeof voice[name], 'boolean', name)
      }
    }
    const bearer = await fetch(`${server.address}/v2/voices`, { headers: { authorization: `Bearer ${made.key}` } })
    assert.equal(((await bearer.json()) as HeyGenAnswer).error, null)
  })

  test('the account, its quota and the empty lists', async () => {
    assert.deepEqual((await ask('GET', '/v1/user/me')).body.data, {
      username: 'Rostrum',
      email: 'owner@localhost',
      first_name: 'Rostrum',
      last_name: '',
      remaining_quota: 60_000_000,
    })
    const quota = (await ask('GET', '/heygen/v2/user/remaining_quota')).body.data as {
      remaining_quota: number
      details: Record<string, number>
    }
    for (const name of ['api', 'seat', 'streaming_avatar', 'streaming_avatar_instance_quota']) {
      assert.ok(Number.isInteger(quota.details[name]), name)
    }
    assert.deepEqual((await ask('GET', '/heygen/v2/templates')).body, { error: null, data: { templates: [] } })
    assert.deepEqual((await ask('GET', '/v1/brand_voice/list')).body.data, { list: [], total: 0, token: null })
    assert.deepEqual((await ask('GET', '/v1/talking_photo.list')).body.data, [])
    assert.equal((await ask('GET', '/v2/talking_photos')).status, 404)
  })
})

describe('folders', () => {
  test('are made, named, thrown away and brought back, each account its own', async () => {
    const make = await ask('POST', '/v1/folders/create', { name: 'Spring' })
    assert.equal(make.body.error, null)
    const folder = make.body.data as Record<string, unknown>
    assert.deepEqual(
      [folder.name, folder.project_type, folder.is_trash, folder.parent_id],
      ['Spring', 'mixed', false, null],
    )
    const path = `/v1/folders/${folder.id}`
    assert.equal(((await ask('POST', path, { name: 'Summer' })).body.data as { name: string }).name, 'Summer')
    assert.equal((await ask('POST', path, { name: 'Mine' }, stranger)).status, 404)
    await ask('POST', '/v1/folders/create', { name: 'Inner', parent_id: folder.id })
    assert.equal(((await ask('POST', `${path}/trash`)).body.data as { is_trash: boolean }).is_trash, true)
    const list = async (query: string) =>
      (await ask('GET', `/v1/folders?${query}`)).body.data as { folders: Record<string, unknown>[]; total: number }
    assert.deepEqual(
      (await list('is_trash=true')).folders.map(({ name, direct_children_count: n }) => [name, n]),
      [['Summer', 1]],
    )
    assert.equal(((await ask('POST', `${path}/restore`)).body.data as { is_trash: boolean }).is_trash, false)
    assert.equal((await list('limit=1')).total, 2)
    assert.match(
      (await ask('POST', '/v1/folders/create', {})).body.error?.message ?? '',
      /name is invalid: field required/,
    )
    assert.equal((await ask('POST', '/v1/folders/create', { name: 'x', parent_id: 'y' })).body.error?.code, 'not_found')
  })
})

describe('webhook endpoints', () => {
  test('are added with all events or some, listed with their secrets, changed and deleted', async () => {
    const add = await ask('POST', '/v1/webhook/endpoint.add', { url: 'https://example.com/hook', events: [] })
    const endpoint = add.body.data as Record<string, unknown>
    assert.deepEqual([add.status, add.body.code, endpoint.events, endpoint.status], [200, 100, null, 'enabled'])
    assert.match(String(endpoint.endpoint_id), /^[0-9a-f]{32}$/)
    assert.match(String(endpoint.created_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}$/)
    const change = await ask('PATCH', '/v1/webhook/endpoint.update', {
      endpoint_id: endpoint.endpoint_id,
      url: 'https://example.com/other',
      events: ['avatar_video.success'],
    })
    assert.deepEqual(change.body.data, {
      ...endpoint,
      url: 'https://example.com/other',
      events: ['avatar_video.success'],
    })
    assert.deepEqual((await ask('GET', '/v1/webhook/endpoint.list')).body.data, [change.body.data])
    const drop = `/v1/webhook/endpoint.delete?endpoint_id=${endpoint.endpoint_id}`
    assert.deepEqual((await ask('DELETE', drop, undefined, stranger)).body, {
      code: 400131,
      message: 'Webhook endpoint not found',
    })
    assert.equal((await ask('DELETE', drop)).body.data, null)
    assert.equal((await ask('DELETE', drop)).body.code, 400131)
    const wrong = await ask('POST', '/v1/webhook/endpoint.add', { url: 'http://127.0.0.1/' })
    assert.deepEqual([wrong.status, wrong.body.code], [400, 400542])
    const events = (await ask('GET', '/v1/webhook/webhook.list')).body.data as string[]
    assert.ok(events.includes('avatar_video.success') && events.includes('avatar_video.fail'))
  })
})
