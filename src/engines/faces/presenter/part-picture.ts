// The picture of a part as its recipe has it: read, dyed, recoloured, greyed.
import { dyed } from './garments/dye.ts'
import type { HumanPart } from './human.ts'
import type { Picture } from './picture.ts'
import { readPicture } from './read-picture.ts'
import { greyed, recoloured } from './recolour.ts'
import { inSharedMemory } from './shared-memory.ts'

/** What of a part decides its picture. */
export type PictureSource = Pick<HumanPart, 'diffusePath' | 'name' | 'kind' | 'color' | 'dye' | 'grey'>

/**
 * The picture of a part in shared memory, or null where it is of one colour.
 * @throws Fault 'internal' where its file cannot be read.
 */
export async function partPicture(part: PictureSource): Promise<Picture | null> {
  const { diffusePath, name, kind, color, dye, grey } = part
  if (!diffusePath) return null
  const picture = await readPicture(diffusePath, kind === 'skin' ? 2 : 1)
  // An iris is recoloured where it is painted: most of its picture is white.
  const own = kind === 'eye' ? null : color
  const coloured = dye ? dyed(picture, name, dye) : own ? recoloured(picture, own) : picture
  // Hair and beards go grey strand by strand, where their strands are drawn.
  return inSharedMemory(grey && kind === 'brows' ? greyed(coloured, grey) : coloured)
}
