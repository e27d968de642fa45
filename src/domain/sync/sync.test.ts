import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { TimedPhone } from '../../core/speech.ts'
import { speechOf } from '../speech-fixture.ts'
import { describeSync } from './describe-sync.ts'
import { expectedOpening } from './expected.ts'
import { decodeSpeechTrack, encodeSpeechTrack, joinSpeech } from './speech-track.ts'
import { judgeOffset, type MouthSample, reportSync } from './sync-report.ts'

const FPS = 25
const WORDS = 'p:90 ˈa:160 t:70 i:120 | m:80 ˈɔ:170 s:110 ə:90 | b:80 ˈaɪ:210 n:70 o:150 k:80 æ:140'
const speech = speechOf(`_:500 ${WORDS} _:900 ${WORDS} | ${WORDS} _:700`)
const frames = Math.round(speech.phones.at(-1)!.endSeconds * FPS)

/** A mouth of 40 px that follows the phones' openings, `late` seconds behind them; while it speaks it opens by `floor`. */
function mouthOf(phones: readonly TimedPhone[], { late = 0, floor = 0, tremble = 0, bias = 0 } = {}): MouthSample[] {
  return Array.from({ length: frames }, (_, frame) => {
    const seconds = (frame + 0.5) / FPS - late
    let sum = 0
    for (let tap = -20; tap <= 20; tap++) sum += openingAt(phones, seconds + tap * 0.0015)
    const least = isSpoken(phones, seconds) ? floor : 0
    return { gap: bias + 40 * Math.max(least, sum / 41) + (frame % 2) * tremble, width: 90 }
  })
}

function isSpoken(phones: readonly TimedPhone[], at: number): boolean {
  return phones.some(({ phone, startSeconds, endSeconds }) => phone !== '_' && startSeconds <= at && at < endSeconds)
}

function openingAt(phones: readonly TimedPhone[], seconds: number): number {
  const phone = phones.find(({ startSeconds, endSeconds }) => startSeconds <= seconds && seconds < endSeconds)
  return phone ? expectedOpening(phone.phone) : 0
}

function reportOf(mouth: readonly (MouthSample | null)[], phones: readonly TimedPhone[] | null = speech.phones) {
  return reportSync({ mouth, fps: FPS, sound: speech.samples, phones, timing: phones ? 'exact' : null })
}

describe('a sync report', () => {
  test('finds nothing wrong with lips that follow their phones', () => {
    const planned = mouthOf(speech.phones).map(({ gap }) => gap / 40)
    const report = reportSync({
      mouth: mouthOf(speech.phones),
      fps: FPS,
      sound: speech.samples,
      phones: speech.phones,
      timing: 'exact',
      planned,
    })
    assert.deepEqual(report.closures, { count: 9, closed: 9, share: 1 })
    assert.ok(report.correlation! > 0.999)
    assert.equal(report.movingInSilence?.share, 0)
    assert.ok(report.movingInSilence.frames > 20)
    assert.ok(Math.abs(report.offset!.soundEarlyMs) < 20, `${report.offset?.soundEarlyMs} ms`)
    assert.equal(report.offset?.verdict, 'undetectable')
    assert.ok(report.onsets!.p50 < 20 && report.onsets!.p95 <= 40, JSON.stringify(report.onsets))
    assert.ok(report.openToClosed! > 4)
  })

  for (const late of [0.12, -0.16]) {
    test(`measures a picture that is ${late * 1000} ms late`, () => {
      const aligned = reportOf(mouthOf(speech.phones)).offset!.soundEarlyMs
      const shifted = reportOf(mouthOf(speech.phones, { late }))
      assert.ok(
        Math.abs(shifted.offset!.soundEarlyMs - aligned - late * 1000) < 8,
        `${shifted.offset?.soundEarlyMs} ms`,
      )
      assert.notEqual(shifted.offset?.verdict, 'undetectable')
    })
  }

  test('measures the offset from the sound alone where nobody knows the phones', () => {
    const report = reportOf(mouthOf(speech.phones, { late: 0.12 }), null)
    assert.equal(report.timesFrom, 'sound')
    assert.equal(report.closures, null)
    assert.ok(Math.abs(report.offset!.soundEarlyMs - 120) < 45, `${report.offset?.soundEarlyMs} ms`)
    assert.match(describeSync(report), /nothing is known of the phones/)
  })

  test('counts lips that do not close', () => {
    const report = reportOf(mouthOf(speech.phones, { floor: 0.3 }))
    // The first p and the last m stand beside silences in which the lips rest.
    assert.ok(report.closures!.closed <= 3)
    assert.match(describeSync(report), /of 9, (0|11|22|33) %/)
  })

  test('counts from resting lips where the model reads closed lips as open, and says so', () => {
    const report = reportOf(mouthOf(speech.phones, { bias: 20 }))
    assert.equal(report.closures?.share, 1)
    assert.ok(Math.abs(report.restingGap! - 20 / 60) < 0.02)
    assert.match(describeSync(report), /lips at rest +read as 33 %/)
  })

  test('sees lips that tremble in silence', () => {
    assert.equal(reportOf(mouthOf(speech.phones, { tremble: 3 })).movingInSilence?.share, 1)
  })

  test('says what each phone looks like', () => {
    const phones = new Map(reportOf(mouthOf(speech.phones)).phones.map((figures) => [figures.phone, figures]))
    assert.equal(phones.get('p')?.count, 3)
    assert.equal(phones.get('p')?.closed, 1)
    assert.ok(phones.get('a')!.meanGap > 0.8 && phones.get('a')!.closed < 1)
    assert.ok(phones.get('i')!.meanGap < phones.get('o')!.meanGap)
  })

  test('takes frames without a face for still ones, and says how many there are', () => {
    const mouth = mouthOf(speech.phones).map((sample, frame) => (frame % 10 === 3 ? null : sample))
    const report = reportOf(mouth)
    assert.equal(report.framesWithFace, mouth.filter((sample) => sample !== null).length)
    assert.ok(report.closures!.share > 0.8)
  })

  test('has nothing to say of a video without a face', () => {
    const report = reportOf(Array.from({ length: frames }, () => null))
    assert.equal(report.closures, null)
    assert.equal(report.offset, null)
    assert.match(describeSync(report), /in 0 of/)
  })

  test('judges offsets by ITU-R BT.1359', () => {
    assert.deepEqual([44, 46, 91, -124, -126, -186].map(judgeOffset), [
      'undetectable',
      'detectable',
      'unacceptable',
      'undetectable',
      'detectable',
      'unacceptable',
    ])
  })
})

describe('a speech track', () => {
  test('comes back from its text to the millisecond', () => {
    const track = joinSpeech([
      { startSeconds: 0, speech },
      { startSeconds: 10, speech: null },
      { startSeconds: 12.04, speech: { ...speech, timing: 'aligned' } },
    ])
    assert.equal(track.timing, 'aligned')
    const back = decodeSpeechTrack(encodeSpeechTrack(track))!
    assert.equal(back.phones.length, speech.phones.length * 2)
    for (const [i, phone] of back.phones.entries()) {
      assert.equal(phone.phone, track.phones[i]!.phone)
      assert.equal(phone.word, track.phones[i]!.word)
      assert.ok(Math.abs(phone.startSeconds - track.phones[i]!.startSeconds) <= 0.00051)
    }
    assert.equal(back.phones[speech.phones.length]!.startSeconds, 12.04)
    assert.equal(back.words[speech.words.length]!.text, speech.words[0]!.text)
  })

  test('is not read out of other texts', () => {
    for (const text of ['', 'x', '{}', '{"version":2}', 'null', '{"version":1,"timing":"exact"}']) {
      assert.equal(decodeSpeechTrack(text), null, text)
    }
  })
})
