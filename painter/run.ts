// Eight pixels at once, where they sample neighbouring texels of two texture rows: nearly all that a picture seen upright needs.
import { CHROMA_BLEND, CHROMA_SOLID, LUMA_BLEND } from './span'
import { frameU, frameV, frameY, plainA, plainAc, plainU, plainV, plainY } from './target'

/** The most texels that a step right may go, in 16.16: eight pixels then sample at most 16 texels, one load. */
// @ts-ignore: decorator
@inline const MOST_ACROSS: i32 = 2 * 65536

/** The most that a step may go up or down, in 16.16; beyond it, runs would change texture rows too often. */
// @ts-ignore: decorator
@inline const MOST_DOWN: i32 = 6554

/** Whether runs of a triangle can be painted by eight. */
// @ts-ignore: decorator
@inline
export function runsByEight(stepU: i32, stepV: i32): bool {
  return stepU >= 0 && stepU <= MOST_ACROSS && stepV >= -MOST_DOWN && stepV <= MOST_DOWN
}

/** Whether eight pixels from a texture height on stay between the same two texture rows. */
// @ts-ignore: decorator
@inline
export function staysInRow(v: i32, stepV: i32): bool {
  return v >> 16 == (v + 7 * stepV) >> 16
}

/** 0 to 7 steps of a 16.16 coordinate in i16, at 16 - `shift` bits of fraction. */
// @ts-ignore: decorator
@inline
export function ramp(step: i32, shift: i32): v128 {
  const low = i32x4(0, step, step * 2, step * 3)
  const high = i32x4.add(low, i32x4.splat(step << 2))
  return i16x8.narrow_i32x4_s(i32x4.shr_s(low, shift), i32x4.shr_s(high, shift))
}

/**
 * Paints the first `count` of eight pixels, `to` samples into the plane.
 * @param u,v 16.16 texels of the first, counted with the border. @param rampU at 11 bits of fraction. @param rampV at 15.
 */
// @ts-ignore: decorator
@inline
export function paintEight(
  mode: i32,
  to: usize,
  count: i32,
  u: i32,
  v: i32,
  rampU: v128,
  rampV: v128,
  width: i32,
  height: i32,
): void {
  const stride = width + 2
  const row = min(max(v >> 16, 0), height)
  const column = min(max(u >> 16, 0), width)
  const from = <usize>(row * stride + column)
  const across = i16x8.add(i16x8.splat(<i16>((u & 0xffff) >> 5)), rampU)
  const offset = i16x8.shr_u(across, 11)
  // Bytes n, n + 1 for each pixel: its left and its right texel.
  const pairs = i16x8.add(v128.or(offset, i16x8.shl(offset, 8)), i16x8.splat(256))
  const wx = v128.and(i16x8.shr_u(across, 4), i16x8.splat(127))
  const down = i16x8.max_s(i16x8.add(i16x8.splat(<i16>((v & 0xffff) >> 1)), rampV), i16x8.splat(0))
  const wy = v128.and(down, i16x8.splat(0x7f00))
  if (mode == LUMA_BLEND) {
    const alpha = eight(plainA + from, stride, pairs, wx, wy)
    keep(frameY + to, count, overEight(eight(plainY + from, stride, pairs, wx, wy), alpha, frameY + to))
  } else if (mode == CHROMA_BLEND) {
    const alpha = eight(plainAc + from, stride, pairs, wx, wy)
    keep(frameU + to, count, overEight(eight(plainU + from, stride, pairs, wx, wy), alpha, frameU + to))
    keep(frameV + to, count, overEight(eight(plainV + from, stride, pairs, wx, wy), alpha, frameV + to))
  } else if (mode == CHROMA_SOLID) {
    keep(frameU + to, count, eight(plainU + from, stride, pairs, wx, wy))
    keep(frameV + to, count, eight(plainV + from, stride, pairs, wx, wy))
  } else {
    keep(frameY + to, count, eight(plainY + from, stride, pairs, wx, wy))
  }
}

/** Stores the first `count` of eight i16 0-255 as bytes. */
// @ts-ignore: decorator
@inline
function keep(to: usize, count: i32, values: v128): void {
  const bytes = <u64>i64x2.extract_lane(i8x16.narrow_i16x8_u(values, values), 0)
  const mask: u64 = count >= 8 ? -1 : (<u64>1 << (<u64>count << 3)) - 1
  store<u64>(to, (bytes & mask) | (load<u64>(to) & ~mask))
}

/** source + round(below * (255 - alpha) / 255), for i16 of source and alpha and eight bytes below. */
// @ts-ignore: decorator
@inline
export function overEight(source: v128, alpha: v128, below: usize): v128 {
  const clear = i16x8.sub(i16x8.splat(255), alpha)
  const product = i16x8.add(i16x8.mul(v128.load8x8_u(below), clear), i16x8.splat(128))
  return i16x8.add(source, i16x8.shr_u(i16x8.add(product, i16x8.shr_u(product, 8)), 8))
}

/** Eight bilinear samples, i16 0-255. @param wx 7 bits. @param wy 15 bits. */
// @ts-ignore: decorator
@inline
function eight(from: usize, stride: i32, pairs: v128, wx: v128, wy: v128): v128 {
  const upper = across(v128.swizzle(v128.load(from), pairs), wx)
  const lower = across(v128.swizzle(v128.load(from + <usize>stride), pairs), wx)
  const sum = i16x8.add(upper, i16x8.q15mulr_sat_s(i16x8.sub(lower, upper), wy))
  return i16x8.shr_u(i16x8.add(sum, i16x8.splat(64)), 7)
}

/** Between left and right, times 128. */
// @ts-ignore: decorator
@inline
function across(texels: v128, wx: v128): v128 {
  const left = v128.and(texels, i16x8.splat(0xff))
  const right = i16x8.shr_u(texels, 8)
  return i16x8.add(i16x8.shl(left, 7), i16x8.mul(i16x8.sub(right, left), wx))
}
