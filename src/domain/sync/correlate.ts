// How alike two curves are, and by how much one runs behind the other.

/** Pearson's correlation of two curves of one length, -1 to 1; 0 where one of them never changes. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return correlationAt(a, b, 0)
}

/**
 * By how much `b` runs behind `a`: the shift at which they are most alike, refined between samples by a parabola.
 * @param reach largest shift looked at, in samples.
 * @returns null where no shift gives a correlation of at least 0.2: then the curves have nothing to do with each other.
 */
export function delayBetween(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  reach: number,
): { delay: number; correlation: number } | null {
  let best = Number.NaN
  let height = Number.NEGATIVE_INFINITY
  const values = new Map<number, number>()
  for (let shift = -reach - 1; shift <= reach + 1; shift++) {
    const value = correlationAt(a, b, shift)
    values.set(shift, value)
    if (value > height && Math.abs(shift) <= reach) {
      height = value
      best = shift
    }
  }
  if (!(height >= 0.2)) return null
  return { delay: best + peakBetween(values.get(best - 1)!, height, values.get(best + 1)!), correlation: height }
}

/** Where the top of the parabola through three neighbouring values lies, -0.5 to 0.5 from the middle one. */
export function peakBetween(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after
  if (bend >= 0) return 0
  return Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)))
}

function correlationAt(a: ArrayLike<number>, b: ArrayLike<number>, shift: number): number {
  const from = Math.max(0, -shift)
  const to = Math.min(a.length, b.length - shift)
  const count = to - from
  if (count < 2) return 0
  let sumA = 0
  let sumB = 0
  let squareA = 0
  let squareB = 0
  let product = 0
  for (let i = from; i < to; i++) {
    const x = a[i]!
    const y = b[i + shift]!
    sumA += x
    sumB += y
    squareA += x * x
    squareB += y * y
    product += x * y
  }
  const spread = (squareA - sumA ** 2 / count) * (squareB - sumB ** 2 / count)
  return spread > 1e-18 ? (product - (sumA * sumB) / count) / Math.sqrt(spread) : 0
}
