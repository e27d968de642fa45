// A picture made larger by Lanczos' kernel and carefully sharpened: clearer than bilinear, and nothing is invented.
import type { TexturePlanes } from '../../core/rig.ts'

/** Lobes of the kernel on each side (Duchon 1979, "Lanczos filtering in one and two dimensions"). */
const LOBES = 3
/** Share of the difference to a blurred picture that is added (unsharp masking). */
const AMOUNT = 0.9
/** Luma: differences below are noise and stay as they are; no pixel is moved further than the other, so that no halo shows. */
const NOISE = 2
const MOST = 14
/** Standard deviation of the blur, in pixels that the picture had before it was ever enlarged. */
const BLUR = 0.75

/** A picture of so many times the width and height. @param factor whole, 1 or more. */
export function enlargePicture(picture: TexturePlanes, factor: number): TexturePlanes {
  if (factor === 1) return picture
  const { width, height, y, u, v, a, ac } = picture
  const full = (plane: Uint8Array) => enlargePlane(plane, width, height, factor)
  const half = (plane: Uint8Array) => enlargePlane(plane, width / 2, height / 2, factor)
  return {
    width: width * factor,
    height: height * factor,
    y: full(y),
    u: half(u),
    v: half(v),
    a: a && full(a),
    ac: ac && half(ac),
  }
}

/**
 * The picture with clearer edges: luma alone, by bounded amounts, alpha as it was.
 * @param pitch how many of its pixels one pixel of the original takes: 1 where it was never enlarged.
 */
export function sharpenPicture(picture: TexturePlanes, pitch: number): TexturePlanes {
  const { width, height, y, a } = picture
  const kernel = gaussian(BLUR * pitch)
  const blurred = blur(y, width, height, kernel)
  const covered = a && blur(a, width, height, kernel)
  const out = new Uint8Array(y.length)
  for (let i = 0; i < out.length; i++) {
    const alpha = a ? a[i]! : 255
    // Colours are premultiplied: at a soft rim they are compared with what the same coverage would show.
    const around = covered ? (covered[i]! > 0 ? (blurred[i]! * alpha) / covered[i]! : 0) : blurred[i]!
    const difference = y[i]! - around
    const core = Math.abs(difference) <= NOISE ? 0 : difference - Math.sign(difference) * NOISE
    const change = Math.max(-MOST, Math.min(MOST, AMOUNT * core))
    const [black, white] = [(16 * alpha) / 255, (235 * alpha) / 255]
    out[i] = Math.round(Math.max(black, Math.min(white, y[i]! + change)))
  }
  return { ...picture, y: out }
}

function enlargePlane(plane: Uint8Array, width: number, height: number, factor: number): Uint8Array {
  const taps = Array.from({ length: factor }, (_, phase) => lanczosAt((phase + 0.5) / factor - 0.5))
  const wide = new Float32Array(width * factor * height)
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width * factor; column++, at++) {
      const { offset, weights } = taps[column % factor]!
      const first = Math.floor(column / factor) + offset
      let sum = 0
      for (let k = 0; k < weights.length; k++) {
        sum += weights[k]! * plane[row * width + Math.max(0, Math.min(width - 1, first + k))]!
      }
      wide[at] = sum
    }
  }
  const out = new Uint8Array(width * factor * height * factor)
  const stride = width * factor
  for (let row = 0, at = 0; row < height * factor; row++) {
    const { offset, weights } = taps[row % factor]!
    const first = Math.floor(row / factor) + offset
    const starts = Array.from(weights, (_, k) => Math.max(0, Math.min(height - 1, first + k)) * stride)
    for (let column = 0; column < stride; column++, at++) {
      let sum = 0
      for (let k = 0; k < starts.length; k++) sum += weights[k]! * wide[starts[k]! + column]!
      out[at] = Math.max(0, Math.min(255, Math.round(sum)))
    }
  }
  return out
}

/** The kernel about a place beside a pixel: its weights for the pixels from `offset` on. */
function lanczosAt(shift: number): { readonly offset: number; readonly weights: Float64Array } {
  const offset = Math.floor(shift) - LOBES + 1
  const raw = Array.from({ length: LOBES * 2 }, (_, k) => lanczos(offset + k - shift))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  return { offset, weights: Float64Array.from(raw, (weight) => weight / total) }
}

function lanczos(x: number): number {
  if (x === 0) return 1
  if (Math.abs(x) >= LOBES) return 0
  const angle = Math.PI * x
  return (LOBES * Math.sin(angle) * Math.sin(angle / LOBES)) / angle ** 2
}

function gaussian(sigma: number): Float64Array {
  const reach = Math.max(1, Math.ceil(sigma * 2.5))
  const raw = Array.from({ length: reach * 2 + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)))
  const total = raw.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(raw, (weight) => weight / total)
}

function blur(plane: Uint8Array, width: number, height: number, kernel: Float64Array): Float32Array {
  const reach = kernel.length >> 1
  const across = new Float32Array(plane.length)
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let sum = 0
      for (let k = 0; k < kernel.length; k++) {
        const x = column + k - reach
        sum += kernel[k]! * plane[row * width + (x < 0 ? 0 : x >= width ? width - 1 : x)]!
      }
      across[at] = sum
    }
  }
  const out = new Float32Array(plane.length)
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at++) {
      let sum = 0
      for (let k = 0; k < kernel.length; k++) {
        const y = row + k - reach
        sum += kernel[k]! * across[(y < 0 ? 0 : y >= height ? height - 1 : y) * width + column]!
      }
      out[at] = sum
    }
  }
  return out
}
