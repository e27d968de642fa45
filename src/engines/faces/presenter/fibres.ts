// A hair picture made even: one colour from root to tip, painted-in shine taken out, and which way its strands lie.
import { boxBlur } from './filters.ts'
import type { Picture } from './picture.ts'

/** A strand without pigment, linear light. */
export const SILVER = [0.5, 0.49, 0.48] as const

/** Hair as a colour names it is lit hair: its strands are darker by so much. */
const DEPTH = 0.62

/** The darkest strand, as a share of the brightness round it. */
const DARKEST = 0.62

/** A picture of hair with its strands' directions. */
export type Fibres = {
  readonly picture: Picture
  /** The colour of the whole head of hair, linear light. */
  readonly colour: readonly [number, number, number]
  /**
   * Direction of the strand at texture position u, v (v up) as texels right and down: its sign means nothing, its
   * length, 0-1, says how sure it is.
   */
  readonly direction: (u: number, v: number) => readonly [number, number]
}

/** Evens a hair picture out and reads its strands' directions off its structure tensor. */
export function readFibres(picture: Picture): Fibres {
  const { width, height, data } = picture
  const level = levels(picture)
  const directions = strandDirections(level, width, height)
  const colour = muted(meanColour(picture))
  const out = data.slice()
  for (let i = 0; i < level.length; i++) {
    // What is far darker than its surroundings is the picture's ground at the rim of a sheet, not a hair.
    const t = Math.min(2.2, Math.max(DARKEST, level[i]!))
    for (let c = 0; c < 3; c++) {
      const own = DEPTH * (0.93 * colour[c]! + 0.07 * data[i * 4 + c]!)
      // Deep shades are more saturated: light goes through more hair.
      out[i * 4 + c] = own * t * (t < 1 ? 1 - 0.3 * (1 - t) * (1 - own) : 1)
    }
  }
  return {
    picture: { ...picture, data: out },
    colour: [DEPTH * colour[0], DEPTH * colour[1], DEPTH * colour[2]],
    direction: (u, v) => {
      const x = Math.min(width - 1, Math.max(0, Math.floor((u - Math.floor(u)) * width)))
      const y = Math.min(height - 1, Math.max(0, Math.floor((1 - (v - Math.floor(v))) * height)))
      const at = (y * width + x) * 2
      return [directions[at]!, directions[at + 1]!]
    },
  }
}

/** Brightness against that of the surroundings: painted-in shine, dark roots and red tips mostly go. 1 in the middle. */
function levels({ width, height, data }: Picture): Float32Array {
  const count = width * height
  const light = new Float32Array(count)
  const mask = new Float32Array(count)
  let [sum, n] = [0, 0]
  for (let i = 0; i < count; i++) {
    mask[i] = data[i * 4 + 3]!
    light[i] = mask[i]! * Math.sqrt(0.3 * data[i * 4]! + 0.6 * data[i * 4 + 1]! + 0.1 * data[i * 4 + 2]! + 0.0015)
    sum += light[i]!
    n += mask[i]!
  }
  const near = (values: Float32Array) => {
    const once = boxBlur(values, width, height, 9)
    return boxBlur(once, width, height, 9, once)
  }
  const around = near(light)
  const share = near(mask)
  const mean = sum / (n || 1)
  for (let i = 0; i < count; i++) {
    const own = light[i]! / (mask[i]! + 1e-4)
    const local = around[i]! / (share[i]! + 1e-4)
    light[i] = mask[i]! > 0.02 ? (own / (local + 1e-4)) * (local / mean) ** 0.35 : 1
  }
  return light
}

/** For each texel the direction along which brightness changes least. */
function strandDirections(level: Float32Array, width: number, height: number): Float32Array {
  const count = width * height
  const xx = new Float32Array(count)
  const yy = new Float32Array(count)
  const xy = new Float32Array(count)
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      const gx = level[i + 1]! - level[i - 1]!
      const gy = level[i + width]! - level[i - width]!
      xx[i] = gx * gx
      yy[i] = gy * gy
      xy[i] = gx * gy
    }
  }
  const [a, b, c] = [xx, yy, xy].map((plane) => {
    boxBlur(plane, width, height, 5, plane)
    return boxBlur(plane, width, height, 5, plane)
  })
  const out = new Float32Array(count * 2)
  for (let i = 0; i < count; i++) {
    const angle = 0.5 * Math.atan2(2 * c![i]!, a![i]! - b![i]!) + Math.PI / 2
    const sure = Math.hypot(a![i]! - b![i]!, 2 * c![i]!) / (a![i]! + b![i]! + 1e-6)
    out[i * 2] = sure * Math.cos(angle)
    out[i * 2 + 1] = sure * Math.sin(angle)
  }
  return out
}

/** Mean of the picture where it is opaque, linear light. */
function meanColour({ data }: Picture): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  let n = 0
  for (let i = 0; i < data.length; i += 64) {
    if (data[i + 3]! < 0.6) continue
    for (let c = 0; c < 3; c++) sum[c]! += data[i + c]!
    n++
  }
  return n ? [sum[0] / n, sum[1] / n, sum[2] / n] : [0.05, 0.04, 0.03]
}

/** Light that goes from strand to strand takes hue along: a named colour would come out gaudy. */
const MUTED = 0.16

function muted(colour: readonly [number, number, number]): [number, number, number] {
  const grey = 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2]
  return [0, 1, 2].map((c) => colour[c]! + MUTED * (grey - colour[c]!)) as [number, number, number]
}
