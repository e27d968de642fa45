// The guess of a video's length against what our own voices take.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SceneVoice } from '../core/spec.ts'
import { estimateSeconds } from './estimate-length.ts'

const scene = (voice: SceneVoice) => ({ character: null, voice, background: { kind: 'own' } }) as const
const script = (text: string, speed?: number): SceneVoice => ({
  kind: 'script',
  text,
  voiceId: 'v',
  settings: speed === undefined ? {} : { speed },
})
const seconds = (...voices: SceneVoice[]) => estimateSeconds({ scenes: voices.map(scene) })

test('scenes add up, silence to the second', () => {
  assert.equal(seconds({ kind: 'silence', seconds: 2.5 }, { kind: 'silence', seconds: 4 }), 6.5)
})

test('fast speech is shorter, and pauses that are asked for stay as long', () => {
  const words = 'a'.repeat(160)
  assert.equal(seconds(script(words)), 10)
  assert.equal(seconds(script(words, 2)), 5)
  assert.equal(seconds(script(`${words}<break time="3s"/>`, 2)), 8)
})

test('a character of Chinese or Korean takes as long as a syllable', () => {
  assert.equal(seconds(script('你好世界你好世界')), 2)
  assert.equal(seconds(script('안녕하세요')), 1.25)
})
