// HeyGen's API over real HTTP: bodies as the service sends them, refusals in its words.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { askHeyGen, type HeyGenAnswer, serverOfSuite, type TestServer } from '../test-server.ts'
import { SAMPLE_AVATARS } from './sample-ids.ts'

let server: TestServer
let stranger: Record<string, string>
serverOfSuite({}, async (opened) => {
  server = opened
  stranger = { 'x-api-key': (await server.services.keys.create({ accountId: 'stranger' })).key }
})

const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  askHeyGen(server, method, path, body, headers)

const SCENE = {
  character: { type: 'avatar', avatar_id: 'josh_lite3_20230714', avatar_style: 'normal', scale: 1 },
  voice: { type: 'text', input_text: 'Hello from my own machine.', voice_id: '1bd001e7e50f421d891986aad5158bc8' },
}
const BODY = { video_inputs: [SCENE], dimension: { width: 1280, height: 720 }, title: 'First', callback_id: 'mine' }

async function generated(body: unknown = BODY): Promise<string> {
  const answer = await ask('POST', '/v2/video/generate', body)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  assert.deepEqual(Object.keys(answer.body), ['error', 'data'])
  return (answer.body.data as { video_id: string }).video_id
}
const specOf = async (id: string) => (await server.services.jobs.get('owner', id)).spec
const sceneWith = (part: 'character' | 'voice' | 'background', fields: object) => ({
  ...BODY,
  video_inputs: [{ ...SCENE, [part]: { ...(SCENE as Record<string, object>)[part], ...fields } }],
})

describe('generating a video', () => {
  test('takes the sample of the documents and answers with an id alone', async () => {
    const id = await generated()
    assert.match(id, /^[0-9a-f]{32}$/)
    const spec = await specOf(id)
    assert.deepEqual(spec.canvas, { width: 1280, height: 720, fps: 25 })
    assert.equal(spec.name, 'First')
    assert.equal(spec.scenes[0]?.voice.kind === 'script' && spec.scenes[0].voice.text, SCENE.voice.input_text)
    assert.equal(server.services.library.find(spec.scenes[0]?.character?.avatarId ?? '').gender, 'male')
  })

  test('takes what real clients send: strings for numbers, nulls, blanks, unknown fields, a caption object', async () => {
    const id = await generated({
      ...BODY,
      dimension: null,
      dimensions: { width: '720', height: '1281' },
      aspect_ratio: null,
      callback_id: null,
      caption: { enabled: false, style: 'x' },
      test: 'false',
      engine: { type: 'avatar_iv' },
      video_inputs: [
        {
          character: {
            ...SCENE.character,
            scale: '1',
            talking_photo_style: '',
            offset: { x: 0, y: '0' },
            matting: 'true',
          },
          voice: { ...SCENE.voice, speed: '1.2', pitch: '-25', emotion: 'friendly', locale: '' },
          background: { type: 'color', value: '#ABC' },
        },
      ],
    })
    const { canvas, scenes } = await specOf(id)
    assert.deepEqual(canvas, { width: 720, height: 1280, fps: 25 })
    assert.deepEqual(scenes[0]?.background, { kind: 'color', color: '#AABBCC' })
    const voice = scenes[0]?.voice
    assert.deepEqual(voice?.kind === 'script' && voice.settings, { speed: 1.2, pitchSemitones: -6 })
    assert.deepEqual(scenes[0]?.character?.manner, { expression: 'default', talkingStyle: 'stable', mood: 'friendly' })
  })

  test('scenes follow each other in order, 50 at most, each with its own face, voice and background', async () => {
    const inputs = Array.from({ length: 50 }, (_, index) => ({
      ...(index % 3 === 0 ? {} : { character: { ...SCENE.character, avatar_id: index % 3 === 1 ? 'nora' : 'victor' } }),
      voice: index % 2 === 0 ? { ...SCENE.voice, input_text: `Scene ${index}.` } : { type: 'silence', duration: 1.5 },
      background: { type: 'color', value: index % 2 === 0 ? '#000000' : '#ffffff' },
    }))
    const { scenes } = await specOf(await generated({ video_inputs: inputs }))
    assert.deepEqual(
      scenes.map(({ character, voice, background }) => [
        character?.avatarId ?? null,
        voice.kind === 'script' ? voice.text : voice.kind === 'silence' && voice.seconds,
        background.kind === 'color' && background.color,
      ]),
      inputs.map(({ character, voice, background }) => [
        character?.avatar_id ?? null,
        'input_text' in voice ? voice.input_text : voice.duration,
        background.value,
      ]),
    )
  })

  test('a kind that is not said is known by its fields, and a background is a colour', async () => {
    const { scenes } = await specOf(
      await generated({
        video_inputs: [
          { character: { avatar_id: 'nora' }, voice: { input_text: 'Hello.', voice_id: 'flite-rms' }, background: {} },
          { voice: { duration: '2' }, background: { value: '#102030' } },
        ],
      }),
    )
    assert.partialDeepStrictEqual(scenes, [
      {
        character: { avatarId: 'nora' },
        voice: { kind: 'script', voiceId: 'flite-rms' },
        background: { kind: 'color', color: '#f6f6fc' },
      },
      { character: null, voice: { kind: 'silence', seconds: 2 }, background: { kind: 'color', color: '#102030' } },
    ])
  })

  test('ids of the documents have stand-ins of the same gender and locale, and the status says so', async () => {
    const documented = ['josh_lite3_20230714', 'Daisy-inskirt-20220818', 'Kristin_public_3_20240108']
    for (const id of [...documented, ...SAMPLE_AVATARS.keys()]) {
      const { status, body } = await ask('GET', `/v2/avatar/${id}/details`)
      assert.equal(status, 200, id)
      assert.equal((body.data as { type: string }).type, 'avatar')
    }
    const id = await generated(
      sceneWith('voice', { voice_id: '077ab11b14f04ce0b49b5f6e5cc20979', locale: 'pt-BR', input_text: 'Bom dia.' }),
    )
    const voice = (await specOf(id)).scenes[0]?.voice
    const chosen = server.services.voices.list().find((each) => voice?.kind === 'script' && each.id === voice.voiceId)
    assert.deepEqual([chosen?.locale, chosen?.gender], ['pt-BR', 'male'])
    const { data } = (await ask('GET', `/v1/video_status.get?video_id=${id}`)).body
    const { notes } = data as { notes: string[] }
    assert.match(notes.join(' '), /stands in for josh_lite3_20230714\./)
    assert.match(notes.join(' '), /stands in for 077ab11b14f04ce0b49b5f6e5cc20979\./)
  })

  for (const [fields, stance] of [
    [{ scale: 1, offset: { x: 0, y: 0 } }, undefined],
    [
      { scale: '0.4', offset: { x: 0.35, y: '-0.35' } },
      { scale: 0.4, offsetX: 0.35, offsetY: -0.35 },
    ],
    [{ scale: 0.01 }, { scale: 0.05 }],
    [
      { avatar_style: 'closeUp', offset: { x: 0, y: 0.1 } },
      { framing: 'closeUp', offsetY: 0.1 },
    ],
  ] as const) {
    test(`a character with ${JSON.stringify(fields)} stands so`, async () => {
      const { scenes } = await specOf(await generated(sceneWith('character', fields)))
      assert.deepEqual(scenes[0]?.character?.stance, stance)
    })
  }

  test('nobody is seen where the scale is 0 or the style is voiceOnly, and the id does not matter', async () => {
    for (const fields of [{ scale: 0 }, { avatar_style: 'voice_only', avatar_id: 'nobody' }]) {
      const { scenes } = await specOf(await generated(sceneWith('character', fields)))
      assert.deepEqual([scenes[0]?.character, scenes[0]?.voice.kind], [null, 'script'])
    }
  })

  test('silence, and nobody to be seen, are on the default background', async () => {
    const { scenes, canvas } = await specOf(
      await generated({ video_inputs: [{ voice: { type: 'silence', duration: 2.5 } }] }),
    )
    assert.deepEqual(canvas, { width: 1920, height: 1080, fps: 25 })
    assert.deepEqual(scenes, [
      { character: null, voice: { kind: 'silence', seconds: 2.5 }, background: { kind: 'color', color: '#f6f6fc' } },
    ])
  })

  for (const [what, body, words] of [
    ['no scenes', { title: 'x' }, /^video_inputs is invalid: field required/],
    [
      'an empty list of scenes',
      { video_inputs: [] },
      /^video_inputs is invalid: got \[\]\. Send a list of 1 to 50 scenes/,
    ],
    ['51 scenes', { video_inputs: Array.from({ length: 51 }, () => SCENE) }, /1 to 50 scenes/],
    [
      'a scene without a voice',
      { video_inputs: [{ character: SCENE.character }] },
      /video_inputs\.0\.voice is invalid: field required/,
    ],
    ['an unknown kind of voice', sceneWith('voice', { type: 'song' }), /voice\.type is invalid|voice is invalid/],
    [
      'a speed out of range',
      sceneWith('voice', { speed: 1.6 }),
      /video_inputs\.0\.voice\.speed is invalid: got 1\.6\. Send a number from 0\.5 to 1\.5/,
    ],
    [
      'a pitch out of range',
      sceneWith('voice', { pitch: 51 }),
      /pitch is invalid: got 51\. Send a number from -50 to 50/,
    ],
    [
      'an unknown emotion',
      sceneWith('voice', { emotion: 'Bored' }),
      /emotion is invalid: got "Bored"\. Send Excited, Friendly/,
    ],
    [
      'a text that is too long',
      sceneWith('voice', { input_text: 'a'.repeat(5001) }),
      /^video_inputs\.0\.voice\.input_text is invalid: input_text exceeds 5000 characters/,
    ],
    ['a blank text', sceneWith('voice', { input_text: ' ' }), /input_text is invalid: field required/],
    [
      'stability above 1',
      sceneWith('voice', { elevenlabs_settings: { stability: 2 } }),
      /elevenlabs_settings\.stability is invalid: got 2/,
    ],
    [
      'a scale above 5',
      sceneWith('character', { scale: 5.1 }),
      /character\.scale is invalid: got 5\.1\. Send a number from 0 to 5/,
    ],
    ['an unknown style', sceneWith('character', { avatar_style: 'oval' }), /avatar_style is invalid: got "oval"/],
    [
      'a colour that is none',
      sceneWith('background', { type: 'color', value: 'red' }),
      /background\.value is invalid: got "red"/,
    ],
    [
      'a picture without an address',
      sceneWith('background', { type: 'image' }),
      /background is invalid: url or image_asset_id/,
    ],
    [
      'a sound without an address',
      sceneWith('voice', { type: 'audio' }),
      /voice is invalid: audio_url or audio_asset_id/,
    ],
    [
      'a sound in a private network',
      sceneWith('voice', { type: 'audio', audio_url: 'http://10.0.0.1/a.mp3' }),
      /video_inputs\.0\.voice\.audio_url.*private network/,
    ],
    [
      'a talking photo without its id',
      { video_inputs: [{ ...SCENE, character: { type: 'talking_photo' } }] },
      /talking_photo_id is invalid: field required/,
    ],
    [
      'a width below 128',
      { ...BODY, dimension: { width: 100, height: 720 } },
      /dimension\.width is invalid: got 100\. Send a whole number from 128 to 4096/,
    ],
    ['a callback that is no address', { ...BODY, callback_url: 'nowhere' }, /callback_url is invalid: got "nowhere"/],
    ['a private callback', { ...BODY, callback_url: 'http://10.0.0.1/' }, /private network/],
    ['a body that is no object', '[1]', /^body is invalid/],
    ['a body that is no JSON', '{', /not JSON/],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const before = await server.services.jobs.unfinishedCount()
      const { status, body: answer } = await ask('POST', '/v2/video/generate', body)
      assert.equal(status, 400)
      assert.deepEqual(Object.keys(answer).sort(), ['data', 'error'])
      assert.equal(answer.data, null)
      assert.equal(answer.error?.code, 'invalid_parameter')
      assert.match(answer.error?.message ?? '', words)
      assert.equal(await server.services.jobs.unfinishedCount(), before)
    })
  }

  test('circles, squares and films behind become windows and clips', async () => {
    const { scenes } = await specOf(
      await generated({
        video_inputs: [
          {
            ...SCENE,
            character: { ...SCENE.character, avatar_style: 'circle', circle_background_color: '#abc', scale: 0.28 },
            background: { type: 'video', url: 'https://example.com/a.mp4', play_style: 'loop', fit: 'contain' },
          },
        ],
      }),
    )
    assert.deepEqual(scenes[0]?.character?.stance, {
      window: { shape: 'circle', color: '#aabbcc' },
      scale: 0.28,
    })
    assert.deepEqual(scenes[0]?.background, {
      kind: 'video',
      source: { url: 'https://example.com/a.mp4' },
      fit: 'contain',
      playStyle: 'loop',
      color: '#f6f6fc',
    })
  })

  test('a part of the canvas does for split screens and pictures in pictures', async () => {
    const area = { left: 0.5, top: 0, width: '0.5', height: 1 }
    const { scenes } = await specOf(await generated(sceneWith('character', { window: area })))
    assert.deepEqual(scenes[0]?.character?.stance, {
      window: { shape: 'rectangle', area: { left: 0.5, top: 0, width: 0.5, height: 1 } },
    })
  })

  test('a layout divides the canvas between the character and what is behind, unless either has its own place', async () => {
    const background = { type: 'image', url: 'https://example.com/a.png' }
    const split = { ...SCENE, layout: 'Split_Right', background }
    const own = { ...split, character: { ...SCENE.character, avatar_style: 'circle', scale: 0.4 } }
    const area = { left: 0.1, top: 0.1, width: 0.5, height: 0.5 }
    const fitted = { ...SCENE, background: { ...background, area } }
    const { scenes } = await specOf(await generated({ ...BODY, video_inputs: [split, own, fitted] }))
    const areas = scenes.map((scene) => 'area' in scene.background && scene.background.area)
    assert.deepEqual(areas, [
      { left: 0, top: 0, width: 0.5, height: 1 },
      { left: 0, top: 0, width: 0.5, height: 1 },
      area,
    ])
    assert.deepEqual(
      scenes.map(({ character }) => character?.stance?.window?.shape),
      ['rectangle', 'circle', undefined],
    )
    const wrong = await ask('POST', '/v2/video/generate', sceneWith('background', { ...background, area: { left: 2 } }))
    assert.match(
      wrong.body.error?.message ?? '',
      /background\.area\.left is invalid: got 2\. Send a number from 0 to 1/,
    )
  })

  test('music, a watermark and cross-fades are asked for by addresses or uploaded files', async () => {
    const url = 'https://example.com/a'
    const asked = {
      background_music: { url, volume: '0.2' },
      watermark: { url, position: 'bottom_left' },
      cross_fade: 0.5,
    }
    const { music, watermark, crossFadeSeconds } = await specOf(await generated({ ...BODY, ...asked }))
    assert.deepEqual(music, { source: { url }, volume: 0.2 })
    assert.deepEqual(watermark, { source: { url }, corner: 'bottom_left', size: 0.16, opacity: 0.8 })
    assert.equal(crossFadeSeconds, 0.5)
    const unnamed = await ask('POST', '/v2/video/generate', { ...BODY, watermark: {} })
    assert.deepEqual(
      [unnamed.status, /watermark\.url is required/.test(unnamed.body.error?.message ?? '')],
      [400, true],
    )
    const lost = await ask('POST', '/v2/video/generate', { ...BODY, background_music: { asset_id: '0'.repeat(32) } })
    assert.equal(lost.status, 404)
    assert.equal((await ask('POST', '/v2/video/generate', { ...BODY, cross_fade: 3 })).status, 400)
  })

  test('a transparent video is one WebM', async () => {
    const body = { avatar_pose_id: SCENE.character.avatar_id, avatar_style: 'closeUp', ...SCENE.voice }
    const made = await ask('POST', '/v1/video.webm', body)
    assert.equal(made.body.code, 100)
    const spec = await specOf((made.body.data as { video_id: string }).video_id)
    assert.deepEqual(spec.outputs, [{ kind: 'video', format: 'webm', captions: false }])
    assert.deepEqual([spec.canvas.width, spec.canvas.height], [1280, 720])
    assert.equal((await ask('POST', '/v1/video.webm', {})).status, 400)
  })

  test('an unknown avatar or voice is not found, and is named', async () => {
    const avatar = await ask('POST', '/v2/video/generate', sceneWith('character', { avatar_id: 'nobody' }))
    assert.equal(avatar.status, 404)
    assert.equal(avatar.body.error?.code, 'avatar_not_found')
    assert.match(avatar.body.error?.message ?? '', /avatar look not found.*"nobody"/)
    const voice = await ask('POST', '/v2/video/generate', sceneWith('voice', { voice_id: '!!' }))
    assert.deepEqual([voice.status, voice.body.error?.code], [404, 'voice_not_found'])
  })

  test('the same Idempotency-Key makes one video; with another body it is a conflict', async () => {
    const key = { 'idempotency-key': 'h-1' }
    const first = await ask('POST', '/v2/video/generate', BODY, key)
    assert.deepEqual((await ask('POST', '/v2/video/generate', BODY, key)).body, first.body)
    const other = await ask('POST', '/v2/video/generate', { ...BODY, title: 'Second' }, key)
    assert.deepEqual([other.status, other.body.error?.code, other.body.data], [409, 'conflict', null])
  })
})

describe('how a video stands', () => {
  test('is told with nulls while it waits, with links when it is done, in both forms', async () => {
    const id = await generated()
    const path = `/v1/video_status.get?video_id=${id}`
    const waiting = await ask('GET', `/v2/..${path}`)
    assert.deepEqual(Object.keys(waiting.body), ['code', 'data', 'msg', 'message'])
    assert.deepEqual([waiting.body.code, waiting.body.msg, waiting.body.message], [100, null, 'Success'])
    const { created_at: createdAt, notes: _, ...rest } = waiting.body.data as Record<string, unknown>
    assert.ok(Number.isInteger(createdAt))
    assert.deepEqual(rest, {
      id,
      video_id: id,
      status: 'pending',
      callback_id: 'mine',
      duration: null,
      video_url: null,
      video_url_caption: null,
      caption_url: null,
      thumbnail_url: null,
      gif_url: null,
      error: null,
      progress: 0,
      files: [],
    })
    await server.complete(id, new Uint8Array([1, 2, 3]))
    const done = (await ask('GET', path)).body.data as Record<string, string | number>
    assert.deepEqual([done.status, done.duration], ['completed', 4.2])
    assert.equal((await fetch(String(done.video_url))).status, 200)
    assert.equal((await fetch(String(done.thumbnail_url))).status, 200)
    assert.match(String(done.gif_url), /\.gif\?/)
    assert.deepEqual([done.video_url_caption, done.caption_url], [null, null])
    const newer = (await ask('GET', `/v2/videos/${id}`)).body
    assert.equal(newer.error, null)
    assert.match(String((newer.data as Record<string, unknown>).completed_at), /^\d{4}-.*Z$/)
  })

  test('captions come as a second video and as files, and leave the first video clean', async () => {
    const id = await generated({ ...BODY, caption: { enabled: true, style: 'boxed', position: 'top' }, fps: '30' })
    const spec = await specOf(id)
    assert.deepEqual([spec.captions, spec.canvas.fps], [{ style: 'boxed', position: 'top' }, 30])
    await server.complete(id, new Uint8Array([1, 2, 3]))
    const old = (await ask('GET', `/v1/video_status.get?video_id=${id}`)).body.data as Record<string, string>
    const newer = (await ask('GET', `/v2/videos/${id}`)).body.data as Record<string, string>
    assert.match(old.caption_url!, /\.ass\?/)
    assert.match(newer.subtitle_url!, /\.srt\?/)
    for (const link of [old.video_url, old.video_url_caption, old.caption_url, newer.captioned_video_url]) {
      assert.equal((await fetch(link!)).status, 200)
    }
    assert.notEqual(old.video_url, old.video_url_caption)
    const more = await generated({ ...BODY, outputs: ['WebM', 'mp3', 'gif'] })
    await server.complete(more, new Uint8Array([1]))
    const { files } = (await ask('GET', `/v1/video_status.get?video_id=${more}`)).body.data as {
      files: { type: string; url: string }[]
    }
    assert.deepEqual(
      files.map(({ type }) => type),
      ['mp4', 'gif', 'webm', 'mp3'],
    )
    assert.equal((await fetch(files[3]!.url)).headers.get('content-type'), 'audio/mpeg')
    const shapes = await generated({
      ...BODY,
      outputs: [
        { format: 'mp4', aspect_ratio: '9:16', captions: true },
        { format: 'webm', dimension: { width: 401, height: 300 } },
        { format: 'mp4', aspect_ratio: '16:9' },
      ],
    })
    await server.complete(shapes, new Uint8Array([1]))
    const told = (await ask('GET', `/v1/video_status.get?video_id=${shapes}`)).body.data as {
      files: Record<string, unknown>[]
      video_url_caption: unknown
    }
    assert.deepEqual(
      told.files.map(({ type, captions, width, height }) => [type, captions, width, height]),
      [
        ['mp4', false, 1280, 720],
        ['gif', false, null, null],
        ['mp4', true, 720, 1280],
        ['webm', false, 400, 300],
      ],
    )
    assert.equal(told.video_url_caption, null)
    for (const { url } of told.files) assert.equal((await fetch(String(url))).status, 200)
    const fileOnly = await specOf(await generated({ ...BODY, caption_mode: 'file_only' }))
    assert.deepEqual(
      fileOnly.outputs?.map(({ kind }) => kind),
      ['video', 'gif', 'subtitles', 'subtitles'],
    )
  })

  test('a failure has a number, a detail and a message', async () => {
    const id = await generated()
    await server.services.jobs.fail(id, 'This voice has no sounds for Thai.')
    const { data } = (await ask('GET', `/v1/video_status.get?video_id=${id}`)).body
    const reason = 'This voice has no sounds for Thai.'
    assert.deepEqual((data as { error: object }).error, { code: 400175, detail: reason, message: reason })
  })

  test('no id is 400, an unknown or another account’s is 404, in v1’s envelope', async () => {
    assert.deepEqual((await ask('GET', '/v1/video_status.get')).body, {
      code: 400,
      message: 'Invalid parameters: video_id is required.',
    })
    const id = await generated()
    for (const [asked, headers] of [
      ['nothing', {}],
      ['0'.repeat(32), {}],
      [id, stranger],
    ] as const) {
      const { status, body } = await ask('GET', `/v1/video_status.get?video_id=${asked}`, undefined, headers)
      assert.deepEqual([status, body.code, body.message], [404, 40104, `Video not found: ${asked}`])
    }
  })

  test('the list goes page by page, newest first, and ends in a null token', async () => {
    const key = { 'x-api-key': (await server.services.keys.create({ accountId: 'lister' })).key }
    const ids: string[] = []
    for (const title of ['One', 'Two', 'Three']) {
      const { body } = await ask('POST', '/v2/video/generate', { ...BODY, title, folder_id: title }, key)
      ids.unshift((body.data as { video_id: string }).video_id)
    }
    type Page = { token: string | null; videos: { video_id: string; video_title: string; type: string }[] }
    const list = async (query: string) =>
      (await ask('GET', `/v1/video.list?${query}`, undefined, key)).body.data as Page
    const first = await list('limit=2')
    const second = await list(`limit=2&token=${first.token}`)
    assert.deepEqual(
      [...first.videos, ...second.videos].map(({ video_id }) => video_id),
      ids,
    )
    assert.equal(second.token, null)
    assert.deepEqual(
      (await list('folder_id=Two')).videos.map(({ video_title }) => video_title),
      ['Two'],
    )
    assert.deepEqual(
      (await list('title=tHr')).videos.map(({ type }) => type),
      ['GENERATED'],
    )
    assert.equal((await list('limit=0')).videos.length, 0)
    const wrong = await ask('GET', '/v1/video.list?token=abc', undefined, key)
    assert.deepEqual([wrong.status, wrong.body.code], [400, 40012])
  })

  test('a video that is deleted has gone, with its files, and only its account may do so', async () => {
    const id = await generated()
    await server.complete(id, new Uint8Array([1]))
    const url = String(((await ask('GET', `/v2/videos/${id}`)).body.data as { video_url: string }).video_url)
    assert.equal((await ask('DELETE', `/v1/video.delete?video_id=${id}`, undefined, stranger)).status, 404)
    assert.deepEqual((await ask('DELETE', `/v1/video.delete?video_id=${id}`)).body, {
      code: 100,
      data: null,
      msg: null,
      message: 'Success',
    })
    assert.equal((await ask('DELETE', `/v1/video.delete?video_id=${id}`)).body.code, 40104)
    assert.equal((await fetch(url)).status, 404)
  })
})

describe('assets', () => {
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const upload = async (bytes: Uint8Array<ArrayBuffer> | string, headers: Record<string, string>) => {
    const response = await server.ask('/v1/asset', { method: 'POST', body: bytes, headers })
    return { status: response.status, body: (await response.json()) as HeyGenAnswer }
  }

  test('stand behind characters, by their ids and by their links, for their account alone', async () => {
    const { data } = (await upload(new Uint8Array(PNG), { 'content-type': 'image/png' })).body
    const { id, url } = data as { id: string; url: string }
    const sound = await upload('ID3 a sound', { 'content-type': 'audio/mpeg' })
    const soundId = (sound.body.data as { id: string }).id
    const behind = (fields: object) => sceneWith('background', { type: 'image', ...fields })
    const { fileKey } = await server.services.assets.get('owner', id)
    for (const [fields, source, fit] of [
      [{ image_asset_id: id, fit: 'contain' }, { fileKey }, 'contain'],
      [{ url, fit: '' }, { fileKey }, 'cover'],
      [{ url: 'https://example.com/a.jpg', fit: 'none' }, { url: 'https://example.com/a.jpg' }, 'none'],
    ] as const) {
      const { scenes } = await specOf(await generated(behind(fields)))
      assert.deepEqual(scenes[0]?.background, { kind: 'picture', source, fit, color: '#f6f6fc' })
    }
    for (const [fields, status, words, headers] of [
      [{ image_asset_id: id }, 404, /background\.image_asset_id is invalid: asset not found/, stranger],
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
    const { fileKey } = await server.services.assets.get('owner', id)
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
    const missing = await ask('POST', '/v2/video/generate', spoken({ audio_asset_id: id }), stranger)
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
    assert.equal((await list('', stranger)).total, 0)
    assert.equal((await ask('POST', `/v1/asset/${asset.id}/delete`, undefined, stranger)).status, 404)
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
    assert.deepEqual(await server.services.assets.list('owner'), [])
  })
})

describe('the door', () => {
  for (const [path, body] of [
    ['/v1/video.list', { code: 400112 }],
    ['/v2/avatars', { data: null, error: { code: 'unauthorized' } }],
    ['/v1/folders', { data: null, error: { code: 'unauthorized' } }],
  ] as const) {
    test(`${path} without a key is 401 in its own envelope`, async () => {
      const { status, body: answer } = await ask('GET', path, undefined, { 'x-api-key': '' })
      assert.equal(status, 401)
      assert.partialDeepStrictEqual(answer, body)
    })
  }

  test('an unknown path is 404 JSON in its own envelope, with a request id', async () => {
    const { status, body, headers } = await ask('GET', '/v3/videos')
    assert.deepEqual([status, body.data, body.error?.code], [404, null, 'not_found'])
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
    assert.equal((await ask('GET', '/v1/video.nothing')).body.code, 404)
  })
})
