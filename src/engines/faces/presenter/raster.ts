// Fills triangles: the one loop under every picture, texture and depth map that baking makes.

/** Called for each pixel whose centre a triangle covers; b0 + b1 + b2 = 1 are the corners' shares. */
export type PixelVisitor = (pixel: number, triangle: number, b0: number, b1: number, b2: number) => void

/**
 * Visits every pixel of every triangle, both windings, in the order given.
 *
 * @param corners `stride` values a vertex, of which the first two are x and y in pixels (centres at .5).
 * @param triangles 3 vertex numbers each.
 */
export function rasterise(
  width: number,
  height: number,
  corners: Float32Array,
  stride: number,
  triangles: Uint32Array,
  visit: PixelVisitor,
): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const a = triangles[t]! * stride
    const b = triangles[t + 1]! * stride
    const c = triangles[t + 2]! * stride
    const ax = corners[a]!
    const ay = corners[a + 1]!
    const bx = corners[b]!
    const by = corners[b + 1]!
    const cx = corners[c]!
    const cy = corners[c + 1]!
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    if (!(Math.abs(area) > 1e-9)) continue
    const top = Math.max(0, Math.ceil(Math.min(ay, by, cy) - 0.5))
    const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by, cy) - 0.5))
    const left = Math.min(ax, bx, cx)
    const right = Math.max(ax, bx, cx)
    if (right < 0 || left > width) continue
    const inverse = 1 / area
    // b1 and b2 are linear in x and y.
    const b1x = (cy - ay) * inverse
    const b1y = -(cx - ax) * inverse
    const b2x = -(by - ay) * inverse
    const b2y = (bx - ax) * inverse
    const triangle = t / 3
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      let from = Math.max(0, Math.ceil(left - 0.5))
      let to = Math.min(width - 1, Math.floor(right - 0.5))
      const c1 = b1y * dy - b1x * ax
      const c2 = b2y * dy - b2x * ax
      // Each corner's share s(x) = m * x + n must not be negative.
      for (let k = 0; k < 3; k++) {
        const m = k === 0 ? b1x : k === 1 ? b2x : -b1x - b2x
        const n = k === 0 ? c1 : k === 1 ? c2 : 1 - c1 - c2
        if (m > 1e-12) from = Math.max(from, Math.ceil(-n / m - 0.5))
        else if (m < -1e-12) to = Math.min(to, Math.floor(-n / m - 0.5))
        else if (n < 0) to = -1
      }
      for (let x = from; x <= to; x++) {
        const b1 = c1 + b1x * (x + 0.5)
        const b2 = c2 + b2x * (x + 0.5)
        visit(row * width + x, triangle, 1 - b1 - b2, b1, b2)
      }
    }
  }
}

/** What is nearest at each pixel: a triangle and where in it. */
export type Surface = {
  readonly width: number
  readonly height: number
  /** -1 where there is nothing. */
  readonly triangle: Int32Array
  /** Larger is nearer. */
  readonly depth: Float32Array
  /** Empty where nobody asks where in a triangle a pixel lies. */
  readonly b1: Float32Array
  readonly b2: Float32Array
}

/** An empty surface; `placed` says whether it notes where in a triangle a pixel lies. */
export function openSurface(width: number, height: number, placed: boolean): Surface {
  const count = width * height
  return {
    width,
    height,
    triangle: new Int32Array(count).fill(-1),
    depth: new Float32Array(count).fill(Number.NEGATIVE_INFINITY),
    b1: new Float32Array(placed ? count : 0),
    b2: new Float32Array(placed ? count : 0),
  }
}

/** Draws triangles into a surface. `corners` holds x, y, depth a vertex; `base` is added to triangle numbers. */
export function drawSurface(surface: Surface, corners: Float32Array, triangles: Uint32Array, base = 0): void {
  const { triangle, depth, b1, b2 } = surface
  const placed = b1.length > 0
  rasterise(surface.width, surface.height, corners, 3, triangles, (pixel, t, w0, w1, w2) => {
    const a = triangles[t * 3]! * 3
    const b = triangles[t * 3 + 1]! * 3
    const c = triangles[t * 3 + 2]! * 3
    const z = w0 * corners[a + 2]! + w1 * corners[b + 2]! + w2 * corners[c + 2]!
    if (z <= depth[pixel]!) return
    depth[pixel] = z
    triangle[pixel] = base + t
    if (placed) {
      b1[pixel] = w1
      b2[pixel] = w2
    }
  })
}

/**
 * Keeps the largest depth a pixel: {@link rasterise} without a visitor, for maps by the hundred.
 *
 * @param closed the surface has no rim, so that its far side never is nearest and need not be drawn.
 */
export function fillDepth(
  size: number,
  corners: Float32Array,
  triangles: Uint32Array,
  depth: Float32Array,
  closed: boolean,
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
    const right = Math.min(size - 1, Math.floor(ax + Math.max(0, ux, vx) - 0.5))
    const top = Math.max(0, Math.ceil(ay + Math.min(0, uy, vy) - 0.5))
    const bottom = Math.min(size - 1, Math.floor(ay + Math.max(0, uy, vy) - 0.5))
    if (left > right || top > bottom) continue
    const inverse = 1 / area
    const b1x = vy * inverse
    const b1y = -vx * inverse
    const b2x = -uy * inverse
    const b2y = ux * inverse
    const dz1 = corners[b + 2]! - az
    const dz2 = corners[c + 2]! - az
    for (let row = top; row <= bottom; row++) {
      const dy = row + 0.5 - ay
      for (let x = left; x <= right; x++) {
        const dx = x + 0.5 - ax
        const b1 = b1x * dx + b1y * dy
        const b2 = b2x * dx + b2y * dy
        if (b1 < 0 || b2 < 0 || b1 + b2 > 1) continue
        const z = az + b1 * dz1 + b2 * dz2
        const at = row * size + x
        if (z > depth[at]!) depth[at] = z
      }
    }
  }
}
