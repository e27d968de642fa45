// In a render process: how long each scene of a video would be.
import { framesFor } from '../core/time.ts'
import { sceneSeconds } from '../domain/make-plan.ts'
import { clipSeconds } from '../engines/media/clip.ts'
import { recordingOf, speechOf } from './scene-speech.ts'
import type { TaskContext, Tasks } from './tasks.ts'

/** Speaks every scene and counts its frames, as preparing would. */
export async function rehearseVideo(
  { spec, media, sounds }: Tasks['rehearse']['input'],
  { signal, report }: TaskContext,
): Promise<Tasks['rehearse']['output']> {
  const frameCounts: number[] = []
  for (const [index, scene] of spec.scenes.entries()) {
    // A recording need not be understood to know how long it is.
    const heard =
      scene.voice.kind === 'recording'
        ? { samples: await recordingOf(index, sounds) }
        : await speechOf(scene, index, sounds, signal)
    const clip = scene.background.kind === 'video' ? media.get(index) : undefined
    const seconds = sceneSeconds(scene, heard, index, clip && (await clipSeconds(clip.path)))
    frameCounts.push(framesFor(seconds, spec.canvas.fps))
    report((index + 1) / spec.scenes.length)
  }
  return { frameCounts }
}
