import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Invalid, UnspeakableText } from '../../core/errors.ts'
import { VOICES } from './catalogue.ts'
import { findVoice } from './find-voice.ts'
import { speak } from './speak.ts'
import { SENTENCES } from './test-sentences.ts'
import { assertSoundSpeech, testVoice } from './voice-contract.ts'

const ENGLISH = 'Seven wise owls sat by the old mill. It’s a rainy day, so nobody will come.'
for (const id of ['flite-slt', 'flite-rms', 'flite-awb', 'flite-kal', 'espeak-en-gb-m3']) {
  testVoice(id, ENGLISH, { digitWord: 'about' })
}
testVoice('espeak-de-f2', 'Sieben kluge Eulen saßen an der Mühle. Es regnet heute, niemand wird kommen.', {
  digitWord: 'etwa',
})
testVoice('espeak-ru-m3', 'Старый мост стоит у реки. Сегодня идёт дождь, никто не придёт.', { digitWord: 'около' })

test('every language is spoken in phones of the one alphabet', async () => {
  const languages = new Set<string>()
  for (const voice of VOICES) {
    if (languages.has(voice.language) || voice.engine !== 'espeak') continue
    languages.add(voice.language)
    const sentence = SENTENCES[voice.locale]!
    const speech = await speak(sentence, voice)
    assertSoundSpeech(speech, sentence)
    assert.ok(speech.words.length >= 3, voice.id)
    assert.ok(speech.phones.length > 15, voice.id)
  }
  assert.ok(languages.size >= 30)
})

test('a script in a writing that the voice cannot read is refused, with a voice that can', async () => {
  await assert.rejects(speak('早上好，我叫小美。', findVoice('flite-slt').voice), (error) => {
    assert.ok(error instanceof UnspeakableText)
    assert.equal(
      error.message,
      'This voice speaks English only; the text is mostly Chinese. A voice for it: espeak-zh-f2.',
    )
    return true
  })
  await assert.rejects(speak('Привет, мир', findVoice('espeak-de-f2').voice), /mostly Cyrillic.*espeak-ru-f2/u)
  await assert.rejects(speak('日本語です', findVoice('espeak-ja-f2').voice), /kana/u)
  await assert.rejects(speak('😀', findVoice('espeak-ja-f2').voice), UnspeakableText)
})

test('names with sounds that a voice never recorded side by side are spoken all the same', async () => {
  for (const id of ['flite-slt', 'flite-rms', 'flite-awb', 'flite-kal']) {
    const speech = await speak('Xowmquaiquo calls ngoihco.', findVoice(id).voice, {})
    assert.equal(speech.words.length, 3, id)
  }
})

test('settings out of range are refused by name', async () => {
  const { voice } = findVoice('flite-slt')
  await assert.rejects(speak('Hello', voice, { speed: 3 }), Invalid)
  await assert.rejects(speak('Hello', voice, { pitchSemitones: Number.NaN }), Invalid)
})

test('an aborted request stops between sentences', async () => {
  const abort = new AbortController()
  const speaking = speak('One. '.repeat(300), findVoice('flite-kal').voice, {}, { signal: abort.signal })
  setImmediate(() => abort.abort(new Error('stopped by the user')))
  await assert.rejects(speaking, /stopped by the user/u)
})

test('many utterances do not make the process grow', async () => {
  const { voice } = findVoice('espeak-fr-f2')
  const speakSome = async (count: number) => {
    for (let i = 0; i < count; i++) await speak(`Bonjour ${i}.`, voice)
  }
  await speakSome(20)
  const before = process.memoryUsage().heapUsed
  await speakSome(100)
  assert.ok(process.memoryUsage().heapUsed - before < 60e6)
})
