// The order of preparing a film: read it, follow its face in several processes at once, plan its new mouth.
import { Fault, Unsupported } from '../core/errors.ts'
import { outputsOf } from '../core/output.ts'
import type { VideoSpec } from '../core/spec.ts'
import { pieceCount } from './film-folder.ts'
import type { Media } from './media.ts'
import type { RenderPool, RunOptions } from './render-pool.ts'
import { findSceneMedia } from './scene-media.ts'
import type { Prepared, Span } from './tasks.ts'

/** Pieces that one process follows a face through at a time. */
const SPAN_PIECES = 10
/** Shares of the time: reading ends, then following. */
const READ = 0.3
const FOLLOWED = 0.9

/** Prepares a video that is made of footage. Progress: 0 to 1. */
export async function prepareFilm(
  pool: RenderPool,
  media: Media,
  spec: VideoSpec,
  folder: string,
  { signal, onProgress }: RunOptions = {},
): Promise<Prepared> {
  const scene = spec.scenes[0]
  if (!scene || !spec.footage || spec.scenes.length !== 1) {
    throw new Fault('invalid', 'A video of footage has one scene.')
  }
  if (outputsOf(spec).length > 1) throw new Unsupported('More than one file of a video of footage')
  const { sounds, film: found } = await findSceneMedia(spec, media, folder, signal)
  if (!found) throw new Fault('internal', 'The film was not found.')
  const run = (from: number, to: number, tell = (share: number) => onProgress?.(from + share * (to - from))) => ({
    ...(signal ? { signal } : {}),
    onProgress: tell,
  })
  const film = await pool.run('film', { scene, sounds, most: spec.canvas, film: found, folder }, run(0, READ))
  const spans: Span[] = []
  for (let piece = 0; piece < pieceCount(film); piece += SPAN_PIECES) {
    spans.push({ fromPiece: piece, toPiece: Math.min(piece + SPAN_PIECES, pieceCount(film)) })
  }
  const shares = new Map<number, number>()
  const report = (piece: number, share: number) => {
    shares.set(piece, share)
    onProgress?.(READ + ((FOLLOWED - READ) * [...shares.values()].reduce((sum, one) => sum + one, 0)) / spans.length)
  }
  await Promise.all(
    spans.map(async (span) => {
      await pool.run(
        'track',
        { ...span, folder },
        run(READ, FOLLOWED, (share) => report(span.fromPiece, share)),
      )
      report(span.fromPiece, 1)
    }),
  )
  return pool.run('dub', { spec, filmHash: found.hash, folder, spans }, run(FOLLOWED, 1))
}
