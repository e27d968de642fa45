// In a render process: a film is read as far as its new sound lasts, into pieces that any process can work on.
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Fault } from '../core/errors.ts'
import { framesFor } from '../core/time.ts'
import { sceneSeconds } from '../domain/make-plan.ts'
import { type Encoder, openEncoder } from '../engines/media/encoder.ts'
import { filmFacts, readFilm } from '../engines/media/film.ts'
import { FILM_FILES, piecePath } from './film-folder.ts'
import { speechOf } from './scene-speech.ts'
import type { Film, TaskContext, Tasks } from './tasks.ts'

/** Quality of the pieces (constant rate factor): what is lost here is not seen in what is made of them. */
const QUALITY = 8
/** A piece holds this many seconds: short enough to be held in memory whole, for films that play backwards. */
const PIECE_SECONDS = 1

/**
 * Speaks, and reads the film, unless that was done in this folder.
 * @throws Fault `invalid` where the film cannot be read.
 */
export async function readFilmInto(
  { scene, most, film, sounds, folder }: Tasks['film']['input'],
  { signal, report }: TaskContext,
): Promise<Film> {
  const done = await FILM_FILES.film.read(folder)
  if (done) return done.value
  const speech = await speechOf(scene, 0, sounds, signal)
  await FILM_FILES.speech.write(folder, speech)
  report(0.1)
  const { canvas } = await filmFacts(film.path, most)
  const wanted = framesFor(sceneSeconds(scene, speech, 0), canvas.fps)
  const pieceFrames = PIECE_SECONDS * canvas.fps
  await mkdir(dirname(piecePath(folder, 0)), { recursive: true })
  let encoder: Encoder | null = null
  let frameCount = 0
  try {
    for await (const picture of readFilm(film.path, canvas)) {
      signal.throwIfAborted()
      if (frameCount % pieceFrames === 0) {
        await encoder?.close()
        encoder = await openEncoder({ path: piecePath(folder, frameCount / pieceFrames), canvas, quality: QUALITY })
      }
      await encoder!.encode(picture)
      report(0.1 + (0.9 * ++frameCount) / wanted)
      if (frameCount === wanted) break
    }
    if (!encoder) throw new Fault('invalid', 'The video holds no frame that can be decoded.')
    await encoder.close()
  } catch (error) {
    await encoder?.abort()
    throw error
  }
  const read: Film = { canvas, frameCount, pieceFrames }
  await FILM_FILES.film.write(folder, read)
  return read
}
