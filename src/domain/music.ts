// Music under a video: as long as it, softly begun and ended, and stepping back while somebody speaks.
import type { Plan } from '../core/plan.ts'
import { SAMPLE_RATE, type Speech } from '../core/speech.ts'
import { normaliseLoudness } from './loudness.ts'

/** A run of time in the video, in seconds. */
export type Span = { readonly startSeconds: number; readonly endSeconds: number }

/** Music as it goes under a video. */
export type Underlay = {
  /** Mono at 48 kHz; overwritten. */
  readonly samples: Float32Array
  /** 0 to 1: its level in pauses against that of speech. */
  readonly volume: number
  /** How long the video is. */
  readonly seconds: number
  /** When somebody speaks, in order. */
  readonly spans: readonly Span[]
}

/**
 * How much music steps back under speech, in dB: at its usual volume it is then 20 dB below it, as WCAG 2.2 (1.4.7) asks of
 * what sounds behind speech.
 */
const DUCK_DB = 12
/** Before speech begins it falls within this, after it has ended it rises within that, in seconds. */
const ATTACK = 0.3
const RELEASE = 0.9
/** Over shorter pauses it stays down, in seconds. */
const BRIDGE = 1.2
/** It comes and goes within these, in seconds, or a quarter of the video each where that is short. */
const FADE_IN = 1
const FADE_OUT = 2.5
/** Where it begins again, its end and its beginning sound together for so long, in seconds, or a quarter of it. */
const SEAM = 0.4
/** How often the gain is set, in samples: 5 ms; it is drawn straight between. */
const STEP = 240
/** The loudest that a sum may be unbent: -1 dB of full scale. */
const KNEE = 10 ** (-1 / 20)

/** When somebody speaks in a planned video, silences left out. @param speeches one a scene; null for silent ones. */
export function spokenSpans(
  { scenes, canvas }: Pick<Plan, 'scenes' | 'canvas'>,
  speeches: readonly (Pick<Speech, 'phones'> | null)[],
): readonly Span[] {
  const spans: { startSeconds: number; endSeconds: number }[] = []
  for (const [index, { startFrame }] of scenes.entries()) {
    const start = startFrame / canvas.fps
    for (const { phone, startSeconds, endSeconds } of speeches[index]?.phones ?? []) {
      if (phone === '_') continue
      const last = spans.at(-1)
      if (last && start + startSeconds - last.endSeconds < BRIDGE) last.endSeconds = start + endSeconds
      else spans.push({ startSeconds: start + startSeconds, endSeconds: start + endSeconds })
    }
  }
  return spans
}

/**
 * How loud music is at a moment, as a factor: with its fades at the video's ends, and turned down while somebody speaks.
 * @param at seconds from the video's start.
 */
export function musicGain(at: number, { spans, seconds }: Pick<Underlay, 'spans' | 'seconds'>): number {
  let down = 0
  for (const { startSeconds, endSeconds } of spans) {
    const before = 1 - (startSeconds - at) / ATTACK
    const after = 1 - (at - endSeconds) / RELEASE
    down = Math.max(down, Math.min(1, before, after))
  }
  const eased = down * down * (3 - 2 * down)
  const fade = (length: number, left: number) => Math.max(0, Math.min(1, left / Math.min(length, seconds / 4)))
  return 10 ** ((-DUCK_DB * eased) / 20) * fade(FADE_IN, at) * fade(FADE_OUT, seconds - at)
}

/** Lays music under sound, in pieces of the same lengths; what would be too loud together is bent, not cut. */
export function* withMusic(pieces: Iterable<Float32Array>, music: Underlay): Generator<Float32Array> {
  const { volume } = music
  const samples = normaliseLoudness(music.samples)
  const whole = Math.round(music.seconds * SAMPLE_RATE)
  let done = 0
  for (const piece of pieces) {
    const out = new Float32Array(piece.length)
    for (let i = 0; i < piece.length; ) {
      const from = done + i
      const step = Math.min(STEP - (from % STEP), piece.length - i)
      const block = from - (from % STEP)
      const [start, end] = [musicGain(block / SAMPLE_RATE, music), musicGain((block + STEP) / SAMPLE_RATE, music)]
      for (const last = i + step; i < last; i++) {
        const gain = volume * (start + ((end - start) * (done + i - block)) / STEP)
        out[i] = bent(piece[i]! + gain * looped(samples, done + i, whole))
      }
    }
    done += piece.length
    yield out
  }
}

/** A sample of music that begins again as often as it must. @param whole how many samples are needed. */
function looped(samples: Float32Array, at: number, whole: number): number {
  if (samples.length >= whole) return samples[at] ?? 0
  const seam = Math.min(Math.round(SEAM * SAMPLE_RATE), samples.length >> 2)
  const round = samples.length - seam
  const place = at % round
  const isAgain = at >= round
  if (!isAgain || place >= seam) return samples[place]!
  // Equal power: the two know nothing of each other.
  const share = (place + 0.5) / seam
  return samples[place]! * Math.sqrt(share) + samples[round + place]! * Math.sqrt(1 - share)
}

/** The same sample up to the knee, above it bent towards full scale. */
function bent(sample: number): number {
  const size = Math.abs(sample)
  if (size <= KNEE) return sample
  const room = 1 - KNEE
  return Math.sign(sample) * (KNEE + room * Math.tanh((size - KNEE) / room))
}
