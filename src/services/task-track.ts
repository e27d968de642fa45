// In a render process: a face is followed through some pieces of a film.
import { Fault } from '../core/errors.ts'
import type { TrackedFace } from '../core/footage.ts'
import { loadFaceModels } from '../engines/faces/face-models.ts'
import { startTracker } from '../engines/faces/footage/track-face.ts'
import { FILM_FILES, pieceCount, readPiece, tracksFrom } from './film-folder.ts'
import type { TaskContext, Tasks } from './tasks.ts'

/** Follows the face, unless that was done. */
export async function trackFilm(
  { folder, fromPiece, toPiece }: Tasks['track']['input'],
  { signal, report }: TaskContext,
): Promise<null> {
  const kept = tracksFrom(fromPiece)
  if (await kept.read(folder)) return null
  const film = (await FILM_FILES.film.read(folder))?.value
  if (!film) throw new Fault('internal', `No film was read into ${folder}.`)
  const end = Math.min(toPiece, pieceCount(film))
  const tracker = startTracker(await loadFaceModels())
  const faces: (TrackedFace | null)[] = []
  const wanted = Math.min((end - fromPiece) * film.pieceFrames, film.frameCount - fromPiece * film.pieceFrames)
  for (let piece = fromPiece; piece < end; piece++) {
    for (const frame of await readPiece(folder, piece)) {
      signal.throwIfAborted()
      faces.push(await tracker.next(frame))
      report(faces.length / wanted)
    }
  }
  await kept.write(folder, faces)
  return null
}
