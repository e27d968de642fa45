// The pixel kernel: paints textured triangles into a planar 4:2:0 frame, four samples at a time.
import { overEight } from './run'
import { setFrame, setPlain, setTexture } from './target'
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

/**
 * Lays one plane of a picture (premultiplied, rows without gaps) over a frame's: source + below * (255 - alpha) / 255. The
 * box lies inside the frame.
 */
export function layOver(
  source: usize,
  alpha: usize,
  to: usize,
  stride: i32,
  x: i32,
  y: i32,
  width: i32,
  height: i32,
): void {
  for (let row = 0; row < height; row++) {
    let target = to + <usize>((y + row) * stride + x)
    let from = <usize>(row * width)
    let left = width
    for (; left >= 8; left -= 8) {
      const covered = v128.load8x8_u(alpha + from)
      const sum = overEight(v128.load8x8_u(source + from), covered, target)
      store<u64>(target, i64x2.extract_lane(i8x16.narrow_i16x8_u(sum, sum), 0))
      target += 8
      from += 8
    }
    for (; left > 0; left--) {
      const product = <i32>load<u8>(target) * (255 - <i32>load<u8>(alpha + from)) + 128
      store<u8>(target, <i32>load<u8>(source + from) + ((product + (product >> 8)) >> 8))
      target++
      from++
    }
  }
}

/**
 * Lays a box of one plane over another by a mask: (source * mask + below * (255 - mask)) / 255, rounded. All addresses are
 * those of the box's first samples; the mask has the source's stride.
 */
export function mix(
  source: usize,
  mask: usize,
  stride: i32,
  below: usize,
  to: usize,
  toStride: i32,
  width: i32,
  height: i32,
): void {
  for (let row = 0; row < height; row++) {
    let at: usize = 0
    let left = width
    for (; left >= 8; left -= 8) {
      const share = v128.load8x8_u(mask + at)
      const upper = i16x8.mul(v128.load8x8_u(source + at), share)
      const lower = i16x8.mul(v128.load8x8_u(below + at), i16x8.sub(i16x8.splat(255), share))
      const sum = i16x8.add(i16x8.add(upper, lower), i16x8.splat(128))
      const mean = i16x8.shr_u(i16x8.add(sum, i16x8.shr_u(sum, 8)), 8)
      store<u64>(to + at, i64x2.extract_lane(i8x16.narrow_i16x8_u(mean, mean), 0))
      at += 8
    }
    for (; left > 0; left--) {
      const share = <i32>load<u8>(mask + at)
      const sum = <i32>load<u8>(source + at) * share + <i32>load<u8>(below + at) * (255 - share) + 128
      store<u8>(to + at, (sum + (sum >> 8)) >> 8)
      at++
    }
    source += <usize>stride
    mask += <usize>stride
    below += <usize>toStride
    to += <usize>toStride
  }
}

/** The planes to paint into: rows without gaps, from `allocate`. Rows from `top` to before `end` are painted, even numbers. */
export function frame(y: usize, u: usize, v: usize, width: i32, top: i32, end: i32): void {
  setFrame(y, u, v, width, top, end)
}

/**
 * The texture to paint with, packed by the host (see pack-texture.ts there).
 * @param chromaAlpha 0 where it is opaque.
 */
export function texture(luma: usize, chroma: usize, chromaAlpha: usize, width: i32, height: i32): void {
  setTexture(luma, chroma, chromaAlpha, width, height)
}

/** The same texture's planes with a border of one texel. @param a,ac 0 where it is opaque. */
export function planes(y: usize, u: usize, v: usize, a: usize, ac: usize): void {
  setPlain(y, u, v, a, ac)
}

/**
 * Paints triangles in their order.
 * @param points x, y a vertex, canvas pixels (f32). @param uvs u, v a vertex, texels (f32).
 * @param kinds one byte a triangle: 0 nothing to see, 1 opaque, 2 to be blended; 3 luma and 4 chroma of a band that fades
 * from the mesh's own vertices, which come first, to the others.
 */
export function paint(
  points: usize,
  uvs: usize,
  triangles: usize,
  kinds: usize,
  count: i32,
  meshVertices: u32,
): void {
  for (let i = 0; i < count; i++) {
    const kind = load<u8>(kinds + i)
    if (kind == 0) continue
    const at = triangles + <usize>i * 12
    const a = load<u32>(at)
    const b = load<u32>(at, 4)
    const c = load<u32>(at, 8)
    const pa = points + <usize>a * 8
    const pb = points + <usize>b * 8
    const pc = points + <usize>c * 8
    const ta = uvs + <usize>a * 8
    const tb = uvs + <usize>b * 8
    const tc = uvs + <usize>c * 8
    if (kind <= 2) {
      paintTriangle(pa, pb, pc, ta, tb, tc, kind)
    } else {
      const inChroma = kind == 4
      const full: f32 = inChroma ? 191 : 255
      const ka = a < meshVertices ? full : 0
      const kb = b < meshVertices ? full : 0
      const kc = c < meshVertices ? full : 0
      paintFading(pa, pb, pc, ta, tb, tc, ka, kb, kc, inChroma)
    }
  }
}
