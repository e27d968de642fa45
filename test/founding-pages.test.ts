// The example requests of the services' own pages, sent byte for byte, and the whole answers that clients read.
import assert from 'node:assert/strict'
import { createServer, request as sendHttp } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { KEY, serverOfSuite, type TestServer } from '../src/faces/http/test-server.ts'
import { paperFaces, paperJpeg, paperPool } from '../src/services/test-kit.ts'
import { h2 } from './conformance/heygen-shapes.ts'
import { AVATAR, fault, jogg, LINK, VOICE } from './conformance/jogg-shapes.ts'
import { complaint, is, type Shape } from './conformance/shape.ts'

let server: TestServer
serverOfSuite({ pool: paperPool(paperFaces()), settings: { allowPrivateUrls: true } }, async (opened) => {
  server = opened
})

/** Sends what curl would: this method, these headers, these bytes, also on a GET. */
async function curl(method: string, path: string, body = '', header = 'x-api-key') {
  const sent = sendHttp(server.address + path, {
    method,
    headers: {
      [header]: KEY,
      accept: '*/*',
      'user-agent': 'curl/8.5.0',
      ...(body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}),
    },
  })
  sent.end(body)
  const response = await new Promise<import('node:http').IncomingMessage>((done, fail) => {
    sent.on('response', done)
    sent.on('error', fail)
  })
  return {
    status: response.statusCode,
    answer: JSON.parse(await text(response)) as { code?: number; message?: string; data: unknown },
  }
}

function assertIs(shape: Shape, answer: unknown): void {
  assert.equal(complaint(shape, answer), null, JSON.stringify(answer).slice(0, 500))
}

describe('JoggAI’s page on videos of avatars, v2', () => {
  test('its request is taken, and the video it made is told of', async () => {
    const body = `{
    "script": "Welcome to JoggAI! Create amazing avatar videos with our API.",
    "avatar_id": 127,
    "voice_id": "en-US-ChristopherNeural",
    "aspect_ratio": 0,
    "screen_style": 0
  }`
    const { status, answer } = await curl('POST', '/v2/create_video_from_avatar', body)
    assert.equal(status, 200)
    assertIs(jogg({ video_id: is.hex, status: 'pending', voice_id: is.filled, notes: is.list(is.filled) }), answer)
  })

  test('the values of its schema, nested, are taken too', async () => {
    const body = JSON.stringify({
      avatar: { avatar_type: 0, avatar_id: 81 },
      voice: {
        type: 'script',
        script: 'Hi, welcome to JoggAI and create longer videos with Talking Avatars in minutes!',
        voice_id: 'en-US-ChristopherNeural',
      },
      aspect_ratio: 'portrait',
      screen_style: 1,
      caption: true,
      webhook_url: 'https://example.com/webhook',
      video_name: 'My Talking Avatar Video',
    })
    const { answer } = await curl('POST', '/v2/create_video_from_avatar', body)
    assertIs(jogg({ video_id: is.hex, status: 'pending', voice_id: is.filled, notes: is.list(is.filled) }), answer)
    const { spec, origin } = await server.services.jobs.get(
      'owner',
      String((answer.data as Record<string, string>).video_id),
    )
    assert.deepEqual([spec.name, origin.callbackUrl], ['My Talking Avatar Video', 'https://example.com/webhook'])
  })
})

describe('JoggAI’s page on videos of the library, v1', () => {
  test('its video is asked for, made, and found as the page shows it', async () => {
    const body = `{
    "script": "Hi, welcome to JoggAI and create longer videos with Talking Avatars in minutes!",
    "aspect_ratio": 0,
    "screen_style": 1,
    "avatar_id": 127,
    "avatar_type": 0,
    "voice_id": "en-US-ChristopherNeural",
    "caption": true,
	"video_name":"my_video"   
}`
    const made = await curl('POST', '/v1/create_video_from_talking_avatar', body)
    assertIs(jogg({ project_id: is.hex, notes: is.list(is.filled) }), made.answer)
    const { project_id: id } = made.answer.data as { project_id: string }
    await server.complete(id, new Uint8Array([1]))
    for (const path of [`/v1/project?project_id=${id}`, `/v1/project/${id}`]) {
      assertIs(
        jogg({
          id,
          title: 'my_video',
          video_url: LINK,
          cover_url: LINK,
          video_duration: 4,
          status: 4,
          status_code: 4,
          status_desc: 'success',
          created_at: is.int,
          progress: 100,
          notes: is.list(is.filled),
        }),
        (await curl('GET', path)).answer,
      )
    }
    const other = await curl('GET', '/v1/project?project_id=fa6228c0f52c4f3986e88f7ffa5d2864')
    assertIs(fault(10104, /^Record not found/), other.answer)
  })

  test('its lists, with the filters it names', async () => {
    const avatars = await curl('GET', '/v1/avatars?aspect_ratio=0&style=professional&gender=male&age=adult')
    const avatar = { ...AVATAR, aspect_ratio: 0, style: 'professional', gender: 'male', age: 'adult', status: 0 }
    assertIs(jogg({ avatars: is.some(avatar) }), avatars.answer)
    const voices = await curl('GET', '/v1/voices?gender=female&language=english&age=young')
    const voice = { ...VOICE, language: 'english', gender: 'female', age: 'young', audition_url: is.url }
    assertIs(jogg({ total: is.int, voices: is.some(voice), has_more: is.flag }), voices.answer)
  })
})

describe('JoggAI’s page on the oldest paths', () => {
  test('its lists', async () => {
    assertIs(jogg({ avatars: is.some(AVATAR) }), (await curl('GET', '/open/avatar?aspect_ratio=0')).answer)
    assertIs(jogg({ avatars: [] }), (await curl('GET', '/open/avatar/user')).answer)
    const timbre = { name: is.filled, lang_id: is.filled, audition_url: is.url, language: is.filled, gender: 'female' }
    const { answer } = await curl('GET', '/open/timbre?gender=female')
    assertIs(jogg({ total: is.int, timbres: is.some(timbre) }), answer)
    assertIs(jogg({ total: 0, timbres: [] }), (await curl('GET', '/open/timbre/user')).answer)
  })

  test('its video of a recording', async () => {
    const body = `{
    "aspect_ratio": 0,
    "audio_script": {
                "url": "https://example.com/audio.mp3",
                "duration": 5.5
              },
    "person_id": 81,
    "person_source": 0,
    "screen_style": 1,
    "tts_voice_id": "en-US-ChristopherNeural",
    "render_subtitle": 2
}`
    assertIs(jogg({ prj_id: is.hex }), (await curl('POST', '/open/render/talking_avatar', body)).answer)
  })
})

test('JoggAI’s page on photo avatars: a picture and a name, wherever the picture lies', async (t) => {
  const host = createServer((_request, response) => response.end(paperJpeg('portrait')))
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done))
  t.after(() => host.close())
  const at = `http://127.0.0.1:${(host.address() as { port: number }).port}`
  const body = `{
    "photo_url": "${at}/portrait.jpg",
    "name": "John Doe Avatar"
  }`
  const { answer } = await curl('POST', '/joggai/v2/photo_avatar/photo/generate', body)
  assertIs(jogg({ photo_id: is.hex }), answer)
})

test('HeyGen’s page: every field of its tables in one request', async () => {
  const asset = await server.ask('/v1/asset', {
    method: 'POST',
    body: paperJpeg('a'),
    headers: { 'content-type': 'image/jpeg' },
  })
  const { id: image } = ((await asset.json()) as { data: { id: string } }).data
  const body = JSON.stringify({
    caption: false,
    title: 'All of it',
    callback_id: 'mine',
    callback_url: 'https://example.com/done',
    folder_id: 'f',
    dimension: { width: 1280, height: 720 },
    video_inputs: [
      {
        character: {
          type: 'avatar',
          avatar_id: 'josh_lite3_20230714',
          scale: 0.5,
          avatar_style: 'normal',
          offset: { x: 0.1, y: -0.1 },
          matting: true,
          circle_background_color: '#f6f6fc',
        },
        voice: {
          type: 'text',
          voice_id: '1bd001e7e50f421d891986aad5158bc8',
          input_text: 'Hello. <break time="1s"/> And welcome.',
          speed: 1.1,
          pitch: 5,
          emotion: 'Friendly',
          locale: 'en-US',
          elevenlabs_settings: { model: 'eleven_turbo_v2_5', similarity_boost: 0.5, stability: 0.5, style: 0 },
        },
        background: { type: 'color', value: '#f6f6fc' },
      },
      {
        voice: { type: 'silence', duration: 1 },
        background: { type: 'image', image_asset_id: image, fit: 'contain' },
      },
    ],
  })
  const { status, answer } = await curl('POST', '/v2/video/generate', body, 'X-Api-Key')
  assert.equal(status, 200)
  assertIs(h2({ video_id: is.hex }), answer)
})

test('a JSON body on a GET, dot segments and slashes, and any case of the key’s header change nothing', async () => {
  for (const [path, header] of [
    ['/v1/user/me', 'X-API-KEY'],
    ['/v2/../v1/user/me', 'x-api-key'],
    ['//v1//user/me/', 'X-Api-Key'],
  ] as const) {
    const { status, answer } = await curl('GET', path, '{}', header)
    assert.deepEqual([status, answer.code, answer.message], [200, 100, 'Success'], path)
  }
  const { answer } = await curl('GET', '/v2/avatars/public?page_size=1', '{"page_size": 50}')
  assert.equal((answer.data as { avatars: unknown[] }).avatars.length, 1)
})
