// In a render process: the frames of a scene with the pictures of the clip behind them.
import { Fault } from '../core/errors.ts'
import type { FrameState, PlannedBackground } from '../core/plan.ts'
import type { Canvas } from '../core/spec.ts'
import { clipTimeAt } from '../domain/clip-time.ts'
import { openClip } from '../engines/media/clip.ts'
import { solidColour } from '../engines/pictures/solid.ts'

let nextId = 1

/** Where a run of frames lies in its scene. */
export type SceneRun = { readonly startFrame: number; readonly frameCount: number; readonly fps: number }

/**
 * Puts the clip's pictures behind frames: each is valid until the next is asked for. States of one frame, with and without
 * a caption, get the same.
 * @param states of one scene, in order. @param scene the scene's own start and length.
 */
export async function* withClip(
  states: Iterable<FrameState>,
  background: Extract<PlannedBackground, { kind: 'video' }>,
  path: string | undefined,
  { width, height }: Pick<Canvas, 'width' | 'height'>,
  scene: SceneRun,
): AsyncGenerator<FrameState, void, undefined> {
  if (path === undefined) throw new Fault('internal', 'The background video of a scene was not prepared.')
  const around = solidColour(background.color, width, height)
  const clip = await openClip(path, { width, height, fit: background.fit, box: background.box, around })
  let last: { readonly frame: number; readonly backdrop: NonNullable<FrameState['backdrop']> } | undefined
  try {
    for (const state of states) {
      if (last === undefined || last.frame !== state.frame) {
        const time = clipTimeAt(background, state.frame - scene.startFrame, scene.frameCount, scene.fps)
        const picture = time === null ? around : await clip.pictureAt(time)
        last = { frame: state.frame, backdrop: { id: nextId++, picture } }
      }
      yield { ...state, backdrop: last.backdrop }
    }
  } finally {
    await clip.close()
  }
}
