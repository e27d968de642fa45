// Single hairs that no mesh has: stray ones round the outline, short ones along the hairline.
import { type Canvas, filledRows } from './canvas.ts'
import { boxBlur } from './filters.ts'
import { hash } from './noise.ts'

/** Alpha codes from which a pixel counts as hair, and below which as none. */
const HAIR = 150
const BARE = 24

/** A hair in rig pixels. */
type Hair = {
  readonly x: number
  readonly y: number
  /** Radians; 0 runs right, pi/2 down. */
  readonly angle: number
  /** Radians a pixel, at the root and at the tip. */
  readonly bend: readonly [number, number]
  readonly length: number
  /** At the root, 0-1; it fades to the tip. */
  readonly alpha: number
  /** Times the colour at the root. */
  readonly shade: number
}

/** Rig pixels along the rim of a picture that no hair begins in: as far as one looks about. */
const RIM = 12

/** How much hair covers each pixel of some rows, 0-255, and the same seen from a little farther away; zeros in other rows. */
function coverIn(canvases: readonly Canvas[], first: number, last: number): Record<'cover' | 'soft', Float32Array> {
  const { width, height } = canvases[0]!
  const cover = new Float32Array(width * height)
  for (const { rgba } of canvases) {
    for (let i = first * width; i < last * width; i++) {
      const alpha = rgba[i * 4 + 3]!
      if (alpha > cover[i]!) cover[i] = alpha
    }
  }
  const soft = cover.slice()
  const rows = soft.subarray(first * width, last * width)
  for (let pass = 0; pass < 2; pass++) boxBlur(rows, width, last - first, 4, rows)
  return { cover, soft }
}

/**
 * Adds stray hairs along the outline against the background: long soft ones, or curls.
 *
 * @param solid true for rig pixels where skin or cloth lies, round which no hair flies.
 */
export function addStrayHairs(canvases: readonly Canvas[], curly: boolean, solid: (pixel: number) => boolean): void {
  const { width, height } = canvases[0]!
  const alphaOf = (canvas: Canvas, i: number) => canvas.rgba[i * 4 + 3]!
  const filled = canvases.map(filledRows).filter(({ top, bottom }) => top < bottom)
  const first = Math.max(0, Math.min(...filled.map(({ top }) => top)) - RIM)
  const last = Math.min(height, Math.max(...filled.map(({ bottom }) => bottom)) + RIM)
  if (first >= last) return
  const { cover, soft } = coverIn(canvases, first, last)
  const hairs: [Canvas, Hair][] = []
  for (let y = Math.max(first, RIM); y < Math.min(last, height - RIM); y++) {
    for (let x = RIM; x < width - RIM; x++) {
      const i = y * width + x
      if (cover[i]! < HAIR || soft[i]! > 175 || soft[i]! < 60) continue
      const chance = hash(x, y, 1, 60)
      if (chance > (curly ? 0.3 : 0.03)) continue
      const gx = soft[i - 3]! - soft[i + 3]!
      const gy = soft[i - 3 * width]! - soft[i + 3 * width]!
      const steep = Math.hypot(gx, gy)
      if (steep < 30) continue
      const [ox, oy] = [gx / steep, gy / steep]
      const beyond = Math.round(y + oy * 9) * width + Math.round(x + ox * 9)
      if (cover[beyond]! > BARE || solid(beyond) || solid(i)) continue
      const canvas = canvases.find((one) => alphaOf(one, i) >= HAIR) ?? canvases[0]!
      const outwards = Math.atan2(oy, ox)
      // Along the outline, the way that hangs down.
      const side = ox < 0 ? -1 : 1
      const along = Math.atan2(ox * side, -oy * side)
      const turn = Math.atan2(Math.sin(outwards - along), Math.cos(outwards - along))
      const [r1, r2, r3, r4] = [2, 3, 4, 5].map((k) => hash(x, y, k, 60)) as [number, number, number, number]
      hairs.push([
        canvas,
        curly
          ? {
              x: x - ox * 4,
              y: y - oy * 4,
              angle: outwards + (r1 - 0.5) * 2.4,
              bend: [(r2 > 0.5 ? 1 : -1) * (0.12 + 0.2 * r3), (r2 > 0.5 ? 1 : -1) * (0.16 + 0.34 * r3)],
              length: 8 + 15 * r4,
              alpha: 0.75,
              shade: 0.75 + 0.7 * r1,
            }
          : {
              x: x - ox * 3,
              y: y - oy * 3,
              angle: along + turn * (0.02 + 0.12 * r1 ** 2),
              bend: [-0.003 * Math.sign(turn), -Math.sign(turn) * (0.003 + 0.016 * r2)],
              length: 14 + 50 * r3 ** 1.5,
              alpha: 0.22 + 0.25 * r4,
              shade: 0.9 + 0.35 * r4,
            },
      ])
    }
  }
  for (const [canvas, hair] of hairs) drawHair(canvas, hair)
}

/**
 * Adds short hairs from the hairline over the skin.
 *
 * @param distance of each rig pixel into the hair from bare skin. @param lowest rig row below which there is no hairline.
 */
export function addBabyHairs(canvas: Canvas, distance: Float32Array, lowest: number): void {
  const { width, rgba } = canvas
  const hairs: Hair[] = []
  for (let y = 4; y < lowest; y++) {
    for (let x = 4; x < width - 4; x++) {
      const i = y * width + x
      const into = distance[i]!
      if (into < 5 || into > 9 || rgba[i * 4 + 3]! < 90 || hash(x, y, 1, 61) > 0.3) continue
      const gx = distance[i - 2]! - distance[i + 2]!
      const gy = distance[i - 2 * width]! - distance[i + 2 * width]!
      if (Math.hypot(gx, gy) < 1) continue
      const [r1, r2, r3] = [2, 3, 4].map((k) => hash(x, y, k, 61)) as [number, number, number]
      const bend = (r2 - 0.5) * 0.09
      hairs.push({
        x,
        y,
        angle: Math.atan2(gy, gx) + (r1 - 0.5) * 1.9,
        bend: [bend, bend * 1.6],
        length: 6 + 12 * r3,
        alpha: 0.13 + 0.12 * r2,
        shade: 1,
      })
    }
  }
  for (const hair of hairs) drawHair(canvas, hair)
}

/** Lays one hair over a canvas, a soft dot every step. */
function drawHair({ rgba, width, height }: Canvas, { x, y, angle, bend, length, alpha, shade }: Hair): void {
  const root = (Math.round(y) * width + Math.round(x)) * 4
  const colour = [0, 1, 2].map((c) => Math.min(255, rgba[root + c]! * shade))
  const step = 0.6
  for (let at = 0; at < length; at += step) {
    const s = at / length
    const a = alpha * step * Math.min(1, 1.6 * (1 - s)) * Math.min(1, 0.25 + at / 6)
    const x0 = Math.floor(x - 0.5)
    const y0 = Math.floor(y - 0.5)
    if (x0 < 1 || y0 < 1 || x0 >= width - 2 || y0 >= height - 2) return
    for (let k = 0; k < 4; k++) {
      const [px, py] = [x0 + (k & 1), y0 + (k >> 1)]
      const share = a * (1 - Math.abs(x - 0.5 - px)) * (1 - Math.abs(y - 0.5 - py))
      const i = (py * width + px) * 4
      const old = rgba[i + 3]! / 255
      const whole = share + old * (1 - share)
      if (whole < 0.004) continue
      for (let c = 0; c < 3; c++) rgba[i + c] = (colour[c]! * share + rgba[i + c]! * old * (1 - share)) / whole
      rgba[i + 3] = Math.round(255 * whole)
    }
    x += Math.cos(angle) * step
    y += Math.sin(angle) * step
    angle += (bend[0] + (bend[1] - bend[0]) * s) * step
  }
}
