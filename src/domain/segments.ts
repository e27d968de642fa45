// A video cut into runs of frames that any worker may render, and what each one's pixels depend on.
import { HEAD_CHANNEL_COUNT, type Plan, type PlannedScene, type Segment } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'
import { crossFadeAt, runOf, sceneAt } from './frame-state.ts'

/**
 * Longest segment in seconds: two groups of pictures. Short enough that a minute keeps several processes evenly busy, and
 * that a crash or a small edit costs little.
 */
export const SEGMENT_SECONDS = 4

/**
 * Cuts a plan at scene ends, about cross-fades and every `maxSeconds`. Cuts lie at fixed places from a scene's start, so that
 * a change late in a scene leaves its earlier segments as they were.
 */
export function cutSegments(plan: Plan, maxSeconds = SEGMENT_SECONDS): readonly Segment[] {
  const longest = Math.max(1, Math.round(maxSeconds * plan.canvas.fps))
  const segments: Segment[] = []
  const add = (startFrame: number, frameCount: number) =>
    segments.push({ index: segments.length, startFrame, frameCount })
  for (const { startFrame, frameCount, before = 0, after = 0 } of plan.scenes) {
    const end = startFrame + frameCount - after
    for (let at = startFrame + before; at < end; at += longest) add(at, Math.min(longest, end - at))
    if (after > 0) add(end, after * 2)
  }
  return segments
}

/**
 * The order in which segments are handed out, so that each of some processes gets neighbours: what is open for one of them,
 * a scene's painter and its clip, serves the next as well.
 * @param lanes how many processes there are.
 */
export function inLanes<T>(segments: readonly T[], lanes: number): readonly T[] {
  const length = Math.ceil(segments.length / lanes)
  return segments
    .map((segment, index) => ({ segment, step: index % length }))
    .sort((one, other) => one.step - other.step)
    .map(({ segment }) => segment)
}

/**
 * The bytes of everything in a plan that decides a segment's pixels, and nothing else: what its address is made from.
 * @param isCaptioned false leaves the captions out.
 */
export function segmentData(plan: Plan, segment: Segment, isCaptioned = true): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({
      canvas: [plan.canvas.width, plan.canvas.height, plan.canvas.fps],
      frames: segment.frameCount,
      captions: isCaptioned ? captionsIn(plan, segment) : [],
      mark: plan.mark,
    }),
  )
  const fade = crossFadeAt(plan, segment.startFrame)
  const scenes = fade ? [fade.from, fade.to] : [sceneAt(plan, segment.startFrame)]
  return concat([header, ...scenes.flatMap((scene) => sceneData(scene, segment))])
}

/** What of a scene decides the pixels of a segment. */
function sceneData(scene: PlannedScene, segment: Segment): readonly Uint8Array[] {
  const { character, background } = scene
  const run = runOf(scene)
  const first = segment.startFrame - run.startFrame
  const header = new TextEncoder().encode(
    JSON.stringify({
      background,
      avatarId: character?.avatarId ?? null,
      rigHash: character?.rigHash ?? null,
      placement: character ? [character.placement.scale, character.placement.x, character.placement.y] : null,
      window: character?.window ?? null,
      isSharpened: character?.isSharpened,
      // A clip's pictures depend on where in the scene they stand.
      clip: background.kind === 'video' ? [first, run.frameCount] : null,
    }),
  )
  if (!character) return [header]
  const rows = (track: Float32Array, stride: number): Uint8Array => {
    const part = track.subarray(first * stride, (first + segment.frameCount) * stride)
    return new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
  }
  return [header, rows(character.track.shapes, SHAPE_COUNT), rows(character.track.head, HEAD_CHANNEL_COUNT)]
}

/** What stands over a segment's frames, counted from its own first. */
function captionsIn({ captions }: Plan, { startFrame, frameCount }: Segment): readonly unknown[] {
  return captions
    .filter((caption) => caption.endFrame > startFrame && caption.startFrame < startFrame + frameCount)
    .map((caption) => [
      Math.max(0, caption.startFrame - startFrame),
      Math.min(frameCount, caption.endFrame - startFrame),
      caption.picture,
    ])
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
