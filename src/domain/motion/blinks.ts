// Blinks: lids that close every few seconds, likelier where speech pauses or the eyes jump, no two intervals alike.
import { smoothStep } from '../curves.ts'
import { chance } from '../random.ts'

/** One blink, from the first movement of the lid. */
export type Blink = {
  readonly seconds: number
  /** Closing is twice as quick as opening. Source: VanderWerf et al. 2003, spontaneous blinks: 80 to 110 and 150 to 240 ms. */
  readonly closing: number
  readonly opening: number
  /** How far the lids close, 0 to 1: now and then a blink is not quite one. */
  readonly depth: number
}

/** Seconds between blinks before the rate is applied: shortest, and how much longer at most. */
const SHORTEST = 2.2
const LONGER = 3.9

/** The lids stay closed this long, seconds: a frame of 25 fps falls near it. */
const HOLD = 0.045

/** How far before or after its own time a blink is drawn to a moment that suits it, seconds. */
const DRAWN = 1.1

/**
 * Intervals differ by at least this from each of the last {@link REMEMBERED}, seconds: three frames of the slowest rate, 24 a
 * second. Lids shut on whole frames, so that two of these are sure to be seen.
 */
const APART = 0.126
const REMEMBERED = 24

/**
 * When a face blinks: 10 to 20 times a minute at rate 1 (Bentivoglio et al. 1997: 17 at rest, 26 in conversation). Decided
 * forwards in time, so that an edit later in a script changes no blink before it.
 *
 * @param moments times at which a blink comes easily, ascending: the beginnings of pauses, jumps of the eyes.
 * @param rate 1 is usual, 2 twice as often.
 */
export function planBlinks(
  seed: number,
  durationSeconds: number,
  moments: readonly number[],
  rate = 1,
): readonly Blink[] {
  const blinks: Blink[] = []
  /** Between the moments at which the lids are shut, which is what a viewer sees. */
  const intervals: number[] = []
  let shut = -1.2 * chance(seed, 31)
  const add = (blink: Omit<Blink, 'seconds'>, shutSeconds: number): void => {
    if (blinks.length > 0) intervals.push(shutSeconds - shut)
    blinks.push({ ...blink, seconds: shutSeconds - blink.closing })
    shut = shutSeconds
  }
  for (let index = 0; ; index++) {
    const closing = 0.08 + 0.035 * chance(seed, 35, index)
    const opening = 0.16 + 0.09 * chance(seed, 36, index)
    const own = shut + (SHORTEST + LONGER * chance(seed, 32, index) ** 1.3) / rate
    const earliest = shut + (SHORTEST * 0.85) / rate
    const moment = moments.find((at) => at > earliest && Math.abs(at - own) < DRAWN)
    const wanted = moment === undefined ? own : moment + 0.11 + 0.08 * chance(seed, 34, index)
    const shutSeconds = shut + unlike(wanted - shut, intervals, earliest - shut)
    if (shutSeconds - closing >= durationSeconds) return blinks
    const depth = chance(seed, 38, index) < 0.12 ? 0.72 + 0.15 * chance(seed, 39, index) : 1
    add({ closing, opening, depth }, shutSeconds)
    if (chance(seed, 37, index) < 0.1) {
      const quickest = closing + HOLD + opening + 0.02
      const gap = unlike(quickest, intervals, quickest)
      if (shut + gap < durationSeconds) add({ closing, opening, depth: 1 }, shut + gap)
    }
  }
}

/** The nearest interval, not under `shortest`, that differs from the last ones. */
function unlike(interval: number, intervals: readonly number[], shortest: number): number {
  const last = intervals.slice(-REMEMBERED)
  const isFree = (at: number): boolean =>
    at >= shortest && last.every((other) => Math.abs(other - at) >= APART * (1 - 1e-9))
  // Where its own place is taken, the nearest one lies just beside another interval.
  const places = [interval, ...last.flatMap((other) => [other - APART, other + APART])].filter(isFree)
  return places.reduce((a, b) => (Math.abs(b - interval) < Math.abs(a - interval) ? b : a))
}

/** How far the lids are closed at a time after a blink began, 0 to 1. */
export function lidAt({ seconds, closing, opening, depth }: Blink, at: number): number {
  const d = at - seconds
  const held = closing + HOLD
  if (d <= 0 || d >= held + opening) return 0
  return depth * (d < held ? smoothStep(0, closing, d) : 1 - smoothStep(held, held + opening, d))
}
