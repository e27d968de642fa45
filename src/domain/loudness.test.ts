import assert from 'node:assert/strict'
import { test } from 'node:test'
import { highPass, integratedLoudness, normaliseLoudness } from './loudness.ts'

const tone = (hz: number, amplitude: number, seconds: number) =>
  Float32Array.from({ length: 48000 * seconds }, (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / 48000))

const joined = (...parts: Float32Array[]) => Float32Array.from(parts.flatMap((part) => [...part]))

test('a full-scale tone of 997 Hz in one channel stands at -3.01 LUFS, as BS.1770 says', () => {
  assert.ok(Math.abs(integratedLoudness(tone(997, 1, 2)) + 3.01) < 0.02)
})

test('silence between words does not count', () => {
  const words = tone(997, 0.2, 3)
  const spaced = joined(words, new Float32Array(48000 * 6), words)
  assert.ok(Math.abs(integratedLoudness(spaced) - integratedLoudness(words)) < 0.3)
})

test('sound comes to the level that was asked for', () => {
  for (const amplitude of [0.003, 0.1, 0.9]) {
    const levelled = normaliseLoudness(tone(440, amplitude, 2))
    assert.ok(Math.abs(integratedLoudness(levelled) + 16) < 0.15)
  }
})

test('a peak is turned down below the ceiling and the rest keeps its level', () => {
  const peaky = tone(440, 0.05, 4)
  for (let i = 0; i < 200; i++) peaky[48000 + i] = 0.9 * Math.sin(i / 5)
  const levelled = normaliseLoudness(peaky)
  const peak = levelled.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  assert.ok(peak <= 10 ** (-1 / 20) + 1e-6, `peak ${peak}`)
  assert.ok(Math.abs(integratedLoudness(levelled) + 16) < 0.5)
})

test('silence stays silence', () => {
  assert.equal(integratedLoudness(new Float32Array(48000)), Number.NEGATIVE_INFINITY)
  assert.ok(normaliseLoudness(new Float32Array(48000)).every((x) => x === 0))
})

test('a standing offset and rumble are taken away, speech is not', () => {
  const rest = highPass(
    tone(20, 0.5, 1).map((x) => x + 0.2),
    60,
    48000,
  ).subarray(24000)
  assert.ok(rest.reduce((most, x) => Math.max(most, Math.abs(x)), 0) < 0.07)
  const speech = highPass(tone(300, 0.5, 1), 60, 48000).subarray(24000)
  assert.ok(speech.reduce((most, x) => Math.max(most, x), 0) > 0.49)
})
