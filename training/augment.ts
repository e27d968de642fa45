// Speech as other mouths, rooms and microphones would give it, changed where it is cheapest: in its bands of energy.
import { BANDS, FRAME_RATE } from '../src/engines/voices/hearing/mel.ts'
import { HEARD_RATE, STEP } from '../src/engines/voices/hearing/network.ts'
import type { Clip } from './speech-bank.ts'

/** A clip whose bands are known. */
export type BandedClip = { readonly clip: Clip; readonly bands: Float32Array }

/** The class of each row goes where the example's bands go. */
export type Example = { readonly bands: Float32Array; readonly labels: Int8Array }

/** What mel.ts multiplies its nepers with. */
const SCALE = 0.4

/**
 * A stretch of a clip, changed as chance will have it: slower or quicker, of a longer or shorter vocal tract, in a room, of
 * another colour, in noise, through a telephone. Sounds keep their places.
 * @param example is written.
 */
export function augment({ clip, bands }: BandedClip, { bands: out, labels }: Example, random: () => number): void {
  const between = (from: number, to: number) => from + (to - from) * random()
  const speed = random() < 0.6 ? between(0.84, 1.2) : 1
  const frames = bands.length / BANDS
  const start = Math.floor(between(-0.1, Math.max(0, 1.1 - (labels.length * STEP * speed) / frames)) * frames)
  for (let row = 0; row < labels.length; row++) {
    labels[row] = soundAt(clip, ((row * FRAME_RATE) / HEARD_RATE) * (speed / FRAME_RATE) + start / FRAME_RATE)
  }
  const warp = random() < 0.7 ? between(0.86, 1.16) : 1
  read(bands, start, speed, warp, out)
  if (random() < 0.4) echo(out, between(0.03, 0.35), between(0.15, 0.7))
  if (random() < 0.6) colour(out, between(0.3, 1.8), random)
  if (random() < 0.7) addNoise(out, between(-7, 0.2), between(-2, 2), random)
  if (random() < 0.15) cut(out, Math.floor(between(22, 38)))
  centre(out)
  if (random() < 0.3) {
    const width = 1 + Math.floor(random() * 6)
    const first = Math.floor(random() * (BANDS - width))
    for (let at = first; at < out.length; at += BANDS) out.fill(0, at, at + width)
  }
  for (let i = 0; i < out.length; i++) out[i]! *= SCALE
}

/** The class that is heard at a time; silence before and after the clip. */
function soundAt({ starts, classes, samples }: Clip, seconds: number): number {
  if (seconds < 0 || seconds >= samples.length / 16000) return 0
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= seconds) low = middle
    else high = middle - 1
  }
  return classes[low]!
}

/** Frames in nepers at another speed, their bands moved by a factor; what is beyond is as quiet as the quietest. */
function read(bands: Float32Array, start: number, speed: number, warp: number, out: Float32Array): void {
  const frames = bands.length / BANDS
  const quietest = bands.reduce((a, b) => Math.min(a, b), 0)
  const from = Float32Array.from({ length: BANDS }, (_, band) => Math.min(BANDS - 1.001, band * warp))
  for (let row = 0; row < out.length / BANDS; row++) {
    const at = start + row * speed
    const frame = Math.floor(at)
    const share = at - frame
    for (let band = 0; band < BANDS; band++) {
      if (frame < 0 || frame + 1 >= frames) {
        out[row * BANDS + band] = quietest / SCALE
        continue
      }
      const low = Math.floor(from[band]!)
      const part = from[band]! - low
      const near = frame * BANDS + low
      const now = bands[near]! + part * (bands[near + 1]! - bands[near]!)
      const next = bands[near + BANDS]! + part * (bands[near + BANDS + 1]! - bands[near + BANDS]!)
      out[row * BANDS + band] = (now + share * (next - now)) / SCALE
    }
  }
}

/** Each band rings on: its energy fades by 60 dB in `seconds`. */
function echo(out: Float32Array, level: number, seconds: number): void {
  const fade = Math.exp(-13.8 / FRAME_RATE / seconds)
  const ringing = new Float32Array(BANDS)
  for (let i = 0; i < out.length; i++) {
    const band = i % BANDS
    const energy = Math.exp(out[i]!)
    ringing[band] = ringing[band]! * fade
    out[i] = Math.log(energy + level * ringing[band]!)
    ringing[band]! += energy * (1 - fade) * 2
  }
}

/** A smooth curve over the bands, as microphones and rooms have. */
function colour(out: Float32Array, size: number, random: () => number): void {
  const [phase, other] = [random() * 6.3, random() * 6.3]
  for (let i = 0; i < out.length; i++) {
    const band = (i % BANDS) / BANDS
    out[i]! += size * (Math.sin(phase + 4 * band) + 0.5 * Math.sin(other + 11 * band))
  }
}

/** Noise of a level relative to speech, in nepers, with a slope over the bands; it wavers as noise does. */
function addNoise(out: Float32Array, level: number, slope: number, random: () => number): void {
  for (let i = 0; i < out.length; i++) {
    const noise = level + slope * ((i % BANDS) / BANDS - 0.5) + Math.log(random() + random() + 0.1)
    out[i] = Math.log(Math.exp(out[i]!) + Math.exp(noise))
  }
}

/** Takes the bands above one away. */
function cut(out: Float32Array, first: number): void {
  for (let i = 0; i < out.length; i++) if (i % BANDS >= first) out[i] = -8 + 0.2 * out[i]!
}

/** As mel.ts does: less the mean of what is loud in each band. */
function centre(out: Float32Array): void {
  const frames = out.length / BANDS
  const totals = Float32Array.from({ length: frames }, (_, frame) => {
    let sum = 0
    for (let band = 0; band < BANDS; band++) sum += Math.exp(out[frame * BANDS + band]!)
    return sum
  })
  const loud = totals.slice().sort()[Math.floor(frames * 0.9)]!
  const means = new Float64Array(BANDS)
  let count = 0
  for (let frame = 0; frame < frames; frame++) {
    if (totals[frame]! < loud * Math.exp(-6)) continue
    count++
    for (let band = 0; band < BANDS; band++) means[band]! += out[frame * BANDS + band]!
  }
  for (let i = 0; i < out.length; i++) out[i]! -= means[i % BANDS]! / Math.max(1, count)
}
