// Music under speech: how loud when, how it begins again, and that nothing is cut off at full scale.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SAMPLE_RATE, type TimedPhone } from '../core/speech.ts'
import { integratedLoudness } from './loudness.ts'
import { musicGain, spokenSpans, withMusic } from './music.ts'

const decibels = (gain: number) => 20 * Math.log10(gain)
const phone = (name: string, startSeconds: number, endSeconds: number): TimedPhone => ({
  phone: name,
  startSeconds,
  endSeconds,
  stress: 0,
  word: null,
})
const tone = (seconds: number, hertz = 440, level = 0.2) =>
  Float32Array.from(
    { length: seconds * SAMPLE_RATE },
    (_, i) => level * Math.sin((2 * Math.PI * hertz * i) / SAMPLE_RATE),
  )
const joined = (pieces: Iterable<Float32Array>) => {
  const all = [...pieces]
  const whole = new Float32Array(all.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of all) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

test('speech is where phones are, over short pauses and at the times of its scene', () => {
  const phones = [phone('_', 0, 0.5), phone('a', 0.5, 1), phone('_', 1, 1.5), phone('m', 1.5, 2), phone('_', 2, 5)]
  const later = [phone('_', 0, 1), phone('o', 1, 2)]
  const scenes = [
    { startFrame: 0, frameCount: 125, character: null, background: { kind: 'own' } },
    { startFrame: 125, frameCount: 50, character: null, background: { kind: 'own' } },
  ] as const
  const canvas = { width: 2, height: 2, fps: 25 }
  assert.deepEqual(spokenSpans({ scenes, canvas }, [{ phones }, { phones: later }]), [
    { startSeconds: 0.5, endSeconds: 2 },
    { startSeconds: 6, endSeconds: 7 },
  ])
  assert.deepEqual(spokenSpans({ scenes, canvas }, [null, null]), [])
})

test('music is 12 dB down from the first phone to the last, and back within a second', () => {
  const video = { seconds: 20, spans: [{ startSeconds: 5, endSeconds: 9 }] }
  const at = (seconds: number) => Math.round(decibels(musicGain(seconds, video)) * 10) / 10
  assert.deepEqual([4, 4.7, 5, 7, 9, 9.9, 12].map(at), [0, 0, -12, -12, -12, 0, 0])
  assert.ok(at(4.85) < -3 && at(4.85) > -9)
  assert.equal(musicGain(0, video), 0)
  assert.equal(musicGain(20, video), 0)
  assert.ok(at(18.75) < -5 && at(18.75) > -7, 'half of the way out')
})

test('music stands at its volume against the level of speech, and lasts as long as the sound', () => {
  const silence = [new Float32Array(SAMPLE_RATE * 6), new Float32Array(SAMPLE_RATE * 4 + 7)]
  const sound = joined(withMusic(silence, { samples: tone(12), volume: 0.5, seconds: 10, spans: [] }))
  assert.equal(sound.length, SAMPLE_RATE * 10 + 7)
  const middle = sound.slice(2 * SAMPLE_RATE, 7 * SAMPLE_RATE)
  assert.ok(Math.abs(integratedLoudness(middle) - (-16 + decibels(0.5))) < 0.3, String(integratedLoudness(middle)))
})

test('short music begins again without a gap or a click', () => {
  const silence = [new Float32Array(SAMPLE_RATE * 9)]
  const sound = joined(withMusic(silence, { samples: tone(2.03, 220), volume: 0.5, seconds: 9, spans: [] }))
  let [jump, quietest] = [0, 1]
  for (let i = 1.5 * SAMPLE_RATE; i < 6 * SAMPLE_RATE; i++) jump = Math.max(jump, Math.abs(sound[i]! - sound[i - 1]!))
  for (let from = 1.5 * SAMPLE_RATE; from < 6 * SAMPLE_RATE; from += 1200) {
    quietest = Math.min(
      quietest,
      sound.slice(from, from + 1200).reduce((most, s) => Math.max(most, Math.abs(s)), 0),
    )
  }
  const peak = sound.reduce((most, s) => Math.max(most, Math.abs(s)), 0)
  assert.ok(jump < peak * 0.05, `a step of ${jump} at a peak of ${peak}`)
  assert.ok(quietest > 0.02, String(quietest))
})

test('loud speech over loud music bends below full scale', () => {
  const loud = tone(6, 300, 0.89)
  const sound = joined(withMusic([loud], { samples: tone(6, 310), volume: 1, seconds: 6, spans: [] }))
  const peak = sound.reduce((most, s) => Math.max(most, Math.abs(s)), 0)
  assert.ok(peak > 0.9 && peak < 1, String(peak))
})
