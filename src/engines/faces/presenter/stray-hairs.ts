// Single hairs that no mesh has: stray ones round the outline, short ones along the hairline.
import { type Canvas, filledRows } from './canvas.ts'
import { boxBlur } from './filters.ts'
import type { Cut } from './hairline.ts'
import { hash, smoothstep } from './noise.ts'
import type { Flow } from './strand-grain.ts'

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
function coverIn(
  canvases: readonly Canvas[],
  first: number,
  last: number,
  blur: number,
): Record<'cover' | 'soft', Float32Array> {
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
  for (let pass = 0; pass < 2; pass++) boxBlur(rows, width, last - first, blur, rows)
  return { cover, soft }
}

/** How many pixels along an outline begin a stray hair. */
const CHANCE: Readonly<Record<Cut, number>> = { curly: 0.3, cropped: 0.1, long: 0.03 }
/** Codes of {@link coverIn}'s soft cover between which the outline of cropped hair is cut: narrow points go. */
const POINT = [62, 122] as const

/**
 * Adds stray hairs along the outline against the background: long soft ones, short ones, or curls. Cropped hair loses the
 * sharp points of its mesh first.
 *
 * @param solid true for rig pixels where skin or cloth lies, round which no hair flies.
 */
export function addStrayHairs(canvases: readonly Canvas[], cut: Cut, solid: (pixel: number) => boolean): void {
  const { width, height } = canvases[0]!
  const alphaOf = (canvas: Canvas, i: number) => canvas.rgba[i * 4 + 3]!
  const filled = canvases.map(filledRows).filter(({ top, bottom }) => top < bottom)
  const first = Math.max(0, Math.min(...filled.map(({ top }) => top)) - RIM)
  const last = Math.min(height, Math.max(...filled.map(({ bottom }) => bottom)) + RIM)
  if (first >= last) return
  const curly = cut === 'curly'
  const { cover, soft } = coverIn(canvases, first, last, cut === 'cropped' ? 6 : 4)
  if (cut === 'cropped') {
    for (let i = first * width; i < last * width; i++) {
      if (cover[i] === 0 || soft[i]! >= POINT[1] || solid(i)) continue
      const kept = smoothstep(POINT[0], POINT[1], soft[i]!)
      for (const { rgba } of canvases) rgba[i * 4 + 3]! *= kept
      cover[i]! *= kept
    }
  }
  const hairs: [Canvas, Hair][] = []
  for (let y = Math.max(first, RIM); y < Math.min(last, height - RIM); y++) {
    for (let x = RIM; x < width - RIM; x++) {
      const i = y * width + x
      if (cover[i]! < HAIR || soft[i]! > 175 || soft[i]! < 60) continue
      const chance = hash(x, y, 1, 60)
      if (chance > CHANCE[cut]) continue
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
              angle: along + turn * (0.02 + (cut === 'cropped' ? 0.45 : 0.12) * r1 ** 2),
              bend: [-0.003 * Math.sign(turn), -Math.sign(turn) * (0.003 + 0.016 * r2)],
              length: cut === 'cropped' ? 8 + 20 * r3 ** 1.5 : 14 + 50 * r3 ** 1.5,
              alpha: 0.22 + 0.25 * r4,
              shade: 0.9 + 0.35 * r4,
            },
      ])
    }
  }
  for (const [canvas, hair] of hairs) drawHair(canvas, hair)
}

/** Short hairs along a hairline: how many of its pixels begin one, how long they are, rig pixels, and how they stand. */
const BABY: Readonly<Record<Cut, { chance: number; least: number; more: number; spread: number }>> = {
  curly: { chance: 0.2, least: 6, more: 14, spread: 2.4 },
  cropped: { chance: 0.13, least: 8, more: 24, spread: 0.9 },
  long: { chance: 0.13, least: 8, more: 26, spread: 0.8 },
}

/**
 * Adds short hairs from the hairline over the skin.
 *
 * @param flow which way the hair runs. @param distance of each rig pixel of the first `end` rows into the hair from bare skin.
 * @param lowestAt rig row below which there is no hairline, by column.
 */
export function addBabyHairs(
  canvas: Canvas,
  flow: Flow,
  distance: Float32Array,
  cut: Cut,
  lowestAt: (x: number) => number,
  end: number,
): void {
  const { width, rgba } = canvas
  const { chance, least, more, spread } = BABY[cut]
  const hairs: Hair[] = []
  for (let y = 4; y < end - 4; y++) {
    for (let x = 4; x < width - 4; x++) {
      const i = y * width + x
      const into = distance[i]!
      const room = lowestAt(x) - 12 - y
      if (into < 4 || into > 16 || room < 0 || rgba[i * 4 + 3]! < 70 || hash(x, y, 1, 61) > chance) continue
      const gx = distance[i - 2]! - distance[i + 2]!
      const gy = distance[i - 2 * width]! - distance[i + 2 * width]!
      const steep = Math.hypot(gx, gy)
      if (steep < 1) continue
      const [r1, r2, r3] = [2, 3, 4].map((k) => hash(x, y, k, 61)) as [number, number, number]
      const bend = (r2 - 0.5) * 0.07
      // They leave the hair as it runs, a little more outwards.
      const [ox, oy] = [gx / steep, gy / steep]
      const [fx, fy] = [flow[i * 2]! / 127, flow[i * 2 + 1]! / 127]
      const way = fx * ox + fy * (oy + 0.5) < 0 ? -1 : 1
      hairs.push({
        x,
        y,
        angle: Math.atan2(0.45 * oy + way * fy, 0.45 * ox + way * fx) + (r1 - 0.5) * spread,
        bend: [bend, bend * 1.6],
        length: Math.min(least + more * r3 ** 2, 14 + room),
        alpha: 0.16 + 0.26 * r2,
        shade: 0.95,
      })
    }
  }
  for (const hair of hairs) drawHair(canvas, hair)
}

/**
 * Lets cropped hair run out before the ears in sideburns.
 *
 * @param beside true for columns beside the eyes. @param eyeY rig row of the eyes. @param lowest rig row where sideburns end.
 */
export function addSideburns(
  canvas: Canvas,
  beside: (x: number) => boolean,
  eyeY: number,
  lowest: number,
  skinAt: (pixel: number) => boolean,
): void {
  const { width, rgba } = canvas
  const hairs: Hair[] = []
  for (let y = Math.round(eyeY - 50); y < lowest; y++) {
    for (let x = RIM; x < width - RIM; x++) {
      if (!beside(x)) continue
      const i = y * width + x
      const below = i + 16 * width
      if (rgba[i * 4 + 3]! < 110 || rgba[below * 4 + 3]! > 60 || !skinAt(below)) continue
      const [r0, r1, r2, r3] = [1, 2, 3, 4].map((k) => hash(x, y, k, 62)) as [number, number, number, number]
      if (r0 > 0.3) continue
      hairs.push({
        x,
        y,
        angle: Math.PI / 2 + (r1 - 0.5) * 0.5,
        bend: [0, (r2 - 0.5) * 0.02],
        length: Math.min(14 + 52 * r3, lowest - y + 10),
        alpha: 0.25 + 0.25 * r2,
        shade: 0.95,
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
