// Four pixels at once: fixed-point texture coordinates in, bilinear samples blended into the frame.
import { chroma, chromaAlpha, frameU, frameV, frameY, luma } from './target'

// What is painted, and from which texture.
// @ts-ignore: decorator
@inline export const LUMA_ONLY: i32 = 0 // from one without alpha
// @ts-ignore: decorator
@inline export const LUMA_SOLID: i32 = 1 // from one with alpha, where that is 255
// @ts-ignore: decorator
@inline export const LUMA_BLEND: i32 = 2 // from one with alpha
// @ts-ignore: decorator
@inline export const LUMA_EDGE: i32 = 3 // from one without alpha, fading by coverage
// @ts-ignore: decorator
@inline export const CHROMA_SOLID: i32 = 4
// @ts-ignore: decorator
@inline export const CHROMA_BLEND: i32 = 5
// @ts-ignore: decorator
@inline export const CHROMA_EDGE: i32 = 6

/**
 * Paints the first `count` of four pixels, `to` samples into the plane.
 * @param u,v 16.16 texels in packed entries, rounded. @param coverage 16.16, 0-255. @param low,high i16 pairs x, y of the
 * entries that may be read. @param strides i16 pairs 1, entries a row.
 */
// @ts-ignore: decorator
@inline
export function paintFour(
  mode: i32,
  to: usize,
  count: i32,
  u: v128,
  v: v128,
  coverage: v128,
  low: v128,
  high: v128,
  strides: v128,
): void {
  const at = locate(u, v, low, high, strides)
  const wx = pairWeights(u)
  const wy = sameWeights(v)
  if (mode == LUMA_ONLY) {
    put(frameY + to, toBytes(interpolate(gatherNarrow(luma, at), wx, wy)), count)
  } else if (mode == LUMA_SOLID) {
    const texels = firstPlane(gatherWideLow(luma, at), gatherWideHigh(luma, at))
    put(frameY + to, toBytes(interpolate(texels, wx, wy)), count)
  } else if (mode == LUMA_EDGE) {
    const k = toCoverage(coverage)
    const value = times(interpolate(gatherNarrow(luma, at), wx, wy), k)
    put(frameY + to, toBytes(over(value, k, frameY + to)), count)
  } else if (mode == LUMA_BLEND) {
    const wideLow = gatherWideLow(luma, at)
    const wideHigh = gatherWideHigh(luma, at)
    const value = interpolate(firstPlane(wideLow, wideHigh), wx, wy)
    const alpha = interpolate(secondPlane(wideLow, wideHigh), wx, wy)
    put(frameY + to, toBytes(over(value, alpha, frameY + to)), count)
  } else {
    const wideLow = gatherWideLow(chroma, at)
    const wideHigh = gatherWideHigh(chroma, at)
    let blue = interpolate(firstPlane(wideLow, wideHigh), wx, wy)
    let red = interpolate(secondPlane(wideLow, wideHigh), wx, wy)
    if (mode == CHROMA_BLEND) {
      const alpha = interpolate(gatherNarrow(chromaAlpha, at), wx, wy)
      blue = over(blue, alpha, frameU + to)
      red = over(red, alpha, frameV + to)
    }
    if (mode == CHROMA_EDGE) {
      const k = toCoverage(coverage)
      blue = over(times(blue, k), k, frameU + to)
      red = over(times(red, k), k, frameV + to)
    }
    put(frameU + to, toBytes(blue), count)
    put(frameV + to, toBytes(red), count)
  }
}

// @ts-ignore: decorator
@inline const FRACTION: i32 = 127

/** The entries that four samples start from, counted from the texture's first. */
// @ts-ignore: decorator
@inline
function locate(u: v128, v: v128, low: v128, high: v128, strides: v128): v128 {
  const whole = v128.or(v128.and(v, i32x4.splat(0xffff0000)), i32x4.shr_u(u, 16))
  return i32x4.dot_i16x8_s(i16x8.min_s(i16x8.max_s(whole, low), high), strides)
}

/** i16 pairs (128 - f, f) of the fraction of a 16.16 coordinate. */
// @ts-ignore: decorator
@inline
function pairWeights(coordinate: v128): v128 {
  const f = v128.and(i32x4.shr_u(coordinate, 9), i32x4.splat(FRACTION))
  return i32x4.add(i32x4.sub(i32x4.shl(f, 16), f), i32x4.splat(128))
}

/** i16 pairs (f, f) of the fraction of a 16.16 coordinate. */
// @ts-ignore: decorator
@inline
function sameWeights(coordinate: v128): v128 {
  const f = v128.and(i32x4.shr_u(coordinate, 9), i32x4.splat(FRACTION))
  return v128.or(f, i32x4.shl(f, 16))
}

/** Interpolates four samples whose lanes hold bytes [p00, p10, p01, p11]; gives i32 0-255. */
// @ts-ignore: decorator
@inline
function interpolate(texels: v128, wx: v128, wy: v128): v128 {
  const upper = v128.and(texels, i16x8.splat(0xff))
  const lower = i16x8.shr_u(texels, 8)
  const rows = i16x8.add(i16x8.shl(upper, 7), i16x8.mul(i16x8.sub(lower, upper), wy))
  return i32x4.shr_u(i32x4.add(i32x4.dot_i16x8_s(rows, wx), i32x4.splat(8192)), 14)
}

/** Four 32-bit words, at `base` + entry * 2. */
// @ts-ignore: decorator
@inline
function gatherNarrow(base: usize, at: v128): v128 {
  const q0 = v128.load32_zero(base + (<usize>i32x4.extract_lane(at, 0) << 1))
  const q1 = v128.load32_zero(base + (<usize>i32x4.extract_lane(at, 1) << 1))
  const q2 = v128.load32_zero(base + (<usize>i32x4.extract_lane(at, 2) << 1))
  const q3 = v128.load32_zero(base + (<usize>i32x4.extract_lane(at, 3) << 1))
  return v128.shuffle<i64>(v128.shuffle<i32>(q0, q1, 0, 4, 1, 5), v128.shuffle<i32>(q2, q3, 0, 4, 1, 5), 0, 2)
}

/** Two 64-bit words, at `base` + entry * 4. */
// @ts-ignore: decorator
@inline
function gatherWideLow(base: usize, at: v128): v128 {
  return v128.shuffle<i64>(
    v128.load64_zero(base + (<usize>i32x4.extract_lane(at, 0) << 2)),
    v128.load64_zero(base + (<usize>i32x4.extract_lane(at, 1) << 2)),
    0,
    2,
  )
}

// @ts-ignore: decorator
@inline
function gatherWideHigh(base: usize, at: v128): v128 {
  return v128.shuffle<i64>(
    v128.load64_zero(base + (<usize>i32x4.extract_lane(at, 2) << 2)),
    v128.load64_zero(base + (<usize>i32x4.extract_lane(at, 3) << 2)),
    0,
    2,
  )
}

/** The first plane's texels of four wide samples. */
// @ts-ignore: decorator
@inline
function firstPlane(low: v128, high: v128): v128 {
  const mask = i32x4.splat(0xffff)
  return i16x8.narrow_i32x4_u(v128.and(low, mask), v128.and(high, mask))
}

/** The second plane's texels of four wide samples. */
// @ts-ignore: decorator
@inline
function secondPlane(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_u(i32x4.shr_u(low, 16), i32x4.shr_u(high, 16))
}

/** Four i32 0-255 to four bytes. */
// @ts-ignore: decorator
@inline
function toBytes(values: v128): u32 {
  const words = i16x8.narrow_i32x4_u(values, values)
  return i32x4.extract_lane(i8x16.narrow_i16x8_u(words, words), 0)
}

/** 16.16 coverage to i32 0-255. */
// @ts-ignore: decorator
@inline
function toCoverage(coverage: v128): v128 {
  return i32x4.min_s(i32x4.max_s(i32x4.shr_s(coverage, 16), i32x4.splat(0)), i32x4.splat(255))
}

/** round(value * factor / 255) for i32 0-255. */
// @ts-ignore: decorator
@inline
function times(value: v128, factor: v128): v128 {
  const product = i32x4.add(i16x8.mul(value, factor), i32x4.splat(128))
  return i32x4.shr_u(i32x4.add(product, i32x4.shr_u(product, 8)), 8)
}

/** source + round(below * (255 - alpha) / 255), for four i32 of source and alpha and four bytes below. */
// @ts-ignore: decorator
@inline
function over(source: v128, alpha: v128, below: usize): v128 {
  const under = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(below)))
  return i32x4.add(source, times(under, i32x4.sub(i32x4.splat(255), alpha)))
}

/** Stores the first `count` (1-4) of four bytes. */
// @ts-ignore: decorator
@inline
function put(to: usize, bytes: u32, count: i32): void {
  if (count >= 4) {
    store<u32>(to, bytes)
  } else {
    const mask: u32 = (<u32>1 << (count << 3)) - 1
    store<u32>(to, (bytes & mask) | (load<u32>(to) & ~mask))
  }
}
