import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SAMPLE_RATE, type Speech } from '../../core/speech.ts'
import { findVoice } from './find-voice.ts'
import { speak } from './speak.ts'

const FRAME = 0.005 * SAMPLE_RATE

/** Level and share of high frequencies of every 5 ms. */
function frames({ samples }: Speech): { level: number; hiss: number }[] {
  return Array.from({ length: Math.floor(samples.length / FRAME) }, (_, frame) => {
    let [energy, change] = [1e-9, 0]
    for (let i = frame * FRAME; i < (frame + 1) * FRAME; i++) {
      energy += samples[i]! ** 2
      change += (samples[i]! - (samples[i - 1] ?? 0)) ** 2
    }
    return { level: 10 * Math.log10(energy / FRAME), hiss: change / energy }
  })
}

const VOICES = ['flite-slt', 'flite-rms', 'flite-awb', 'flite-kal', 'espeak-en-us-f2', 'espeak-en-gb-m3']

for (const id of VOICES) {
  const { voice } = findVoice(id)

  test(`${id}: sound after silence begins within 20 ms of its first phone`, async () => {
    for (const script of ['Apples.', 'Under.', 'Open it.', 'Each one.']) {
      const speech = await speak(script, voice)
      const all = frames(speech)
      const loudest = Math.max(...all.map(({ level }) => level))
      const begins = (all.findIndex(({ level }) => level > loudest - 25) * FRAME) / SAMPLE_RATE
      const labelled = speech.phones.find((phone) => phone.phone !== '_')!.startSeconds
      assert.ok(Math.abs(begins - labelled) <= 0.02, `${script} sounds at ${begins}, labelled ${labelled}`)
    }
  })

  test(`${id}: the hiss of s begins and ends within 30 ms of the phone`, async () => {
    for (const script of ['A sofa.', 'The city.', 'I see.']) {
      const speech = await speak(script, voice)
      const s = speech.phones.find((phone) => phone.phone === 's')!
      const all = frames(speech)
      const middle = Math.round(((s.startSeconds + s.endSeconds) / 2) * (SAMPLE_RATE / FRAME))
      const hissing = 0.5 * all[middle]!.hiss
      let [from, to] = [middle, middle]
      while (all[from - 1]!.hiss > hissing) from--
      while (all[to + 1]!.hiss > hissing) to++
      const [begins, ends] = [(from * FRAME) / SAMPLE_RATE, ((to + 1) * FRAME) / SAMPLE_RATE]
      assert.ok(
        Math.abs(begins - s.startSeconds) <= 0.03,
        `${script} s sounds at ${begins}, labelled ${s.startSeconds}`,
      )
      assert.ok(Math.abs(ends - s.endSeconds) <= 0.03, `${script} s ends at ${ends}, labelled ${s.endSeconds}`)
    }
  })

  test(`${id}: the mouth is shut for p before its burst`, async () => {
    const speech = await speak('A paper, happy pipe.', voice)
    const all = frames(speech)
    const loudest = Math.max(...all.map(({ level }) => level))
    const stops = speech.phones.filter((phone) => phone.phone === 'p')
    assert.ok(stops.length >= 4)
    for (const stop of stops) {
      const [from, to] = [stop.startSeconds, stop.endSeconds].map((s) => Math.round(s * (SAMPLE_RATE / FRAME)))
      const quietest = Math.min(...all.slice(from, to).map(({ level }) => level))
      assert.ok(quietest < loudest - 25, `p at ${stop.startSeconds} stays at ${quietest} dB`)
      assert.ok(stop.endSeconds - stop.startSeconds > 0.04, `p at ${stop.startSeconds} is too short`)
    }
  })
}
