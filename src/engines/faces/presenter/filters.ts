// Filters over whole textures: blurs, spreading colours past the rims, heights of pores.
import { hash } from './noise.ts'

/** How far the blurs of {@link poreHeights} reach, texels. */
const PORE_REACH = 6

/** Some rows, the last not counted, of a height map of pores and fine unevenness: about -1 to 1 a texel. */
export function poreHeights(width: number, rows: { top: number; bottom: number }, seed: number): Float32Array {
  const top = rows.top - PORE_REACH
  const height = rows.bottom + PORE_REACH - top
  const fine = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) fine[y * width + x] = hash(x, top + y, 3, seed) - 0.5
  }
  const soft = boxBlur(fine, width, height, 1)
  const broad = boxBlur(fine, width, height, 3, fine)
  boxBlur(broad, width, height, 3, broad)
  for (let i = 0; i < fine.length; i++) {
    const pore = Math.min(0, soft[i]! + 0.12) * 4
    fine[i] = pore + broad[i]! * 3 + soft[i]! * 1.1
  }
  return fine.subarray(PORE_REACH * width, (height - PORE_REACH) * width)
}

/** Rows as they are after the first of {@link boxBlur}'s two passes: kept, since opening so much memory takes as long as using it. */
let passRows = new Float32Array(0)

/**
 * Mean over (2r+1) squared pixels; beyond the rim lie zeros.
 * @param out where it goes: `values` themselves may be overwritten.
 */
export function boxBlur(
  values: Float32Array,
  width: number,
  height: number,
  radius: number,
  out: Float32Array = new Float32Array(values.length),
): Float32Array {
  if (passRows.length < values.length) passRows = new Float32Array(values.length)
  blurRows(values, passRows, width, height, radius)
  blurColumns(passRows, out, width, height, radius)
  return out
}

function blurRows(values: Float32Array, out: Float32Array, width: number, height: number, radius: number): void {
  const size = 2 * radius + 1
  const inner = Math.max(0, Math.min(width, width - radius))
  for (let row = 0; row < width * height; row += width) {
    let sum = 0
    for (let x = 0; x < Math.min(radius, width); x++) sum += values[row + x]!
    let x = 0
    for (const end = Math.min(radius + 1, inner); x < end; x++) {
      sum += values[row + x + radius]!
      out[row + x] = sum / size
    }
    for (; x < inner; x++) {
      sum += values[row + x + radius]!
      sum -= values[row + x - radius - 1]!
      out[row + x] = sum / size
    }
    for (; x < width; x++) {
      if (x > radius) sum -= values[row + x - radius - 1]!
      out[row + x] = sum / size
    }
  }
}

/** Down the columns all at once: a running sum for each. */
function blurColumns(values: Float32Array, out: Float32Array, width: number, height: number, radius: number): void {
  const size = 2 * radius + 1
  const sums = new Float64Array(width)
  for (let y = -radius; y < height; y++) {
    const enters = (y + radius) * width
    const leaves = (y - radius - 1) * width
    const to = y * width
    const isIn = y + radius < height
    if (y < 0) {
      if (isIn) for (let x = 0; x < width; x++) sums[x]! += values[enters + x]!
    } else if (isIn && leaves >= 0) {
      for (let x = 0; x < width; x++) {
        const sum = sums[x]! + values[enters + x]! - values[leaves + x]!
        sums[x] = sum
        out[to + x] = sum / size
      }
    } else {
      if (isIn) for (let x = 0; x < width; x++) sums[x]! += values[enters + x]!
      if (leaves >= 0) for (let x = 0; x < width; x++) sums[x]! -= values[leaves + x]!
      for (let x = 0; x < width; x++) out[to + x] = sums[x]! / size
    }
  }
}

/**
 * Lets colours run over a rim, a ring of pixels a pass: each takes the mean of its neighbours known before.
 *
 * @param values `stride` values a pixel, of which the first three are the colour.
 * @param known 1 where a colour is known, 0 elsewhere; filled pixels become known too.
 */
export function spreadColours(
  values: Float32Array | Uint8ClampedArray,
  stride: number,
  known: Uint8Array,
  width: number,
  passes: number,
): void {
  const height = known.length / width
  const steps = [-1, 1, -width, width]
  let rim: number[] = []
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      if (known[i] || !(known[i - 1] || known[i + 1] || known[i - width] || known[i + width])) continue
      rim.push(i)
    }
  }
  for (const i of rim) known[i] = NEXT
  for (let pass = 2; rim.length > 0 && pass < passes + 2; pass++) {
    const next: number[] = []
    for (const i of rim) {
      let n = 0
      let r = 0
      let g = 0
      let b = 0
      for (let k = 0; k < 4; k++) {
        const j = i + steps[k]!
        const when = known[j]!
        if (when === 0) {
          const x = j % width
          if (j < width || j >= known.length - width || x === 0 || x === width - 1) continue
          known[j] = NEXT
          next.push(j)
        }
        // What this pass fills is a source for the next ones only.
        if (when === 0 || when >= pass) continue
        n++
        r += values[j * stride]!
        g += values[j * stride + 1]!
        b += values[j * stride + 2]!
      }
      values[i * stride] = r / n
      values[i * stride + 1] = g / n
      values[i * stride + 2] = b / n
      known[i] = pass
    }
    rim = next
  }
  for (const i of rim) known[i] = 0
}

/** In {@link spreadColours}: a pixel whose turn comes next. */
const NEXT = 255
