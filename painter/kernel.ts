// The pixel kernel: paints textured triangles into a planar 4:2:0 frame, four samples at a time.
import { setFrame, setTexture } from './target'
import { paintFading, paintTriangle } from './triangle'

/** Reserves memory for good: whatever is opened lives as long as the instance. 16-byte aligned, 16 spare bytes behind. */
export function allocate(bytes: usize): usize {
  return heap.alloc(bytes + 16)
}

/** Copies a box of one plane into another with the same stride. */
export function copyBox(from: usize, to: usize, stride: i32, x: i32, y: i32, width: i32, height: i32): void {
  let offset = <usize>(y * stride + x)
  for (let row = 0; row < height; row++) {
    memory.copy(to + offset, from + offset, <usize>width)
    offset += <usize>stride
  }
}

/** The planes to paint into: rows without gaps, from `allocate`. */
export function frame(y: usize, u: usize, v: usize, width: i32, height: i32): void {
  setFrame(y, u, v, width, height)
}

/** The texture to paint with, packed by the host (see pack-texture.ts there). @param chromaAlpha 0 where it is opaque. */
export function texture(luma: usize, chroma: usize, chromaAlpha: usize, width: i32, height: i32): void {
  setTexture(luma, chroma, chromaAlpha, width, height)
}

/**
 * Paints triangles in their order.
 * @param points x, y a vertex, canvas pixels (f32). @param uvs u, v a vertex, texels (f32).
 * @param kinds one byte a triangle: 0 nothing to see, 1 opaque, 2 to be blended.
 */
export function paint(points: usize, uvs: usize, triangles: usize, kinds: usize, count: i32): void {
  for (let i = 0; i < count; i++) {
    const kind = load<u8>(kinds + i)
    if (kind == 0) continue
    const at = triangles + <usize>i * 12
    const a = <usize>load<u32>(at) * 8
    const b = <usize>load<u32>(at, 4) * 8
    const c = <usize>load<u32>(at, 8) * 8
    paintTriangle(points + a, points + b, points + c, uvs + a, uvs + b, uvs + c, kind)
  }
}

/**
 * Paints triangles of an opaque texture that fade from the inner vertices, which come first, to the outer ones.
 * @param inner how many vertices are inner ones. @param coverage theirs, 0-255. Other arguments as for `paint`.
 */
export function paintEdge(
  points: usize,
  uvs: usize,
  triangles: usize,
  count: i32,
  inner: u32,
  coverage: f32,
  inChroma: bool,
): void {
  for (let i = 0; i < count; i++) {
    const at = triangles + <usize>i * 12
    const a = load<u32>(at)
    const b = load<u32>(at, 4)
    const c = load<u32>(at, 8)
    paintFading(
      points + <usize>a * 8,
      points + <usize>b * 8,
      points + <usize>c * 8,
      uvs + <usize>a * 8,
      uvs + <usize>b * 8,
      uvs + <usize>c * 8,
      a < inner ? coverage : 0,
      b < inner ? coverage : 0,
      c < inner ? coverage : 0,
      inChroma,
    )
  }
}
