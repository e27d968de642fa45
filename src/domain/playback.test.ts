// Films that are shorter than their sound: begun again, played back and forth, turned in pauses.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { TimedPhone } from '../core/speech.ts'
import { playFilm } from './playback.ts'

const talk = (...spans: [phone: string, seconds: number][]): TimedPhone[] => {
  let at = 0
  return spans.map(([phone, seconds]) => {
    const startSeconds = at
    at += seconds
    return { phone, startSeconds, endSeconds: at, stress: 0, word: null }
  })
}
const base = { filmFrames: 4, fps: 10, phones: [] }

describe('playing a film to a sound', () => {
  it('cuts off a film that is long enough', () => {
    for (const playback of ['normal', 'normal_reverse', 'normal_reverse_by_audio'] as const) {
      assert.deepEqual([...playFilm({ ...base, frameCount: 3, playback })], [0, 1, 2])
    }
  })

  it('begins a normal one again', () => {
    assert.deepEqual([...playFilm({ ...base, frameCount: 9, playback: 'normal' })], [0, 1, 2, 3, 0, 1, 2, 3, 0])
  })

  it('plays a reversed one back and forth, each end once', () => {
    assert.deepEqual(
      [...playFilm({ ...base, frameCount: 10, playback: 'normal_reverse' })],
      [0, 1, 2, 3, 2, 1, 0, 1, 2, 3],
    )
  })

  it('turns in the last pause before an end where the sound decides, and at the end where there is none', () => {
    const phones = talk(['a', 0.6], ['_', 0.2], ['a', 3])
    const order = [
      ...playFilm({ ...base, filmFrames: 11, frameCount: 20, playback: 'normal_reverse_by_audio', phones }),
    ]
    assert.deepEqual(order, [0, 1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5])
  })

  it('shows a film of one frame for as long as need be, and never a frame that is not there', () => {
    for (const playback of ['normal', 'normal_reverse', 'normal_reverse_by_audio'] as const) {
      assert.deepEqual([...playFilm({ ...base, filmFrames: 1, frameCount: 3, playback })], [0, 0, 0])
      for (let filmFrames = 2; filmFrames < 40; filmFrames++) {
        const phones = talk(...Array.from({ length: 40 }, (_, i) => [i % 3 ? 'a' : '_', 0.13] as [string, number]))
        const order = [...playFilm({ fps: 10, filmFrames, frameCount: 150, playback, phones })]
        assert.ok(order.every((frame) => frame < filmFrames))
        const steps = order.slice(1).map((frame, i) => Math.abs(frame - order[i]!))
        assert.ok(steps.every((step) => step === 1 || (playback === 'normal' && step === filmFrames - 1)))
      }
    }
  })
})
