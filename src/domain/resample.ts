// Changes the sampling rate of mono sound by band-limited interpolation.

/**
 * Zero crossings of the sinc on each side, and the Kaiser window's shape: about 80 dB of stop band with a transition of
 * a tenth of the band (J. O. Smith, Digital Audio Resampling Home Page; Kaiser's formulas).
 */
const ZERO_CROSSINGS = 16
const KAISER_BETA = 8

/**
 * Resamples mono sound from one rate to another, both whole numbers of Hz, with a Kaiser-windowed sinc in polyphase
 * form. The result has `round(length * to / from)` samples and no delay: time t stays at time t.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples.slice()
  const divisor = greatestCommonDivisor(from, to)
  const [up, down] = [to / divisor, from / divisor]
  const cutoff = Math.min(1, to / from) * 0.97
  const reach = Math.ceil(ZERO_CROSSINGS / cutoff)
  const taps = 2 * reach
  const filters = Float64Array.from(makeFilters(up, reach, cutoff))
  // Doubles: converting each sample for each of its taps would take longer than the sums.
  const padded = new Float64Array(samples.length + 2 * taps)
  padded.set(samples, taps)
  const out = new Float32Array(Math.round((samples.length * to) / from))
  const [stepWhole, stepPhase] = [Math.floor(down / up), down % up]
  let [whole, phase] = [taps - reach + 1, 0]
  const filterAt = [0, 0, 0, 0]
  const readAt = [0, 0, 0, 0]
  // Four outputs at a time: their sums do not wait for one another.
  for (let n = 0; n < out.length; n += 4) {
    for (let lane = 0; lane < 4; lane++) {
      filterAt[lane] = phase * taps
      readAt[lane] = whole
      if (n + lane + 1 >= out.length) continue
      whole += stepWhole
      phase += stepPhase
      if (phase >= up) {
        phase -= up
        whole++
      }
    }
    const [f0, f1, f2, f3] = filterAt as [number, number, number, number]
    const [r0, r1, r2, r3] = readAt as [number, number, number, number]
    let [s0, s1, s2, s3] = [0, 0, 0, 0]
    for (let k = 0; k < taps; k++) {
      s0 += filters[f0 + k]! * padded[r0 + k]!
      s1 += filters[f1 + k]! * padded[r1 + k]!
      s2 += filters[f2 + k]! * padded[r2 + k]!
      s3 += filters[f3 + k]! * padded[r3 + k]!
    }
    // Beyond the end nothing is kept: a typed array ignores it.
    out[n] = s0
    out[n + 1] = s1
    out[n + 2] = s2
    out[n + 3] = s3
  }
  return out
}

/** One row of taps for each phase p: the kernel sampled at distances k - reach + 1 - p / up, its sum made 1. */
function makeFilters(phases: number, reach: number, cutoff: number): Float32Array {
  const taps = 2 * reach
  const filters = new Float32Array(phases * taps)
  for (let phase = 0; phase < phases; phase++) {
    let sum = 0
    for (let k = 0; k < taps; k++) {
      const distance = k - reach + 1 - phase / phases
      const inside = 1 - (distance / reach) ** 2
      const window = inside <= 0 ? 0 : besselI0(KAISER_BETA * Math.sqrt(inside)) / besselI0(KAISER_BETA)
      const x = Math.PI * distance * cutoff
      const value = (x === 0 ? 1 : Math.sin(x) / x) * window
      filters[phase * taps + k] = value
      sum += value
    }
    for (let k = 0; k < taps; k++) filters[phase * taps + k]! /= sum
  }
  return filters
}

/** The modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1]
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
