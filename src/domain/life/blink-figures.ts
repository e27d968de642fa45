// Blinks as they are seen: dips in how far the eyes are open.

/** What the lids of a video do. */
export type BlinkFigures = {
  /** The middle of each one's deeper half, seconds: finer than frames, which the deepest one is not. */
  readonly seconds: readonly number[]
  readonly perMinute: number
  /** Between the middles, seconds. */
  readonly intervals: readonly number[]
  /** How many intervals are within half a frame of an earlier one. */
  readonly intervalsAgain: number
  /** Medians, milliseconds: from open to closed and from closed to open, between 10 and 90 % of the way. */
  readonly closingMs: number | null
  readonly openingMs: number | null
}

/** The open eye is the median of this much time around, seconds. */
const AROUND = 2
/** A dip below this share of the open eye is a blink: face models see closed lids as two thirds of open ones. */
const DIP = 0.86
/** A dip ends where the eyes are this open again: lids that hardly cross {@link DIP} tremble about it, and blink once. */
const OPEN_AGAIN = 0.93
/** A longer dip is a look down, or sleep; seconds. */
const LONGEST = 0.7

/** Finds the blinks. @param lids the eyes' openings, a value a frame, any unit. */
export function measureBlinks(lids: readonly number[], fps: number): BlinkFigures {
  const open = runningMedian(lids, Math.round(AROUND * fps))
  const share = lids.map((value, frame) => value / open[frame]!)
  const dips: { readonly middle: number; readonly closing: number | null; readonly opening: number | null }[] = []
  for (let frame = 0; frame < share.length; frame++) {
    if (share[frame]! >= DIP) continue
    const from = frame
    while (frame < share.length && share[frame]! < OPEN_AGAIN) frame++
    if (frame - from > LONGEST * fps) continue
    let deepest = from
    for (let i = from; i < frame; i++) if (share[i]! < share[deepest]!) deepest = i
    // A dip that the video's ends cut has no times of its own.
    const isWhole = from > 0 && frame < share.length
    dips.push({
      middle: middleOf(share, deepest),
      closing: isWhole ? flankMs(share, deepest, -1, fps) : null,
      opening: isWhole ? flankMs(share, deepest, 1, fps) : null,
    })
  }
  const seconds = dips.map(({ middle }) => (middle + 0.5) / fps)
  const intervals = seconds.slice(1).map((at, i) => at - seconds[i]!)
  const isAgain = (interval: number, i: number) =>
    intervals.slice(0, i).some((earlier) => Math.abs(earlier - interval) <= 0.5 / fps)
  return {
    seconds,
    perMinute: lids.length === 0 ? 0 : (dips.length / (lids.length / fps)) * 60,
    intervals,
    intervalsAgain: intervals.filter(isAgain).length,
    closingMs: median(dips.flatMap(({ closing }) => closing ?? [])),
    openingMs: median(dips.flatMap(({ opening }) => opening ?? [])),
  }
}

/** The mean of the frames round the deepest one in which a dip is more than half as deep, each by how much more. */
function middleOf(share: readonly number[], deepest: number): number {
  const half = (1 - share[deepest]!) / 2
  const more = (frame: number) => 1 - (share[frame] ?? 1) - half
  let [sum, weight] = [0, 0]
  for (const way of [-1, 1]) {
    for (let frame = way < 0 ? deepest : deepest + 1; more(frame) > 0; frame += way) {
      sum += frame * more(frame)
      weight += more(frame)
    }
  }
  return sum / weight
}

/** From 10 to 90 % of a flank of a dip, ms; null at the edge of the video. */
function flankMs(share: readonly number[], deepest: number, way: 1 | -1, fps: number): number | null {
  const depth = 1 - share[deepest]!
  const crossing = (level: number): number | null => {
    for (let i = deepest; i + way >= 0 && i + way < share.length; i += way) {
      const [a, b] = [1 - share[i]!, 1 - share[i + way]!]
      if (a >= level && b < level) return i + way * ((a - level) / (a - b))
    }
    return null
  }
  const [low, high] = [crossing(depth * 0.1), crossing(depth * 0.9)]
  return low === null || high === null ? null : (Math.abs(low - high) / fps) * 1000
}

function runningMedian(values: readonly number[], reach: number): number[] {
  return values.map((_, i) => median(values.slice(Math.max(0, i - reach), i + reach + 1))!)
}

function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? null
}
