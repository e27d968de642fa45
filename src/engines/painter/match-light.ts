// Brings a mouth's picture into the light that falls on the filmed skin round it: planes fitted to what both show.
import type { FilmedMouth } from '../../core/footage.ts'

/** What makes a picture's sample at a place of the frame look as the film does: sample x gain + lift. */
export type Light = (plane: 0 | 1 | 2, x: number, y: number) => readonly [gain: number, lift: number]

/** Gains and shifts of colour stay within these: more is no light but something in front of the face. */
const LEAST_GAIN = 0.5
const MOST_GAIN = 1.8
const MOST_SHIFT = 24
/** Black in BT.709's limited range. */
const BLACK = 16
/** Points that differ from the fit by more than so many times the usual are left out. */
const OUTLIER = 2.5

/**
 * Compares film and picture at the ring's points.
 * @param planes the film, the skin where the new mouth puts it. @param points of the skin's vertices in the frame.
 */
export function matchLight(
  planes: readonly Uint8Array[],
  width: number,
  height: number,
  points: Float32Array,
  { ring, ringColours }: FilmedMouth,
): Light {
  const samples = [...ring].flatMap((vertex, i) => {
    const [x, y] = [points[vertex * 2]!, points[vertex * 2 + 1]!]
    if (x < 4 || y < 4 || x >= width - 4 || y >= height - 4) return []
    const half = width / 2
    const luma = meanAt(planes[0]!, width, x, y, 2)
    const own = ringColours[i * 3]! - BLACK
    if (own < 8) return []
    return [
      {
        x,
        y,
        gain: (luma - BLACK) / own,
        u: meanAt(planes[1]!, half, x / 2, y / 2, 1) - ringColours[i * 3 + 1]!,
        v: meanAt(planes[2]!, half, x / 2, y / 2, 1) - ringColours[i * 3 + 2]!,
      },
    ]
  })
  const middle = { x: meanOf(samples.map(({ x }) => x)), y: meanOf(samples.map(({ y }) => y)) }
  const plane = (value: (sample: (typeof samples)[number]) => number, none: number) =>
    fitPlane(
      samples.map((sample) => [sample.x - middle.x, sample.y - middle.y, value(sample)] as const),
      none,
    )
  const gain = plane((sample) => sample.gain, 1)
  const u = plane((sample) => sample.u, 0)
  const v = plane((sample) => sample.v, 0)
  return (which, x, y) => {
    const [dx, dy] = [x - middle.x, y - middle.y]
    if (which === 0) {
      const k = Math.max(LEAST_GAIN, Math.min(MOST_GAIN, gain(dx, dy)))
      return [k, BLACK * (1 - k)]
    }
    return [1, Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, (which === 1 ? u : v)(dx, dy)))]
  }
}

/** A plane over places, by least squares; those far from it are left out and it is fitted again. */
function fitPlane(
  samples: readonly (readonly [x: number, y: number, value: number])[],
  none: number,
): (x: number, y: number) => number {
  let kept = samples
  let [a, b, c] = [none, 0, 0]
  for (let round = 0; round < 3 && kept.length >= 6; round++) {
    a = meanOf(kept.map(([, , value]) => value))
    const [mx, my] = [meanOf(kept.map(([x]) => x)), meanOf(kept.map(([, y]) => y))]
    let [xx, xy, yy, xv, yv] = [1e-6, 0, 1e-6, 0, 0]
    for (const [x, y, value] of kept) {
      xx += (x - mx) ** 2
      xy += (x - mx) * (y - my)
      yy += (y - my) ** 2
      xv += (x - mx) * (value - a)
      yv += (y - my) * (value - a)
    }
    const size = xx * yy - xy * xy
    b = (xv * yy - yv * xy) / size
    c = (yv * xx - xv * xy) / size
    a -= b * mx + c * my
    const errors = kept.map(([x, y, value]) => Math.abs(value - a - b * x - c * y))
    const usual = errors.toSorted((p, q) => p - q)[Math.floor(errors.length / 2)]!
    kept = kept.filter((_, i) => errors[i]! <= OUTLIER * usual + 1e-6)
  }
  return (x, y) => a + b * x + c * y
}

function meanAt(plane: Uint8Array, stride: number, x: number, y: number, reach: number): number {
  let sum = 0
  for (let row = Math.floor(y) - reach; row <= Math.floor(y) + reach; row++) {
    for (let column = Math.floor(x) - reach; column <= Math.floor(x) + reach; column++)
      sum += plane[row * stride + column]!
  }
  return sum / (2 * reach + 1) ** 2
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
