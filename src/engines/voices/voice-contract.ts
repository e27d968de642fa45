// For tests: what every voice engine's speech must be, whoever speaks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isVowel, phoneGroup } from '../../core/phones.ts'
import { SAMPLE_RATE, type Speech, type TimedPhone } from '../../core/speech.ts'
import { integratedLoudness } from '../../domain/loudness.ts'
import { findVoice } from './find-voice.ts'
import { speak } from './speak.ts'

/** Level of a phone's sound in dB below full scale. */
export function levelOf(speech: Speech, phone: TimedPhone): number {
  const part = speech.samples.subarray(
    Math.round(phone.startSeconds * SAMPLE_RATE),
    Math.round(phone.endSeconds * SAMPLE_RATE),
  )
  return 10 * Math.log10(part.reduce((sum, x) => sum + x * x, 0) / Math.max(1, part.length) + 1e-9)
}

/** Asserts what holds for any speech of any voice. */
export function assertSoundSpeech(speech: Speech, script: string): void {
  const seconds = speech.samples.length / SAMPLE_RATE
  assert.ok(speech.samples.every(Number.isFinite), 'every sample is a number')
  assert.equal(speech.phones[0]?.startSeconds, 0)
  assert.ok(Math.abs(speech.phones.at(-1)!.endSeconds - seconds) < 1e-6, 'phones end with the sound')
  for (const [i, phone] of speech.phones.entries()) {
    assert.notEqual(phoneGroup(phone.phone), null, `${phone.phone} is in the alphabet`)
    assert.ok(phone.endSeconds > phone.startSeconds, `phone ${i} lasts`)
    if (i > 0) assert.ok(Math.abs(phone.startSeconds - speech.phones[i - 1]!.endSeconds) < 1e-9, `phone ${i} follows`)
    assert.equal(phone.word === null, phone.phone === '_', 'silence belongs to no word, every sound to one')
    if (phone.word !== null) assert.ok(phone.word >= 0 && phone.word < speech.words.length)
    if (!isVowel(phone.phone)) assert.equal(phone.stress, 0, 'only vowels are stressed')
  }
  for (const [i, word] of speech.words.entries()) {
    assert.equal(script.slice(word.textStart, word.textEnd), word.text)
    assert.ok(word.endSeconds > word.startSeconds, `${word.text} lasts`)
    if (i === 0) continue
    const before = speech.words[i - 1]!
    assert.ok(word.startSeconds >= before.endSeconds - 1e-9, `${word.text} comes after ${before.text}`)
    assert.ok(word.textStart >= before.textStart, `${word.text} stands after ${before.text}`)
  }
}

/** The tests that a voice passes. @param script in the voice's language, two sentences at least. */
export function testVoice(voiceId: string, script: string, options: { digitWord: string }): void {
  const { voice } = findVoice(voiceId)
  const cut = script.indexOf('. ') + 1
  const withBreak = `${script.slice(0, cut)} <break time="1.3s"/>${script.slice(cut)}`

  test(`${voiceId}: phones fill the sound, words stand in the script`, async () => {
    const speech = await speak(script, voice)
    assertSoundSpeech(speech, script)
    assert.equal(speech.voiceId, voiceId)
    assert.equal(speech.timing, 'exact')
    const written = script.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu)!
    assert.deepEqual(
      speech.words.map((word) => word.text),
      written,
    )
  })

  test(`${voiceId}: vowels sound and silences do not`, async () => {
    const speech = await speak(script, voice)
    const levels = (wanted: (phone: TimedPhone) => boolean) =>
      speech.phones
        .filter((phone) => wanted(phone) && phone.endSeconds - phone.startSeconds > 0.03)
        .map((phone) => levelOf(speech, phone))
    const vowels = levels((phone) => isVowel(phone.phone))
    const silences = levels((phone) => phone.phone === '_')
    const mean = vowels.reduce((a, b) => a + b, 0) / vowels.length
    assert.ok(mean > -22, `vowels at ${mean} dB`)
    assert.ok(vowels.filter((level) => level < mean - 15).length <= vowels.length * 0.05, `quiet vowels ${vowels}`)
    assert.ok(
      silences.every((level) => level < mean - 15),
      `loud silences ${silences}`,
    )
  })

  test(`${voiceId}: a break is as long as was asked for`, async () => {
    const speech = await speak(withBreak, voice)
    const longest = speech.phones
      .filter((phone) => phone.phone === '_')
      .map((phone) => phone.endSeconds - phone.startSeconds)
      .reduce((a, b) => Math.max(a, b))
    assert.ok(Math.abs(longest - 1.3) < 0.06, `break of ${longest} s`)
  })

  test(`${voiceId}: speed and pitch do what they say, the same request gives the same samples`, async () => {
    const [plain, again] = [await speak(script, voice), await speak(script, voice)]
    assert.deepEqual(again, plain)
    const fast = await speak(script, voice, { speed: 1.5 })
    const slow = await speak(script, voice, { speed: 0.75 })
    assert.ok(fast.samples.length < plain.samples.length * 0.8 && slow.samples.length > plain.samples.length * 1.15)
    const high = await speak(script, voice, { pitchSemitones: 5 })
    assertSoundSpeech(high, script)
    const ratio = 12 * Math.log2(pitchOf(high) / pitchOf(plain))
    assert.ok(Math.abs(ratio - 5) < 1.5, `pitch rose by ${ratio} semitones`)
  })

  test(`${voiceId}: speech stands at -16 LUFS without clicks`, async () => {
    const { samples, phones } = await speak(withBreak, voice)
    assert.ok(Math.abs(integratedLoudness(samples) + 16) < 1)
    assert.ok(samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0) <= 0.9)
    for (const { phone, startSeconds, endSeconds } of phones) {
      if (phone !== '_' || endSeconds - startSeconds < 0.3) continue
      for (const edge of [startSeconds + 0.09, endSeconds - 0.025]) {
        if (edge <= startSeconds || edge >= endSeconds) continue
        const at = Math.round(edge * SAMPLE_RATE)
        for (let i = at - 480; i < at + 480; i++) {
          assert.ok(Math.abs((samples[i + 1] ?? 0) - (samples[i] ?? 0)) < 0.06, `jump at ${i / SAMPLE_RATE} s`)
        }
      }
    }
  })

  test(`${voiceId}: a number is one word of the script`, async () => {
    const number = `${options.digitWord} 25 ${options.digitWord}.`
    const speech = await speak(number, voice)
    assertSoundSpeech(speech, number)
    assert.deepEqual(
      speech.words.map((word) => word.text),
      [options.digitWord, '25', options.digitWord],
    )
  })
}

/** The median pitch of speech in Hz, by autocorrelation of its loud frames. */
export function pitchOf({ samples }: Speech): number {
  const found: number[] = []
  const [frame, step] = [2400, 4]
  for (let at = 0; at + 2 * frame < samples.length; at += frame) {
    let energy = 0
    for (let k = 0; k < frame; k += step) energy += samples[at + k]! ** 2
    if ((energy * step) / frame < 2e-3) continue
    let [best, lag] = [0.7, 0]
    for (let l = 100; l < 800; l += 2) {
      let [product, other] = [0, 0]
      for (let k = 0; k < frame; k += step) {
        product += samples[at + k]! * samples[at + k + l]!
        other += samples[at + k + l]! ** 2
      }
      const likeness = product / Math.sqrt(energy * other + 1e-12)
      if (likeness > best + 0.02) [best, lag] = [likeness, l]
    }
    if (lag > 0) found.push(SAMPLE_RATE / lag)
  }
  return found.sort((a, b) => a - b)[found.length >> 1]!
}
