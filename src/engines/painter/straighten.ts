// From premultiplied colour and coverage to what encoders of transparent video take: straight colour, and no dark edges.

/** One plane of colour and its coverage, of the same size. */
type Layer = {
  readonly plane: Uint8Array
  readonly coverage: Uint8Array
  readonly width: number
  readonly height: number
}

/** Blocks in which the colour of what is seen runs on under what is not: larger than a codec's smallest transform. */
const BLOCK = 16

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
  for (let top = rows.top; top < rows.end; top += BLOCK) {
    const bottom = Math.min(rows.end, top + BLOCK)
    for (let left = 0; left < width; left += BLOCK) {
      straightenBlock(plane, coverage, out, width, left, Math.min(width, left + BLOCK), top, bottom, empty)
    }
  }
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
  const count = (right - left) * (bottom - top)
  const isWhole = covered === count * 255
  const mean = covered === 0 ? empty : Math.min(255, Math.round((sum * 255) / covered))
  for (let y = top; y < bottom; y++) {
    const [from, to] = [y * width + left, y * width + right]
    if (isWhole) {
      if (out !== plane) out.set(plane.subarray(from, to), from)
    } else if (covered === 0) out.fill(empty, from, to)
    else {
      for (let at = from; at < to; at++) {
        const share = coverage[at]!
        out[at] = share === 0 ? mean : Math.min(255, Math.round((plane[at]! * 255) / share))
      }
    }
  }
}
