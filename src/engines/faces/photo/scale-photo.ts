// Brings a photo to about one pixel a rig pixel: small faces are drawn finer, huge ones coarser.
import type { Photo } from './photo.ts'

/** No side of a picture that was made finer is longer than this. */
const MOST_PIXELS = 2304
/** Between these a photo stays as it is, in rig pixels a photo pixel. */
const FINE_ENOUGH = 1.25
const NOT_TOO_FINE = 0.62

/**
 * The photo in the size that its rig needs; its backdrop stays as it is.
 * @param scale rig pixels a photo pixel.
 */
export function scalePhoto(photo: Photo, scale: number): Photo {
  const longest = Math.max(photo.width, photo.height)
  const wanted = scale > FINE_ENOUGH ? Math.min(scale, MOST_PIXELS / longest) : scale < NOT_TOO_FINE ? scale / 0.8 : 1
  if (Math.abs(wanted - 1) < 0.1) return photo
  const width = 2 * Math.round((photo.width * wanted) / 2)
  const height = 2 * Math.round((photo.height * wanted) / 2)
  const [kx, ky] = [width / photo.width, height / photo.height]
  const resize = (plane: Uint8Array, channels: number) =>
    turn(turn(plane, photo.width, photo.height, channels, width), photo.height, width, channels, height)
  return {
    ...photo,
    width,
    height,
    rgb: resize(photo.rgb, 3),
    matte: resize(photo.matte, 1),
    landmarks: photo.landmarks.map((value, i) => value * (i % 3 === 1 ? ky : kx)),
  }
}

/** Resizes rows to `to` pixels and swaps rows with columns: twice, and a picture is upright again. */
function turn(from: Uint8Array, width: number, height: number, channels: number, to: number): Uint8Array {
  const out = new Uint8Array(to * height * channels)
  const taps = weightsOf(width, to)
  for (let x = 0; x < to; x++) {
    const { first, weights } = taps[x]!
    for (let y = 0; y < height; y++) {
      for (let c = 0; c < channels; c++) {
        let sum = 0
        for (let k = 0; k < weights.length; k++) {
          const column = Math.min(width - 1, Math.max(0, first + k))
          sum += weights[k]! * from[(y * width + column) * channels + c]!
        }
        out[(x * height + y) * channels + c] = Math.min(255, Math.max(0, Math.round(sum)))
      }
    }
  }
  return out
}

/** Cubic weights (Mitchell and Netravali 1988, B = C = 1/3), widened where the picture shrinks. */
function weightsOf(from: number, to: number): { first: number; weights: number[] }[] {
  const step = from / to
  const reach = Math.max(1, step)
  return Array.from({ length: to }, (_, i) => {
    const middle = (i + 0.5) * step - 0.5
    const first = Math.ceil(middle - 2 * reach)
    const count = Math.floor(middle + 2 * reach) - first + 1
    const raw = Array.from({ length: count }, (_, k) => cubic(Math.abs(first + k - middle) / reach))
    const total = raw.reduce((sum, weight) => sum + weight, 0)
    return { first, weights: raw.map((weight) => weight / total) }
  })
}

function cubic(x: number): number {
  if (x < 1) return (7 * x ** 3 - 12 * x ** 2 + 16 / 3) / 6
  if (x < 2) return ((-7 / 3) * x ** 3 + 12 * x ** 2 - 20 * x + 32 / 3) / 6
  return 0
}
