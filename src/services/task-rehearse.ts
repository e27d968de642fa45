// In a render process: how long each scene of a video would be.
import { framesFor } from '../core/time.ts'
import { sceneSeconds } from '../domain/make-plan.ts'
import { speechOf } from './task-prepare.ts'
import type { TaskContext, Tasks } from './tasks.ts'

/** Speaks every scene and counts its frames, as preparing would. */
export async function rehearseVideo(
  { spec }: Tasks['rehearse']['input'],
  { signal, report }: TaskContext,
): Promise<Tasks['rehearse']['output']> {
  const frameCounts: number[] = []
  for (const [index, scene] of spec.scenes.entries()) {
    frameCounts.push(framesFor(sceneSeconds(scene, await speechOf(scene, signal), index), spec.canvas.fps))
    report((index + 1) / spec.scenes.length)
  }
  return { frameCounts }
}
