// Reads the pictures of the human's parts into linear light.
import sharp from 'sharp'
import { Fault } from '../../../core/errors.ts'
import { spreadColours } from './filters.ts'
import { LINEAR } from './light.ts'
import type { Picture } from './picture.ts'

/**
 * Reads a picture, `enlarge` times its size; hidden pixels take the colours of their seen neighbours, so that no foreign colour bleeds in at a rim.
 * @throws Fault 'internal' where the file cannot be read.
 */
export async function readPicture(path: string, enlarge = 1): Promise<Picture> {
  try {
    const file = sharp(path)
    const width = (await file.metadata()).width * enlarge
    const { data, info } = await file
      .resize({ width, kernel: 'cubic' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const pixels = new Float32Array(new SharedArrayBuffer(data.length * 4))
    const alpha = new Uint8Array(new SharedArrayBuffer(data.length / 4))
    for (let i = 0; i < data.length; i += 4) {
      alpha[i / 4] = data[i + 3]!
      pixels[i] = LINEAR[data[i]!]!
      pixels[i + 1] = LINEAR[data[i + 1]!]!
      pixels[i + 2] = LINEAR[data[i + 2]!]!
      pixels[i + 3] = data[i + 3]! / 255
    }
    if (enlarge === 1) {
      const known = new Uint8Array(alpha.length)
      for (let i = 0; i < known.length; i++) known[i] = alpha[i]! > 76 ? 1 : 0
      spreadColours(pixels, 4, known, info.width, 8)
    }
    return { width: info.width, height: info.height, data: pixels, alpha }
  } catch (cause) {
    throw new Fault('internal', `The presenter's picture ${path} cannot be read. Install the packages again.`, {
      cause,
    })
  }
}
