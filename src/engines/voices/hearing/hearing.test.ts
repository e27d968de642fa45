import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { SAMPLE_RATE } from '../../../core/speech.ts'
import { integratedLoudness } from '../../../domain/loudness.ts'
import { findVoice } from '../find-voice.ts'
import { speak } from '../speak.ts'
import { alignText } from './align-text.ts'
import { findSounds } from './find-sounds.ts'
import { hear } from './hear.ts'
import { BANDS, HEARING_RATE, melFrames } from './mel.ts'
import { HEARD_RATE, openHearing, SIZES, weightsOf } from './network.ts'
import { CLASS_PHONES, classesOfPhone, classOfPhone } from './sound-classes.ts'
import { decodeWeights, encodeWeights } from './weights-file.ts'

/** Likelihoods of phones that last so many rows each, with a little doubt. */
function heardAs(notation: string): Float32Array {
  const rows = notation.split(' ').flatMap((token) => {
    const [phone, count] = token.split(':') as [string, string]
    return Array<string>(Number(count)).fill(phone)
  })
  const heard = new Float32Array(rows.length * CLASS_PHONES.length).fill(-6)
  for (const [row, phone] of rows.entries()) heard[row * CLASS_PHONES.length + classOfPhone(phone)] = -0.2
  return heard
}

describe('bands of sound', () => {
  const tone = (hertz: number, gain: number) =>
    Float32Array.from(
      { length: 8000 },
      (_, i) => gain * Math.sin((2 * Math.PI * hertz * i) / HEARING_RATE) * (i > 4000 ? 1 : 0.1),
    )

  test('do not depend on how loud a sound is', () => {
    const [quiet, loud] = [melFrames(tone(700, 0.01)), melFrames(tone(700, 0.8))]
    assert.equal(quiet.length, 50 * BANDS)
    assert.ok(quiet.every((value, i) => Math.abs(value - loud[i]!) < 0.01))
  })

  test('are none for no sound, and numbers for silence', () => {
    assert.equal(melFrames(new Float32Array(0)).length, 0)
    assert.ok(melFrames(new Float32Array(1600)).every(Number.isFinite))
  })
})

describe('sounds', () => {
  test('are found where they are likely, and a single doubtful row makes no sound of its own', () => {
    const heard = heardAs('_:10 a:8 b:4 i:8 _:10')
    heard[13 * CLASS_PHONES.length + classOfPhone('o')] = 0
    heard[13 * CLASS_PHONES.length + classOfPhone('a')] = -0.7
    const found = findSounds(heard, 0.8).map(({ kind, startSeconds, endSeconds }) => {
      return [CLASS_PHONES[kind], Math.round(startSeconds * 100), Math.round(endSeconds * 100)]
    })
    assert.deepEqual(found, [
      ['_', 0, 19],
      ['a', 19, 35],
      ['b', 35, 43],
      ['i', 43, 59],
      ['_', 59, 80],
    ])
  })

  test('are of a class each, every phone of the alphabet', () => {
    assert.deepEqual(
      classesOfPhone('aɪ').map((kind) => CLASS_PHONES[kind]),
      ['a', 'ɪ'],
    )
    assert.deepEqual(
      [...'pbm'].map((phone) => CLASS_PHONES[classOfPhone(phone)]),
      ['b', 'b', 'm'],
    )
    assert.throws(() => classOfPhone('x̃'), RangeError)
  })
})

describe('a known text', () => {
  const phone = (name: string, word: number | null) => ({
    phone: name,
    startSeconds: 0,
    endSeconds: 1,
    stress: 0 as const,
    word,
  })
  const word = (text: string, textStart: number) => ({
    text,
    startSeconds: 0,
    endSeconds: 1,
    textStart,
    textEnd: textStart + text.length,
  })
  const said = {
    words: [word('mama', 0), word('bee', 5)],
    phones: [phone('_', null), ...['m', 'a', 'm', 'a'].map((name) => phone(name, 0)), phone('b', 1), phone('i', 1)],
  }

  test('lies where its sounds are heard, with the pauses that are made', () => {
    const heard = heardAs('_:10 m:4 a:6 m:4 a:6 _:20 b:5 i:10 _:5')
    const { words, phones } = alignText(heard, 70 / HEARD_RATE, said)
    assert.deepEqual(
      words.map(({ text, startSeconds, endSeconds }) => [
        text,
        Math.round(startSeconds * 100),
        Math.round(endSeconds * 100),
      ]),
      [
        ['mama', 19, 59],
        ['bee', 99, 129],
      ],
    )
    assert.deepEqual(
      phones.map((each) => each.phone),
      ['_', 'm', 'a', 'm', 'a', '_', 'b', 'i', '_'],
    )
    assert.equal(phones.at(-1)?.endSeconds, 1.4)
  })

  test('may lack a sound in the recording', () => {
    const { words, phones } = alignText(heardAs('m:4 a:6 a:6 b:5 i:10'), 31 / HEARD_RATE, said)
    assert.deepEqual(
      words.map(({ text }) => text),
      ['mama', 'bee'],
    )
    assert.ok(Math.abs(phones.find((each) => each.phone === 'b')!.startSeconds - 0.31) < 0.05)
  })

  test('fits better what was said than what was not', () => {
    const right = alignText(heardAs('m:4 a:6 m:4 a:6 b:5 i:10'), 35 / HEARD_RATE, said)
    const wrong = alignText(heardAs('s:4 u:6 s:4 u:6 k:5 o:10'), 35 / HEARD_RATE, said)
    assert.ok(right.fit > -0.5 && wrong.fit < -3, `${right.fit} and ${wrong.fit}`)
  })
})

describe('the network', () => {
  const arrays = SIZES.map((size, layer) =>
    Float32Array.from({ length: size }, (_, i) => Math.sin(i * 7 + layer) * 0.1),
  )

  test('hears a long sound in pieces as it would hear it whole', async () => {
    const hearing = openHearing(weightsOf(arrays))
    const bands = Float32Array.from({ length: 2400 * BANDS }, (_, i) => Math.sin(i * 0.37) + Math.sin(i * 0.011))
    const all = await hearing.hear(bands)
    // Rows 900 to 1100 again, from a sound that begins at row 800: the border between pieces lies elsewhere.
    const later = await hearing.hear(bands.slice(1600 * BANDS))
    const width = CLASS_PHONES.length
    for (let i = 900 * width; i < 1100 * width; i++) assert.ok(Math.abs(all[i]! - later[i - 800 * width]!) < 1e-4)
  })

  test('keeps its weights in a file to four digits', () => {
    const back = decodeWeights(encodeWeights(arrays))
    assert.ok(back.direct.every((value, i) => Math.abs(value - arrays[0]![i]!) < 1e-5))
    assert.throws(() => decodeWeights(new Uint8Array(100)), /not the weights/)
  })
})

describe('a recording', () => {
  const text = 'Papa may bring Bob a map. We move.'

  test('becomes speech as long as it was, at the level of all speech, its lips shut where p, b and m are', async () => {
    const { samples, phones } = await speak(text, findVoice('flite-rms').voice)
    const heard = await hear(samples.map((sample) => sample * 0.2))
    assert.equal(heard.samples.length, samples.length)
    assert.ok(Math.abs(integratedLoudness(heard.samples) + 16) < 1)
    assert.deepEqual([heard.words, heard.timing], [[], 'estimated'])
    for (const [i, phone] of heard.phones.entries())
      assert.equal(phone.startSeconds, heard.phones[i - 1]?.endSeconds ?? 0)
    assert.ok(Math.abs(heard.phones.at(-1)!.endSeconds - samples.length / SAMPLE_RATE) < 1e-9)
    const middles = (all: typeof phones) =>
      all.filter(({ phone }) => 'pbm'.includes(phone)).map((each) => (each.startSeconds + each.endSeconds) / 2)
    const found = middles(phones).filter((at) => middles(heard.phones).some((other) => Math.abs(at - other) <= 0.06))
    assert.ok(found.length >= 0.6 * middles(phones).length, `${found.length} of ${middles(phones).length}`)
  })

  test('whose words are known has them in time', async () => {
    const { voice } = findVoice('flite-rms')
    const { samples, words } = await speak(text, voice)
    const heard = await hear(samples, { transcript: { text, voice: findVoice('flite-slt').voice } })
    assert.equal(heard.timing, 'aligned')
    assert.deepEqual(
      heard.words.map((word) => word.text),
      words.map((word) => word.text),
    )
    const late = heard.words
      .map((word, i) => Math.abs(word.startSeconds - words[i]!.startSeconds))
      .sort((a, b) => a - b)
    assert.ok(late[late.length >> 1]! < 0.05 && late.at(-1)! < 0.25, `late by ${late}`)
  })

  test('with a transcript that is not what is heard follows the sound, and says so', async () => {
    const { samples } = await speak(text, findVoice('flite-rms').voice)
    const alone = await hear(samples.slice())
    const other = { text: 'Seven tall trees stood still outside.', voice: findVoice('flite-slt').voice }
    const { notes, phones, words, timing } = await hear(samples, { transcript: other })
    assert.match(notes?.join() ?? '', /^The transcript is not what is heard/)
    assert.deepEqual([phones, timing], [alone.phones, 'estimated'])
    assert.deepEqual(
      words.map((word) => word.text),
      ['Seven', 'tall', 'trees', 'stood', 'still', 'outside'],
    )
  })

  test('in a writing that no voice reads has its words along the sound', async () => {
    const { samples, phones } = await speak(
      'One two three four.<break time="1s"/> Five six seven.',
      findVoice('flite-rms').voice,
    )
    for (const script of ['שלום לכולם וברוכים הבאים', 'สวัสดีครับ ยินดีต้อนรับ']) {
      const { notes, words } = await hear(samples.slice(), {
        transcript: { text: script, voice: findVoice('flite-slt').voice },
      })
      assert.match(notes?.join() ?? '', /does not read the transcript's writing/)
      assert.ok(words.length >= 4)
      for (const [index, word] of words.entries()) {
        assert.equal(script.slice(word.textStart, word.textEnd), word.text)
        assert.ok(word.endSeconds > word.startSeconds && word.startSeconds >= (words[index - 1]?.endSeconds ?? 0))
      }
      const last = phones.findLast(({ phone }) => phone !== '_')!
      assert.ok(Math.abs(words.at(-1)!.endSeconds - last.endSeconds) < 0.2 && words[0]!.startSeconds < 0.3)
    }
  })
})
