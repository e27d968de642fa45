// Strands as fine as the picture's pixels: light and dark, warm and grey ones, drawn along the hair's own flow.
import { type Canvas, filledRows } from './canvas.ts'
import { SILVER } from './fibres.ts'
import { develop } from './light.ts'
import { hash, noise3, smoothstep } from './noise.ts'
import { type Turns, takeTurns } from './turns.ts'

/** Rows that are drawn in one piece. */
const PIECE = 50

/** Rig pixels that a strand runs each way through one pixel. */
const REACH = 13
const CURL_REACH = 5
/** Rig pixels each way over which a strand's light is evened, from REACH on in steps of so many. */
const EVEN_REACH = 45
const EVEN_STEP = 5
/** How much of what light changes along a strand goes: brighter, where a sheet of the mesh ends in a dark line; darker. */
const RAISE = 0.95
const LOWER = 0.45
/** How much strands differ in brightness. */
const SHARE = 0.17
const CURL_SHARE = 0.42

/** Which way hair runs at each rig pixel: x, y as -127 to 127; 0, 0 where there is none. */
export type Flow = Int8Array

/** Brightness of each pixel as it is now, 0 where no hair covers it, in shared memory: what {@link addStrandGrain} evens. */
export function brightnessOf(canvas: Canvas): Uint8Array {
  const { rgba, width, height } = canvas
  const out = new Uint8Array(new SharedArrayBuffer(width * height))
  const { top, bottom } = filledRows(canvas)
  for (let i = top * width; i < bottom * width; i++) {
    if (rgba[i * 4 + 3]! < 140) continue
    out[i] = Math.max(1, (rgba[i * 4]! + 2 * rgba[i * 4 + 1]! + rgba[i * 4 + 2]!) >> 2)
  }
  return out
}

/**
 * Evens the light along each strand, so that no sheet of the mesh shows its edge, and draws strands into a picture of hair by line integral convolution (Cabral and Leedom, 1993) of noise along its flow, in
 * those of its rows that fall to this thread.
 *
 * @param brightness before any strand is drawn. @param grey share of strands without pigment, 0-1.
 */
export function addStrandGrain(
  { rgba, width, height }: Canvas,
  flow: Flow,
  brightness: Uint8Array,
  curly: boolean,
  grey: number,
  turns: Turns,
): void {
  const silver = SILVER.map((c) => develop(c * 0.8))
  const reach = curly ? CURL_REACH : REACH
  const share = curly ? CURL_SHARE : SHARE
  const swirl = (x: number, y: number): [number, number] => {
    const angle = 7 * noise3(x * 0.11, y * 0.11, 0, 33)
    return [Math.cos(angle), Math.sin(angle)]
  }
  // A mean of so many evenly spread values has this spread.
  const scale = Math.sqrt(2 * reach + 1) / 0.289 / 1.3
  const drawRow = (y: number) => {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      if (rgba[i * 4 + 3]! < 8 || (flow[i * 2] === 0 && flow[i * 2 + 1] === 0)) continue
      let sum = hash(x, y, 3, 70) - 0.5
      const own = curly ? 0 : brightness[i]!
      let along = own
      let count = 1
      const [sx, sy] = curly ? swirl(x, y) : [flow[i * 2]! / 127, flow[i * 2 + 1]! / 127]
      for (let way = -1; way <= 1; way += 2) {
        let px = x + 0.5
        let py = y + 0.5
        let dx = sx * way
        let dy = sy * way
        const end = own > 0 ? EVEN_REACH : reach
        for (let k = 0; k < end; k += k < reach ? 1 : EVEN_STEP) {
          const step = k < reach ? 1 : EVEN_STEP
          px += dx * step
          py += dy * step
          const cx = px | 0
          const cy = py | 0
          if (cx < 0 || cy < 0 || cx >= width || cy >= height) break
          if (k < reach) sum += hash(cx, cy, 3, 70) - 0.5
          if (curly) continue
          if (own > 0) {
            const there = brightness[cy * width + cx]!
            if (there > 0) {
              along += there * step
              count += step
            } else if (k >= reach) break
          }
          const fx = flow[(cy * width + cx) * 2]! / 127
          const fy = flow[(cy * width + cx) * 2 + 1]! / 127
          if (fx === 0 && fy === 0) continue
          const same = dx * fx + dy * fy < 0 ? -1 : 1
          dx = fx * same
          dy = fy * same
        }
      }
      const s = Math.max(-2, Math.min(2, (sum / (2 * reach + 1)) * scale))
      const change = own > 0 ? Math.min(3, Math.max(-0.5, along / count / own - 1)) : 0
      const even = 1 + (change > 0 ? RAISE : LOWER) * change
      const light = (1 + share * s) * even
      // Some grey is in every lock; the rest stands in single hairs.
      const mixed = 0.4 * grey
      const single = grey > 0 ? 0.85 * smoothstep(1 - grey - 0.3, 1 - grey + 0.2, 0.5 + 0.3 * s) : 0
      const white = mixed + (1 - mixed) * single
      const level = white > 0 ? Math.min(1.25, Math.max(0.3, 0.4 + (rgba[i * 4 + 1]! * even) / 115)) : 0
      for (let c = 0; c < 3; c++) {
        const at = i * 4 + c
        const warm = 1 + (c === 0 ? 0.03 : c === 2 ? -0.03 : 0) * s
        rgba[at] = rgba[at]! * light * warm * (1 - white) + silver[c]! * level * (0.9 + 0.1 * s) * white
      }
    }
  }
  for (const piece of takeTurns(turns, Math.ceil(height / PIECE))) {
    const last = Math.min(height - 1, (piece + 1) * PIECE)
    for (let y = Math.max(1, piece * PIECE); y < last; y++) drawRow(y)
  }
}
