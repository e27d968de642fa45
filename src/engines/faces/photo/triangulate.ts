// Delaunay triangulation of scattered points, one point at a time (Bowyer 1981, Watson 1981).

/**
 * Triangulates points so that no triangle's circumcircle holds another point.
 *
 * @param points x and y a point, no two alike; fastest where neighbours follow one another.
 * @returns 3 point numbers a triangle.
 */
export function triangulate(points: Float64Array): Uint32Array {
  const count = points.length / 2
  const { xs, ys } = withFrame(points)
  const corners: number[] = [count, count + 1, count + 2]
  // Beyond the edge from corner k to corner k + 1.
  const beyond: number[] = [-1, -1, -1]
  const free: number[] = []
  let last = 0

  /** Twice the area of a triangle: positive where c lies to the left of a to b. */
  const area = (a: number, b: number, x: number, y: number) =>
    (xs[b]! - xs[a]!) * (y - ys[a]!) - (ys[b]! - ys[a]!) * (x - xs[a]!)

  const locate = (x: number, y: number): number => {
    let at = last
    for (let steps = 0; steps < corners.length; steps++) {
      let next = -1
      for (let k = 0; k < 3 && next < 0; k++) {
        if (area(corners[at * 3 + k]!, corners[at * 3 + ((k + 1) % 3)]!, x, y) < 0) next = beyond[at * 3 + k]!
      }
      if (next < 0) return at
      at = next
    }
    return at
  }

  const circleHolds = (triangle: number, x: number, y: number): boolean => {
    const [a, b, c] = [corners[triangle * 3]!, corners[triangle * 3 + 1]!, corners[triangle * 3 + 2]!]
    const [ax, ay, bx, by, cx, cy] = [xs[a]! - x, ys[a]! - y, xs[b]! - x, ys[b]! - y, xs[c]! - x, ys[c]! - y]
    const [aa, bb, cc] = [ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy]
    return ax * (by * cc - cy * bb) - ay * (bx * cc - cx * bb) + aa * (bx * cy - cx * by) > 0
  }

  for (let point = 0; point < count; point++) {
    const [x, y] = [xs[point]!, ys[point]!]
    const start = locate(x, y)
    const hollow = new Set([start])
    const rim: { from: number; to: number; outside: number }[] = []
    const waiting = [start]
    while (waiting.length) {
      const triangle = waiting.pop()!
      for (let k = 0; k < 3; k++) {
        const other = beyond[triangle * 3 + k]!
        if (other >= 0 && hollow.has(other)) continue
        if (other >= 0 && circleHolds(other, x, y)) {
          hollow.add(other)
          waiting.push(other)
        } else {
          rim.push({ from: corners[triangle * 3 + k]!, to: corners[triangle * 3 + ((k + 1) % 3)]!, outside: other })
        }
      }
    }
    // An edge may have been put on the rim before the triangle behind it fell into the hollow.
    const edges = rim.filter(({ outside }) => outside < 0 || !hollow.has(outside))
    free.push(...hollow)
    const starting = new Map<number, number>()
    const ending = new Map<number, number>()
    for (const { from, to, outside } of edges) {
      const at = free.pop() ?? corners.length / 3
      corners[at * 3] = from
      corners[at * 3 + 1] = to
      corners[at * 3 + 2] = point
      beyond[at * 3] = outside
      if (outside >= 0) {
        const k = [0, 1, 2].find(
          (k) => corners[outside * 3 + k] === to && corners[outside * 3 + ((k + 1) % 3)] === from,
        )!
        beyond[outside * 3 + k] = at
      }
      starting.set(from, at)
      ending.set(to, at)
      last = at
    }
    for (const { from, to } of edges) {
      const at = starting.get(from)!
      beyond[at * 3 + 1] = starting.get(to)!
      beyond[at * 3 + 2] = ending.get(from)!
    }
  }
  const dropped = new Set(free)
  const kept: number[] = []
  for (let at = 0; at < corners.length; at += 3) {
    const triangle = corners.slice(at, at + 3)
    if (!dropped.has(at / 3) && triangle.every((corner) => corner < count)) kept.push(...triangle)
  }
  return Uint32Array.from(kept)
}

/** The points and behind them three more, far outside, whose triangle holds all. */
function withFrame(points: Float64Array): { xs: Float64Array; ys: Float64Array } {
  const count = points.length / 2
  const xs = new Float64Array(count + 3)
  const ys = new Float64Array(count + 3)
  let reach = 1
  for (let i = 0; i < count; i++) {
    xs[i] = points[i * 2]!
    ys[i] = points[i * 2 + 1]!
    reach = Math.max(reach, Math.abs(xs[i]!), Math.abs(ys[i]!))
  }
  xs.set([-4e3 * reach, 4e3 * reach, 0], count)
  ys.set([-4e3 * reach, -4e3 * reach, 4e3 * reach], count)
  return { xs, ys }
}
