// A watermark as a picture that lies in a corner of the canvas.
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { Fault } from '../../core/errors.ts'
import type { PlannedMark } from '../../core/plan.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'

/** Width times height of a picture as stored: more is refused before it is decoded. */
const MAX_PIXELS = 100e6
/** How far it stands off the edges, as a share of the canvas' shorter side: inside the title-safe area of EBU R 95. */
const MARGIN = 0.05

/**
 * Draws a watermark (upright, sRGB, scaled by Lanczos, the first of moving pictures) where it stands.
 * @throws Fault `invalid` where it cannot be read.
 */
export async function drawWatermark(
  path: string,
  { size, opacity, corner }: Omit<PlannedMark, 'hash'>,
  canvas: Pick<Canvas, 'width' | 'height'>,
): Promise<{ readonly texture: TexturePlanes; readonly left: number; readonly top: number }> {
  const shorter = Math.min(canvas.width, canvas.height)
  const side = Math.max(2, Math.round(size * shorter))
  const room = { width: Math.min(side, canvas.width), height: Math.min(side, canvas.height) }
  try {
    const scaled = await sharp(await readFile(path), { failOn: 'error', limitInputPixels: MAX_PIXELS })
      .rotate()
      .toColourspace('srgb')
      .ensureAlpha()
      .resize(room.width, room.height, { fit: 'inside', kernel: 'lanczos3' })
      .png()
      .toBuffer({ resolveWithObject: true })
    const [width, height] = [even(scaled.info.width), even(scaled.info.height)]
    const { data } = await sharp(scaled.data)
      .extend({
        right: width - scaled.info.width,
        bottom: height - scaled.info.height,
        background: { r: 0, g: 0, b: 0, alpha: 0 },
      })
      .raw()
      .toBuffer({ resolveWithObject: true })
    for (let at = 3; at < data.length; at += 4) data[at] = Math.round(data[at]! * opacity)
    const margin = 2 * Math.round((MARGIN * shorter) / 2)
    const place = (isFar: boolean, length: number, own: number) =>
      Math.max(0, Math.min(length - own, isFar ? length - own - margin : margin))
    return {
      texture: rgbaToPlanes(data, width, height),
      left: place(corner.endsWith('right'), canvas.width, width),
      top: place(corner.startsWith('bottom'), canvas.height, height),
    }
  } catch (cause) {
    throw new Fault('invalid', `The watermark cannot be read: ${(cause as Error).message}.`, {
      cause,
      field: 'watermark',
    })
  }
}

/** Rounded up, which a canvas of even sides has room for. */
const even = (side: number) => 2 * Math.ceil(side / 2)
