// Takes teeth and eyes out of the skin's picture: lips and lids run on into their openings, so that no bright rim stays.
import { mix, smoothstep } from './ease.ts'
import { distanceToOutline } from './outline.ts'
import type { Photo } from './photo.ts'

/** How far colours run into an opening, pixels. */
const RUN = 12

/** An opening of the skin, in photo pixels. */
export type Filling = {
  /** x and y a point. */
  readonly outline: Float32Array
  /** How far outside the outline pixels already hold some of what lies behind it. */
  readonly blur: number
  /** How dark it is at its edge, as a share of what is round it. */
  readonly shade: number
}

/** The photo's colours with the insides of openings filled from round them. */
export function fillOpenings(photo: Photo, fillings: readonly Filling[]): Uint8Array {
  const { width, height } = photo
  const rgb = photo.rgb.slice()
  for (const { outline, blur, shade } of fillings) {
    const xs = outline.filter((_, i) => i % 2 === 0)
    const ys = outline.filter((_, i) => i % 2 === 1)
    const left = Math.max(0, Math.floor(Math.min(...xs) - blur))
    const right = Math.min(width - 1, Math.ceil(Math.max(...xs) + blur))
    const top = Math.max(0, Math.floor(Math.min(...ys) - blur))
    const bottom = Math.min(height - 1, Math.ceil(Math.max(...ys) + blur))
    let open = new Set<number>()
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        if (distanceToOutline(outline, x + 0.5, y + 0.5) < blur) open.add(y * width + x)
      }
    }
    const shades = [...open].map((pixel) => {
      const inside = -distanceToOutline(outline, (pixel % width) + 0.5, Math.floor(pixel / width) + 0.5)
      return [pixel, mix(1, shade, smoothstep(-blur, blur, inside))] as const
    })
    for (let pass = 0; pass < RUN && open.size; pass++) open = fillRim(rgb, open, width)
    for (const [pixel, dark] of shades) for (let c = 0; c < 3; c++) rgb[pixel * 3 + c]! *= dark
  }
  return rgb
}

/** Gives each open pixel that touches known ones their mean. @returns those that are still open. */
function fillRim(rgb: Uint8Array, open: ReadonlySet<number>, width: number): Set<number> {
  const filled: [number, number[]][] = []
  for (const pixel of open) {
    const sum = [0, 0, 0]
    let count = 0
    for (const step of [-1, 1, -width, width, -width - 1, -width + 1, width - 1, width + 1]) {
      const other = pixel + step
      if (open.has(other) || other < 0 || other * 3 >= rgb.length) continue
      for (let c = 0; c < 3; c++) sum[c]! += rgb[other * 3 + c]!
      count++
    }
    if (count) filled.push([pixel, sum.map((value) => value / count)])
  }
  const left = new Set(open)
  for (const [pixel, colour] of filled) {
    rgb.set(colour, pixel * 3)
    left.delete(pixel)
  }
  return left
}
