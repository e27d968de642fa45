// What HeyGen's generate call takes and what it refuses, over real HTTP.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SAMPLE_AVATARS } from './sample-ids.ts'
import { BODY, heygenSuite, SCENE, sceneWith } from './test-requests.ts'

const { ask, generated, specOf, suite } = heygenSuite()

describe('generating a video', () => {
  test('takes the sample of the documents and answers with an id alone', async () => {
    const id = await generated()
    assert.match(id, /^[0-9a-f]{32}$/)
    const spec = await specOf(id)
    assert.deepEqual(spec.canvas, { width: 1280, height: 720, fps: 25 })
    assert.equal(spec.name, 'First')
    assert.equal(spec.scenes[0]?.voice.kind === 'script' && spec.scenes[0].voice.text, SCENE.voice.input_text)
    assert.equal(suite.server.services.library.find(spec.scenes[0]?.character?.avatarId ?? '').gender, 'male')
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
    const chosen = suite.server.services.voices
      .list()
      .find((each) => voice?.kind === 'script' && each.id === voice.voiceId)
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
      const before = await suite.server.services.jobs.unfinishedCount()
      const { status, body: answer } = await ask('POST', '/v2/video/generate', body)
      assert.equal(status, 400)
      assert.deepEqual(Object.keys(answer).sort(), ['data', 'error'])
      assert.equal(answer.data, null)
      assert.equal(answer.error?.code, 'invalid_parameter')
      assert.match(answer.error?.message ?? '', words)
      assert.equal(await suite.server.services.jobs.unfinishedCount(), before)
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
