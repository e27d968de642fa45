// In a render process: the sound of a prepared video is encoded while others render its pictures.
import { readFile, writeFile } from 'node:fs/promises'
import { Fault } from '../core/errors.ts'
import { soundLength } from '../core/time.ts'
import { encodeSound } from '../engines/media/encode-sound.ts'
import { type EncodedSound, packSound, unpackSound } from '../engines/media/sound-file.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole, useIfThere } from './whole-file.ts'
import { encodedSoundPath, readPrepared, readSound } from './work-folder.ts'

/** Encodes the sound of a prepared video into its folder, unless it lies there. */
export async function prepareSound({ folder }: Tasks['sound']['input'], { signal }: TaskContext): Promise<null> {
  const path = encodedSoundPath(folder)
  if (await useIfThere(path)) return null
  const prepared = await readPrepared(folder)
  if (!prepared) throw new Fault('internal', `No video was prepared in ${folder}.`)
  const { frameCount, takes } = prepared
  const sound = await encodeSound(readSound(folder), soundLength(frameCount, takes[0]!.canvas.fps), { signal })
  await makeWhole(path, (draft) => writeFile(draft, packSound(sound)))
  return null
}

/** The encoded sound of a prepared video, made now where nobody has made it. */
export async function encodedSound(folder: string, context: TaskContext): Promise<EncodedSound> {
  await prepareSound({ folder }, context)
  return unpackSound(await readFile(encodedSoundPath(folder)))
}
