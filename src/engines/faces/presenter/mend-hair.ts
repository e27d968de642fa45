// A picture of hair without the faults of its mesh: gaps at the rims of sheets, and strands that turn away there.
import { type Canvas, filledRows } from './canvas.ts'
import { boxBlur } from './filters.ts'
import { smoothstep } from './noise.ts'
import type { Flow } from './strand-grain.ts'

/** Radius within which hair on all sides closes a gap, rig pixels, and shares of cover between which it does. */
const GAP = 12
const CLOSES = [0.72, 0.82] as const
/** Alpha codes from which hair lends its colour to a gap: others are gaps. */
const LENDS = 220

/** Closes narrow gaps in hair, at the rims of sheets and in holes of their pictures: behind hair is hair. */
export function closeGaps(canvas: Canvas): void {
  const { rgba, width, height } = canvas
  const { top, bottom } = filledRows(canvas)
  if (bottom <= top) return
  const cover = new Float32Array((bottom - top) * width)
  for (let i = 0; i < cover.length; i++) cover[i] = rgba[(top * width + i) * 4 + 3]! / 255
  boxBlur(cover, width, bottom - top, GAP, cover)
  for (let y = Math.max(top, GAP); y < Math.min(bottom, height - GAP); y++) {
    for (let x = GAP; x < width - GAP; x++) {
      const at = (y * width + x) * 4
      const near = cover[(y - top) * width + x]!
      const old = rgba[at + 3]!
      if (near < CLOSES[0] || old >= LENDS) continue
      let [red, green, blue, sum] = [0, 0, 0, 0]
      for (const step of [-4, 4, -4 * width, 4 * width]) {
        let far = 1
        while (far <= GAP && rgba[at + far * step + 3]! < LENDS) far++
        if (far > GAP) continue
        const from = at + far * step
        red += rgba[from]! / far
        green += rgba[from + 1]! / far
        blue += rgba[from + 2]! / far
        sum += 1 / far
      }
      if (sum === 0) continue
      const lent = (1 - old / 255) / sum
      rgba[at] = (rgba[at]! * old) / 255 + red * lent
      rgba[at + 1] = (rgba[at + 1]! * old) / 255 + green * lent
      rgba[at + 2] = (rgba[at + 2]! * old) / 255 + blue * lent
      rgba[at + 3] = Math.max(old, 255 * smoothstep(...CLOSES, near))
    }
  }
}

/** Radius over which directions are evened, rig pixels: wider than the rim of a sheet, where its mesh turns away. */
const EVEN_FLOW = 6

/** Evens the directions of hair, so that strands run on from one sheet of its mesh to the next. */
export function evenFlow(canvas: Canvas, flow: Flow): void {
  const { width, height } = canvas
  const { top, bottom } = filledRows(canvas)
  const rows = Math.min(height, bottom) - top
  if (rows <= 0) return
  const [across, down] = [0, 1].map((c) => {
    const plane = new Float32Array(rows * width)
    for (let i = 0; i < plane.length; i++) plane[i] = flow[(top * width + i) * 2 + c]!
    return boxBlur(plane, width, rows, EVEN_FLOW, plane)
  }) as [Float32Array, Float32Array]
  for (let i = 0; i < across.length; i++) {
    const at = (top * width + i) * 2
    const length = Math.sqrt(across[i]! * across[i]! + down[i]! * down[i]!)
    // Where directions cancel each other out, each stays as it is.
    if (length < 20 || (flow[at] === 0 && flow[at + 1] === 0)) continue
    flow[at] = (127 * across[i]!) / length
    flow[at + 1] = (127 * down[i]!) / length
  }
}
