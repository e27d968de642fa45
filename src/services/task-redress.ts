// In a render process: the person of a picture in front of other backdrops. The process ends afterwards, as matting is large.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { preparePhoto } from '../engines/faces/photo/prepare-photo.ts'
import { planesToRgb } from '../engines/media/planes.ts'
import { drawBackdrop } from '../engines/pictures/backdrop.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** The share of the time after which the person is cut out. */
const PREPARED = 0.8

/**
 * Cuts the person out once and writes a JPEG before each backdrop: `0.jpg`, `1.jpg` ...
 * @throws Fault `invalid` with a reason where the picture has no person to be cut out.
 */
export async function redressPicture(
  { picturePath, backdrops, folder }: Tasks['redress']['input'],
  { signal, report }: TaskContext,
): Promise<Tasks['redress']['output']> {
  const photo = await preparePhoto(await readFile(picturePath), {
    signal,
    onProgress: (share) => report(share * PREPARED),
  })
  const { width, height, rgb, matte } = photo
  const paths: string[] = []
  for (const [index, backdrop] of backdrops.entries()) {
    signal.throwIfAborted()
    const behind = planesToRgb(drawBackdrop(backdrop, width, height))
    const mixed = Buffer.alloc(rgb.length)
    for (let i = 0; i < rgb.length; i++) {
      const share = matte[Math.floor(i / 3)]! / 255
      mixed[i] = Math.round(rgb[i]! * share + behind[i]! * (1 - share))
    }
    const path = join(folder, `${index}.jpg`)
    const picture = sharp(mixed, { raw: { width, height, channels: 3 } }).jpeg({
      quality: 95,
      chromaSubsampling: '4:4:4',
    })
    await makeWhole(path, (draft) => picture.toFile(draft))
    paths.push(path)
    report(PREPARED + (1 - PREPARED) * ((index + 1) / backdrops.length))
  }
  return { paths, person: photo.person }
}
