// Cuts upright, turned or mirrored squares of any scale out of a picture, for models that want a small one.
import type { Picture } from './read-picture.ts'

/** A square of a picture: its middle and side in pixels; `angle` in radians turns it clockwise as seen. */
export type Patch = { readonly x: number; readonly y: number; readonly size: number; readonly angle: number }

/** A picture and its halvings, so that a patch much larger than its sample is not read with gaps. */
export type Pyramid = readonly Picture[]

/** Below this side no further level is of use, in pixels. */
const LEAST_SIDE = 64

/** Halves a picture until it is small; each pixel is the mean of four. */
export function makePyramid(picture: Picture): Pyramid {
  const levels = [picture]
  for (let last = picture; Math.min(last.width, last.height) >= 2 * LEAST_SIDE; ) {
    last = halve(last)
    levels.push(last)
  }
  return levels
}

/**
 * Samples a patch as `side` x `side` x 3 values from 0 to `white`; what lies outside the picture is black.
 * @param isMirrored left and right change places.
 */
export function samplePatch(
  pyramid: Pyramid,
  patch: Patch,
  side: number,
  white: number,
  isMirrored = false,
): Float32Array {
  const out = new Float32Array(side * side * 3)
  const level = Math.max(0, Math.min(pyramid.length - 1, Math.round(Math.log2(patch.size / side))))
  const { width, height, rgb } = pyramid[level]!
  const shrink = pyramid[0]!.width / width
  const place = patchPlace(patch, side, isMirrored)
  let at = 0
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++, at += 3) {
      const [x, y] = place(column + 0.5, row + 0.5)
      const sx = x / shrink - 0.5
      const sy = y / shrink - 0.5
      if (sx <= -1 || sy <= -1 || sx >= width || sy >= height) continue
      const left = Math.max(0, Math.floor(sx))
      const top = Math.max(0, Math.floor(sy))
      const fx = Math.max(0, sx - left)
      const fy = Math.max(0, sy - top)
      const a = (top * width + left) * 3
      const right = left + 1 < width ? 3 : 0
      const down = top + 1 < height ? width * 3 : 0
      for (let channel = 0; channel < 3; channel++) {
        const upper = rgb[a + channel]! * (1 - fx) + rgb[a + right + channel]! * fx
        const lower = rgb[a + down + channel]! * (1 - fx) + rgb[a + down + right + channel]! * fx
        out[at + channel] = ((upper * (1 - fy) + lower * fy) * white) / 255
      }
    }
  }
  return out
}

/** Where a point of a patch's sample lies in the picture. */
export function patchPlace(
  { x, y, size, angle }: Patch,
  side: number,
  isMirrored = false,
): (column: number, row: number) => readonly [number, number] {
  const step = size / side
  const cos = Math.cos(angle) * step
  const sin = Math.sin(angle) * step
  return (column, row) => {
    const dx = (isMirrored ? side - column : column) - side / 2
    const dy = row - side / 2
    return [x + dx * cos - dy * sin, y + dx * sin + dy * cos]
  }
}

function halve({ width, height, rgb }: Picture): Picture {
  const w = width >> 1
  const h = height >> 1
  const out = new Uint8Array(w * h * 3)
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      const from = (row * 2 * width + column * 2) * 3
      for (let c = 0; c < 3; c++) {
        const below = from + width * 3 + c
        out[(row * w + column) * 3 + c] = (rgb[from + c]! + rgb[from + 3 + c]! + rgb[below]! + rgb[below + 3]! + 2) >> 2
      }
    }
  }
  return { width: w, height: h, rgb: out }
}
