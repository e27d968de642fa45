// How well the lips of a finished video keep to its sound, from what was measured on its frames.
import { phoneGroup } from '../../core/phones.ts'
import { SAMPLE_RATE, type TimedPhone, type Timing } from '../../core/speech.ts'
import { correlation, delayBetween, peakBetween } from './correlate.ts'
import {
  CURVE_RATE,
  envelope,
  expectedOpening,
  isLabialClosure,
  loudnessCurve,
  openingCurve,
  resampleFrames,
} from './expected.ts'

/** The mouth in one frame; lengths in any unit that is the same in all frames. */
export type MouthSample = { readonly gap: number; readonly width: number }

/** What a report is made of. */
export type SyncInput = {
  /** A row a frame; null where no face was found. */
  readonly mouth: readonly (MouthSample | null)[]
  readonly fps: number
  /** Mono, 48 kHz. */
  readonly sound: Float32Array
  /** The phones of the whole video, or null where nobody knows them. */
  readonly phones: readonly TimedPhone[] | null
  readonly timing: Timing | null
  /** Planned opening of the inner lips, a value a frame. */
  readonly planned?: ArrayLike<number>
}

/**
 * One phone over the whole video. Gaps count from the resting lips and are shares of the widest gap; widths are shares of
 * the mean width.
 */
export type PhoneFigures = {
  readonly phone: string
  readonly count: number
  readonly meanGap: number
  readonly meanWidth: number
  /** Share of them during which the lips close. */
  readonly closed: number
}

/** Where a sound-picture offset lies. Source: ITU-R BT.1359-1, sound early 45 and 90 ms, late 125 and 185 ms. */
export type OffsetVerdict = 'undetectable' | 'detectable' | 'unacceptable'

/** The report. Shares are 0 to 1; null stands for what cannot be said of this video. */
export type SyncReport = {
  readonly timesFrom: Timing | 'sound'
  readonly frameCount: number
  readonly framesWithFace: number
  /**
   * What the measure reads between resting lips, as a share of its widest reading. Face models read closed lips of some
   * faces as open by up to a third, always the same on one face; all other gaps here count from this zero. A face that
   * rests with parted lips shows up here, and only here.
   */
  readonly restingGap: number | null
  /** p, b and m, and how many of them show closed lips within {@link CLOSURE_REACH}. */
  readonly closures: { readonly count: number; readonly closed: number; readonly share: number } | null
  /** Mean gap in open vowels over mean gap in p, b and m. */
  readonly openToClosed: number | null
  /** Share of the frames inside silences in which the lips move. */
  readonly movingInSilence: { readonly frames: number; readonly share: number } | null
  /** Of the measured gap with the planned opening. */
  readonly correlation: number | null
  /** Sound after picture is negative. */
  readonly offset: { readonly soundEarlyMs: number; readonly verdict: OffsetVerdict } | null
  /** How far the fastest movement of the lips lies from the border of the phones that ask for it, in ms. */
  readonly onsets: { readonly count: number; readonly p50: number; readonly p95: number; readonly mean: number } | null
  readonly phones: readonly PhoneFigures[]
}

/** Lips are closed where their gap, counted from the resting lips, is under this share of the video's widest. */
export const CLOSED_SHARE = 0.15
/** How far beside a phone its closure may lie, in seconds. */
export const CLOSURE_REACH = 0.04
/** Lips move where their gap changes by more than this share of the widest from one frame to the next. */
export const MOVED_SHARE = 0.04
/** The ends of a silence in which lips may still close or open already, in seconds. */
export const SILENCE_MARGIN = 0.2
/** Fewer resting frames than this say nothing: the zero is then the video's 2nd percentile. */
const LEAST_RESTING = 5
/** Largest offset that is looked for, in seconds. */
const OFFSET_REACH = 0.4
/** How far from the border of two phones their movement is looked for, in seconds. */
const ONSET_REACH = 0.12
/** Only borders at which the expected opening changes by this much have a movement of their own. */
const ONSET_STEP = 0.4

/** Makes the report. */
export function reportSync(input: SyncInput): SyncReport {
  const { mouth, fps, phones } = input
  const found = mouth.filter((sample) => sample !== null)
  const readings = found.map(({ gap }) => gap)
  const highest = readings.reduce((most, gap) => Math.max(most, gap), 0)
  const spoken = phones?.filter(({ phone }) => phone !== '_') ?? []
  const resting = stillFrames(spoken, mouth.length, fps).flatMap((frame) => mouth[frame]?.gap ?? [])
  const zero = resting.length >= LEAST_RESTING ? percentile(resting, 0.5) : percentile(readings, 0.02)
  const widest = highest - zero
  const meanWidth = mean(found.map(({ width }) => width))
  const base = {
    timesFrom: phones ? (input.timing ?? 'estimated') : ('sound' as const),
    frameCount: mouth.length,
    framesWithFace: found.length,
    restingGap: highest > 0 ? zero / highest : null,
  }
  if (found.length < 2 || widest <= 0) {
    const nothing = { closures: null, openToClosed: null, movingInSilence: null, correlation: null, offset: null }
    return { ...base, ...nothing, onsets: null, phones: [] }
  }
  const gaps = filled(mouth.map((sample) => (sample ? Math.max(0, sample.gap - zero) / widest : null)))
  const widths = filled(mouth.map((sample) => (sample ? sample.width / meanWidth : null)))
  const seconds = Math.min(mouth.length / fps, input.sound.length / SAMPLE_RATE)
  return {
    ...base,
    closures: closuresOf(spoken, gaps, fps),
    openToClosed: openToClosedOf(spoken, gaps, fps),
    movingInSilence: phones && silenceOf(spoken, gaps, fps),
    correlation: input.planned ? correlation(gaps, input.planned) : null,
    offset: offsetOf(gaps, fps, seconds, input.sound, phones),
    onsets: phones && onsetsOf(phones, gaps, fps),
    phones: figuresOf(spoken, gaps, widths, fps),
  }
}

/** Judges an offset; positive where the sound comes first. */
export function judgeOffset(soundEarlyMs: number): OffsetVerdict {
  if (soundEarlyMs <= 45 && soundEarlyMs >= -125) return 'undetectable'
  return soundEarlyMs <= 90 && soundEarlyMs >= -185 ? 'detectable' : 'unacceptable'
}

function closes(phone: TimedPhone, gaps: Float32Array, fps: number): boolean {
  const from = Math.max(0, Math.ceil(frameAt(phone.startSeconds - CLOSURE_REACH, fps) - 1e-6))
  const to = Math.min(gaps.length - 1, Math.floor(frameAt(phone.endSeconds + CLOSURE_REACH, fps) + 1e-6))
  for (let frame = from; frame <= to; frame++) if (gaps[frame]! < CLOSED_SHARE) return true
  return false
}

function closuresOf(phones: readonly TimedPhone[], gaps: Float32Array, fps: number): SyncReport['closures'] {
  const labials = phones.filter(({ phone }) => isLabialClosure(phone))
  if (labials.length === 0) return null
  const closed = labials.filter((phone) => closes(phone, gaps, fps)).length
  return { count: labials.length, closed, share: closed / labials.length }
}

function openToClosedOf(phones: readonly TimedPhone[], gaps: Float32Array, fps: number): number | null {
  const open = phones.filter(({ phone }) => phoneGroup(phone) === 'open' || phone === 'aɪ' || phone === 'aʊ')
  const closed = phones.filter(({ phone }) => isLabialClosure(phone))
  const below = mean(closed.map((phone) => valueAt(gaps, middleFrame(phone, fps))))
  return open.length && closed.length && below > 0
    ? mean(open.map((phone) => valueAt(gaps, middleFrame(phone, fps)))) / below
    : null
}

/** The frames inside silences, away from their ends. */
function stillFrames(spoken: readonly TimedPhone[], frameCount: number, fps: number): readonly number[] {
  const frames: number[] = []
  const ends = [...spoken.map(({ startSeconds }) => startSeconds), Number.POSITIVE_INFINITY]
  if (spoken.length === 0) return frames
  ends.forEach((silenceEnd, index) => {
    const before = spoken[index - 1]
    const from = before ? Math.ceil(frameAt(before.endSeconds + SILENCE_MARGIN, fps)) : 0
    const to = Math.min(frameCount, Math.floor(frameAt(silenceEnd - SILENCE_MARGIN, fps)))
    for (let frame = from; frame < to; frame++) frames.push(frame)
  })
  return frames
}

function silenceOf(spoken: readonly TimedPhone[], gaps: Float32Array, fps: number): SyncReport['movingInSilence'] {
  const still = new Set(stillFrames(spoken, gaps.length, fps))
  const followed = [...still].filter((frame) => still.has(frame - 1))
  const moving = followed.filter((frame) => Math.abs(gaps[frame]! - gaps[frame - 1]!) > MOVED_SHARE)
  return followed.length > 0 ? { frames: followed.length, share: moving.length / followed.length } : null
}

/**
 * With phones: how far the picture runs behind the phones, less how far the sound does; each is sharper than the sound's
 * loudness against the lips, which are alike only in the rough. Without phones it is that.
 */
function offsetOf(
  gaps: Float32Array,
  fps: number,
  seconds: number,
  sound: Float32Array,
  phones: readonly TimedPhone[] | null,
): SyncReport['offset'] {
  const picture = resampleFrames(gaps, fps, seconds)
  const heard = envelope(sound, SAMPLE_RATE).subarray(0, picture.length)
  const reach = OFFSET_REACH * CURVE_RATE
  let delay: number
  if (phones) {
    const seen = delayBetween(openingCurve(phones, seconds), picture, reach)
    const spoken = delayBetween(loudnessCurve(phones, seconds), heard, reach)
    if (!seen || !spoken) return null
    delay = seen.delay - spoken.delay
  } else {
    const direct = delayBetween(heard, picture, reach)
    if (!direct) return null
    delay = direct.delay
  }
  const soundEarlyMs = (delay / CURVE_RATE) * 1000
  return { soundEarlyMs, verdict: judgeOffset(soundEarlyMs) }
}

function onsetsOf(phones: readonly TimedPhone[], gaps: Float32Array, fps: number): SyncReport['onsets'] {
  const errors: number[] = []
  for (let i = 1; i < phones.length; i++) {
    const [before, after] = [phones[i - 1]!, phones[i]!]
    const step = expectedOpening(after.phone) - expectedOpening(before.phone)
    if (Math.abs(step) < ONSET_STEP) continue
    const moved = fastestMove(gaps, fps, after.startSeconds, Math.sign(step))
    if (moved !== null) errors.push((moved - after.startSeconds) * 1000)
  }
  if (errors.length === 0) return null
  const sizes = errors.map(Math.abs)
  return { count: errors.length, p50: percentile(sizes, 0.5), p95: percentile(sizes, 0.95), mean: mean(errors) }
}

/** When the gap changes fastest in a direction near a time; null where it does not change that way. */
function fastestMove(gaps: Float32Array, fps: number, seconds: number, direction: number): number | null {
  const slope = (frame: number) => direction * ((gaps[frame + 1] ?? Number.NaN) - (gaps[frame] ?? Number.NaN))
  const from = Math.ceil((seconds - ONSET_REACH) * fps - 1)
  const to = Math.floor((seconds + ONSET_REACH) * fps - 1)
  let best = -1
  let height = MOVED_SHARE
  for (let frame = from; frame <= to; frame++) {
    if (slope(frame) > height) {
      height = slope(frame)
      best = frame
    }
  }
  if (best < 0) return null
  const [before, after] = [slope(best - 1), slope(best + 1)]
  const shift = Number.isNaN(before) || Number.isNaN(after) ? 0 : peakBetween(before, height, after)
  return (best + 1 + shift) / fps
}

function figuresOf(
  phones: readonly TimedPhone[],
  gaps: Float32Array,
  widths: Float32Array,
  fps: number,
): readonly PhoneFigures[] {
  return [...Map.groupBy(phones, ({ phone }) => phone)]
    .map(([phone, all]) => ({
      phone,
      count: all.length,
      meanGap: mean(all.map((one) => valueAt(gaps, middleFrame(one, fps)))),
      meanWidth: mean(all.map((one) => valueAt(widths, middleFrame(one, fps)))),
      closed: all.filter((one) => closes(one, gaps, fps)).length / all.length,
    }))
    .sort((a, b) => b.count - a.count || (a.phone < b.phone ? -1 : 1))
}

/** The frame whose middle is at a time, as a fraction: a frame is seen from n / fps to (n + 1) / fps. */
function frameAt(seconds: number, fps: number): number {
  return seconds * fps - 0.5
}

function middleFrame({ startSeconds, endSeconds }: TimedPhone, fps: number): number {
  return frameAt((startSeconds + endSeconds) / 2, fps)
}

function valueAt(values: Float32Array, frame: number): number {
  const at = Math.max(0, Math.min(values.length - 1, frame))
  const left = Math.floor(at)
  return values[left]! * (1 - at + left) + values[Math.min(values.length - 1, left + 1)]! * (at - left)
}

/** Frames without a face take the value of the last one with a face. */
function filled(values: readonly (number | null)[]): Float32Array {
  let last = values.find((value) => value !== null) ?? 0
  return Float32Array.from(values, (value) => {
    last = value ?? last
    return last
  })
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
}
