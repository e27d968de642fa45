// Pictures of the human's parts, read once and sampled smoothly.
import sharp from 'sharp'
import { Fault } from '../../../core/errors.ts'
import { spreadColours } from './filters.ts'
import { LINEAR } from './light.ts'

/** A picture in linear light with alpha, 0-1. */
export type Picture = {
  readonly width: number
  readonly height: number
  /** r, g, b, a for each pixel. */
  readonly data: Float32Array
  /** 0-255. */
  readonly alpha: Uint8Array
}

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
    const pixels = new Float32Array(data.length)
    const alpha = new Uint8Array(data.length / 4)
    for (let i = 0; i < data.length; i += 4) {
      alpha[i / 4] = data[i + 3]!
      for (let c = 0; c < 3; c++) pixels[i + c] = LINEAR[data[i + c]!]!
      pixels[i + 3] = data[i + 3]! / 255
    }
    if (enlarge === 1) {
      const known = alpha.map((code) => (code > 76 ? 1 : 0))
      spreadColours(pixels, 4, known, info.width, 8)
    }
    return { width: info.width, height: info.height, data: pixels, alpha }
  } catch (cause) {
    throw new Fault('internal', `The presenter's picture ${path} cannot be read. Install the packages again.`, {
      cause,
    })
  }
}

/** Bilinear sample at texture position u, v (0-1, v up, repeating) into `out` (r, g, b, a). */
export function samplePicture(picture: Picture, u: number, v: number, out: Float32Array): void {
  const { width, height, data } = picture
  const x = (u - Math.floor(u)) * width - 0.5
  const y = (1 - (v - Math.floor(v))) * height - 0.5
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  const fx = x - x0
  const fy = y - y0
  const left = ((x0 + width) % width) * 4
  const right = ((x0 + 1) % width) * 4
  const top = ((y0 + height) % height) * width * 4
  const bottom = ((y0 + 1) % height) * width * 4
  for (let c = 0; c < 4; c++) {
    const upper = data[top + left + c]! * (1 - fx) + data[top + right + c]! * fx
    const lower = data[bottom + left + c]! * (1 - fx) + data[bottom + right + c]! * fx
    out[c] = upper * (1 - fy) + lower * fy
  }
}
