// Spreads known colours smoothly over the unknown parts of a picture: a pyramid of means, smoothed at every level.

type Level = {
  readonly width: number
  readonly height: number
  /** 3 a pixel, 0-255. */
  readonly colour: Float32Array
  /** 1 a pixel, 0-1: how much of it is known. */
  readonly known: Float32Array
}

/** Passes of smoothing at each level; coarse levels are small, so they carry colour far for little work. */
const PASSES = 6

/**
 * Fills what is unknown from what is known around it; what is known stays as it is.
 * @param rgb 3 a pixel.
 * @param known 1 a pixel: 255 is known, 0 is to be filled, between them both are mixed.
 */
export function spreadColour(rgb: Uint8Array, known: Uint8Array, width: number, height: number): Uint8Array {
  const levels = [finest(rgb, known, width, height)]
  for (let last = levels[0]!; Math.max(last.width, last.height) > 2; ) {
    last = coarser(last)
    levels.push(last)
  }
  for (let i = levels.length - 2; i >= 0; i--) fillFrom(levels[i]!, levels[i + 1]!)
  const out = new Uint8Array(rgb.length)
  const { colour } = levels[0]!
  for (let i = 0; i < out.length; i++) out[i] = colour[i]! + 0.5
  return out
}

function finest(rgb: Uint8Array, mask: Uint8Array, width: number, height: number): Level {
  const known = new Float32Array(mask.length)
  for (let i = 0; i < known.length; i++) known[i] = mask[i]! / 255
  return { width, height, colour: new Float32Array(rgb), known }
}

/** Half the size: each pixel is the mean of up to four, by how much is known of each. */
function coarser({ width, height, colour, known }: Level): Level {
  const w = (width + 1) >> 1
  const h = (height + 1) >> 1
  const out: Level = { width: w, height: h, colour: new Float32Array(w * h * 3), known: new Float32Array(w * h) }
  for (let row = 0; row < h; row++) {
    for (let column = 0; column < w; column++) {
      let [r, g, b, sum] = [0, 0, 0, 0]
      for (let y = row * 2; y < Math.min(height, row * 2 + 2); y++) {
        for (let x = column * 2; x < Math.min(width, column * 2 + 2); x++) {
          const from = y * width + x
          const weight = known[from]!
          r += colour[from * 3]! * weight
          g += colour[from * 3 + 1]! * weight
          b += colour[from * 3 + 2]! * weight
          sum += weight
        }
      }
      if (sum === 0) continue
      const to = row * w + column
      out.colour[to * 3] = r / sum
      out.colour[to * 3 + 1] = g / sum
      out.colour[to * 3 + 2] = b / sum
      // A little that is known fills a coarse pixel, or far colours would drown the near ones.
      out.known[to] = Math.min(1, sum)
    }
  }
  return out
}

/** Takes the unknown share of each pixel from the next coarser level and smooths it there. */
function fillFrom(level: Level, coarse: Level): void {
  const { width, height, colour, known } = level
  const { width: columns, height: rows, colour: far } = coarse
  const open = new Uint32Array(width * height)
  let count = 0
  for (let y = 0; y < height; y++) {
    const sy = Math.min(rows - 1, Math.max(0, (y + 0.5) / 2 - 0.5))
    const top = Math.floor(sy)
    const fy = sy - top
    const upper = top * columns
    const lower = Math.min(rows - 1, top + 1) * columns
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const weight = known[at]!
      if (weight >= 1) continue
      const sx = Math.min(columns - 1, Math.max(0, (x + 0.5) / 2 - 0.5))
      const left = Math.floor(sx)
      const right = Math.min(columns - 1, left + 1)
      const fx = sx - left
      for (let c = 0; c < 3; c++) {
        const above = far[(upper + left) * 3 + c]! * (1 - fx) + far[(upper + right) * 3 + c]! * fx
        const below = far[(lower + left) * 3 + c]! * (1 - fx) + far[(lower + right) * 3 + c]! * fx
        colour[at * 3 + c] = colour[at * 3 + c]! * weight + (above * (1 - fy) + below * fy) * (1 - weight)
      }
      if (weight === 0) open[count++] = at
    }
  }
  for (let pass = 0; pass < PASSES; pass++) smooth(level, open.subarray(0, count))
}

/** One pass over the pixels of which nothing is known: each becomes the mean of its neighbours. */
function smooth({ width, height, colour }: Level, open: Uint32Array): void {
  for (let k = 0; k < open.length; k++) {
    const at = open[k]!
    const x = at % width
    const i = at * 3
    const left = x > 0 ? i - 3 : i
    const right = x < width - 1 ? i + 3 : i
    const up = at >= width ? i - width * 3 : i
    const down = at < width * (height - 1) ? i + width * 3 : i
    colour[i] = (colour[left]! + colour[right]! + colour[up]! + colour[down]!) / 4
    colour[i + 1] = (colour[left + 1]! + colour[right + 1]! + colour[up + 1]! + colour[down + 1]!) / 4
    colour[i + 2] = (colour[left + 2]! + colour[right + 2]! + colour[up + 2]! + colour[down + 2]!) / 4
  }
}
