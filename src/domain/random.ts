// Seeded chance: the same seed gives the same motion on every machine.

/** A 32-bit FNV-1a hash of text; for seeds, not for secrets. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** A number in [0, 1) from a seed and any integers; neighbouring integers are unrelated (the murmur3 finaliser). */
export function chance(seed: number, ...keys: readonly number[]): number {
  let h = seed | 0
  for (const key of keys) {
    h = Math.imul(h ^ (key | 0), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
    h = (h + 0x9e3779b9) | 0
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/**
 * Smooth noise between -1 and 1: a cubic B-spline through one random value a second-over-`frequency`, so that its second
 * derivative has no step.
 *
 * @param frequency in hertz: about how often it turns.
 */
export function smoothNoise(seed: number, seconds: number, frequency: number): number {
  const position = seconds * frequency
  const cell = Math.floor(position)
  const t = position - cell
  const point = (k: number): number => chance(seed, cell + k) * 2 - 1
  const spline =
    ((1 - t) ** 3 * point(-1) +
      (3 * t ** 3 - 6 * t ** 2 + 4) * point(0) +
      (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) * point(1) +
      t ** 3 * point(2)) /
    6
  // The spline stays well inside its points; this brings its usual reach back to about one.
  return Math.max(-1, Math.min(1, spline * 1.7))
}
