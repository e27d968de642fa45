// A film in the folder of a video in the making: its pieces, where its face was, and its new mouth.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { FilmedMouth, FilmedPose, TrackedFace } from '../core/footage.ts'
import type { Speech } from '../core/speech.ts'
import { decodeFrames } from '../engines/media/decode.ts'
import type { Picture } from '../engines/media/planes.ts'
import type { Film } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** The new mouth of a film and when it does what: a row or a number for each frame of the video. */
export type DubbedFilm = {
  readonly mouth: FilmedMouth
  /** By the film's own frames; null where no face is seen. */
  readonly poses: readonly (FilmedPose | null)[]
  /** The film's frame for each of the video's. */
  readonly order: Uint32Array
  /** SHAPE_COUNT weights a frame of the video. */
  readonly shapes: Float32Array
}

/** The path of one piece: a video of {@link Film.pieceFrames} frames. */
export function piecePath(folder: string, piece: number): string {
  return join(folder, 'film', `${String(piece).padStart(5, '0')}.mp4`)
}

/** How many pieces a film has. */
export function pieceCount({ frameCount, pieceFrames }: Film): number {
  return Math.ceil(frameCount / pieceFrames)
}

/** The frames of a piece. */
export async function readPiece(folder: string, piece: number): Promise<readonly Picture[]> {
  const frames: Picture[] = []
  for await (const frame of decodeFrames(piecePath(folder, piece))) frames.push(frame)
  return frames
}

/** One frame of a film. */
export async function readFilmFrame(folder: string, film: Film, frame: number): Promise<Picture> {
  const within = frame % film.pieceFrames
  const path = piecePath(folder, Math.floor(frame / film.pieceFrames))
  for await (const picture of decodeFrames(path, { from: within, to: within + 1 })) return picture
  throw new Error(`Frame ${frame} of the film in ${folder} is missing.`)
}

/** Kept values that are written whole and read back, null where they are not there. */
export const FILM_FILES = {
  film: keptAs<Film>('film.bin'),
  speech: keptAs<Speech | null>('speech.bin'),
  dubbed: keptAs<DubbedFilm>('dubbed.bin'),
} as const

/** Where the face was in the pieces from one on. */
export function tracksFrom(piece: number) {
  return keptAs<readonly (TrackedFace | null)[]>(`track-${piece}.bin`)
}

function keptAs<Value>(name: string) {
  const pathIn = (folder: string) => join(folder, 'film', name)
  return {
    async write(folder: string, value: Value): Promise<void> {
      await makeWhole(pathIn(folder), (draft) => writeFile(draft, serialize({ value })))
    },
    async read(folder: string): Promise<{ readonly value: Value } | null> {
      try {
        return deserialize(await readFile(pathIn(folder))) as { value: Value }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
        throw error
      }
    },
  }
}
