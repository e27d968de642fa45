// Fills triangles: the one loop under every picture, texture and depth map that baking makes.

/**
 * Called for each row of a triangle: `count` pixels from `start` on. b1 and b2 are the shares of the triangle's second and
 * third corner in the first pixel, d1 and d2 what they grow by from pixel to pixel; the first corner has the rest of 1.
 */
export type RowVisitor = (
  start: number,
  count: number,
  triangle: number,
  b1: number,
  b2: number,
  d1: number,
  d2: number,
) => void

/** Rows of a picture that are drawn, the last not counted. */
export type Rows = { readonly top: number; readonly bottom: number }

/**
 * Visits every row of every triangle, both windings, in the order given: all pixels whose centres a triangle covers.
 *
 * @param corners `stride` values a vertex, of which the first two are x and y in pixels (centres at .5).
 * @param triangles 3 vertex numbers each. @param rows the rows that are visited; absent: all.
 */
export function rasterise(
  width: number,
  height: number,
  corners: Float32Array,
  stride: number,
  triangles: Uint32Array,
  visit: RowVisitor,
  rows: Rows = { top: 0, bottom: height },
): void {
  const { top: first, bottom: end } = rows
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]! * stride
    const b = triangles[t + 1]! * stride
    const c = triangles[t + 2]! * stride
    const ay = corners[a + 1]!
    const by = corners[b + 1]!
    const cy = corners[c + 1]!
    const top = Math.max(first, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const bottom = Math.min(end - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    if (top > bottom) continue
    const ax = corners[a]!
    const bx = corners[b]!
    const cx = corners[c]!
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (!(Math.abs(area) > 1e-9)) continue
    const left = Math.max(0, Math.ceil(Math.min(ax, bx, cx) - 0.5))
    const right = Math.min(width - 1, Math.floor(Math.max(ax, bx, cx) - 0.5))
    if (left > right) continue
    const inverse = 1 / area
    // b1 and b2 are linear in x and y.
    const b1x = (cy - ay) * inverse
    const b1y = -(cx - ax) * inverse
    const b2x = -(by - ay) * inverse
    const b2y = (bx - ax) * inverse
    const b0x = -b1x - b2x
    const triangle = t / 3
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      let from = left
      let to = right
      const c1 = b1y * dy - b1x * ax
      const c2 = b2y * dy - b2x * ax
      const c0 = 1 - c1 - c2
      // Each corner's share s(x) = m * x + n must not be negative.
      if (b1x > 1e-12) from = Math.max(from, Math.ceil(-c1 / b1x - 0.5))
      else if (b1x < -1e-12) to = Math.min(to, Math.floor(-c1 / b1x - 0.5))
      else if (c1 < 0) continue
      if (b2x > 1e-12) from = Math.max(from, Math.ceil(-c2 / b2x - 0.5))
      else if (b2x < -1e-12) to = Math.min(to, Math.floor(-c2 / b2x - 0.5))
      else if (c2 < 0) continue
      if (b0x > 1e-12) from = Math.max(from, Math.ceil(-c0 / b0x - 0.5))
      else if (b0x < -1e-12) to = Math.min(to, Math.floor(-c0 / b0x - 0.5))
      else if (c0 < 0) continue
      if (from > to) continue
      const x = from + 0.5
      visit(row * width + from, to - from + 1, triangle, c1 + b1x * x, c2 + b2x * x, b1x, b2x)
    }
  }
}

/** A picture in pieces of equal height, the last of which may be cut: its first row, rows a piece, and how many there are. */
export type Pieces = { readonly top: number; readonly rows: number; readonly count: number }

/**
 * Sorts triangles by the pieces of a picture that they touch, so that each piece costs only its own.
 *
 * @param corners as for {@link rasterise}. @returns the triangles of a piece, in the order given.
 */
export function sortByRows(
  corners: Float32Array,
  stride: number,
  triangles: Uint32Array,
  { top, rows, count }: Pieces,
): (piece: number) => Uint32Array {
  const last = Math.max(0, count - 1)
  const pieceOf = (y: number) => Math.max(0, Math.min(last, Math.floor((y - top) / rows)))
  const from = new Uint8Array(triangles.length / 3)
  const to = new Uint8Array(triangles.length / 3)
  const starts = new Uint32Array(last + 2)
  for (let t = 0; t < from.length; t++) {
    const a = corners[triangles[t * 3]! * stride + 1]!
    const b = corners[triangles[t * 3 + 1]! * stride + 1]!
    const c = corners[triangles[t * 3 + 2]! * stride + 1]!
    from[t] = pieceOf(Math.min(a, b, c) - 1)
    to[t] = pieceOf(Math.max(a, b, c) + 1)
    for (let k = from[t]!; k <= to[t]!; k++) starts[k + 1]! += 3
  }
  for (let k = 0; k <= last; k++) starts[k + 1]! += starts[k]!
  const sorted = new Uint32Array(starts[last + 1]!)
  const at = starts.slice()
  for (let t = 0; t < from.length; t++) {
    for (let k = from[t]!; k <= to[t]!; k++) {
      const place = at[k]!
      sorted[place] = triangles[t * 3]!
      sorted[place + 1] = triangles[t * 3 + 1]!
      sorted[place + 2] = triangles[t * 3 + 2]!
      at[k] = place + 3
    }
  }
  return (piece) => sorted.subarray(starts[piece], starts[piece + 1])
}

/** What is nearest at each pixel: a triangle and where in it. */
export type Surface = {
  readonly width: number
  readonly height: number
  /** -1 where there is nothing. */
  readonly triangle: Int32Array
  /** Larger is nearer. */
  readonly depth: Float32Array
  readonly b1: Float32Array
  readonly b2: Float32Array
}

/** A surface; what it holds means nothing before {@link clearSurface}. */
export function openSurface(width: number, height: number): Surface {
  const plane = () => new Float32Array(width * height)
  return { width, height, triangle: new Int32Array(width * height), depth: plane(), b1: plane(), b2: plane() }
}

/** Empties the first so many rows of a surface. */
export function clearSurface({ width, triangle, depth }: Surface, rows: number): void {
  triangle.fill(-1, 0, width * rows)
  depth.fill(Number.NEGATIVE_INFINITY, 0, width * rows)
}

/** Draws triangles into a surface. `corners` holds x, y, depth a vertex; `base` is added to triangle numbers. */
export function drawSurface(surface: Surface, corners: Float32Array, triangles: Uint32Array, base = 0): void {
  const { width, height, triangle, depth, b1: firsts, b2: seconds } = surface
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]! * 3
    const b = triangles[t + 1]! * 3
    const c = triangles[t + 2]! * 3
    const ax = corners[a]!
    const ay = corners[a + 1]!
    const az = corners[a + 2]!
    const ux = corners[b]! - ax
    const uy = corners[b + 1]! - ay
    const vx = corners[c]! - ax
    const vy = corners[c + 1]! - ay
    const area = ux * vy - uy * vx
    if (!(Math.abs(area) > 1e-9)) continue
    const left = Math.max(0, Math.ceil(ax + Math.min(0, ux, vx) - 0.5))
    const right = Math.min(width - 1, Math.floor(ax + Math.max(0, ux, vx) - 0.5))
    const top = Math.max(0, Math.ceil(ay + Math.min(0, uy, vy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, uy, vy) - 0.5))
    if (left > right || top > bottom) continue
    const b1x = vy / area
    const b1y = -vx / area
    const b2x = -uy / area
    const b2y = ux / area
    const z1 = corners[b + 2]! - az
    const z2 = corners[c + 2]! - az
    const dx = left + 0.5 - ax
    const step = b1x * z1 + b2x * z2
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      let b1 = b1x * dx + b1y * dy
      let b2 = b2x * dx + b2y * dy
      let z = az + b1 * z1 + b2 * z2
      const end = row * width + right
      for (let at = row * width + left; at <= end; at++, b1 += b1x, b2 += b2x, z += step) {
        if (b1 < 0 || b2 < 0 || b1 + b2 > 1 || z <= depth[at]!) continue
        depth[at] = z
        triangle[at] = base + t / 3
        firsts[at] = b1
        seconds[at] = b2
      }
    }
  }
}

/** How near what is nearest lies in each pixel. */
export type DepthMap = {
  readonly width: number
  readonly height: number
  /** Larger is nearer; -Infinity where there is nothing. */
  readonly depth: Float32Array
}

/**
 * Keeps the largest depth a pixel. `corners` holds x, y, depth a vertex.
 *
 * @param closed the surface has no rim, so that its far side never is nearest and need not be drawn.
 */
export function fillDepth(
  { width, height, depth }: DepthMap,
  corners: Float32Array,
  triangles: Uint32Array,
  closed = false,
): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]! * 3
    const b = triangles[t + 1]! * 3
    const c = triangles[t + 2]! * 3
    const ax = corners[a]!
    const ay = corners[a + 1]!
    const az = corners[a + 2]!
    const ux = corners[b]! - ax
    const uy = corners[b + 1]! - ay
    const vx = corners[c]! - ax
    const vy = corners[c + 1]! - ay
    const area = ux * vy - uy * vx
    if (area < 1e-9 && (closed || area > -1e-9)) continue
    const left = Math.max(0, Math.ceil(ax + Math.min(0, ux, vx) - 0.5))
    const right = Math.min(width - 1, Math.floor(ax + Math.max(0, ux, vx) - 0.5))
    const top = Math.max(0, Math.ceil(ay + Math.min(0, uy, vy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, uy, vy) - 0.5))
    if (left > right || top > bottom) continue
    const inverse = 1 / area
    const b1x = vy * inverse
    const b1y = -vx * inverse
    const b2x = -uy * inverse
    const b2y = ux * inverse
    const dz1 = corners[b + 2]! - az
    const dz2 = corners[c + 2]! - az
    const dx = left + 0.5 - ax
    const step = b1x * dz1 + b2x * dz2
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      let b1 = b1x * dx + b1y * dy
      let b2 = b2x * dx + b2y * dy
      let z = az + b1 * dz1 + b2 * dz2
      const end = row * width + right
      for (let at = row * width + left; at <= end; at++) {
        if (b1 >= 0 && b2 >= 0 && b1 + b2 <= 1 && z > depth[at]!) depth[at] = z
        b1 += b1x
        b2 += b2x
        z += step
      }
    }
  }
}

/** Where a surface is cut out: 2 texture positions a vertex (v up, repeating), and a picture of alpha codes. */
export type Cut = {
  readonly uvs: Float32Array
  readonly alpha: Uint8Array
  readonly width: number
  readonly height: number
}

/** {@link fillDepth} for a surface, seen from both sides, that is there where its picture's alpha is at least `opaque`. */
export function fillCutDepth(
  { width, height, depth }: DepthMap,
  corners: Float32Array,
  triangles: Uint32Array,
  { uvs, alpha, width: columns, height: lines }: Cut,
  opaque: number,
): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]!
    const b = triangles[t + 1]!
    const c = triangles[t + 2]!
    const ax = corners[a * 3]!
    const ay = corners[a * 3 + 1]!
    const ux = corners[b * 3]! - ax
    const uy = corners[b * 3 + 1]! - ay
    const vx = corners[c * 3]! - ax
    const vy = corners[c * 3 + 1]! - ay
    const area = ux * vy - uy * vx
    if (!(Math.abs(area) > 1e-9)) continue
    const left = Math.max(0, Math.ceil(ax + Math.min(0, ux, vx) - 0.5))
    const right = Math.min(width - 1, Math.floor(ax + Math.max(0, ux, vx) - 0.5))
    const top = Math.max(0, Math.ceil(ay + Math.min(0, uy, vy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(ay + Math.max(0, uy, vy) - 0.5))
    if (left > right || top > bottom) continue
    const inverse = 1 / area
    const b1x = vy * inverse
    const b1y = -vx * inverse
    const b2x = -uy * inverse
    const b2y = ux * inverse
    const az = corners[a * 3 + 2]!
    const z1 = corners[b * 3 + 2]! - az
    const z2 = corners[c * 3 + 2]! - az
    const au = uvs[a * 2]!
    const av = uvs[a * 2 + 1]!
    const du1 = uvs[b * 2]! - au
    const du2 = uvs[c * 2]! - au
    const dv1 = uvs[b * 2 + 1]! - av
    const dv2 = uvs[c * 2 + 1]! - av
    const dx = left + 0.5 - ax
    const step = b1x * z1 + b2x * z2
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      let b1 = b1x * dx + b1y * dy
      let b2 = b2x * dx + b2y * dy
      let z = az + b1 * z1 + b2 * z2
      const end = row * width + right
      for (let at = row * width + left; at <= end; at++, b1 += b1x, b2 += b2x, z += step) {
        if (b1 < 0 || b2 < 0 || b1 + b2 > 1 || z <= depth[at]!) continue
        const u = au + b1 * du1 + b2 * du2
        const v = av + b1 * dv1 + b2 * dv2
        const column = Math.min(columns - 1, ((u - Math.floor(u)) * columns) | 0)
        const line = Math.min(lines - 1, ((Math.ceil(v) - v) * lines) | 0)
        if (alpha[line * columns + column]! >= opaque) depth[at] = z
      }
    }
  }
}
