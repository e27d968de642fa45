// A frame as a JPEG picture.
import sharp from 'sharp'
import { Fault } from '../../core/errors.ts'
import { type Picture, planesToRgb } from './planes.ts'

/**
 * Writes a picture as a JPEG of quality 88 with the colours that a player shows.
 * @throws Fault `internal` where the file cannot be written.
 */
export async function writeCover(picture: Picture, path: string): Promise<void> {
  const { width, height } = picture
  await sharp(overWhite(planesToRgb(picture), picture.a ?? null), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88, mozjpeg: false })
    .toFile(path)
    .catch((cause) => {
      throw new Fault('internal', `The cover ${path} could not be written.`, { cause })
    })
}

/** What is transparent in a video stands before white in its picture. */
function overWhite(rgb: Uint8Array, alpha: Uint8Array | null): Uint8Array {
  if (!alpha) return rgb
  return rgb.map((value, at) => {
    const share = alpha[Math.floor(at / 3)]!
    return Math.round((value * share + 255 * (255 - share)) / 255)
  })
}
