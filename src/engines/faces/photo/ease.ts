// Small curves that fields are made of.

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

/** 1 up to `full`, 0 from `none` on, smooth between. */
export function fade(full: number, none: number, value: number): number {
  return 1 - smoothstep(full, none, value)
}

/** From a to b. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share
}
