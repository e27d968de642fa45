// A small canvas for what is out of focus: every shape is painted with soft edges, in linear light.
import type { TexturePlanes } from '../../core/rig.ts'
import { parseColour } from './parse-colour.ts'

/** Linear light, 0 to 1 and above. */
export type Light = readonly [number, number, number]

/** The canvas; places are in heights of the picture, x from its middle, y from its top. */
export type SoftCanvas = {
  readonly width: number
  readonly height: number
  /** Half of the picture's width, in heights. */
  readonly side: number
  /** 3 values a pixel. */
  readonly light: Float32Array
}

/** Rows and columns of the canvas at most: what is blurred needs no more. */
const ROWS = 420

/** An empty canvas for a picture of a size. */
export function openSoftCanvas(width: number, height: number): SoftCanvas {
  const rows = Math.max(2, Math.min(ROWS, Math.ceil(height / 2)))
  const columns = Math.max(2, Math.round((rows * width) / height))
  return { width: columns, height: rows, side: width / height / 2, light: new Float32Array(columns * rows * 3) }
}

/** `#rrggbb` as linear light. @throws Invalid for another form. */
export function lightOf(colour: string, field: string): Light {
  const [r, g, b] = parseColour(colour, field)
  return [toLinear(r), toLinear(g), toLinear(b)]
}

/** `a` where `t` is 0, `b` where it is 1. */
export const mixed = (a: Light, b: Light, t: number): Light => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
]

/** Brighter or darker. */
export const scaled = (a: Light, by: number): Light => [a[0] * by, a[1] * by, a[2] * by]

/** Fills the canvas from top to bottom between two lights. */
export function fillGradient(canvas: SoftCanvas, top: Light, bottom: Light): void {
  for (let row = 0; row < canvas.height; row++) {
    const light = mixed(top, bottom, row / (canvas.height - 1))
    for (let column = 0; column < canvas.width; column++) canvas.light.set(light, (row * canvas.width + column) * 3)
  }
}

/** How a shape is painted. */
export type Paint = {
  /** Width of its edge, in heights of the picture. */
  readonly soft: number
  /** @default 1 */
  readonly alpha?: number
  /** Adds its light, like a lamp, and covers nothing. @default false */
  readonly add?: boolean
}

/** Paints an upright rectangle, its light going from `top` to `bottom`. */
export function paintBox(
  canvas: SoftCanvas,
  [left, top, right, bottom]: readonly [number, number, number, number],
  light: Light,
  paint: Paint,
  lightBelow: Light = light,
): void {
  const { soft } = paint
  paintArea(canvas, left - soft, top - soft, right + soft, bottom + soft, paint, (x, y, out) => {
    const share = edge(x - left, soft) * edge(right - x, soft) * edge(y - top, soft) * edge(bottom - y, soft)
    const t = Math.min(1, Math.max(0, (y - top) / (bottom - top)))
    for (let c = 0; c < 3; c++) out[c] = light[c]! + (lightBelow[c]! - light[c]!) * t
    return share
  })
}

/** Paints an ellipse; `ring` makes its rim brighter than its middle, as discs out of focus are. */
export function paintDisc(
  canvas: SoftCanvas,
  [x0, y0, rx, ry]: readonly [number, number, number, number],
  light: Light,
  paint: Paint,
  ring = 0,
): void {
  const { soft } = paint
  const mean = Math.sqrt(rx * ry)
  paintArea(canvas, x0 - rx - soft, y0 - ry - soft, x0 + rx + soft, y0 + ry + soft, paint, (x, y, out) => {
    const away = Math.hypot((x - x0) / rx, (y - y0) / ry)
    const brighter = 1 + ring * (away * away * away - 0.5)
    for (let c = 0; c < 3; c++) out[c] = light[c]! * brighter
    return edge((1 - away) * mean, soft)
  })
}

/** Paints a glow that falls off without an edge; it reaches half its strength at `radius`. */
export function paintGlow(
  canvas: SoftCanvas,
  [x0, y0, radius]: readonly [number, number, number],
  light: Light,
  alpha = 1,
): void {
  const reach = radius * 5
  paintArea(canvas, x0 - reach, y0 - reach, x0 + reach, y0 + reach, { soft: 0, alpha, add: true }, (x, y, out) => {
    const away = ((x - x0) ** 2 + (y - y0) ** 2) / (radius * radius)
    out.set(light)
    return Math.max(0, 1 / (1 + away ** 1.4) - 0.011)
  })
}

/** A leaning band between two points. */
export function paintLine(
  canvas: SoftCanvas,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  thickness: number,
  light: Light,
  paint: Paint,
): void {
  const margin = thickness / 2 + paint.soft
  const length = Math.hypot(x1 - x0, y1 - y0)
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length]
  const [left, right] = [Math.min(x0, x1) - margin, Math.max(x0, x1) + margin]
  const [top, bottom] = [Math.min(y0, y1) - margin, Math.max(y0, y1) + margin]
  paintArea(canvas, left, top, right, bottom, paint, (x, y, out) => {
    const along = (x - x0) * dx + (y - y0) * dy
    const across = Math.abs((x - x0) * dy - (y - y0) * dx)
    out.set(light)
    return edge(thickness / 2 - across, paint.soft) * edge(along, paint.soft) * edge(length - along, paint.soft)
  })
}

/** Blurs the whole canvas by a lens's disc, near enough: three means over `radius` heights to each side. */
export function blurAll(canvas: SoftCanvas, radius: number): void {
  const reach = Math.round(radius * canvas.height)
  if (reach < 1) return
  for (let pass = 0; pass < 3; pass++) {
    meanAlong(canvas.light, canvas.height, canvas.width, canvas.width * 3, 3, reach)
    meanAlong(canvas.light, canvas.width, canvas.height, 3, canvas.width * 3, reach)
  }
}

/** Replaces each value by the mean of its neighbours along one axis; rims repeat. */
function meanAlong(
  light: Float32Array,
  lines: number,
  count: number,
  lineStride: number,
  stride: number,
  reach: number,
): void {
  const line = new Float32Array(count)
  const span = 2 * reach + 1
  for (let n = 0; n < lines; n++) {
    for (let c = 0; c < 3; c++) {
      const base = n * lineStride + c
      for (let i = 0; i < count; i++) line[i] = light[base + i * stride]!
      let sum = 0
      for (let i = -reach; i <= reach; i++) sum += line[Math.min(count - 1, Math.max(0, i))]!
      for (let i = 0; i < count; i++) {
        light[base + i * stride] = sum / span
        sum += line[Math.min(count - 1, i + reach + 1)]! - line[Math.max(0, i - reach)]!
      }
    }
  }
}

/** A number from 0 to 1 that depends on nothing but its seed; each call gives the next one. */
export function dice(seed: number): () => number {
  let state = (seed * 0x9e3779b1 + 0x2545f491) >>> 0 || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4294967296
  }
  for (let i = 0; i < 4; i++) next()
  return next
}

/** Share of a shape at a distance inside its edge, which is blurred over `soft` to both sides. */
function edge(inside: number, soft: number): number {
  const t = Math.min(1, Math.max(0, (inside + soft) / (2 * soft + 1e-6)))
  return t * t * (3 - 2 * t)
}

function paintArea(
  canvas: SoftCanvas,
  left: number,
  top: number,
  right: number,
  bottom: number,
  { alpha = 1, add = false }: Paint,
  share: (x: number, y: number, out: Float32Array) => number,
): void {
  const { width, height, side, light } = canvas
  const column = (x: number) => ((x + side) / (2 * side)) * width
  const from = Math.max(0, Math.floor(column(left)))
  const to = Math.min(width - 1, Math.ceil(column(right)))
  const first = Math.max(0, Math.floor(top * height))
  const last = Math.min(height - 1, Math.ceil(bottom * height))
  const out = new Float32Array(3)
  for (let row = first; row <= last; row++) {
    const y = (row + 0.5) / height
    for (let at = from; at <= to; at++) {
      const part = share(((at + 0.5) / width) * 2 * side - side, y, out) * alpha
      if (part <= 0) continue
      const i = (row * width + at) * 3
      const kept = add ? 1 : 1 - part
      for (let c = 0; c < 3; c++) light[i + c] = light[i + c]! * kept + out[c]! * part
    }
  }
}

const CODES = 2048
/** sRGB codes (0 to 1) of linear light in steps of 1/{@link CODES}, with a soft shoulder above 0.8. */
const CURVE = Float32Array.from({ length: CODES * 2 + 2 }, (_, i) => {
  const light = i / CODES
  const soft = light < 0.8 ? light : 0.8 + 0.2 * (1 - Math.exp(-(light - 0.8) / 0.2))
  return soft <= 0.0031308 ? soft * 12.92 : 1.055 * soft ** (1 / 2.4) - 0.055
})

/** Brings a canvas to the size of the picture, with fine noise against banding. BT.709, limited range. */
export function toPlanes(canvas: SoftCanvas, width: number, height: number): TexturePlanes {
  const codes = new Float32Array(canvas.light.length)
  for (let i = 0; i < codes.length; i++) {
    const at = Math.min(1.999, Math.max(0, canvas.light[i]!)) * CODES
    const low = Math.floor(at)
    codes[i] = CURVE[low]! + (CURVE[low + 1]! - CURVE[low]!) * (at - low)
  }
  // Three planes at the canvas's size; each pixel of the picture is a bilinear sample of them.
  const size = canvas.width * canvas.height
  const luma = new Float32Array(size)
  const blue = new Float32Array(size)
  const red = new Float32Array(size)
  for (let i = 0; i < size; i++) {
    const [r, g, b] = [codes[i * 3]!, codes[i * 3 + 1]!, codes[i * 3 + 2]!]
    const y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    luma[i] = 16 + 219 * y
    blue[i] = 128 + (224 * (b - y)) / 1.8556
    red[i] = 128 + (224 * (r - y)) / 1.5748
  }
  const noise = dice(7)
  return {
    width,
    height,
    y: enlarge(luma, canvas, width, height, noise),
    u: enlarge(blue, canvas, width / 2, height / 2, noise),
    v: enlarge(red, canvas, width / 2, height / 2, noise),
    a: null,
    ac: null,
  }
}

function enlarge(
  from: Float32Array,
  { width: columns, height: rows }: SoftCanvas,
  width: number,
  height: number,
  noise: () => number,
): Uint8Array {
  const to = new Uint8Array(width * height)
  const left = new Int32Array(width)
  const share = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const at = Math.min(columns - 1.001, Math.max(0, ((x + 0.5) / width) * columns - 0.5))
    left[x] = Math.floor(at)
    share[x] = at - left[x]!
  }
  for (let y = 0; y < height; y++) {
    const at = Math.min(rows - 1.001, Math.max(0, ((y + 0.5) / height) * rows - 0.5))
    const above = Math.floor(at) * columns
    const below = at - Math.floor(at)
    for (let x = 0; x < width; x++) {
      const i = above + left[x]!
      const s = share[x]!
      const upper = from[i]! + (from[i + 1]! - from[i]!) * s
      const lower = from[i + columns]! + (from[i + columns + 1]! - from[i + columns]!) * s
      to[y * width + x] = upper + (lower - upper) * below + noise() + noise() - 0.5
    }
  }
  return to
}

function toLinear(code: number): number {
  const value = code / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
