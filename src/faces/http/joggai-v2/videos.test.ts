// JoggAI v2 avatar videos over real HTTP.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { before, describe, test } from 'node:test'
import { serverOfSuite, type TestServer } from '../test-server.ts'

const CREATE = '/v2/create_video_from_avatar'
const suite = serverOfSuite()
const example = (name: string) => readFile(new URL(`../../../../examples/${name}`, import.meta.url), 'utf8')

describe('creating an avatar video', () => {
  let server: TestServer
  let flat: Record<string, unknown>
  let nested: { avatar: object; voice: Record<string, unknown> } & Record<string, unknown>
  before(async () => {
    server = suite.server
    flat = JSON.parse(await example('create-video-flat.json'))
    nested = JSON.parse(await example('create-video-nested.json'))
  })
  const created = async (body: unknown, path = CREATE) => {
    const { status, answer } = await server.post(path, body)
    assert.equal(status, 200)
    assert.equal(answer.code, 0, answer.msg)
    return server.services.jobs.get('owner', String(answer.data?.video_id))
  }
  const refused = async (body: unknown, code: number, words: RegExp) => {
    const before = await server.services.jobs.unfinishedCount()
    const { status, answer } = await server.post(CREATE, body)
    assert.equal(status, 200)
    assert.equal(answer.code, code, answer.msg)
    assert.match(answer.msg, words)
    assert.match(answer.rid, /^[0-9a-f]{32}$/)
    assert.equal(answer.data, null)
    assert.equal(await server.services.jobs.unfinishedCount(), before)
  }

  test('the flat body of the documentation makes a video', async () => {
    const job = await created(await example('create-video-flat.json'))
    assert.deepEqual(job.spec.canvas, { width: 1080, height: 1920, fps: 25 })
    assert.equal(job.spec.scenes.length, 1)
    const scene = job.spec.scenes[0]!
    assert.equal(scene.character?.avatarId, server.services.library.find(127).id)
    assert.equal(scene.voice.kind === 'script' && scene.voice.text, flat.script)
    assert.equal(job.status, 'pending')
  })

  test('the nested body of the schema makes a video', async () => {
    const job = await created(await example('create-video-nested.json'))
    assert.equal(job.spec.name, 'My Talking Avatar Video')
    assert.equal(job.spec.scenes[0]?.character?.avatarId, server.services.library.find(81).id)
  })

  test('the answer is the envelope with the video, the voice and whom it stands in for', async () => {
    const { answer } = await server.post(CREATE, flat)
    const job = await server.services.jobs.get('owner', String(answer.data?.video_id))
    const voice = job.spec.scenes[0]!.voice
    assert.equal(voice.kind, 'script')
    assert.deepEqual(answer, {
      rid: answer.rid,
      code: 0,
      msg: 'success',
      data: {
        video_id: job.id,
        status: 'pending',
        voice_id: voice.kind === 'script' && voice.voiceId,
        notes: job.notes,
      },
    })
    assert.match(job.id, /^[0-9a-f]{32}$/)
    assert.match(job.notes.join(), /stands in for en-US-ChristopherNeural/)
  })

  test('a recording is spoken, by either body, and its transcript is read along', async () => {
    const url = 'https://example.com/a.mp3'
    const plain = await created({ ...flat, script: '', voice_id: '', audio_url: url, caption: true })
    assert.deepEqual(plain.spec.scenes[0]?.voice, { kind: 'recording', source: { url } })
    assert.equal(plain.spec.name, 'A recording')
    assert.match(plain.notes.join(), /No captions are drawn.*transcript/)
    const voice = { type: 'audio', audio_url: url, transcript: 'Good morning.', voice_id: 'espeak-de-f2' }
    const known = await created({ ...nested, video_name: '', voice })
    const transcript = { text: 'Good morning.', voiceId: 'espeak-de-f2' }
    assert.deepEqual(known.spec.scenes[0]?.voice, { kind: 'recording', source: { url }, transcript })
    assert.deepEqual([known.spec.name, known.notes], ['Good morning.', []])
    const { answer } = await server.post(CREATE, { ...nested, voice })
    assert.equal(answer.data?.voice_id, null)
  })

  test('a voice of our own stands in for nobody', async () => {
    const voiceId = server.services.voices.list()[0]!.id
    assert.deepEqual((await created({ ...flat, voice_id: voiceId })).notes, [])
  })

  for (const path of ['/joggai', '/open', '/joggai/open']
    .map((base) => base + CREATE)
    .concat(`${CREATE}/`, `//v2//create_video_from_avatar?x=1`)) {
    test(`${path} is the same call`, async () => {
      await created(flat, path)
    })
  }

  for (const [aspect, width, height] of [
    [0, 1080, 1920],
    ['1', 1920, 1080],
    ['Square', 1080, 1080],
    ['16:9', 1920, 1080],
  ] as const) {
    test(`aspect_ratio ${JSON.stringify(aspect)} is ${width}x${height}`, async () => {
      const { canvas } = (await created({ ...flat, aspect_ratio: aspect })).spec
      assert.deepEqual([canvas.width, canvas.height], [width, height])
    })
  }

  test('numbers may be strings, blanks are absent, unknown fields are ignored', async () => {
    const voice = { ...nested.voice, type: 'SCRIPT', audio_url: '' }
    const avatar = { avatar_type: '0', avatar_id: '81' }
    await created({
      avatar,
      voice,
      aspect_ratio: 'portrait',
      screen_style: '',
      caption: 'true',
      webhook_url: '',
      video_background: { a: 1 },
    })
  })

  test('screen style 2 puts the avatar before a green screen, caption paints captions', async () => {
    const plain = await created(flat)
    assert.deepEqual([plain.spec.scenes[0]?.background, plain.spec.captions], [{ kind: 'own' }, undefined])
    const transparent = await created({ ...flat, screen_style: 3 })
    assert.deepEqual(transparent.spec.outputs, [{ kind: 'video', format: 'webm', captions: false }])
    const several = await created({ ...flat, caption: true, outputs: ['webm', 'srt'] })
    assert.deepEqual(several.spec.outputs, [
      { kind: 'video', format: 'mp4', captions: true },
      { kind: 'video', format: 'webm', captions: false },
      { kind: 'subtitles', format: 'srt' },
    ])
    const { spec } = await created({ ...flat, screen_style: 2, caption: true })
    assert.deepEqual([spec.scenes[0]?.background, spec.captions], [{ kind: 'color', color: '#00b140' }, {}])
  })

  test('beyond JoggAI: captions’ looks, a background, a layout, music, a watermark and more files', async () => {
    const url = 'https://example.com/a'
    const { spec, id } = await created({
      ...flat,
      caption: true,
      caption_style: 'boxed',
      caption_position: 'top',
      layout: 'pip_bottom_right',
      background: { type: 'video', url, play_style: 'loop' },
      background_music: { url },
      watermark: { url, size: 0.3 },
      outputs: [{ format: 'mp4', aspect_ratio: 'square' }, 'wav'],
    })
    const [scene] = spec.scenes
    assert.deepEqual(spec.captions, { style: 'boxed', position: 'top' })
    assert.deepEqual(scene?.background, {
      kind: 'video',
      source: { url },
      fit: 'cover',
      color: '#f6f6fc',
      playStyle: 'loop',
    })
    assert.equal(scene?.character?.stance?.window?.shape, 'rectangle')
    assert.deepEqual([spec.music?.source, spec.watermark?.size], [{ url }, 0.3])
    assert.deepEqual(spec.outputs, [
      { kind: 'video', format: 'mp4', captions: true },
      { kind: 'video', format: 'mp4', captions: false, size: { width: 1080, height: 1080 } },
      { kind: 'sound', format: 'wav' },
    ])
    await server.complete(id, new Uint8Array([1]))
    const { answer } = await server.get(`/v2/avatar_video/${id}`)
    const files = answer.data?.files as { type: string; url: string }[]
    assert.deepEqual(
      files.map(({ type }) => type),
      ['mp4', 'mp4', 'wav'],
    )
    for (const file of files) assert.equal((await fetch(file.url)).status, 200)
  })

  test('id and type do for avatar_id and avatar_type', async () => {
    const job = await created({ ...nested, avatar: { id: 81, type: 0 } })
    assert.equal(job.spec.scenes[0]?.character?.avatarId, server.services.library.find(81).id)
  })

  test('any content type will do for JSON', async () => {
    const { answer } = await server.post(CREATE, JSON.stringify(flat), {
      'content-type': 'application/x-www-form-urlencoded',
    })
    assert.equal(answer.code, 0)
  })

  test('the same request has the same seed, another script another', async () => {
    const [first, again, other] = [
      await created(flat),
      await created(flat),
      await created({ ...flat, script: 'Other words.' }),
    ]
    assert.deepEqual(first.spec, again.spec)
    assert.notEqual(first.spec.seed, other.spec.seed)
  })

  test('exactly the longest script is taken, one character more is not', async () => {
    await created({ ...flat, script: 'a'.repeat(5000) })
    await refused({ ...flat, script: 'a'.repeat(5001) }, 40000, /script: 5001 characters are more than the 5000/)
  })

  const bad: [title: string, change: () => unknown, code: number, words: RegExp][] = [
    ['an unknown avatar', () => ({ ...flat, avatar_id: 999 }), 10104, /Record not found: There is no avatar 999/],
    [
      'an unknown voice',
      () => ({ ...flat, voice_id: 'nobody-at-all' }),
      10104,
      /Record not found: There is no voice "nobody-at-all"/,
    ],
    ['a custom avatar', () => ({ ...flat, avatar_type: 1 }), 10104, /There is no avatar of yours 127/],
    [
      'a background under a green screen',
      () => ({ ...flat, screen_style: 2, background: { type: 'color', value: '#ffffff' } }),
      40000,
      /background: screen_style 2 has no background of yours/,
    ],
    ['a watermark without a file', () => ({ ...flat, watermark: {} }), 40000, /watermark\.url is required/],
    ['no avatar', () => ({ ...flat, avatar_id: undefined }), 40000, /avatar\.avatar_id is required/],
    ['no script', () => ({ ...flat, script: undefined }), 40000, /Parameter error: script is required/],
    ['an empty script', () => ({ ...flat, script: ' \n ' }), 40000, /Parameter error: script is required/],
    [
      'an empty nested script',
      () => ({ ...nested, voice: { ...nested.voice, script: '' } }),
      40000,
      /voice\.script is required/,
    ],
    ['a script that is a number', () => ({ ...flat, script: 5 }), 40000, /script: 5 cannot be used.*as a string/],
    [
      'an avatar that is a word',
      () => ({ ...flat, avatar_id: 'nora' }),
      40000,
      /avatar_id: "nora" cannot be used.*such as 81/,
    ],
    ['an avatar that is a fraction', () => ({ ...flat, avatar_id: 81.5 }), 40000, /avatar_id: 81\.5 cannot be used/],
    ['an avatar that is a list', () => ({ ...flat, avatar_id: [81] }), 40000, /avatar_id: \[81\] cannot be used/],
    ['avatar as a number', () => ({ ...nested, avatar: 81 }), 40000, /avatar: 81 cannot be used.*an object/],
    ['voice as a string', () => ({ ...nested, voice: 'hello' }), 40000, /voice: "hello" cannot be used.*an object/],
    ['no voice', () => ({ ...flat, voice_id: '' }), 40000, /voice_id is required/],
    ['a voice that is a number', () => ({ ...flat, voice_id: 7 }), 40000, /voice_id: 7 cannot be used/],
    [
      'an unknown voice type',
      () => ({ ...nested, voice: { ...nested.voice, type: 'song' } }),
      40000,
      /voice\.type: "song" cannot be used. Send script or audio/,
    ],
    [
      'a recording without an address',
      () => ({ ...nested, voice: { type: 'audio', voice_id: 'x' } }),
      40000,
      /voice\.audio_url is required\. Send the address of a sound file/,
    ],
    [
      'a recording in a private network',
      () => ({ ...flat, script: '', audio_url: 'http://10.0.0.1/a.mp3' }),
      40000,
      /audio_url: .*private network/,
    ],
    [
      'a transcript that is too long',
      () => ({ ...flat, script: '', audio_url: 'https://example.com/a.mp3', transcript: 'x'.repeat(5001) }),
      40000,
      /transcript: 5001 characters are more than the 5000/,
    ],
    [
      'script and recording',
      () => ({ ...flat, audio_url: 'https://example.com/a.mp3' }),
      40000,
      /script and audio_url are both set/,
    ],
    [
      'no aspect ratio',
      () => ({ ...flat, aspect_ratio: undefined }),
      40000,
      /aspect_ratio is required. Send portrait, landscape or square/,
    ],
    [
      'an unknown aspect ratio',
      () => ({ ...flat, aspect_ratio: 'wide' }),
      40000,
      /aspect_ratio: "wide" cannot be used/,
    ],
    [
      'captions before a transparent background',
      () => ({ ...flat, screen_style: 3, caption: true }),
      40000,
      /caption: a video with a transparent background \(screen_style 3\) has no captions/,
    ],
    [
      'an unknown screen style',
      () => ({ ...flat, screen_style: 9 }),
      40000,
      /screen_style: 9 cannot be used. Send 1, 2 \(green screen\) or 3/,
    ],
    [
      'a caption that is no flag',
      () => ({ ...flat, caption: 'maybe' }),
      40000,
      /caption: "maybe" cannot be used. Send true or false/,
    ],
    [
      'a callback that is no address',
      () => ({ ...flat, webhook_url: 'call me' }),
      40000,
      /webhook_url: "call me" cannot be used/,
    ],
    [
      'a callback by another protocol',
      () => ({ ...flat, webhook_url: 'file:///etc/passwd' }),
      40000,
      /webhook_url.*http/,
    ],
    [
      'a name beyond 200 characters',
      () => ({ ...flat, video_name: 'n'.repeat(201) }),
      40000,
      /video_name.*at most 200/,
    ],
    ['broken JSON', () => '{"script": ', 40000, /the body is not JSON/],
    ['a body that is a list', () => '[]', 40000, /The body: \[\] cannot be used. Send a JSON object/],
    ['a body that is null', () => 'null', 40000, /The body is required/],
    ['no body', () => '', 40000, /The body is required. Send a JSON object/],
    ['a body beyond 1 MB', () => ({ ...flat, script: 'a'.repeat(1_100_000) }), 40000, /too large/],
    [
      'several faults at once',
      () => ({ ...flat, script: 5, aspect_ratio: 'wide' }),
      40000,
      /script: 5.*aspect_ratio: "wide"/,
    ],
  ]
  for (const [title, change, code, words] of bad) {
    test(`${title} is refused in its own words`, () => refused(change(), code, words))
  }

  test('missing and wrong keys are one code with two texts, whatever the body', async () => {
    const missing = await server.post(CREATE, '{broken', { 'x-api-key': '' })
    const wrong = await server.post(CREATE, flat, { 'x-api-key': 'not-the-key' })
    for (const { status, answer } of [missing, wrong]) {
      assert.equal(status, 401)
      assert.equal(answer.code, 10105)
      assert.equal(answer.data, null)
    }
    assert.match(missing.answer.msg, /Invalid API key: the request has no x-api-key header/)
    assert.match(wrong.answer.msg, /Invalid API key: the key in x-api-key is not a key of this server/)
  })
})

describe('asking how a video stands', () => {
  let server: TestServer
  const create = async () => {
    const { answer } = await server.post(CREATE, await example('create-video-flat.json'))
    return String(answer.data?.video_id)
  }
  before(async () => {
    server = suite.server
  })

  test('a waiting video is pending, with its progress and voice', async () => {
    const id = await create()
    const { status, answer } = await server.get(`/v2/avatar_video/${id}`)
    const job = await server.services.jobs.get('owner', id)
    const voice = job.spec.scenes[0]!.voice
    assert.equal(status, 200)
    assert.deepEqual(answer.data, {
      video_id: id,
      status: 'pending',
      created_at: Math.floor(job.createdAt / 1000),
      video_name: job.spec.name,
      progress: 0,
      voice_id: voice.kind === 'script' && voice.voiceId,
      notes: job.notes,
    })
  })

  test('a running video is processing', async () => {
    const id = await create()
    await server.services.jobs.begin(id)
    await server.services.jobs.raise(id, 42)
    const { answer } = await server.get(`/v2/avatar_video/${id}/`)
    assert.equal(answer.data?.status, 'processing')
    assert.equal(answer.data?.progress, 42)
    assert.equal(answer.data?.video_url, undefined)
  })

  test('a finished video has links that work, its length and its time', async () => {
    const id = await create()
    await server.complete(id, new Uint8Array([1, 2, 3, 4]))
    const { answer } = await server.get(`/joggai/v2/avatar_video/${id.toUpperCase()}`)
    assert.equal(answer.code, 0)
    assert.equal(answer.data?.status, 'completed')
    assert.equal(answer.data?.duration, 4.2)
    assert.equal(typeof answer.data?.created_at, 'number')
    for (const [field, type] of [
      ['video_url', 'video/mp4'],
      ['cover_url', 'image/jpeg'],
    ] as const) {
      const file: Response = await fetch(String(answer.data?.[field]))
      assert.equal(file.status, 200)
      assert.equal(file.headers.get('content-type'), type)
      assert.deepEqual(new Uint8Array(await file.arrayBuffer()), new Uint8Array([1, 2, 3, 4]))
    }
  })

  test('a failed video says why in both of the forms that clients look for', async () => {
    const id = await create()
    await server.services.jobs.fail(id, 'The voice has no sounds for this script.')
    const { status, answer } = await server.get(`/v2/avatar_video/${id}`)
    assert.equal(status, 200)
    assert.equal(answer.code, 0)
    assert.equal(answer.data?.status, 'failed')
    assert.deepEqual(answer.data?.error, { code: 50000, message: 'The voice has no sounds for this script.' })
    assert.equal(answer.data?.error_message, 'The voice has no sounds for this script.')
  })

  for (const id of ['nope', 'f'.repeat(32), '%00', 'x'.repeat(400)]) {
    test(`there is no video ${id.slice(0, 40)}`, async () => {
      const { status, answer } = await server.get(`/v2/avatar_video/${id}`)
      assert.equal(status, 200)
      assert.equal(answer.code, 10104)
      assert.match(answer.msg, /Record not found: There is no video/)
    })
  }
})
