// The frame of footage from which a mouth, or an avatar, is best made: eyes open, lips together, seen from the front.
import type { TrackedFace } from '../../../core/footage.ts'
import { LEFT_LIDS, POINTS, RIGHT_LIDS } from '../photo/face-mesh.ts'
import { headPose } from '../photo/head-pose.ts'

/** What one wants of the frame: a mouth needs no open eyes. */
export type FrameWish = 'mouth' | 'portrait'

/** How unfit a frame is: 0 is perfect, from about 1 on something is plainly wrong. */
export function unfitness({ points, score }: TrackedFace, wish: FrameWish): number {
  const apart = (a: number, b: number) =>
    Math.hypot(points[a * 3]! - points[b * 3]!, points[a * 3 + 1]! - points[b * 3 + 1]!)
  const { yaw, pitch } = headPose(points)
  const mouthWidth = apart(POINTS.leftMouth, POINTS.rightMouth)
  const gap = apart(INNER_UPPER_LIP, INNER_LOWER_LIP) / mouthWidth
  const turned = (yaw / 0.5) ** 2 + (pitch / 0.6) ** 2
  const unsure = Math.max(0, 1 - score) * 2
  const parted = (Math.max(0, gap - 0.02) / 0.12) ** 1.2
  if (wish === 'mouth') return parted + turned + unsure
  const opened = Math.min(
    ...[LEFT_LIDS, RIGHT_LIDS].map((lids) => apart(lids[12]!, lids[4]!) / apart(lids[0]!, lids[8]!)),
  )
  return parted + turned + unsure + 2 * (Math.max(0, USUAL_OPENNESS - opened) / USUAL_OPENNESS)
}

const INNER_UPPER_LIP = 13
const INNER_LOWER_LIP = 14
/** Between the lids over the eye's width, of open eyes. */
const USUAL_OPENNESS = 0.28

/** The frames that are least unfit, best first, none next to another. */
export function leastUnfit(
  faces: readonly (TrackedFace | null)[],
  wish: FrameWish,
  count: number,
): readonly { readonly frame: number; readonly unfitness: number }[] {
  const apart = Math.max(1, Math.min(NEIGHBOURS, Math.floor(faces.length / (2 * count))))
  const chosen: { frame: number; unfitness: number }[] = []
  const all = faces
    .flatMap((face, frame) => (face ? [{ frame, unfitness: unfitness(face, wish) }] : []))
    .sort((a, b) => a.unfitness - b.unfitness)
  for (const one of all) {
    if (chosen.length === count) break
    if (chosen.every(({ frame }) => Math.abs(frame - one.frame) >= apart)) chosen.push(one)
  }
  return chosen
}

/** Frames nearer than this to each other look alike. */
const NEIGHBOURS = 5
