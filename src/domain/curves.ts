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
