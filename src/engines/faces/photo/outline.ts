// Distances to closed outlines and values along sampled curves.

/** How far a place lies from a closed outline (x and y a point): negative inside. */
export function distanceToOutline(outline: Float32Array, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  let inside = false
  const count = outline.length / 2
  for (let i = 0, j = count - 1; i < count; j = i++) {
    const [ax, ay, bx, by] = [outline[j * 2]!, outline[j * 2 + 1]!, outline[i * 2]!, outline[i * 2 + 1]!]
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
    const [dx, dy] = [bx - ax, by - ay]
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
    least = Math.min(least, Math.hypot(x - ax - along * dx, y - ay - along * dy))
  }
  return inside ? -least : least
}

/** How many places {@link curveThrough} samples along an opening, from corner to corner. */
export const CURVE_SAMPLES = 33

/** The place of sample i between the corners, -1 to 1: they lie closer together where an opening narrows. */
export function alongOf(sample: number): number {
  return Math.sin((Math.PI / 2) * ((2 * sample) / (CURVE_SAMPLES - 1) - 1))
}

/** A curve's value at a place between the corners; beyond them the corner's. */
export function valueAt(curve: Float32Array, along: number): number {
  const place = ((Math.asin(Math.min(1, Math.max(-1, along))) / (Math.PI / 2) + 1) / 2) * (CURVE_SAMPLES - 1)
  const i = Math.min(CURVE_SAMPLES - 2, Math.floor(place))
  return curve[i]! + (curve[i + 1]! - curve[i]!) * (place - i)
}

/** Samples a smooth curve (monotone cubic, Fritsch and Carlson 1980) through points sorted by their first coordinate. */
export function curveThrough(points: readonly (readonly [number, number])[]): Float32Array {
  const sorted = points.filter((point, i) => i === 0 || point[0] > points[i - 1]![0] + 1e-6)
  const slopes = sorted.slice(1).map(([x, y], i) => (y - sorted[i]![1]) / (x - sorted[i]![0]))
  const tangents = sorted.map((_, i) => {
    if (i === 0) return slopes[0]!
    if (i === sorted.length - 1) return slopes[i - 1]!
    const [a, b] = [slopes[i - 1]!, slopes[i]!]
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b)
  })
  return Float32Array.from({ length: CURVE_SAMPLES }, (_, sample) => {
    const x = alongOf(sample)
    let i = 0
    while (i < sorted.length - 2 && x > sorted[i + 1]![0]) i++
    const [x0, y0] = sorted[i]!
    const [x1, y1] = sorted[i + 1]!
    const width = x1 - x0
    const t = Math.min(1, Math.max(0, (x - x0) / width))
    const [t2, t3] = [t * t, t * t * t]
    return (
      (2 * t3 - 3 * t2 + 1) * y0 +
      (t3 - 2 * t2 + t) * width * tangents[i]! +
      (3 * t2 - 2 * t3) * y1 +
      (t3 - t2) * width * tangents[i + 1]!
    )
  })
}
