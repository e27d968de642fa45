// The first seconds of a video as a small moving picture.
import sharp from 'sharp'
import { Fault } from '../../core/errors.ts'
import { decodeFrames } from './decode.ts'
import { planesToRgb } from './planes.ts'

/** How long the picture moves, how many pictures a second it has, and its longer side. */
const SECONDS = 3
const RATE = 10
const SIDE = 320

/**
 * Writes a GIF of a video's first three seconds, at most 320 pixels wide or high, that runs for ever.
 * @param fps of the video. @throws Fault `internal` where it cannot be written.
 */
export async function writeGif(videoPath: string, fps: number, path: string): Promise<void> {
  const pages: Buffer[] = []
  let size = { width: 0, height: 0 }
  let next = 0
  for await (const frame of decodeFrames(videoPath, { to: Math.round(SECONDS * fps) })) {
    if (frame.seconds + 0.5 / fps < next / RATE) continue
    next++
    const raw = { width: frame.width, height: frame.height, channels: 3 as const }
    const small = await sharp(planesToRgb(frame), { raw })
      .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
      .raw()
      .toBuffer({ resolveWithObject: true })
    pages.push(small.data)
    size = { width: small.info.width, height: small.info.height }
  }
  const raw = { width: size.width, height: size.height * pages.length, channels: 3 as const, pageHeight: size.height }
  await sharp(Buffer.concat(pages), { raw })
    .gif({ loop: 0, delay: pages.map(() => 1000 / RATE), effort: 4, interFrameMaxError: 6 })
    .toFile(path)
    .catch((cause) => {
      throw new Fault('internal', `The moving preview ${path} could not be written.`, { cause })
    })
}
