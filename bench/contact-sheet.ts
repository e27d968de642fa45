// Frames of a finished video side by side, to be looked at.
import sharp from 'sharp'
import { decodeFrames } from '../src/engines/media/decode.ts'
import { planesToRgb } from '../src/engines/media/planes.ts'
import { probe } from '../src/engines/media/probe.ts'

/** What a sheet shows. */
export type Sheet = {
  readonly frames: number
  readonly columns: number
  /** Width of one picture on the sheet, pixels. */
  readonly cellWidth: number
  /** The part of each frame that is shown; absent: all of it. */
  readonly crop?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
}

/** Frames of a video, evenly spread, as PNG pictures of one size. */
export async function framesOf(path: string, { frames, cellWidth, crop }: Sheet): Promise<readonly Buffer[]> {
  const facts = await probe(path)
  const part = crop ?? { left: 0, top: 0, width: facts.width, height: facts.height }
  const cells: Buffer[] = []
  for await (const frame of decodeFrames(path)) {
    if (cells.length >= frames) break
    if (frame.index < Math.floor((cells.length * facts.frameCount) / frames)) continue
    cells.push(
      await sharp(planesToRgb(frame), { raw: { width: frame.width, height: frame.height, channels: 3 } })
        .extract(part)
        .resize(cellWidth)
        .png()
        .toBuffer(),
    )
  }
  return cells
}

/** Lays pictures of one size out in rows and writes them as PNG or JPEG, by the path's ending. */
export async function writeSheet(cells: readonly Buffer[], columns: number, path: string): Promise<void> {
  const { width, height } = await sharp(cells[0]!).metadata()
  const sheet = sharp({
    create: {
      width: columns * width,
      height: Math.ceil(cells.length / columns) * height,
      channels: 3,
      background: '#222222',
    },
  }).composite(
    cells.map((input, index) => ({
      input,
      left: (index % columns) * width,
      top: Math.floor(index / columns) * height,
    })),
  )
  await (path.endsWith('.png') ? sheet.png() : sheet.jpeg({ quality: 86 })).toFile(path)
}
