// In a render process: the frames of a scene with the pictures of the clip behind them.
import { Fault } from '../core/errors.ts'
import type { FrameState, PlannedBackground } from '../core/plan.ts'
import type { Canvas } from '../core/spec.ts'
import { clipTimeAt } from '../domain/clip-time.ts'
import { type Clip, openClip } from '../engines/media/clip.ts'
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
  const key = JSON.stringify([path, width, height, background.fit, background.box, background.color])
  const clip = await takeClip(key, () =>
    openClip(path, { width, height, fit: background.fit, box: background.box, around }),
  )
  let last: { readonly frame: number; readonly backdrop: NonNullable<FrameState['backdrop']> } | undefined
  let isSound = true
  try {
    for (const state of states) {
      if (last === undefined || last.frame !== state.frame) {
        const time = clipTimeAt(background, state.frame - scene.startFrame, scene.frameCount, scene.fps)
        isSound = false
        const picture = time === null ? around : await clip.pictureAt(time)
        isSound = true
        last = { frame: state.frame, backdrop: { id: nextId++, picture } }
      }
      yield { ...state, backdrop: last.backdrop }
    }
  } finally {
    await (isSound ? keepClip(key, clip) : clip.close())
  }
}

/** How long a clip stays open while nobody wants it, in milliseconds: the next segment mostly goes on where this one ends. */
const KEPT_MS = 2000

let kept: { readonly key: string; readonly clip: Clip; readonly timer: NodeJS.Timeout } | null = null

async function takeClip(key: string, open: () => Promise<Clip>): Promise<Clip> {
  const found = kept
  if (found) {
    kept = null
    clearTimeout(found.timer)
    if (found.key === key) return found.clip
    await found.clip.close()
  }
  return open()
}

async function keepClip(key: string, clip: Clip): Promise<void> {
  const other = kept
  if (other) clearTimeout(other.timer)
  const forget = () => {
    kept = null
    clip.close().catch(() => {})
  }
  kept = { key, clip, timer: setTimeout(forget, KEPT_MS).unref() }
  await other?.clip.close()
}
