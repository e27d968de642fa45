// Walks a triangle's rows, in the luma plane and in the half-size chroma planes.
import {
  firstPlane,
  gatherNarrow,
  gatherWideHigh,
  gatherWideLow,
  interpolate,
  locate,
  over,
  pairWeights,
  put,
  sameWeights,
  secondPlane,
  toBytes,
} from './span'

let frameY: usize = 0
let frameU: usize = 0
let frameV: usize = 0
let frameWidth: i32 = 0
let frameHeight: i32 = 0

let luma: usize = 0
let chroma: usize = 0
let chromaAlpha: usize = 0
let textureWidth: i32 = 0
let textureHeight: i32 = 0

export function setFrame(y: usize, u: usize, v: usize, width: i32, height: i32): void {
  frameY = y
  frameU = u
  frameV = v
  frameWidth = width
  frameHeight = height
}

export function setTexture(y: usize, uv: usize, uvAlpha: usize, width: i32, height: i32): void {
  luma = y
  chroma = uv
  chromaAlpha = uvAlpha
  textureWidth = width
  textureHeight = height
}

// What a pass paints.
// @ts-ignore: decorator
@inline const LUMA_ONLY: i32 = 0 // luma, from a texture without alpha
// @ts-ignore: decorator
@inline const LUMA_SOLID: i32 = 1 // luma, from a texture with alpha, where it is 255
// @ts-ignore: decorator
@inline const LUMA_BLEND: i32 = 2
// @ts-ignore: decorator
@inline const CHROMA_SOLID: i32 = 3
// @ts-ignore: decorator
@inline const CHROMA_BLEND: i32 = 4

/**
 * Paints one triangle: a pixel belongs to it where its centre lies in it, left and top edges included, right and bottom
 * ones not. An edge is always evaluated from its upper end, so neighbours that share it agree on every pixel.
 */
export function paintTriangle(
  pa: usize,
  pb: usize,
  pc: usize,
  ta: usize,
  tb: usize,
  tc: usize,
  kind: u8,
): void {
  // From top to bottom.
  let swap: usize
  if (load<f32>(pb, 4) < load<f32>(pa, 4)) {
    swap = pa, pa = pb, pb = swap
    swap = ta, ta = tb, tb = swap
  }
  if (load<f32>(pc, 4) < load<f32>(pb, 4)) {
    swap = pb, pb = pc, pc = swap
    swap = tb, tb = tc, tc = swap
    if (load<f32>(pb, 4) < load<f32>(pa, 4)) {
      swap = pa, pa = pb, pb = swap
      swap = ta, ta = tb, tb = swap
    }
  }
  const ax = load<f32>(pa)
  const ay = load<f32>(pa, 4)
  const bx = load<f32>(pb)
  const by = load<f32>(pb, 4)
  const cx = load<f32>(pc)
  const cy = load<f32>(pc, 4)
  if (!(cy > 0 && ay < <f32>frameHeight)) return
  if (!(max(max(ax, bx), cx) > 0 && min(min(ax, bx), cx) < <f32>frameWidth)) return
  const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
  if (area == 0) return
  const au = load<f32>(ta)
  const av = load<f32>(ta, 4)
  const bu = load<f32>(tb)
  const bv = load<f32>(tb, 4)
  const cu = load<f32>(tc)
  const cv = load<f32>(tc, 4)
  const ux = ((bu - au) * (cy - ay) - (cu - au) * (by - ay)) / area
  const uy = ((cu - au) * (bx - ax) - (bu - au) * (cx - ax)) / area
  const vx = ((bv - av) * (cy - ay) - (cv - av) * (by - ay)) / area
  const vy = ((cv - av) * (bx - ax) - (bv - av) * (cx - ax)) / area
  const uLow = min(min(au, bu), cu)
  const uHigh = max(max(au, bu), cu)
  const vLow = min(min(av, bv), cv)
  const vHigh = max(max(av, bv), cv)

  const long = (cx - ax) / (cy - ay)
  const first = (bx - ax) / (by - ay)
  const second = (cx - bx) / (cy - by)
  // The middle vertex lies right of the long edge where the area is positive.
  const bulgesRight = area > 0

  if (!chromaAlpha) {
    pass(LUMA_ONLY, 1, ax, ay, bx, by, cy, long, first, second, bulgesRight, au, av, ux, uy, vx, vy, uLow, uHigh, vLow, vHigh)
  } else if (kind == 1) {
    pass(LUMA_SOLID, 1, ax, ay, bx, by, cy, long, first, second, bulgesRight, au, av, ux, uy, vx, vy, uLow, uHigh, vLow, vHigh)
  } else {
    pass(LUMA_BLEND, 1, ax, ay, bx, by, cy, long, first, second, bulgesRight, au, av, ux, uy, vx, vy, uLow, uHigh, vLow, vHigh)
    pass(CHROMA_BLEND, 0.5, ax, ay, bx, by, cy, long, first, second, bulgesRight, au, av, ux, uy, vx, vy, uLow, uHigh, vLow, vHigh)
    return
  }
  pass(CHROMA_SOLID, 0.5, ax, ay, bx, by, cy, long, first, second, bulgesRight, au, av, ux, uy, vx, vy, uLow, uHigh, vLow, vHigh)
}

/** The rows of one plane size; `scale` is 1 for luma and 0.5 for chroma, in the frame and in the texture alike. */
// @ts-ignore: decorator
@inline
function pass(
  mode: i32,
  scale: f32,
  ax: f32,
  ay: f32,
  bx: f32,
  by: f32,
  cy: f32,
  long: f32,
  first: f32,
  second: f32,
  bulgesRight: bool,
  au: f32,
  av: f32,
  ux: f32,
  uy: f32,
  vx: f32,
  vy: f32,
  uLow: f32,
  uHigh: f32,
  vLow: f32,
  vHigh: f32,
): void {
  const half = mode >= CHROMA_SOLID
  const planeWidth = half ? frameWidth >> 1 : frameWidth
  const planeHeight = half ? frameHeight >> 1 : frameHeight
  const x0 = ax * scale
  const y0 = ay * scale
  const rowA = rowFrom(y0)
  const rowB = rowFrom(by * scale)
  const top = max(0, rowA)
  const bottom = min(planeHeight, rowFrom(cy * scale))
  if (top >= bottom) return

  // An edge's crossing of its own first row and its step a row, so that it runs alike in both triangles that it bounds.
  const longStep = toEdge(long)
  let left = edgeAt(x0, y0, long, rowA) + <i64>(top - rowA) * longStep
  let leftStep = longStep
  let right: i64
  let rightStep: i64
  let turn = rowB
  if (top < rowB) {
    rightStep = toEdge(first)
    right = edgeAt(x0, y0, first, rowA) + <i64>(top - rowA) * rightStep
  } else {
    rightStep = toEdge(second)
    right = edgeAt(bx * scale, by * scale, second, rowB) + <i64>(top - rowB) * rightStep
    turn = bottom
  }
  if (!bulgesRight) {
    const edge = left
    left = right
    right = edge
    const step = leftStep
    leftStep = rightStep
    rightStep = step
  }

  // Entry numbers are shifted by the texture's border of one, and centres by half a texel.
  const texWidth = half ? textureWidth >> 1 : textureWidth
  const texHeight = half ? textureHeight >> 1 : textureHeight
  const low = i32x4.splat(entry(uLow * scale, texWidth) | (entry(vLow * scale, texHeight) << 16))
  const high = i32x4.splat(entry(uHigh * scale, texWidth) | (entry(vHigh * scale, texHeight) << 16))
  const strides = i32x4.splat(1 | ((texWidth + 2) << 16))
  const stepU = toFixed(ux)
  const stepV = toFixed(vx)
  const rampU = i32x4(0, stepU, stepU * 2, stepU * 3)
  const rampV = i32x4(0, stepV, stepV * 2, stepV * 3)
  const step4U = i32x4.splat(stepU << 2)
  const step4V = i32x4.splat(stepV << 2)
  const reference = <i32>x0
  const across = <f32>reference + 0.5 - x0
  const down = <f32>top + 0.5 - y0
  const downU = toFixed(uy)
  const downV = toFixed(vy)
  let rowU = toFixed(au * scale + 0.5 + across * ux + down * uy) + HALF_STEP
  let rowV = toFixed(av * scale + 0.5 + across * vx + down * vy) + HALF_STEP
  let rowStart = top * planeWidth

  for (let row = top; row < bottom; row++) {
    if (row == turn) {
      const edge = edgeAt(bx * scale, by * scale, second, rowB)
      const step = toEdge(second)
      if (bulgesRight) {
        right = edge
        rightStep = step
      } else {
        left = edge
        leftStep = step
      }
    }
    const x = max(0, edgeColumn(left))
    const end = min(planeWidth, edgeColumn(right))
    if (x < end) {
      const column = x - reference
      let u = i32x4.add(i32x4.splat(rowU + column * stepU), rampU)
      let v = i32x4.add(i32x4.splat(rowV + column * stepV), rampV)
      let to = <usize>(rowStart + x)
      for (let count = end - x; count > 0; count -= 4) {
        paintFour(mode, to, count, u, v, low, high, strides)
        u = i32x4.add(u, step4U)
        v = i32x4.add(v, step4V)
        to += 4
      }
    }
    left += leftStep
    right += rightStep
    rowU += downU
    rowV += downV
    rowStart += planeWidth
  }
}

/** Paints the first `count` of four pixels at `to`. */
// @ts-ignore: decorator
@inline
function paintFour(mode: i32, to: usize, count: i32, u: v128, v: v128, low: v128, high: v128, strides: v128): void {
  const at = locate(u, v, low, high, strides)
  const wx = pairWeights(u)
  const wy = sameWeights(v)
  if (mode == LUMA_ONLY) {
    put(frameY + to, toBytes(interpolate(gatherNarrow(luma, at), wx, wy)), count)
  } else if (mode == LUMA_SOLID) {
    const texels = firstPlane(gatherWideLow(luma, at), gatherWideHigh(luma, at))
    put(frameY + to, toBytes(interpolate(texels, wx, wy)), count)
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
    put(frameU + to, toBytes(blue), count)
    put(frameV + to, toBytes(red), count)
  }
}

/** Rounds a 16.16 coordinate to the nearest of 128 steps when it is cut to 7 bits. */
// @ts-ignore: decorator
@inline const HALF_STEP: i32 = 256

/** The first row whose centre is at or after a position. */
// @ts-ignore: decorator
@inline
function rowFrom(position: f32): i32 {
  return <i32>ceil<f32>(position - 0.5)
}

/** Pixels in 32.32. */
// @ts-ignore: decorator
@inline
function toEdge(pixels: f32): i64 {
  return <i64>(pixels * 4294967296)
}

/** Where an edge that starts at x0, y0 crosses the middle of a row, in 32.32 pixels. */
// @ts-ignore: decorator
@inline
function edgeAt(x0: f32, y0: f32, slope: f32, row: i32): i64 {
  return toEdge(x0 + (<f32>row + 0.5 - y0) * slope)
}

/** The first column whose centre is at or right of an edge. */
// @ts-ignore: decorator
@inline
function edgeColumn(edge: i64): i32 {
  return <i32>((edge + 0x7fffffff) >> 32)
}

/** Texels in 16.16. */
// @ts-ignore: decorator
@inline
function toFixed(texels: f32): i32 {
  return <i32>(texels * 65536)
}

/** The entry that a texture position falls into, within the texture. */
// @ts-ignore: decorator
@inline
function entry(position: f32, size: i32): i32 {
  return min(max(<i32>floor<f32>(position + 0.5), 0), size)
}
