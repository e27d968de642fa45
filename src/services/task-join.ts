// In a render process: rendered segments and the sound become one file, and one of its frames its picture.
import { stat, writeFile } from 'node:fs/promises'
import { Fault } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../core/shapes.ts'
import { captionFile, captionFormatOf } from '../domain/captions/caption-files.ts'
import { encodeSpeechTrack, joinSpeech, SPEECH_TRACK_KEY } from '../domain/sync/speech-track.ts'
import { writeCover } from '../engines/media/cover.ts'
import { decodeFrames } from '../engines/media/decode.ts'
import { joinSegments } from '../engines/media/join.ts'
import { segmentPath } from './segment-cache.ts'
import { encodedSound } from './task-sound.ts'
import type { Joined, TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'
import { readPlan, readPrepared, readTimeline } from './work-folder.ts'

/** The picture is chosen among the frames of the first so many seconds. */
const COVER_SECONDS = 2

/** Joins a prepared video whose segments are rendered. */
export async function joinVideo(
  { folder, cacheFolder, videoPath, coverPath, subtitlePath }: Tasks['join']['input'],
  context: TaskContext,
): Promise<Joined> {
  const prepared = await readPrepared(folder)
  if (!prepared) throw new Fault('internal', `No video was prepared in ${folder}.`)
  const { canvas, segments } = prepared
  const timeline = await readTimeline(folder)
  const { frameCount } = await joinSegments({
    segmentPaths: segments.map(({ key }) => segmentPath(cacheFolder, key)),
    sound: await encodedSound(folder, context),
    canvas,
    outPath: videoPath,
    metadata: { [SPEECH_TRACK_KEY]: encodeSpeechTrack(joinSpeech(timeline.scenes)) },
    signal: context.signal,
  })
  context.report(0.8)
  if (coverPath !== null) {
    const frame = coverFrame(await readPlan(folder))
    for await (const picture of decodeFrames(videoPath, { from: frame, to: frame + 1 })) {
      await makeWhole(coverPath, (draft) => writeCover(picture, draft))
    }
  }
  if (subtitlePath !== undefined) {
    const text = captionFile(timeline.cues, captionFormatOf(subtitlePath), canvas)
    await makeWhole(subtitlePath, (draft) => writeFile(draft, text))
  }
  return { durationSeconds: frameCount / canvas.fps, byteCount: (await stat(videoPath)).size }
}

/** The frame that shows the face best: eyes open, mouth nearly closed, early in the first scene. */
export function coverFrame({ canvas, scenes }: Pick<Plan, 'canvas' | 'scenes'>): number {
  const scene = scenes[0]
  const shapes = scene?.character?.track.shapes
  if (!scene || !shapes) return 0
  const weight = (frame: number, shape: keyof typeof SHAPE_INDEX) =>
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX[shape]] ?? 0
  const badness = (frame: number) =>
    weight(frame, 'blinkLeft') + weight(frame, 'blinkRight') + weight(frame, 'jawOpen') + weight(frame, 'lipsRound') / 2
  let best = 0
  for (let frame = 1; frame < Math.min(scene.frameCount, COVER_SECONDS * canvas.fps); frame++) {
    if (badness(frame) < badness(best) - 1e-6) best = frame
  }
  return scene.startFrame + best
}
