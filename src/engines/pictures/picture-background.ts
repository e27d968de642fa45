// A picture of the user's behind an avatar, fitted to the canvas.
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { Fault } from '../../core/errors.ts'
import type { PixelBox } from '../../core/plan.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import type { Fit } from '../../core/spec.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { solidColour } from './solid.ts'

type Size = { readonly width: number; readonly height: number }

/** Width times height of a picture as stored: more is refused before it is decoded. */
const MAX_PIXELS = 100e6

/**
 * Reads a picture (upright, sRGB, the first of moving ones) and fits it: `cover` fills the canvas and is cut at the middle,
 * `contain` shows all of it on `color`, `none` keeps its size, `crop` keeps its size too but grows to fill.
 * @param box the part that it is fitted to, in place of the whole; `color` is round it.
 * @param width in pixels, even, like `height`. @throws Fault `invalid` where it cannot be read.
 */
export async function pictureBackground(
  path: string,
  { fit, color, width, height, box }: Size & { fit: Fit; color: string; box?: PixelBox },
): Promise<TexturePlanes> {
  if (box) {
    const part = await pictureBackground(path, { fit, color, width: box.width, height: box.height })
    return putInto(solidColour(color, width, height), part, box)
  }
  try {
    const upright = sharp(await readFile(path), { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .rotate()
      .flatten({ background: color })
      .toColourspace('srgb')
    const { width: ownWidth, height: ownHeight, orientation = 1 } = await sharp(path).metadata()
    const [across, down] = orientation >= 5 ? [ownHeight, ownWidth] : [ownWidth, ownHeight]
    const grows = fit === 'cover' || (fit === 'crop' && (across < width || down < height))
    if (grows) upright.resize(width, height, { fit: 'cover' })
    else if (fit === 'contain') upright.resize(width, height, { fit: 'contain', background: color })
    else {
      const [left, top] = [Math.floor((across - width) / 2), Math.floor((down - height) / 2)]
      const part = { width: Math.min(across, width), height: Math.min(down, height) }
      upright.extract({ left: Math.max(0, left), top: Math.max(0, top), ...part })
      const [x, y] = [width - part.width, height - part.height]
      upright.extend({
        left: Math.floor(x / 2),
        right: Math.ceil(x / 2),
        top: Math.floor(y / 2),
        bottom: Math.ceil(y / 2),
        background: color,
      })
    }
    const { data, info } = await upright.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
    if (info.width !== width || info.height !== height || info.channels !== 4) {
      throw new Error(`it came out as ${info.width} x ${info.height} with ${info.channels} channels`)
    }
    return rgbaToPlanes(data, width, height, true)
  } catch (cause) {
    throw new Fault('invalid', `The background picture cannot be read: ${(cause as Error).message}.`, {
      cause,
      field: 'background',
    })
  }
}

/** Lays an opaque picture over a part of another one, in its own place. */
function putInto(whole: TexturePlanes, part: TexturePlanes, { left, top }: PixelBox): TexturePlanes {
  for (const [plane, side] of [
    ['y', 1],
    ['u', 2],
    ['v', 2],
  ] as const) {
    const [columns, stride] = [part.width / side, whole.width / side]
    for (let row = 0; row < part.height / side; row++) {
      const from = part[plane].subarray(row * columns, (row + 1) * columns)
      whole[plane].set(from, (top / side + row) * stride + left / side)
    }
  }
  return whole
}
