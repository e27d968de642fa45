// Sound as the ear's own picture of it: the energy of 40 bands, a hundred times a second.

/** What {@link melFrames} takes, in Hz. */
export const HEARING_RATE = 16000
/** Bands a frame. */
export const BANDS = 40
/** Frames a second; frame i lies round i / 100 s. */
export const FRAME_RATE = 100

const HOP = HEARING_RATE / FRAME_RATE
const WINDOW = 400
const FFT_SIZE = 512
const LOWEST_HZ = 60
const HIGHEST_HZ = 7600
/** Speech is what lies within this many nepers of energy of a sound's loud frames; the mean is taken over it. */
const SPEECH_RANGE = 6
/** Below the loud frames' mean band energy by so many nepers lies what counts as nothing (about 56 dB). */
const FLOOR = 13
/** Brings the values to about -1 to 1. */
const SCALE = 0.4

const HANN = Float64Array.from({ length: WINDOW }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / WINDOW))

/** A band: the bins from `first` on with their weights. */
type Band = { readonly first: number; readonly weights: Float64Array }

/**
 * The log energies of a sound's bands, less the mean of its speech in each band, so that neither gain nor the colour of a
 * microphone matters; what lies 56 dB below speech is at the floor.
 * @param samples mono at {@link HEARING_RATE}.
 * @param warp above 1 moves the bands up, as if the vocal tract were longer; only training needs it.
 * @returns rows of {@link BANDS} values, one a hundredth of a second, `ceil(length / 160)` rows.
 */
export function melFrames(samples: Float32Array, warp = 1): Float32Array {
  const bands = bandsOf(warp)
  const frameCount = Math.ceil(samples.length / HOP)
  const energies = new Float32Array(frameCount * BANDS)
  const [re, im] = [new Float64Array(FFT_SIZE), new Float64Array(FFT_SIZE)]
  const power = new Float64Array(FFT_SIZE / 2 + 1)
  // Two frames are the real and the imaginary part of one transform.
  for (let frame = 0; frame < frameCount; frame += 2) {
    window(samples, frame, re)
    window(samples, frame + 1, im)
    transform(re, im)
    for (let part = 0; part < 2 && frame + part < frameCount; part++) {
      const sign = part === 0 ? 1 : -1
      for (let bin = 0; bin < power.length; bin++) {
        const [a, b] = [bin, (FFT_SIZE - bin) % FFT_SIZE]
        const x = re[a]! + sign * re[b]!
        const y = im[a]! - sign * im[b]!
        power[bin] = (x * x + y * y) / 4
      }
      for (let band = 0; band < BANDS; band++) {
        const { first, weights } = bands[band]!
        let sum = 0
        for (let k = 0; k < weights.length; k++) sum += weights[k]! * power[first + k]!
        energies[(frame + part) * BANDS + band] = sum
      }
    }
  }
  return normalised(energies)
}

/** Energies become logarithms, in their own place, relative to the loud part of the sound. */
function normalised(energies: Float32Array): Float32Array {
  const frameCount = energies.length / BANDS
  const totals = new Float32Array(frameCount)
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0
    for (let band = 0; band < BANDS; band++) sum += energies[frame * BANDS + band]!
    totals[frame] = sum / BANDS
  }
  const loud = Math.max(1e-9, totals.slice().sort()[Math.floor(frameCount * 0.9)] ?? 0)
  const floor = loud * Math.exp(-FLOOR)
  for (let i = 0; i < energies.length; i++) energies[i] = Math.log(energies[i]! + floor)
  const means = new Float64Array(BANDS)
  let count = 0
  for (let frame = 0; frame < frameCount; frame++) {
    if (totals[frame]! < loud * Math.exp(-SPEECH_RANGE)) continue
    count++
    for (let band = 0; band < BANDS; band++) means[band]! += energies[frame * BANDS + band]!
  }
  for (let i = 0; i < energies.length; i++)
    energies[i] = (energies[i]! - means[i % BANDS]! / Math.max(1, count)) * SCALE
  return energies
}

function window(samples: Float32Array, frame: number, out: Float64Array): void {
  out.fill(0)
  const from = frame * HOP - WINDOW / 2
  const begin = Math.max(1, -from + 1)
  const end = Math.min(WINDOW, samples.length - from)
  for (let i = begin; i < end; i++) out[i] = HANN[i]! * (samples[from + i]! - 0.97 * samples[from + i - 1]!)
}

const mel = (hertz: number) => 1127 * Math.log(1 + hertz / 700)
const hertz = (mels: number) => 700 * (Math.exp(mels / 1127) - 1)
const bandCache = new Map<number, readonly Band[]>()

/** Triangles on the mel scale (Davis and Mermelstein 1980), each with a sum of 1. */
function bandsOf(warp: number): readonly Band[] {
  const known = bandCache.get(warp)
  if (known) return known
  const [low, high] = [mel(LOWEST_HZ), mel(HIGHEST_HZ)]
  const edges = Array.from({ length: BANDS + 2 }, (_, i) => {
    const at = hertz(low + ((high - low) * i) / (BANDS + 1))
    return Math.min(at * warp, HEARING_RATE / 2 - (BANDS + 1 - i) * 5)
  })
  const bands = Array.from({ length: BANDS }, (_, band): Band => {
    const [from, top, to] = [edges[band]!, edges[band + 1]!, edges[band + 2]!].map(
      (edge) => (edge * FFT_SIZE) / HEARING_RATE,
    ) as [number, number, number]
    const first = Math.floor(from)
    const weights = Float64Array.from({ length: Math.ceil(to) - first + 1 }, (_, k) => {
      const bin = first + k
      return Math.max(0, bin <= top ? (bin - from) / Math.max(1e-6, top - from) : (to - bin) / Math.max(1e-6, to - top))
    })
    const sum = weights.reduce((a, b) => a + b, 0)
    // A band that falls between two bins takes the nearest.
    if (sum <= 1e-6) return { first: Math.round(top), weights: Float64Array.of(1) }
    return { first, weights: weights.map((weight) => weight / sum) }
  })
  bandCache.set(warp, bands)
  return bands
}

const COS = Float64Array.from({ length: FFT_SIZE / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / FFT_SIZE))
const SIN = Float64Array.from({ length: FFT_SIZE / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / FFT_SIZE))
const REVERSED = Uint16Array.from({ length: FFT_SIZE }, (_, i) => {
  let reversed = 0
  for (let bit = 1, from = i; bit < FFT_SIZE; bit <<= 1, from >>= 1) reversed = (reversed << 1) | (from & 1)
  return reversed
})

/** A fast Fourier transform in place (Cooley and Tukey 1965, radix 2). */
function transform(re: Float64Array, im: Float64Array): void {
  for (let i = 0; i < FFT_SIZE; i++) {
    const j = REVERSED[i]!
    if (j <= i) continue
    const [x, y] = [re[i]!, im[i]!]
    re[i] = re[j]!
    im[i] = im[j]!
    re[j] = x
    im[j] = y
  }
  for (let half = 1; half < FFT_SIZE; half *= 2) {
    const step = FFT_SIZE / 2 / half
    for (let start = 0; start < FFT_SIZE; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [c, s] = [COS[k * step]!, SIN[k * step]!]
        const [i, j] = [start + k, start + k + half]
        const x = re[j]! * c - im[j]! * s
        const y = re[j]! * s + im[j]! * c
        re[j] = re[i]! - x
        im[j] = im[i]! - y
        re[i]! += x
        im[i]! += y
      }
    }
  }
}
