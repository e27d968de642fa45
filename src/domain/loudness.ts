// How loud speech is and how to bring it to one level: ITU-R BS.1770-4, then a soft limiter.

/** Second-order filter: b0 b1 b2 over 1 a1 a2. */
type Biquad = readonly [b0: number, b1: number, b2: number, a1: number, a2: number]

/** K-weighting at 48 kHz: ITU-R BS.1770-4, tables 1 (head) and 2 (low cut). */
const HEAD: Biquad = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
const LOW_CUT: Biquad = [1, -2, 1, -1.99004745483398, 0.99007225036621]

const RATE = 48000
/** BS.1770-4: gating blocks of 400 ms that overlap by 75 %. */
const HOP = RATE / 10
const HOPS_A_BLOCK = 4
const ABSOLUTE_GATE_LUFS = -70
const RELATIVE_GATE_LU = -10
/** How often the level is set at most. */
const ROUNDS = 5
/** The limiter's run-up and decay, and how much it works on at once, in samples. */
const BEFORE = 0.005 * RATE
const AFTER = 0.06 * RATE
const PIECE = 0.1 * RATE

/**
 * Integrated loudness of mono sound at 48 kHz in LUFS, gated as ITU-R BS.1770-4 says; -Infinity for silence. Sound
 * shorter than one gating block is taken as one block.
 */
export function integratedLoudness(samples: Float32Array): number {
  const meter = openMeter()
  meter.add(samples)
  return meter.loudness()
}

/**
 * Brings mono sound at 48 kHz to a loudness, in its own place: ten minutes of it are 115 MB. Peaks that would pass the
 * ceiling are turned down smoothly around themselves (5 ms before, 60 ms after), and the level is set again until it stands
 * within 0.1 LU or the limiter takes as much as the gain gives. Silence stays silence.
 * @param targetLufs integrated loudness, -16 by default: the level of spoken web video.
 * @param ceilingDb highest peak in dB below full scale.
 */
export function normaliseLoudness(samples: Float32Array, targetLufs = -16, ceilingDb = -1): Float32Array {
  let gain = 10 ** ((targetLufs - integratedLoudness(samples)) / 20)
  if (!Number.isFinite(gain)) return samples
  const ceiling = 10 ** (ceilingDb / 20)
  for (let round = 0; round < ROUNDS; round++) {
    const meter = openMeter()
    for (const { piece } of limited(samples, gain, ceiling)) meter.add(piece)
    const missing = targetLufs - meter.loudness()
    if (Math.abs(missing) < 0.1 || round === ROUNDS - 1) break
    gain *= 10 ** (missing / 20)
  }
  for (const { piece, at } of limited(samples, gain, ceiling)) samples.set(piece, at)
  return samples
}

/** Takes away everything below a corner frequency (Butterworth, second order), a standing offset too. */
export function highPass(samples: Float32Array, cornerHz: number, rate: number): Float32Array {
  const k = Math.tan((Math.PI * cornerHz) / rate)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  return filter(samples, [norm, -2 * norm, norm, 2 * (k * k - 1) * norm, (1 - Math.SQRT2 * k + k * k) * norm])
}

/**
 * Raises or lowers a band round a frequency (peaking equaliser of R. Bristow-Johnson's Audio EQ Cookbook).
 * @param gainDb at the centre; @param width Q of the bell.
 */
export function peakEqualiser(
  samples: Float32Array,
  centreHz: number,
  gainDb: number,
  width: number,
  rate: number,
): Float32Array {
  const w = (2 * Math.PI * centreHz) / rate
  const [a, alpha] = [10 ** (gainDb / 40), Math.sin(w) / (2 * width)]
  const n = 1 / (1 + alpha / a)
  const middle = -2 * Math.cos(w) * n
  return filter(samples, [(1 + alpha * a) * n, middle, (1 - alpha * a) * n, middle, (1 - alpha / a) * n])
}

/** Measures sound that comes in pieces. */
function openMeter(): { add(samples: Float32Array): void; loudness(): number } {
  const hops: number[] = []
  let state = [0, 0, 0, 0] as readonly [number, number, number, number]
  let [sum, count] = [0, 0]
  return {
    add(samples) {
      for (let from = 0; from < samples.length; ) {
        const to = Math.min(samples.length, from + HOP - (count % HOP))
        let [h1, h2, l1, l2] = state
        let energy = sum
        for (let i = from; i < to; i++) {
          // Both filters of the K-weighting in transposed direct form II.
          const x = samples[i]!
          const head = HEAD[0] * x + h1
          h1 = HEAD[1] * x - HEAD[3] * head + h2
          h2 = HEAD[2] * x - HEAD[4] * head
          const y = LOW_CUT[0] * head + l1
          l1 = LOW_CUT[1] * head - LOW_CUT[3] * y + l2
          l2 = LOW_CUT[2] * head - LOW_CUT[4] * y
          energy += y * y
        }
        state = [h1, h2, l1, l2]
        count += to - from
        from = to
        sum = energy
        if (count % HOP === 0) {
          hops.push(sum)
          sum = 0
        }
      }
    },
    loudness() {
      const blocks: number[] = []
      for (let i = 0; i + HOPS_A_BLOCK <= hops.length; i++) {
        blocks.push(hops.slice(i, i + HOPS_A_BLOCK).reduce((a, b) => a + b, 0) / (HOP * HOPS_A_BLOCK))
      }
      // Sound that is too short for a block is one with its broken end.
      if (blocks.length === 0) blocks.push((hops.reduce((a, b) => a + b, 0) + sum) / Math.max(1, count))
      const audible = blocks.filter((power) => loudness(power) > ABSOLUTE_GATE_LUFS)
      const gate = loudness(mean(audible)) + RELATIVE_GATE_LU
      return loudness(mean(audible.filter((power) => loudness(power) > gate)))
    },
  }
}

/**
 * Sound with a gain and its peaks turned down, piece by piece; a piece is overwritten by the next one. The samples of a
 * piece may be replaced once it is there: later pieces do not read them.
 */
function* limited(
  samples: Float32Array,
  gain: number,
  ceiling: number,
): Generator<{ piece: Float32Array; at: number }> {
  const allowed = new Float32Array(PIECE + BEFORE)
  const out = new Float32Array(PIECE)
  let last = 1
  for (let at = 0; at < samples.length; at += PIECE) {
    const length = Math.min(PIECE, samples.length - at)
    // A peak acts on the 5 ms before it: so far beyond the piece the limiter looks.
    const seen = Math.min(PIECE + BEFORE, samples.length - at)
    let isQuiet = last + 1 / AFTER >= 1
    for (let i = 0; isQuiet && i < seen; i++) isQuiet = Math.abs(samples[at + i]! * gain) <= ceiling
    if (isQuiet) {
      last = 1
      for (let i = 0; i < length; i++) out[i] = samples[at + i]! * gain
      yield { piece: out.subarray(0, length), at }
      continue
    }
    for (let i = 0; i < seen; i++) {
      const peak = Math.abs(samples[at + i]! * gain)
      allowed[i] = Math.min(peak > ceiling ? ceiling / peak : 1, (i === 0 ? last : allowed[i - 1]!) + 1 / AFTER)
    }
    last = allowed[length - 1]!
    for (let i = seen - 2; i >= 0; i--) allowed[i] = Math.min(allowed[i]!, allowed[i + 1]! + 1 / BEFORE)
    for (let i = 0; i < length; i++) out[i] = samples[at + i]! * gain * allowed[i]!
    yield { piece: out.subarray(0, length), at }
  }
}

function filter(samples: Float32Array, [b0, b1, b2, a1, a2]: Biquad): Float32Array {
  const out = new Float32Array(samples.length)
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i]!
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    out[i] = y
  }
  return out
}

function loudness(power: number): number {
  return -0.691 + 10 * Math.log10(power)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length
}
