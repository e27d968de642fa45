import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resample } from './resample.ts'

const tone = (hz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate))

const level = (samples: Float32Array) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)

for (const from of [16000, 22050, 44100, 13400]) {
  test(`a tone keeps its pitch, level and time from ${from} Hz to 48000 Hz`, () => {
    const [heard, wanted] = [resample(tone(1000, from, 0.5), from, 48000), tone(1000, 48000, 0.5)]
    assert.equal(heard.length, wanted.length)
    const error = heard.map((x, i) => x - wanted[i]!).subarray(2400, -2400)
    assert.ok(level(error) < 0.001, `error ${level(error)}`)
  })
}

test('nothing is heard above the old band', () => {
  const heard = resample(tone(7000, 16000, 0.5), 16000, 48000)
  const image = tone(9000, 48000, 0.5)
  const likeness = heard.reduce((sum, x, i) => sum + x * image[i]!, 0) / heard.length
  assert.ok(Math.abs(likeness) < 0.001, `image ${likeness}`)
})

test('what the new rate cannot hold is taken away', () => {
  const heard = resample(tone(11000, 48000, 0.5), 48000, 16000)
  assert.ok(level(heard.subarray(800, -800)) < 0.003)
})

test('a click stays where it is', () => {
  const click = new Float32Array(1600)
  click[800] = 1
  const heard = resample(click, 16000, 48000)
  assert.equal(heard.indexOf(Math.max(...heard)), 2400)
})

test('the same rate gives the same samples', () => {
  assert.deepEqual(resample(tone(300, 48000, 0.01), 48000, 48000), tone(300, 48000, 0.01))
})
