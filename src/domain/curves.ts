// The few curve shapes that lips and motion are built from.

/** 0 before `from`, 1 after `to`, with no corner in between (Perlin's quintic). */
export function smoothStep(from: number, to: number, x: number): number {
  const t = Math.max(0, Math.min(1, (x - from) / (to - from)))
  return t * t * t * (t * (t * 6 - 15) + 10)
}

/** Rises over [from - rise, from], holds 1 until `to`, falls over [to, to + fall]. Seconds in, 0 to 1 out. */
export function plateau(seconds: number, from: number, to: number, rise: number, fall: number): number {
  if (seconds < from) return smoothStep(from - rise, from, seconds)
  if (seconds > to) return 1 - smoothStep(to, to + fall, seconds)
  return 1
}

/** Keeps a value between two bounds. */
export function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value))
}

/** One change of a value: from wherever it is at `seconds` to `to`, which it reaches `takes` seconds later. */
export type Move = { readonly seconds: number; readonly takes: number; readonly to: number }

/**
 * A value that starts at 0 and follows moves, each eased at both ends; a move may begin before the one before it has ended.
 *
 * @param moves in order of time.
 * @returns a value a frame, at each frame's middle.
 */
export function followMoves(moves: readonly Move[], frameCount: number, fps: number): Float32Array {
  const values = new Float32Array(frameCount)
  let settled = 0
  let first = 0
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    while (first < moves.length && moves[first]!.seconds + moves[first]!.takes <= t) settled = moves[first++]!.to
    let value = settled
    for (let i = first; i < moves.length && moves[i]!.seconds < t; i++) {
      const { seconds, takes, to } = moves[i]!
      value += (to - value) * smoothStep(seconds, seconds + takes, t)
    }
    values[frame] = value
  }
  return values
}

/**
 * How long a move must take for its third derivative to stay within a bound: a bigger move takes longer, as limbs do.
 * The quintic of {@link smoothStep} has a third derivative of at most 60 over its length's cube.
 *
 * @param jerk the bound, units a second cubed.
 */
export function gentleSeconds(amount: number, jerk: number): number {
  return Math.cbrt((60 * Math.abs(amount)) / jerk)
}
