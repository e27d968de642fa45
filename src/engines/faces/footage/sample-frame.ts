// Cuts turned squares of any scale out of a video frame, for the face models.
import type { Patch } from '../photo/sample-patch.ts'

/** A frame: planar 4:2:0, BT.709 limited range, rows without gaps. */
export type Frame = {
  readonly width: number
  readonly height: number
  readonly y: Uint8Array
  readonly u: Uint8Array
  readonly v: Uint8Array
}

/** Most samples a side that one pixel is the mean of. */
const MOST_TAPS = 4

/**
 * Samples a patch as `side` x `side` x 3 values, red first, from 0 to `white`; what lies outside the frame is black.
 * Source of the coefficients: ITU-R BT.709-6, luma 16 to 235, chroma 16 to 240.
 */
export function sampleFrame(frame: Frame, patch: Patch, side: number, white: number): Float32Array {
  const { width, height, y, u, v } = frame
  const halfWidth = Math.ceil(width / 2)
  const out = new Float32Array(side * side * 3)
  const step = patch.size / side
  const taps = Math.max(1, Math.min(MOST_TAPS, Math.round(step)))
  const [cos, sin] = [Math.cos(patch.angle) * step, Math.sin(patch.angle) * step]
  const share = white / 255 / (taps * taps)
  let at = 0
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 3) {
      for (let tap = 0; tap < taps * taps; tap++) {
        const dx = column + ((tap % taps) + 0.5) / taps - side / 2
        const dy = row + (Math.floor(tap / taps) + 0.5) / taps - side / 2
        const px = patch.x + dx * cos - dy * sin - 0.5
        const py = patch.y + dx * sin + dy * cos - 0.5
        if (px < 0 || py < 0 || px >= width - 1 || py >= height - 1) continue
        const left = Math.floor(px)
        const top = Math.floor(py)
        const [fx, fy] = [px - left, py - top]
        const i = top * width + left
        const upper = y[i]! * (1 - fx) + y[i + 1]! * fx
        const lower = y[i + width]! * (1 - fx) + y[i + width + 1]! * fx
        const luma = (upper * (1 - fy) + lower * fy - 16) * 1.164384
        const c = (top >> 1) * halfWidth + (left >> 1)
        const [cb, cr] = [u[c]! - 128, v[c]! - 128]
        out[at]! += share * clamp(luma + 1.792741 * cr)
        out[at + 1]! += share * clamp(luma - 0.213249 * cb - 0.532909 * cr)
        out[at + 2]! += share * clamp(luma + 2.112402 * cb)
      }
    }
  }
  return out
}

/** An upright part of a frame as packed RGB of the same scale; both sides even, cut at the frame's edge. */
export function cutFrame(
  frame: Frame,
  x: number,
  y: number,
  size: number,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number; rgb: Uint8Array } {
  const even = (value: number, most: number) => Math.max(0, Math.min(most, 2 * Math.round(value / 2)))
  const left = even(x, frame.width - 2)
  const top = even(y, frame.height - 2)
  const width = even(x + size, frame.width) - left
  const height = even(y + size, frame.height) - top
  const halfWidth = Math.ceil(frame.width / 2)
  const rgb = new Uint8Array(width * height * 3)
  let at = 0
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) {
      const luma = (frame.y[row * frame.width + column]! - 16) * 1.164384
      const c = (row >> 1) * halfWidth + (column >> 1)
      const [cb, cr] = [frame.u[c]! - 128, frame.v[c]! - 128]
      rgb[at++] = clamp(luma + 1.792741 * cr)
      rgb[at++] = clamp(luma - 0.213249 * cb - 0.532909 * cr)
      rgb[at++] = clamp(luma + 2.112402 * cb)
    }
  }
  return { left, top, width, height, rgb }
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, value))
}
