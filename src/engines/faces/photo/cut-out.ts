// Runs the matting model: a picture goes in, how much of each pixel is person comes out.
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import sharp from 'sharp'
import { Fault } from '../../../core/errors.ts'
import type { Picture } from './read-picture.ts'

type Library = {
  removeBackground(
    image: Blob,
    config: { publicPath: string; model: 'small' | 'medium'; output: { format: 'image/x-rgba8' } },
  ): Promise<Blob>
}

/** The side of the square that the model takes. */
const INPUT = 1024

/**
 * The matte of a whole picture, at its size; 3 seconds of two cores and 1.3 GB while it runs, so it is best run in a
 * process that ends afterwards. Nothing is downloaded: the model is a part of the package.
 * @throws Fault `unavailable` where the model cannot be loaded or fails.
 */
export async function cutOut({ width, height, rgb }: Picture): Promise<Uint8Array> {
  const square = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .resize(INPUT, INPUT, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  const rgba = await runModel(square)
  const alpha = new Uint8Array(INPUT * INPUT)
  for (let i = 0; i < alpha.length; i++) alpha[i] = rgba[i * 4 + 3]!
  const sized = await sharp(alpha, { raw: { width: INPUT, height: INPUT, channels: 1 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .extractChannel(0)
    .raw()
    .toBuffer()
  return new Uint8Array(sized.buffer, sized.byteOffset, sized.byteLength)
}

async function runModel(square: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  try {
    const require = createRequire(import.meta.url)
    const entry = require.resolve('@imgly/background-removal-node')
    const { removeBackground } = require(entry) as Library
    const image = new Blob([square], { type: `image/x-rgba8;width=${INPUT};height=${INPUT}` })
    const result = await removeBackground(image, {
      publicPath: pathToFileURL(`${dirname(entry)}/`).href,
      // Against the small one: a third less time here, and no specks in dark clothes.
      model: 'medium',
      output: { format: 'image/x-rgba8' },
    })
    return new Uint8Array(await result.arrayBuffer())
  } catch (cause) {
    throw new Fault('unavailable', 'The matting model could not be run. Install Rostrum again with `npm ci`.', {
      cause,
    })
  }
}
