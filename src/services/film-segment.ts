// In a render process: one segment of a film with its new mouth.
import { Fault } from '../core/errors.ts'
import type { Segment } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'
import type { Canvas } from '../core/spec.ts'
import { openEncoder } from '../engines/media/encoder.ts'
import type { Picture } from '../engines/media/planes.ts'
import { type FilmPainter, openFilmPainter } from '../engines/painter/film-painter.ts'
import { type DubbedFilm, FILM_FILES, readPiece } from './film-folder.ts'
import type { Film, TaskContext } from './tasks.ts'

type Opened = { readonly film: Film; readonly dubbed: DubbedFilm; readonly painter: FilmPainter }

let current: { readonly folder: string; readonly opened: Promise<Opened> } | null = null

/** Paints and encodes a segment. @param draft the file it is written to. */
export async function renderFilmSegment(
  folder: string,
  { startFrame, frameCount }: Segment,
  canvas: Canvas,
  draft: string,
  { signal, report }: TaskContext,
): Promise<void> {
  if (current?.folder !== folder) current = { folder, opened: open(folder, canvas) }
  const { opened } = current
  opened.catch(() => {
    current = null
  })
  const { film, dubbed, painter } = await opened
  const encoder = await openEncoder({ path: draft, canvas })
  const held: { piece: number; frames: readonly Picture[] } = { piece: -1, frames: [] }
  try {
    for (let frame = startFrame; frame < startFrame + frameCount; frame++) {
      signal.throwIfAborted()
      const at = dubbed.order[frame]!
      const piece = Math.floor(at / film.pieceFrames)
      if (held.piece !== piece) {
        held.frames = await readPiece(folder, piece)
        held.piece = piece
      }
      const picture = held.frames[at % film.pieceFrames]
      if (!picture) throw new Fault('internal', `Frame ${at} of the film in ${folder} is missing.`)
      const pose = dubbed.poses[at]
      const shapes = dubbed.shapes.subarray(frame * SHAPE_COUNT, (frame + 1) * SHAPE_COUNT)
      await encoder.encode(pose ? painter.paint(picture, pose, shapes) : picture)
      report(frame - startFrame + 1)
    }
    await encoder.close()
  } catch (error) {
    await encoder.abort()
    throw error
  }
}

async function open(folder: string, canvas: Canvas): Promise<Opened> {
  const film = (await FILM_FILES.film.read(folder))?.value
  const dubbed = (await FILM_FILES.dubbed.read(folder))?.value
  if (!film || !dubbed) throw new Fault('internal', `No film was prepared in ${folder}.`)
  return { film, dubbed, painter: await openFilmPainter(dubbed.mouth, canvas) }
}
