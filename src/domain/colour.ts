// RGB to the planes the painter and the encoder share.
import type { TexturePlanes } from '../core/rig.ts'

/**
 * Converts straight (not premultiplied) 8-bit sRGB with alpha to premultiplied BT.709 limited-range planes.
 * Coefficients: ITU-R BT.709-6, Kr 0.2126, Kb 0.0722. Chroma is the alpha-weighted mean of each 2x2 block.
 *
 * @param rgba width x height x 4; both sides even.
 * @param opaque true where alpha is 255 throughout: the planes then carry none.
 * @throws RangeError where a side is odd or the length does not fit.
 */
export function rgbaToPlanes(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  opaque = false,
): TexturePlanes {
  if (width % 2 || height % 2) throw new RangeError(`Sides must be even, not ${width} x ${height}.`)
  if (rgba.length !== width * height * 4) throw new RangeError(`${rgba.length} bytes are not ${width} x ${height} x 4.`)
  const halfWidth = width / 2
  const y = new Uint8Array(width * height)
  const u = new Uint8Array(halfWidth * (height / 2))
  const v = new Uint8Array(u.length)
  const a = opaque ? null : new Uint8Array(y.length)
  const ac = opaque ? null : new Uint8Array(u.length)
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      let sumU = 0
      let sumV = 0
      let sumA = 0
      for (let k = 0; k < 4; k++) {
        const pixel = (row + (k >> 1)) * width + column + (k & 1)
        const r = rgba[pixel * 4]!
        const g = rgba[pixel * 4 + 1]!
        const b = rgba[pixel * 4 + 2]!
        const alpha = opaque ? 255 : rgba[pixel * 4 + 3]!
        const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
        y[pixel] = Math.round(((16 + (luma * 219) / 255) * alpha) / 255)
        if (a) a[pixel] = alpha
        sumA += alpha
        sumU += (128 + ((b - luma) / 1.8556) * (224 / 255)) * alpha
        sumV += (128 + ((r - luma) / 1.5748) * (224 / 255)) * alpha
      }
      const chroma = (row / 2) * halfWidth + column / 2
      u[chroma] = Math.round(sumU / 1020)
      v[chroma] = Math.round(sumV / 1020)
      if (ac) ac[chroma] = Math.round(sumA / 4)
    }
  }
  return { width, height, y, u, v, a, ac }
}
