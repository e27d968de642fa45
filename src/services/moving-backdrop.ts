// In a render process: the frames of a scene with the pictures of the clip behind them.
import { Fault } from '../core/errors.ts'
import type { FrameState, PlannedBackground } from '../core/plan.ts'
import type { TexturePlanes } from '../core/rig.ts'
import type { Canvas } from '../core/spec.ts'
import { clipTimeAt } from '../domain/clip-time.ts'
import { openClip } from '../engines/media/clip.ts'
import { solidColour } from '../engines/pictures/solid.ts'

type Picture = Pick<TexturePlanes, 'y' | 'u' | 'v'>

/** Pictures in flight at once: those that the painter has before it, the one that is read, and one to spare. */
const RING = 5

let nextId = 1

/** Where a run of frames lies in its scene. */
export type SceneRun = { readonly startFrame: number; readonly frameCount: number; readonly fps: number }

/**
 * Puts the clip's pictures behind frames, in shared memory: each is valid until four more have been asked for. States of
 * one frame, with and without a caption, get the same.
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
  const ring = Array.from({ length: RING }, () => sharedPicture(width, height))
  let last: { readonly frame: number; readonly backdrop: NonNullable<FrameState['backdrop']> } | undefined
  try {
    for (const state of states) {
      if (last === undefined || last.frame !== state.frame) {
        const time = clipTimeAt(background, state.frame - scene.startFrame, scene.frameCount, scene.fps)
        const source = time === null ? around : await clip.pictureAt(time)
        const id = nextId++
        const picture = ring[id % RING]!
        picture.y.set(source.y)
        picture.u.set(source.u)
        picture.v.set(source.v)
        last = { frame: state.frame, backdrop: { id, picture } }
      }
      yield { ...state, backdrop: last.backdrop }
    }
  } finally {
    await clip.close()
  }
}

function sharedPicture(width: number, height: number): Picture {
  const plane = (size: number) => new Uint8Array(new SharedArrayBuffer(size))
  return { y: plane(width * height), u: plane((width * height) / 4), v: plane((width * height) / 4) }
}
