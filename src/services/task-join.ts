// In a render process: rendered segments and the sound become files, and one of their frames their picture.
import { stat, writeFile } from 'node:fs/promises'
import { Fault } from '../core/errors.ts'
import type { Plan } from '../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../core/shapes.ts'
import { soundLength } from '../core/time.ts'
import { captionFile } from '../domain/captions/caption-files.ts'
import { encodeSpeechTrack, joinSpeech, SPEECH_TRACK_KEY } from '../domain/sync/speech-track.ts'
import { PICTURE_CODECS } from '../engines/media/codecs.ts'
import { writeCover } from '../engines/media/cover.ts'
import { decodeFrames } from '../engines/media/decode.ts'
import { writeGif } from '../engines/media/gif.ts'
import { joinSegments } from '../engines/media/join.ts'
import { writeM4a, writeMp3, writeWav } from '../engines/media/sound-only.ts'
import { segmentPath } from './segment-cache.ts'
import { encodedSound } from './task-sound.ts'
import type { Joined, TaskContext, Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'
import { readPlan, readPrepared, readSound, readTimeline } from './work-folder.ts'

/** The picture is chosen among the frames of the first so many seconds. */
const COVER_SECONDS = 2

/** Joins a prepared video whose segments are rendered, and makes its other files. */
export async function joinVideo(
  { folder, cacheFolder, outPaths, coverPath }: Tasks['join']['input'],
  context: TaskContext,
): Promise<Joined> {
  const prepared = await readPrepared(folder)
  const [videoPath] = outPaths
  if (!prepared || videoPath === undefined) throw new Fault('internal', `No video was prepared in ${folder}.`)
  const { outputs, takes, segments, frameCount } = prepared
  const { canvas } = takes[0]!
  const timeline = await readTimeline(folder)
  const metadata = { [SPEECH_TRACK_KEY]: encodeSpeechTrack(joinSpeech(timeline.scenes)) }
  for (const [take, { canvas, products }] of takes.entries()) {
    for (const [product, { output, format }] of products.entries()) {
      await joinSegments({
        segmentPaths: segments
          .filter((segment) => segment.take === take)
          .map(({ files }) => segmentPath(cacheFolder, files[product]!)),
        sound: await encodedSound(folder, PICTURE_CODECS[format].sound, context),
        canvas,
        format,
        outPath: outPaths[output]!,
        metadata,
        signal: context.signal,
      })
    }
  }
  context.report(0.6)
  if (coverPath !== null) {
    const frame = coverFrame(await readPlan(folder, 0))
    for await (const picture of decodeFrames(videoPath, { from: frame, to: frame + 1 })) {
      await makeWhole(coverPath, (draft) => writeCover(picture, draft))
    }
  }
  for (const [index, output] of outputs.entries()) {
    const path = outPaths[index]!
    if (output.kind === 'gif') await makeWhole(path, (draft) => writeGif(videoPath, canvas.fps, draft))
    if (output.kind === 'subtitles') {
      await makeWhole(path, (draft) => writeFile(draft, captionFile(timeline.cues, output.format, canvas)))
    }
    if (output.kind === 'sound') {
      const sampleCount = soundLength(frameCount, canvas.fps)
      await makeWhole(path, async (draft) => {
        if (output.format === 'm4a') await writeM4a(await encodedSound(folder, 'aac', context), draft)
        else if (output.format === 'mp3') await writeMp3(readSound(folder), draft)
        else await writeWav(readSound(folder), sampleCount, draft)
      })
    }
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
  for (let frame = 1; frame < Math.min(scene.frameCount - (scene.after ?? 0), COVER_SECONDS * canvas.fps); frame++) {
    if (badness(frame) < badness(best) - 1e-6) best = frame
  }
  return scene.startFrame + best
}
