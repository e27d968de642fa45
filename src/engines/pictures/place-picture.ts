// Lays a picture under a canvas at any scale: what stands behind a person in their own photo.
import type { TexturePlanes } from '../../core/rig.ts'

/** Where the picture's top left corner stands on the canvas, and how many canvas pixels one of its pixels takes. */
export type PicturePlace = { readonly scale: number; readonly x: number; readonly y: number }

/**
 * The part of an opaque picture that shows on a canvas; beyond its edges the edge is drawn out.
 * @param width in pixels, even, like `height`.
 */
export function placePicture(
  picture: TexturePlanes,
  width: number,
  height: number,
  place: PicturePlace,
): TexturePlanes {
  const half = { ...place, x: place.x / 2, y: place.y / 2 }
  const chroma = (plane: Uint8Array) =>
    resample(plane, picture.width / 2, picture.height / 2, width / 2, height / 2, half)
  return {
    width,
    height,
    y: resample(picture.y, picture.width, picture.height, width, height, place),
    u: chroma(picture.u),
    v: chroma(picture.v),
    a: null,
    ac: null,
  }
}

/** Which samples a row or column of the canvas mixes: the two nearest, and how much of the second. */
type Mix = { readonly first: Int32Array; readonly second: Int32Array; readonly share: Float32Array }

function resample(
  plane: Uint8Array,
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
  { scale, x, y }: PicturePlace,
): Uint8Array {
  const columns = mixAlong(width, outWidth, scale, x)
  const rows = mixAlong(height, outHeight, scale, y)
  const out = new Uint8Array(outWidth * outHeight)
  for (let row = 0, at = 0; row < outHeight; row++) {
    const top = rows.first[row]! * width
    const bottom = rows.second[row]! * width
    const down = rows.share[row]!
    for (let column = 0; column < outWidth; column++, at++) {
      const left = columns.first[column]!
      const right = columns.second[column]!
      const across = columns.share[column]!
      const upper = plane[top + left]! * (1 - across) + plane[top + right]! * across
      const lower = plane[bottom + left]! * (1 - across) + plane[bottom + right]! * across
      out[at] = upper * (1 - down) + lower * down + 0.5
    }
  }
  return out
}

function mixAlong(length: number, outLength: number, scale: number, offset: number): Mix {
  const first = new Int32Array(outLength)
  const second = new Int32Array(outLength)
  const share = new Float32Array(outLength)
  for (let i = 0; i < outLength; i++) {
    const at = Math.max(0, Math.min(length - 1, (i + 0.5 - offset) / scale - 0.5))
    first[i] = Math.floor(at)
    second[i] = Math.min(length - 1, first[i]! + 1)
    share[i] = at - first[i]!
  }
  return { first, second, share }
}
