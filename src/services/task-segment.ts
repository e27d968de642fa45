// In a render process: one segment's frames are painted and encoded, a few of them under way at once.

import { Fault } from '../core/errors.ts'
import type { FrameState, Plan, Segment } from '../core/plan.ts'
import { frameState, sceneAt } from '../domain/frame-state.ts'
import { openEncoder } from '../engines/media/encoder.ts'
import { changedRows, type YuvFrame } from '../engines/painter/painter.ts'
import { dropPainter, painterFor } from './scenery.ts'
import { segmentPath } from './segment-cache.ts'
import type { TaskContext, Tasks } from './tasks.ts'
import { makeWhole, useIfThere } from './whole-file.ts'
import { readPlan, readPrepared } from './work-folder.ts'

/** Renders a segment into the cache, unless it is there. */
export async function renderSegment(
  { folder, index, cacheFolder }: Tasks['segment']['input'],
  { signal, report }: TaskContext,
): Promise<null> {
  const prepared = await readPrepared(folder)
  const segment = prepared?.segments[index]
  if (!prepared || !segment) throw new Fault('internal', `Segment ${index} was not prepared in ${folder}.`)
  const path = segmentPath(cacheFolder, segment.key)
  if (await useIfThere(path)) return null
  const plan = await readPlan(folder)
  const painter = await painterFor(
    plan.canvas,
    sceneAt(plan, segment.startFrame),
    prepared.rigPaths,
    prepared.mediaPaths,
  )
  await makeWhole(path, async (draft) => {
    const encoder = await openEncoder({ path: draft, canvas: plan.canvas })
    let done = 0
    let before: Pick<YuvFrame, 'standing' | 'moving'> | null = null
    try {
      for await (const frame of painter.frames(states(plan, segment), { signal })) {
        await encoder.encode(frame, changedRows(frame, before))
        before = { standing: frame.standing, moving: frame.moving }
        frame.release()
        report(++done)
      }
      await encoder.close()
    } catch (error) {
      await encoder.abort()
      dropPainter()
      throw error
    }
  })
  return null
}

function* states(plan: Plan, { startFrame, frameCount }: Segment): Generator<FrameState> {
  for (let frame = startFrame; frame < startFrame + frameCount; frame++) yield frameState(plan, frame)
}
