import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NotFound } from '../../core/errors.ts'
import { VOICES } from './catalogue.ts'
import { findVoice } from './find-voice.ts'

test('the catalogue holds sixty voices in thirty languages, women and men in each', () => {
  assert.ok(VOICES.length >= 60)
  assert.equal(new Set(VOICES.map((voice) => voice.id)).size, VOICES.length)
  const languages = new Set(VOICES.map((voice) => voice.language))
  assert.ok(languages.size >= 30)
  for (const language of languages) {
    const genders = new Set(VOICES.filter((voice) => voice.language === language).map((voice) => voice.gender))
    assert.equal(genders.size, 2, language)
  }
})

test('no two voices of one locale share a name', () => {
  const names = VOICES.map((voice) => `${voice.locale} ${voice.name}`)
  assert.equal(new Set(names).size, names.length)
})

test('a voice is found by its own id', () => {
  for (const voice of VOICES) assert.deepEqual(findVoice(voice.id), { voice, standsInFor: null })
})

for (const [id, voiceId] of [
  ['en-US-ChristopherNeural', 'flite-rms'],
  ['en-US-JennyNeural', 'flite-slt'],
  ['en-US-AvaMultilingualNeural', 'flite-slt'],
  ['en-US-AndrewMultilingualNeural', 'flite-rms'],
  ['en-US-Ava:DragonHDLatestNeural', 'flite-slt'],
  ['zh-CN-liaoning-XiaobeiNeural', 'espeak-zh-f2'],
  ['en-GB-SoniaNeural', 'espeak-en-gb-f2'],
  ['en-AU-NatashaNeural', 'espeak-en-gb-f2'],
  ['de-DE-KatjaNeural', 'espeak-de-f2'],
  ['de-AT-JonasNeural', 'espeak-de-f2'],
  ['zh-CN-XiaoxiaoNeural', 'espeak-zh-f2'],
  ['zh-CN-YunxiNeural', 'espeak-zh-m3'],
  ['pt-BR-FranciscaNeural', 'espeak-pt-br-f2'],
  ['es-MX-DaliaNeural', 'espeak-es-419-f2'],
  ['es-AR-TomasNeural', 'espeak-es-419-m3'],
  ['fr-CA-AntoineNeural', 'espeak-fr-m3'],
  ['ja-JP-KeitaNeural', 'espeak-ja-m3'],
  ['ar-EG-SalmaNeural', 'espeak-ar-f2'],
] as const) {
  test(`${id} is spoken by ${voiceId}`, () => {
    const found = findVoice(id, id.includes('Jonas') ? { gender: 'female' } : {})
    assert.equal(found.voice.id, voiceId)
    assert.equal(found.standsInFor, id)
  })
}

test('a name of unknown gender always gets the same voice, the hinted one where there is a hint', () => {
  assert.deepEqual(findVoice('de-DE-QwxNeural'), findVoice('de-DE-QwxNeural'))
  assert.equal(findVoice('de-DE-QwxNeural', { gender: 'male' }).voice.gender, 'male')
  assert.equal(findVoice('de-DE-QwxNeural', { gender: 'female' }).voice.gender, 'female')
})

test('any other id is not found, and the message says what would do', () => {
  const ids = [
    'MFZUKuGQUsGJPQjTS4wC',
    'tb_0123456789abcdef0123456789abcdef',
    '1bd001e7e50f421d891986aad5158bc8',
    '',
    'xx-XX-AbcNeural',
  ]
  for (const id of ids) {
    assert.throws(
      () => findVoice(id),
      (error) => error instanceof NotFound && /flite-slt/u.test(error.message),
    )
  }
})
