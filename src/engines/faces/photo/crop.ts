// Parts of pictures and masks.
import type { Picture } from './read-picture.ts'

/** A part of a picture, in whole pixels. */
export type Rect = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

/** A part of a picture as a picture of its own. */
export function cropPicture({ width, rgb }: Picture, rect: Rect): Picture {
  return { width: rect.width, height: rect.height, rgb: cropBytes(rgb, width, rect, 3) }
}

/** A part of a mask of one byte a pixel. @param width of the mask. */
export function cropMask(mask: Uint8Array, width: number, rect: Rect): Uint8Array {
  return cropBytes(mask, width, rect, 1)
}

function cropBytes(bytes: Uint8Array, width: number, rect: Rect, channels: number): Uint8Array {
  const out = new Uint8Array(rect.width * rect.height * channels)
  for (let y = 0; y < rect.height; y++) {
    const from = ((rect.top + y) * width + rect.left) * channels
    out.set(bytes.subarray(from, from + rect.width * channels), y * rect.width * channels)
  }
  return out
}
