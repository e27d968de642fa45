// A picture of rig space in the making: drawn in bands at twice the size, then brought down with soft rims.

import type { TexturePlanes } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { spreadColours } from './filters.ts'
import { type Rows, sortByRows } from './raster.ts'
import { type Turns, takeTurns } from './turns.ts'

/** Samples a pixel along each side. */
export const OVERSAMPLE = 2
/** Rig rows a band. */
const BAND = 100

/** Rig space as a picture: straight colours, sRGB codes. */
export type Canvas = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray }

/** An empty canvas the size of rig space, in shared memory. */
export function openCanvas(): Canvas {
  return {
    width: RIG_WIDTH,
    height: RIG_HEIGHT,
    rgba: new Uint8ClampedArray(new SharedArrayBuffer(RIG_WIDTH * RIG_HEIGHT * 4)),
  }
}

/** Rig pixels; right and bottom are past the end. */
export type Bounds = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** A mesh in rig space: x, y, depth a vertex, and those of its triangles that are meant. */
export type ScreenMesh = { readonly screen: Float32Array; readonly triangles: Uint32Array }

/** The rig pixels that meshes may touch, cut to rig space; empty where they lie outside. */
export function boundsOf(meshes: readonly ScreenMesh[]): Bounds {
  let left = RIG_WIDTH
  let top = RIG_HEIGHT
  let right = 0
  let bottom = 0
  for (const { screen, triangles } of meshes) {
    for (let i = 0; i < triangles.length; i++) {
      const x = screen[triangles[i]! * 3]!
      const y = screen[triangles[i]! * 3 + 1]!
      if (x < left) left = x
      if (x > right) right = x
      if (y < top) top = y
      if (y > bottom) bottom = y
    }
  }
  left = Math.max(0, Math.floor(left) - 1)
  top = Math.max(0, Math.floor(top) - 1)
  return {
    left,
    top,
    right: Math.max(left, Math.min(RIG_WIDTH, Math.ceil(right) + 1)),
    bottom: Math.max(top, Math.min(RIG_HEIGHT, Math.ceil(bottom) + 1)),
  }
}

/** Samples of one band: premultiplied r, g, b (codes) and alpha (0-1). */
export type Band = {
  /** Rig pixel of the first sample. */
  readonly left: number
  readonly top: number
  /** In samples. */
  readonly width: number
  readonly height: number
  readonly samples: Float32Array
}

/** The most samples that a band in these bounds has along each side. */
export const bandSize = ({ left, right }: Bounds) => ({ width: (right - left) * OVERSAMPLE, height: BAND * OVERSAMPLE })

/** Draws those bands of what lies in the bounds of a canvas that fall to this thread; `draw` fills the samples of each. */
export function drawBands(canvas: Canvas, bounds: Bounds, turns: Turns, draw: (band: Band) => void): void {
  const { width, height: most } = bandSize(bounds)
  const whole = new Float32Array(width * most * 4)
  for (const turn of takeTurns(turns, Math.ceil((bounds.bottom - bounds.top) / BAND))) {
    const top = bounds.top + turn * BAND
    const height = Math.min(BAND, bounds.bottom - top) * OVERSAMPLE
    const samples = whole.subarray(0, width * height * 4).fill(0)
    const band: Band = { left: bounds.left, top, width, height, samples }
    draw(band)
    bringDown(canvas, band)
  }
}

function bringDown(canvas: Canvas, { left, top, width, height, samples }: Band): void {
  const { rgba } = canvas
  for (let y = 0; y < height; y += OVERSAMPLE) {
    let to = ((top + y / OVERSAMPLE) * canvas.width + left) * 4
    for (let x = 0; x < width; x += OVERSAMPLE, to += 4) {
      const i = (y * width + x) * 4
      const j = i + 4
      const k = i + width * 4
      const l = k + 4
      const a = samples[i + 3]! + samples[j + 3]! + samples[k + 3]! + samples[l + 3]!
      if (a <= 0) continue
      rgba[to] = (samples[i]! + samples[j]! + samples[k]! + samples[l]!) / a
      rgba[to + 1] = (samples[i + 1]! + samples[j + 1]! + samples[k + 1]! + samples[l + 1]!) / a
      rgba[to + 2] = (samples[i + 2]! + samples[j + 2]! + samples[k + 2]! + samples[l + 2]!) / a
      rgba[to + 3] = (255 * a) / (OVERSAMPLE * OVERSAMPLE)
    }
  }
}

/** What of a mesh falls into a band. */
export type BandMesh = {
  /** x, y in samples of the band, depth: a vertex of the mesh each, right for those of `triangles`. */
  readonly corners: Float32Array
  readonly triangles: Uint32Array
}

/**
 * Sorts the triangles of a mesh into bands, their order kept; each band then costs only its own.
 *
 * @returns what falls into a band, until the next band is asked for.
 */
export function openBands({ screen, triangles }: ScreenMesh, bounds: Bounds): (band: Band) => BandMesh {
  const count = Math.ceil((bounds.bottom - bounds.top) / BAND)
  const trianglesOf = sortByRows(screen, 3, triangles, { top: bounds.top, rows: BAND, count })
  const corners = new Float32Array(screen.length)
  return ({ left, top }) => {
    const own = trianglesOf((top - bounds.top) / BAND)
    for (let i = 0; i < own.length; i++) {
      const v = own[i]! * 3
      corners[v] = (screen[v]! - left) * OVERSAMPLE
      corners[v + 1] = (screen[v + 1]! - top) * OVERSAMPLE
      corners[v + 2] = screen[v + 2]!
    }
    return { corners, triangles: own }
  }
}

/** Rows of a canvas from the first to the last that shows anything, the last not counted; none where it is empty. */
export function filledRows({ rgba, width, height }: Canvas): Rows {
  const pixels = new Uint32Array(rgba.buffer, rgba.byteOffset, width * height)
  let top = 0
  while (top < pixels.length && pixels[top] === 0) top++
  let bottom = pixels.length
  while (bottom > top && pixels[bottom - 1] === 0) bottom--
  return { top: Math.floor(top / width), bottom: Math.ceil(bottom / width) }
}

/** Gives clear pixels the colours of their neighbours, so that bilinear samples at a rim stay clean. */
export function bleedColours({ rgba, width, height }: Canvas, passes: number): void {
  const filled = filledRows({ rgba, width, height })
  const top = Math.max(0, filled.top - passes - 1)
  const bottom = Math.min(height, filled.bottom + passes + 1)
  const rows = rgba.subarray(top * width * 4, bottom * width * 4)
  const known = new Uint8Array((bottom - top) * width)
  for (let i = 0; i < known.length; i++) known[i] = rows[i * 4 + 3]! > 0 ? 1 : 0
  spreadColours(rows, 4, known, width, passes)
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
