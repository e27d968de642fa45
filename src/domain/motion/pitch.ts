// The pitch of a moment of voice.
import { SAMPLE_RATE } from '../../core/speech.ts'

/** The sound is thinned to this rate first: no voice's pitch needs more. Hertz. */
const RATE = 8000
/** Length of sound that is compared with itself, seconds. */
const WINDOW = 0.03
/** Voices lie between these, hertz. */
const LOWEST = 65
const HIGHEST = 450
/** A sound this like itself one period later is voiced. */
const VOICED = 0.55

/**
 * The pitch around a time, in hertz, or null where the sound has none. By normalised autocorrelation; of two periods that
 * fit about as well the shorter one is taken, since twice a period always fits too (Rabiner 1977).
 */
export function pitchAt(samples: Float32Array, seconds: number): number | null {
  const step = SAMPLE_RATE / RATE
  const window = Math.round(WINDOW * RATE)
  const longest = Math.ceil(RATE / LOWEST)
  const from = Math.round(seconds * SAMPLE_RATE - ((window + longest) / 2) * step)
  if (from < 0 || from + (window + longest) * step > samples.length) return null
  const thin = new Float32Array(window + longest)
  for (let i = 0; i < thin.length; i++) {
    for (let k = 0; k < step; k++) thin[i]! += samples[from + i * step + k]! / step
  }
  const fits: { readonly lag: number; readonly fit: number }[] = []
  for (let lag = Math.floor(RATE / HIGHEST); lag <= longest; lag++) fits.push({ lag, fit: likeness(thin, window, lag) })
  const best = Math.max(...fits.map(({ fit }) => fit))
  if (best < VOICED) return null
  const peak = fits.findIndex(
    ({ fit }, i) => fit > best * 0.9 && fit >= (fits[i - 1]?.fit ?? 1) && fit >= (fits[i + 1]?.fit ?? 1),
  )
  return peak < 0 ? null : RATE / fits[peak]!.lag
}

function likeness(thin: Float32Array, window: number, lag: number): number {
  let product = 0
  let here = 1e-12
  let there = 1e-12
  for (let i = 0; i < window; i++) {
    const [a, b] = [thin[i]!, thin[i + lag]!]
    product += a * b
    here += a * a
    there += b * b
  }
  return product / Math.sqrt(here * there)
}
