// Walks a triangle's rows in one plane, and hands runs of four pixels on.
import { paintEight, ramp, runsByEight, staysInRow } from './run'
import { CHROMA_EDGE, CHROMA_SOLID, LUMA_EDGE, paintFour } from './span'
import { frameEnd, frameTop, frameWidth, textureHeight, textureWidth } from './target'
import {
  ak,
  au,
  av,
  ax,
  ay,
  bulgesRight,
  bx,
  by,
  cy,
  kx,
  ky,
  slopeFirst,
  slopeLong,
  slopeSecond,
  uHigh,
  uLow,
  ux,
  uy,
  vHigh,
  vLow,
  vx,
  vy,
} from './triangle'

/**
 * Paints the triangle in work: a pixel belongs to it where its centre lies in it, left and top edges included, right and
 * bottom ones not. An edge always starts at its upper end, so neighbours that share it agree on every pixel.
 *
 * @param scale 1 for luma and 0.5 for chroma, in the frame and in the texture alike.
 */
// @ts-ignore: decorator
@inline
export function walkRows(mode: i32, scale: f32): void {
  const half = mode >= CHROMA_SOLID
  const planeWidth = half ? frameWidth >> 1 : frameWidth
  const planeTop = half ? frameTop >> 1 : frameTop
  const planeEnd = half ? frameEnd >> 1 : frameEnd
  const x0 = ax * scale
  const y0 = ay * scale
  const rowA = rowFrom(y0)
  const rowB = rowFrom(by * scale)
  const top = max(planeTop, rowA)
  const bottom = min(planeEnd, rowFrom(cy * scale))
  if (top >= bottom) return

  // An edge's crossing of its own first row and its step a row, so that it runs alike in both triangles that it bounds.
  const longStep = toEdge(slopeLong)
  let left = edgeAt(x0, y0, slopeLong, rowA) + <i64>(top - rowA) * longStep
  let leftStep = longStep
  let right: i64
  let rightStep: i64
  let turn = rowB
  if (top < rowB) {
    rightStep = toEdge(slopeFirst)
    right = edgeAt(x0, y0, slopeFirst, rowA) + <i64>(top - rowA) * rightStep
  } else {
    rightStep = toEdge(slopeSecond)
    right = edgeAt(bx * scale, by * scale, slopeSecond, rowB) + <i64>(top - rowB) * rightStep
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
  const fades = mode == LUMA_EDGE || mode == CHROMA_EDGE
  const byEight = !fades && runsByEight(stepU, stepV)
  const runU = byEight ? ramp(stepU, 5) : rampU
  const runV = byEight ? ramp(stepV, 1) : rampV
  // Coverage changes twice as fast from one chroma sample to the next.
  const stepK = fades ? toFixed(kx / scale) : 0
  const downK = fades ? toFixed(ky / scale) : 0
  let rowK = fades ? toFixed(ak + (across * kx + down * ky) / scale) : 0

  for (let row = top; row < bottom; row++) {
    if (row == turn) {
      const edge = edgeAt(bx * scale, by * scale, slopeSecond, rowB)
      const step = toEdge(slopeSecond)
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
      let to = <usize>(rowStart + x)
      let count = end - x
      let atU = rowU + column * stepU
      let atV = rowV + column * stepV
      if (byEight) {
        for (; count > 0; count -= 8) {
          if (staysInRow(atV, stepV)) {
            paintEight(mode, to, count, atU, atV, runU, runV, texWidth, texHeight)
          } else {
            const u = i32x4.add(i32x4.splat(atU), rampU)
            const v = i32x4.add(i32x4.splat(atV), rampV)
            paintFour(mode, to, count, u, v, u, low, high, strides)
            if (count > 4) {
              paintFour(mode, to + 4, count - 4, i32x4.add(u, step4U), i32x4.add(v, step4V), u, low, high, strides)
            }
          }
          atU += stepU << 3
          atV += stepV << 3
          to += 8
        }
      }
      let u = i32x4.add(i32x4.splat(atU), rampU)
      let v = i32x4.add(i32x4.splat(atV), rampV)
      let k = fades ? i32x4.add(i32x4.splat(rowK + column * stepK), i32x4(0, stepK, stepK * 2, stepK * 3)) : u
      for (; count > 0; count -= 4) {
        paintFour(mode, to, count, u, v, k, low, high, strides)
        if (fades) k = i32x4.add(k, i32x4.splat(stepK << 2))
        u = i32x4.add(u, step4U)
        v = i32x4.add(v, step4V)
        to += 4
      }
    }
    left += leftStep
    right += rightStep
    rowU += downU
    rowV += downV
    if (fades) rowK += downK
    rowStart += planeWidth
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
