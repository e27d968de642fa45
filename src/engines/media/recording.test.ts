import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import sharp from 'sharp'
import { resample } from '../../domain/resample.ts'
import { decodeRecording } from './recording.ts'
import { writeSoundFile } from './test-sound.ts'

const folder = mkdtempSync(join(tmpdir(), 'rostrum-recording-'))
after(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)

/** Two seconds of nothing with two beeps in it. */
const beeps = Float32Array.from({ length: 96_000 }, (_, i) => {
  const within = (from: number) => i >= from && i < from + 4800
  return within(24_000) || within(60_000) ? 0.5 * Math.sin((i - 24_000) * 0.1) : 0
})

const shiftOf = (decoded: Float32Array) => {
  let [best, shift] = [0, 0]
  for (let by = -4800; by <= 4800; by += 8) {
    let sum = 0
    for (let i = 20_000; i < 70_000; i += 5) sum += beeps[i]! * (decoded[i + by] ?? 0)
    if (sum > best) [best, shift] = [sum, by]
  }
  return shift / 48
}

describe('recordings', () => {
  for (const [name, rate, channels] of [
    ['a.mp3', 44_100, 2],
    ['low.mp3', 16_000, 1],
    ['a.wav', 8000, 1],
    ['two.wav', 48_000, 2],
    ['a.m4a', 44_100, 1],
    ['a.ogg', 44_100, 2],
    ['a.opus', 48_000, 1],
    ['a.flac', 22_050, 1],
    ['a.webm', 48_000, 1],
  ] as const) {
    test(`${name} at ${rate} Hz with ${channels} of two channels keeps its length and its place`, async () => {
      await writeSoundFile(at(name), resample(beeps, 48_000, rate), { rate, channels })
      const decoded = await decodeRecording(at(name), 'audio', 10)
      assert.ok(Math.abs(decoded.length - beeps.length) < 480, `${decoded.length} samples`)
      assert.ok(Math.abs(shiftOf(decoded)) < 1, `shifted by ${shiftOf(decoded)} ms`)
      const peak = decoded.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
      assert.ok(Math.abs(peak - 0.5 / channels) < 0.08, `peak of ${peak}`)
    })
  }

  test('that are none are refused in words that name the field', async () => {
    writeFileSync(at('text.mp3'), 'No sound at all, only words. '.repeat(100))
    writeFileSync(at('empty.mp3'), '')
    await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } }).toFile(at('picture.png'))
    await writeSoundFile(at('quiet.wav'), new Float32Array(16_000), { rate: 16_000 })
    await writeSoundFile(at('long.wav'), new Float32Array(8000 * 7).fill(0.1), { rate: 8000 })
    for (const [name, words] of [
      ['text.mp3', /^voice: the sound cannot be decoded\. Send MP3/],
      ['empty.mp3', /cannot be decoded/],
      ['picture.png', /cannot be decoded/],
      ['quiet.wav', /^voice: nothing is heard in the recording/],
      ['long.wav', /longer than the 5 seconds that one may have/],
    ] as const) {
      const refused = decodeRecording(at(name), 'voice', 5)
      await assert.rejects(refused, { kind: 'invalid', field: 'voice', message: words }, name)
    }
  })

  test('open no other file: lists and scripts are refused', async () => {
    await writeSoundFile(at('real.wav'), beeps, { rate: 48_000 })
    writeFileSync(at('list.m3u8'), `#EXTM3U\n#EXTINF:2,\nfile://${at('real.wav')}\n#EXT-X-ENDLIST\n`)
    writeFileSync(at('script.txt'), `ffconcat version 1.0\nfile '${at('real.wav')}'\n`)
    writeFileSync(at('session.sdp'), 'v=0\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n')
    for (const name of ['list.m3u8', 'script.txt', 'session.sdp']) {
      await assert.rejects(decodeRecording(at(name), 'voice', 60), { kind: 'invalid', field: 'voice' }, name)
    }
  })
})
