// A picture of rig space in the making: drawn in bands at twice the size, then brought down with soft rims.

import type { TexturePlanes } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'

/** Samples a pixel along each side. */
export const OVERSAMPLE = 2
/** Rig rows a band. */
export const BAND = 200

/** Rig space as a picture: straight colours, sRGB codes. */
export type Canvas = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray }

/** An empty canvas the size of rig space. */
export function openCanvas(): Canvas {
  return { width: RIG_WIDTH, height: RIG_HEIGHT, rgba: new Uint8ClampedArray(RIG_WIDTH * RIG_HEIGHT * 4) }
}

/** Samples of one band: premultiplied r, g, b (codes) and alpha (0-1). */
export type Band = {
  readonly top: number
  readonly width: number
  readonly height: number
  readonly samples: Float32Array
}

/** Draws a canvas band by band; `draw` fills the samples of each. */
export function drawBands(canvas: Canvas, draw: (band: Band) => void): void {
  const width = RIG_WIDTH * OVERSAMPLE
  for (let top = 0; top < RIG_HEIGHT; top += BAND) {
    const height = Math.min(BAND, RIG_HEIGHT - top) * OVERSAMPLE
    const band: Band = { top, width, height, samples: new Float32Array(width * height * 4) }
    draw(band)
    bringDown(canvas, band)
  }
}

function bringDown(canvas: Canvas, band: Band): void {
  const { samples } = band
  const n = OVERSAMPLE
  for (let y = 0; y < band.height / n; y++) {
    for (let x = 0; x < RIG_WIDTH; x++) {
      let [r, g, b, a] = [0, 0, 0, 0]
      for (let k = 0; k < n * n; k++) {
        const i = ((y * n + Math.floor(k / n)) * band.width + x * n + (k % n)) * 4
        r += samples[i]!
        g += samples[i + 1]!
        b += samples[i + 2]!
        a += samples[i + 3]!
      }
      if (a <= 0) continue
      const to = ((band.top + y) * RIG_WIDTH + x) * 4
      canvas.rgba[to] = r / a
      canvas.rgba[to + 1] = g / a
      canvas.rgba[to + 2] = b / a
      canvas.rgba[to + 3] = (255 * a) / (n * n)
    }
  }
}

/** Vertices of rig space in the pixels of a band: x, y, depth. */
export function toBand(screen: Float32Array, top: number): Float32Array {
  const corners = new Float32Array(screen.length)
  for (let i = 0; i < screen.length; i += 3) {
    corners[i] = screen[i]! * OVERSAMPLE
    corners[i + 1] = (screen[i + 1]! - top) * OVERSAMPLE
    corners[i + 2] = screen[i + 2]!
  }
  return corners
}

/** Gives clear pixels the colours of their neighbours, so that bilinear samples at a rim stay clean. */
export function bleedColours(rgba: Uint8ClampedArray, width: number, height: number, passes: number): void {
  let known = new Uint8Array(width * height)
  for (let i = 0; i < known.length; i++) known[i] = rgba[i * 4 + 3]! > 0 ? 1 : 0
  for (let pass = 0; pass < passes; pass++) {
    const next = known.slice()
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x
        if (known[i]) continue
        let [n, r, g, b] = [0, 0, 0, 0]
        for (let k = 0; k < 4; k++) {
          const nx = x + (k === 0 ? -1 : k === 1 ? 1 : 0)
          const ny = y + (k === 2 ? -1 : k === 3 ? 1 : 0)
          if (nx < 0 || ny < 0 || nx >= width || ny >= height) continue
          const j = ny * width + nx
          if (!known[j]) continue
          n++
          r += rgba[j * 4]!
          g += rgba[j * 4 + 1]!
          b += rgba[j * 4 + 2]!
        }
        if (!n) continue
        rgba[i * 4] = r / n
        rgba[i * 4 + 1] = g / n
        rgba[i * 4 + 2] = b / n
        next[i] = 1
      }
    }
    known = next
  }
}

/** Cuts a rectangle with even sides out of a canvas and turns it into planes. */
export function cutPlanes(canvas: Canvas, left: number, top: number, width: number, height: number): TexturePlanes {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * canvas.width + left) * 4
    rgba.set(canvas.rgba.subarray(from, from + width * 4), y * width * 4)
  }
  return rgbaToPlanes(rgba, width, height)
}
