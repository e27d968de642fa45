// What a mouth and a sound should do while given phones are spoken: rough curves to time measured ones against.
import { isVowel, type PhoneGroup, phoneGroup } from '../../core/phones.ts'
import type { TimedPhone } from '../../core/speech.ts'

/** Samples a second of all curves that are compared. */
export const CURVE_RATE = 100

/** Closed lips. */
export function isLabialClosure(phone: string): boolean {
  return phone === 'p' || phone === 'b' || phone === 'm'
}

/** How far the lips are open in a phone, 0 to 1: by vowel height and place of articulation. */
export function expectedOpening(phone: string): number {
  return OPENING[phoneGroup(phone) ?? 'silence']
}

const OPENING: Readonly<Record<PhoneGroup, number>> = {
  silence: 0,
  bilabial: 0,
  labiodental: 0.15,
  dental: 0.3,
  alveolar: 0.3,
  postalveolar: 0.3,
  palatal: 0.3,
  velar: 0.35,
  glottal: 0.45,
  labialVelar: 0.15,
  closeFront: 0.35,
  closeCentral: 0.35,
  closeBack: 0.25,
  midFront: 0.6,
  midCentral: 0.5,
  midBack: 0.6,
  open: 1,
  diphthong: 0.8,
}

/** How loud a phone is beside others, 0 to 1. */
function expectedLoudness(phone: string): number {
  const group = phoneGroup(phone) ?? 'silence'
  if (group === 'silence') return 0
  if (isVowel(phone)) return 1
  if (/^[mnŋɲɱɳɴlɹrɾjwʎɭɫʋɰɥ]$/.test(phone)) return 0.6
  if (/^[pbtdkɡqɢʔcɟ]/.test(phone)) return 0.1
  return 0.3
}

/** The planned opening of a mouth that follows these phones, {@link CURVE_RATE} samples a second. */
export function openingCurve(phones: readonly TimedPhone[], seconds: number): Float32Array {
  return smooth(curveOf(phones, seconds, expectedOpening), 6)
}

/** The planned loudness of these phones, {@link CURVE_RATE} samples a second. */
export function loudnessCurve(phones: readonly TimedPhone[], seconds: number): Float32Array {
  return smooth(curveOf(phones, seconds, expectedLoudness), 2)
}

/** The loudness of a sound: root of its RMS, which is nearer to hearing than the RMS, {@link CURVE_RATE} a second. */
export function envelope(samples: Float32Array, sampleRate: number): Float32Array {
  const step = sampleRate / CURVE_RATE
  return Float32Array.from({ length: Math.floor(samples.length / step) }, (_, i) => {
    let sum = 0
    const from = Math.round(i * step)
    const to = Math.round((i + 1) * step)
    for (let at = from; at < to; at++) sum += samples[at]! ** 2
    return (sum / (to - from)) ** 0.25
  })
}

/**
 * A curve with a value a frame as one with {@link CURVE_RATE} values a second. A frame stands for the
 * middle of the time it is seen, a curve's sample for the middle of its 10 ms.
 */
export function resampleFrames(values: ArrayLike<number>, fps: number, seconds: number): Float32Array {
  const last = values.length - 1
  return Float32Array.from({ length: Math.floor(seconds * CURVE_RATE) }, (_, i) => {
    const at = Math.max(0, Math.min(last, ((i + 0.5) / CURVE_RATE) * fps - 0.5))
    const left = Math.floor(at)
    const share = at - left
    return values[left]! * (1 - share) + values[Math.min(last, left + 1)]! * share
  })
}

function curveOf(phones: readonly TimedPhone[], seconds: number, value: (phone: string) => number): Float32Array {
  const curve = new Float32Array(Math.floor(seconds * CURVE_RATE))
  for (const { phone, startSeconds, endSeconds } of phones) {
    const from = Math.max(0, Math.round(startSeconds * CURVE_RATE))
    curve.fill(value(phone), from, Math.max(from, Math.round(endSeconds * CURVE_RATE)))
  }
  return curve
}

/** Two passes of a running mean over 2 * reach + 1 samples: no shift in time. */
function smooth(curve: Float32Array, reach: number): Float32Array {
  let from = curve
  for (let pass = 0; pass < 2; pass++) {
    const source = from
    from = source.map((_, i) => {
      let sum = 0
      let count = 0
      for (let at = Math.max(0, i - reach); at <= Math.min(source.length - 1, i + reach); at++, count++)
        sum += source[at]!
      return sum / count
    })
  }
  return from
}
