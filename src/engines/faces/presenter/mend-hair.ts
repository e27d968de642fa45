// A picture of hair without the faults of its mesh: gaps at the rims of sheets, and strands that turn away there.
import { type Canvas, filledRows } from './canvas.ts'
import { boxBlur } from './filters.ts'
import { smoothstep } from './noise.ts'
import type { Flow } from './strand-grain.ts'

/** Mending looks at every second pixel of every second row. */
const SPARSE = 2

/** Radius within which hair on all sides closes a gap, rig pixels, and shares of cover between which it does. */
const GAP = 12
const CLOSES = [0.72, 0.82] as const
/** Alpha codes from which hair lends its colour to a gap: others are gaps. */
const LENDS = 220

/** Closes narrow gaps in hair, at the rims of sheets and in holes of their pictures: behind hair is hair. */
export function closeGaps(canvas: Canvas): void {
  const { rgba, width, height } = canvas
  const grid = openGrid(canvas)
  const cover = sparse(grid, (pixel) => rgba[pixel * 4 + 3]! / 255)
  boxBlur(cover, grid.columns, grid.rows, GAP / SPARSE, cover)
  for (let j = 0; j < cover.length; j++) {
    const near = cover[j]!
    if (near < CLOSES[0]) continue
    const x = (j % grid.columns) * SPARSE
    const y = grid.top + Math.floor(j / grid.columns) * SPARSE
    if (x < GAP || y < GAP || x >= width - GAP - SPARSE || y >= height - GAP - SPARSE) continue
    for (let k = 0; k < SPARSE * SPARSE; k++) {
      const at = ((y + (k >> 1)) * width + x + (k & 1)) * 4
      if (rgba[at + 3]! < LENDS) closeGap(canvas, at, near)
    }
  }
}

/** Lends the colours of the nearest hair on all four sides to the pixel whose channels begin `at`. */
function closeGap({ rgba, width }: Canvas, at: number, near: number): void {
  const old = rgba[at + 3]!
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
  if (sum === 0) return
  const lent = (1 - old / 255) / sum
  rgba[at] = (rgba[at]! * old) / 255 + red * lent
  rgba[at + 1] = (rgba[at + 1]! * old) / 255 + green * lent
  rgba[at + 2] = (rgba[at + 2]! * old) / 255 + blue * lent
  rgba[at + 3] = Math.max(old, 255 * smoothstep(...CLOSES, near))
}

/** Radius over which directions are evened, rig pixels: wider than the rim of a sheet, where its mesh turns away. */
const EVEN_FLOW = 6

/** Evens the directions of hair, so that strands run on from one sheet of its mesh to the next. */
export function evenFlow(canvas: Canvas, flow: Flow): void {
  const { width } = canvas
  const grid = openGrid(canvas)
  const across = sparse(grid, (pixel) => flow[pixel * 2]!)
  const down = sparse(grid, (pixel) => flow[pixel * 2 + 1]!)
  for (const plane of [across, down]) boxBlur(plane, grid.columns, grid.rows, EVEN_FLOW / SPARSE, plane)
  for (let j = 0; j < across.length; j++) {
    const [x, y] = [across[j]!, down[j]!]
    const length = Math.sqrt(x * x + y * y)
    // Where directions cancel each other out, each stays as it is.
    if (length < 20) continue
    const first = (grid.top + Math.floor(j / grid.columns) * SPARSE) * width + (j % grid.columns) * SPARSE
    for (let k = 0; k < SPARSE * SPARSE; k++) {
      const at = (first + (k >> 1) * width + (k & 1)) * 2
      if (flow[at] === 0 && flow[at + 1] === 0) continue
      flow[at] = (127 * x) / length
      flow[at + 1] = (127 * y) / length
    }
  }
}

/** Every second pixel of the rows that show hair. */
type Grid = { readonly top: number; readonly columns: number; readonly rows: number; readonly width: number }

function openGrid(canvas: Canvas): Grid {
  const { top, bottom } = filledRows(canvas)
  const rows = Math.max(0, Math.floor((Math.min(canvas.height, bottom) - top) / SPARSE))
  return { top, rows, columns: Math.floor(canvas.width / SPARSE), width: canvas.width }
}

function sparse({ top, columns, rows, width }: Grid, valueAt: (pixel: number) => number): Float32Array {
  const out = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const first = (top + row * SPARSE) * width
    for (let column = 0; column < columns; column++) {
      out[row * columns + column] = valueAt(first + column * SPARSE)
    }
  }
  return out
}
