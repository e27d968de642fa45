// In a render process: the frame of a film that shows its person best becomes a picture.
import sharp from 'sharp'
import { Fault } from '../core/errors.ts'
import type { TrackedFace } from '../core/footage.ts'
import { MOST_FOOTAGE } from '../core/spec.ts'
import { loadFaceModels } from '../engines/faces/face-models.ts'
import { leastUnfit } from '../engines/faces/footage/choose-frame.ts'
import { photographFrame } from '../engines/faces/footage/photograph-frame.ts'
import { startTracker } from '../engines/faces/footage/track-face.ts'
import { filmFacts, readFilm } from '../engines/media/film.ts'
import { type Picture, planesToRgb } from '../engines/media/planes.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Frames of a film that are looked at, spread over its beginning. */
const MOST_LOOKS = 60
/** Nothing after this is looked at, seconds. */
const MOST_SECONDS = 60
/** So many of the best are kept and compared for sharpness. */
const KEPT = 6

/**
 * Finds the frame with open eyes and closed lips that is seen from the front and is sharp.
 * @throws Fault `invalid` with the reason `no-face` where no frame shows a face.
 */
export async function findPortrait(
  { filmPath, picturePath }: Tasks['portrait']['input'],
  { signal, report }: TaskContext,
): Promise<null> {
  const { canvas, durationSeconds } = await filmFacts(filmPath, MOST_FOOTAGE)
  const seconds = Math.min(MOST_SECONDS, durationSeconds > 0 ? durationSeconds : MOST_SECONDS)
  const every = Math.max(1, Math.floor((seconds * canvas.fps) / MOST_LOOKS))
  const models = await loadFaceModels()
  let kept: { picture: Picture; face: TrackedFace }[] = []
  let at = -1
  for await (const picture of readFilm(filmPath, canvas)) {
    signal.throwIfAborted()
    if (++at > seconds * canvas.fps) break
    if (at % every !== 0) continue
    report(at / (seconds * canvas.fps))
    // A look of its own at each: they lie too far apart to be followed.
    const face = await startTracker(models).next(picture)
    if (!face) continue
    kept.push({ picture, face })
    if (kept.length > KEPT) {
      const best = leastUnfit(
        kept.map(({ face }) => face),
        'portrait',
        KEPT,
      )
      kept = best.map(({ frame }) => kept[frame]!)
    }
  }
  let chosen: { readonly picture: Picture; readonly score: number } | null = null
  for (const { frame, unfitness } of leastUnfit(
    kept.map(({ face }) => face),
    'portrait',
    KEPT,
  )) {
    const { picture, face } = kept[frame]!
    const photo = await photographFrame(models, picture, face)
    if (photo && (!chosen || unfitness - photo.sharpness < chosen.score)) {
      chosen = { picture, score: unfitness - photo.sharpness }
    }
  }
  if (!chosen) {
    throw new Fault('invalid', 'No face is seen in the video. Use one that shows a person from the front.', {
      reason: 'no-face',
    })
  }
  const { width, height } = chosen.picture
  await makeWhole(picturePath, (draft) =>
    sharp(planesToRgb(chosen.picture), { raw: { width, height, channels: 3 } })
      .png()
      .toFile(draft),
  )
  return null
}
