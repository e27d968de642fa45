// In a render process: an avatar at rest as a picture.
import type { VideoSpec } from '../core/spec.ts'
import { frameState } from '../domain/frame-state.ts'
import { makePlan } from '../domain/make-plan.ts'
import { writeCover } from '../engines/media/cover.ts'
import { openPainter } from '../engines/painter/painter.ts'
import { drawBackground, loadRig } from './scenery.ts'
import { coverFrame } from './task-join.ts'
import type { Tasks } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** Paints a frame of an avatar who says nothing. */
export async function paintCover({ avatarId, rig, canvas, path }: Tasks['cover']['input']): Promise<null> {
  const spec: VideoSpec = {
    name: avatarId,
    canvas,
    scenes: [
      { character: { kind: 'avatar', avatarId }, voice: { kind: 'silence', seconds: 1 }, background: { kind: 'own' } },
    ],
    seed: 1,
  }
  const plan = makePlan({ spec, speeches: [null], rigs: new Map([[avatarId, rig]]) })
  const behind = await drawBackground(
    { kind: 'own' },
    canvas,
    rig.path,
    plan.scenes[0]?.character?.placement ?? null,
    {},
  )
  const painter = await openPainter({
    canvas,
    rigs: new Map([[avatarId, await loadRig(rig.path)]]),
    background: () => behind,
  })
  const picture = painter.paint(frameState(plan, coverFrame(plan)))
  await makeWhole(path, (draft) => writeCover(picture, draft))
  return null
}
