// Plan + frame number: what one frame shows.
import { type FrameState, HEAD_CHANNEL_COUNT, type Plan, type PlannedScene, type Segment } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'

/**
 * The state of one frame; its arrays are views into the plan.
 * @param frame 0 to plan.frameCount - 1.
 * @param scene that is looked at; absent: the one that the frame belongs to.
 * @throws RangeError where the plan or the scene has no such frame.
 */
export function frameState(plan: Plan, frame: number, scene = sceneAt(plan, frame)): FrameState {
  const row = frame - runOf(scene).startFrame
  if (row < 0 || row >= runOf(scene).frameCount) throw new RangeError(`The scene has no frame ${frame}.`)
  const { character } = scene
  return {
    frame,
    background: scene.background,
    caption: plan.captions.find(({ startFrame, endFrame }) => frame >= startFrame && frame < endFrame)?.picture ?? null,
    character: character && {
      avatarId: character.avatarId,
      placement: character.placement,
      window: character.window,
      ...(character.isSharpened ? { isSharpened: true } : {}),
      shapes: character.track.shapes.subarray(row * SHAPE_COUNT, (row + 1) * SHAPE_COUNT),
      head: character.track.head.subarray(row * HEAD_CHANNEL_COUNT, (row + 1) * HEAD_CHANNEL_COUNT),
    },
  }
}

/**
 * The scene that a frame belongs to.
 * @throws RangeError where the plan has no such frame.
 */
export function sceneAt(plan: Plan, frame: number): PlannedScene {
  const scene = plan.scenes.find((s) => frame >= s.startFrame && frame < s.startFrame + s.frameCount)
  if (!scene) throw new RangeError(`The plan has ${plan.frameCount} frames; there is no frame ${frame}.`)
  return scene
}

/** All frames in which anything of a scene is seen. */
export function runOf({ startFrame, frameCount, before = 0, after = 0 }: PlannedScene) {
  return { startFrame: startFrame - before, frameCount: frameCount + before + after }
}

/** A cross-fade: its frames, and the scenes that it leads from and to. */
export type CrossFade = Omit<Segment, 'index'> & { readonly from: PlannedScene; readonly to: PlannedScene }

/** The cross-fade that a frame is part of, or null. */
export function crossFadeAt({ scenes }: Plan, frame: number): CrossFade | null {
  for (const [index, to] of scenes.entries()) {
    const from = scenes[index - 1]
    const half = to.before ?? 0
    if (from && half > 0 && frame >= to.startFrame - half && frame < to.startFrame + half) {
      return { startFrame: to.startFrame - half, frameCount: half * 2, from, to }
    }
  }
  return null
}
