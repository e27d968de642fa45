// What is painted, cut out of whatever stands behind it: painted once before black and once before white, and compared.
import type { Overlay } from './lay-over.ts'

/** Views of y, u and v of a whole picture. */
type Planes = readonly [y: Uint8Array, u: Uint8Array, v: Uint8Array]

/**
 * Cuts out what `paint` paints into the rows from `top` on. As it blends, each sample is picture + below * (1 - alpha): the
 * two pictures differ by just what shines through.
 * @param planes of the picture that it paints into; they are overwritten. @param top an even row.
 * @returns premultiplied; null where nothing is painted.
 */
export function cutOut(
  planes: () => Planes,
  width: number,
  height: number,
  top: number,
  paint: () => void,
): Overlay | null {
  const paintedOver = (below: number) => {
    for (const [index, plane] of planes().entries()) {
      const side = index === 0 ? 1 : 2
      plane.fill(below, (top / side) * (width / side))
    }
    paint()
    return planes().map((plane, index) => {
      const side = index === 0 ? 1 : 2
      return plane.slice((top / side) * (width / side))
    })
  }
  const black = paintedOver(0)
  const white = paintedOver(255)
  const alphas = black.map((plane, index) => plane.map((value, at) => 255 - (white[index]![at]! - value)))
  const [a, ac] = [alphas[0]!, alphas[1]!]
  const [left, right] = columnsIn(a, ac, width)
  if (left >= right) return null
  const crop = (plane: Uint8Array, side: 1 | 2) => {
    const [stride, from, to] = [width / side, left / side, right / side]
    const rows = plane.length / stride
    const out = new Uint8Array((to - from) * rows)
    for (let row = 0; row < rows; row++) {
      out.set(plane.subarray(row * stride + from, row * stride + to), row * (to - from))
    }
    return out
  }
  const texture = {
    width: right - left,
    height: height - top,
    y: crop(black[0]!, 1),
    u: crop(black[1]!, 2),
    v: crop(black[2]!, 2),
    a: crop(a, 1),
    ac: crop(ac, 2),
  }
  return { texture, left, top }
}

/** The columns in which anything is seen: even, the second past the end. */
function columnsIn(a: Uint8Array, ac: Uint8Array, width: number): readonly [number, number] {
  let [left, right] = [width, 0]
  for (const [plane, side] of [
    [a, 1],
    [ac, 2],
  ] as const) {
    const stride = width / side
    for (let at = 0; at < plane.length; at++) {
      if (plane[at] === 0) continue
      const column = (at % stride) * side
      if (column < left) left = column
      if (column + side > right) right = column + side
    }
  }
  return [2 * Math.floor(left / 2), 2 * Math.ceil(right / 2)]
}
