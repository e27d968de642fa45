// Phones in time become gestures: where the mouth wants to be, from when to when, how strongly.
import { isVowel } from '../../core/phones.ts'
import type { Speech, TimedPhone } from '../../core/speech.ts'
import { SAMPLE_RATE } from '../../core/speech.ts'
import { clamp } from '../curves.ts'
import { type Articulation, articulationOf, positionsOf } from './articulation.ts'

/** One mouth position held for a while. */
export type Gesture = {
  readonly startSeconds: number
  readonly endSeconds: number
  readonly articulation: Articulation
  /** Multiplies the jaw target: loud and stressed vowels open further, weak ones less. About 0.7 to 1.2. */
  readonly jawGain: number
  readonly isSilence: boolean
}

/** A silence shorter than this is bridged: the mouth does not come to rest in it. Seconds. */
export const BRIDGED_SILENCE = 0.16

/** All gestures of a speech, in order of time. */
export function gesturesOf(speech: Speech): readonly Gesture[] {
  const gestures: Gesture[] = []
  for (const phone of speech.phones) {
    const isSilence = phone.phone === '_'
    if (isSilence && phone.endSeconds - phone.startSeconds < BRIDGED_SILENCE) continue
    const positions = positionsOf(phone.phone)
    const jawGain = isVowel(phone.phone) ? vowelGain(phone, speech.samples) : 1
    for (let i = 0; i < positions.length; i++) {
      const length = phone.endSeconds - phone.startSeconds
      gestures.push({
        // The first half of a diphthong is the longer one.
        startSeconds: phone.startSeconds + (i === 0 ? 0 : length * 0.55),
        endSeconds: i < positions.length - 1 ? phone.startSeconds + length * 0.55 : phone.endSeconds,
        articulation: articulationOf(positions[i]!),
        jawGain,
        isSilence,
      })
    }
  }
  return gestures
}

const STRESS_GAIN = [0.86, 0.97, 1.05] as const

/**
 * How far a vowel opens the jaw, against its neighbourhood's loudness. In steps of 1/32, so that a change of the whole
 * sound's gain elsewhere in a script leaves this vowel's pixels alone.
 */
function vowelGain(phone: TimedPhone, samples: Float32Array): number {
  const own = rms(samples, phone.startSeconds, phone.endSeconds)
  const around = rms(samples, phone.startSeconds - 1, phone.endSeconds + 1)
  if (own <= 0 || around <= 0) return STRESS_GAIN[phone.stress]
  const decibels = 20 * Math.log10(own / around)
  const loud = clamp(1 + (decibels - 3) * 0.03, 0.8, 1.15)
  return Math.round(loud * STRESS_GAIN[phone.stress] * 32) / 32
}

/** Root mean square of a stretch of sound; 0 where there is none. */
export function rms(samples: Float32Array, fromSeconds: number, toSeconds: number): number {
  const from = Math.max(0, Math.round(fromSeconds * SAMPLE_RATE))
  const to = Math.min(samples.length, Math.round(toSeconds * SAMPLE_RATE))
  if (to <= from) return 0
  let sum = 0
  for (let i = from; i < to; i++) sum += samples[i]! * samples[i]!
  return Math.sqrt(sum / (to - from))
}
