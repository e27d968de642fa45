// In a render process: the sound of a prepared video is encoded while others render its pictures.
import { readFile, writeFile } from 'node:fs/promises'
import { Fault } from '../core/errors.ts'
import { soundLength } from '../core/time.ts'
import { PICTURE_CODECS, type SoundCodec } from '../engines/media/codecs.ts'
import { encodeSound } from '../engines/media/encode-sound.ts'
import { type EncodedSound, packSound, unpackSound } from '../engines/media/sound-file.ts'
import type { Prepared, TaskContext, Tasks } from './tasks.ts'
import { makeWhole, useIfThere } from './whole-file.ts'
import { encodedSoundPath, readPrepared, readSound } from './work-folder.ts'

/** Encodes the sound of a prepared video into its folder, unless it lies there. */
export async function prepareSound({ folder }: Tasks['sound']['input'], { signal }: TaskContext): Promise<null> {
  const prepared = await readPrepared(folder)
  if (!prepared) throw new Fault('internal', `No video was prepared in ${folder}.`)
  const { takes, outputs } = prepared
  const codecs = new Set(takes.flatMap(({ products }) => products.map(({ format }) => PICTURE_CODECS[format].sound)))
  if (outputs.some((output) => output.kind === 'sound' && output.format === 'm4a')) codecs.add('aac')
  for (const codec of codecs) await prepareCodec(folder, prepared, codec, signal)
  return null
}

async function prepareCodec(
  folder: string,
  { frameCount, takes }: Prepared,
  codec: SoundCodec,
  signal: AbortSignal,
): Promise<void> {
  const path = encodedSoundPath(folder, codec)
  if (await useIfThere(path)) return
  const sound = await encodeSound(readSound(folder), soundLength(frameCount, takes[0]!.canvas.fps), { signal, codec })
  await makeWhole(path, (draft) => writeFile(draft, packSound(sound)))
}

/** The encoded sound of a prepared video, made now where nobody has made it. */
export async function encodedSound(folder: string, codec: SoundCodec, context: TaskContext): Promise<EncodedSound> {
  await prepareSound({ folder }, context)
  return unpackSound(await readFile(encodedSoundPath(folder, codec)))
}
