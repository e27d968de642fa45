// Reads a photo's colours between its pixels.
import type { Photo } from './photo.ts'

/** The colour at a place in photo pixels (centres at .5), bilinear, 0-255; edges are drawn out. */
export function sampleRgb(
  { rgb, width, height }: Pick<Photo, 'rgb' | 'width' | 'height'>,
  x: number,
  y: number,
): [number, number, number] {
  const px = Math.min(width - 1, Math.max(0, x - 0.5))
  const py = Math.min(height - 1, Math.max(0, y - 0.5))
  const left = Math.min(width - 2, Math.floor(px))
  const top = Math.min(height - 2, Math.floor(py))
  const [fx, fy] = [px - left, py - top]
  const at = (top * width + left) * 3
  const below = at + width * 3
  return [0, 1, 2].map((c) => {
    const upper = rgb[at + c]! * (1 - fx) + rgb[at + 3 + c]! * fx
    const lower = rgb[below + c]! * (1 - fx) + rgb[below + 3 + c]! * fx
    return upper * (1 - fy) + lower * fy
  }) as [number, number, number]
}

/** How bright a colour looks, 0-255 (BT.709 weights). */
export function lumaOf([r, g, b]: readonly [number, number, number]): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
