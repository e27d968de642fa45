// Plan + frame number: what one frame shows.
import { type FrameState, HEAD_CHANNEL_COUNT, type Plan, type PlannedScene } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'

/**
 * The state of one frame; its arrays are views into the plan.
 * @param frame 0 to plan.frameCount - 1.
 * @throws RangeError where the plan has no such frame.
 */
export function frameState(plan: Plan, frame: number): FrameState {
  const scene = sceneAt(plan, frame)
  const row = frame - scene.startFrame
  const { character } = scene
  return {
    frame,
    background: scene.background,
    caption: plan.captions.find(({ startFrame, endFrame }) => frame >= startFrame && frame < endFrame)?.picture ?? null,
    character: character && {
      avatarId: character.avatarId,
      placement: character.placement,
      window: character.window,
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
