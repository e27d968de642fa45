// From premultiplied colour and coverage to what encoders of transparent video take: straight colour, and no dark edges.

/** One plane of colour and its coverage, of the same size. */
type Layer = {
  readonly plane: Uint8Array
  readonly coverage: Uint8Array
  readonly width: number
  readonly height: number
}

/** Blocks in which the colour of what is seen runs on under what is not: larger than a codec's smallest transform. */
export const STRAIGHT_BLOCK = 16

/**
 * Divides a plane by its coverage. Where nothing covers, it takes the mean of what its block of 16 x 16 shows, so that
 * neither scaling nor lossy coding draws another colour in over an edge; blocks that show nothing become `empty`.
 * @param rows which to work on, multiples of 16 or the end. @param out may be the plane itself.
 */
export function straighten(
  { plane, coverage, width, height }: Layer,
  out: Uint8Array,
  empty: number,
  rows: { readonly top: number; readonly end: number } = { top: 0, end: height },
): void {
  if (out !== plane) out.set(plane.subarray(rows.top * width, rows.end * width), rows.top * width)
  const words = inWords(coverage, width)
  for (let top = rows.top; top < rows.end; top += STRAIGHT_BLOCK) {
    const bottom = Math.min(rows.end, top + STRAIGHT_BLOCK)
    for (let left = 0; left < width; left += STRAIGHT_BLOCK) {
      const right = Math.min(width, left + STRAIGHT_BLOCK)
      const even = words ? evenCoverage(words, width, left, right, top, bottom) : null
      // What is covered whole was copied.
      if (even === 255) continue
      if (even === 0) for (let y = top; y < bottom; y++) out.fill(empty, y * width + left, y * width + right)
      else straightenBlock(plane, coverage, out, width, left, right, top, bottom, empty)
    }
  }
}

/** Four samples at a time, where rows and memory allow it. */
function inWords(coverage: Uint8Array, width: number): Uint32Array | null {
  if (width % 4 || coverage.byteOffset % 4 || coverage.length % 4) return null
  return new Uint32Array(coverage.buffer, coverage.byteOffset, coverage.length / 4)
}

/** The coverage of a block that is covered whole or not at all; null where it is neither. */
function evenCoverage(
  words: Uint32Array,
  width: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
): 0 | 255 | null {
  const first = words[(top * width + left) >> 2]!
  if (first !== 0 && first !== 0xffffffff) return null
  for (let y = top; y < bottom; y++) {
    const to = (y * width + right) >> 2
    for (let at = (y * width + left) >> 2; at < to; at++) if (words[at] !== first) return null
  }
  return first === 0 ? 0 : 255
}

function straightenBlock(
  plane: Uint8Array,
  coverage: Uint8Array,
  out: Uint8Array,
  width: number,
  left: number,
  right: number,
  top: number,
  bottom: number,
  empty: number,
): void {
  let [sum, covered] = [0, 0]
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      sum += plane[at]!
      covered += coverage[at]!
    }
  }
  const mean = covered === 0 ? empty : Math.min(255, Math.round((sum * 255) / covered))
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const share = coverage[at]!
      if (share !== 255) out[at] = share === 0 ? mean : Math.min(255, Math.round((plane[at]! * 255) / share))
    }
  }
}
