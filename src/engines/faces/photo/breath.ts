// A breath: the shoulders rise, and the head rides on them a little.
import { mix, smoothstep } from './ease.ts'
import { type FaceFrame, landmark, MILLIMETRE } from './face-frame.ts'
import type { HeadShape } from './head-shape.ts'
import { POINT } from './landmark-sets.ts'

/** How far the shoulders rise, and how much of that the head does. */
const RISE = 5 * MILLIMETRE
const HEAD_SHARE = 0.3

/** Rig pixels that a place rises at the top of a breath; below the chest nothing moves. */
export function breathAt(face: FaceFrame, head: HeadShape): (x: number, y: number) => number {
  const chin = landmark(face, POINT.chin).y
  return (x, y) => {
    const under = (y - chin) / MILLIMETRE
    const share = mix(HEAD_SHARE, 1, smoothstep(15, 95, under)) * (1 - smoothstep(120, 230, under))
    return RISE * share * head.pinAt(x, y)
  }
}

/** What the head rises at the top of a breath, rig pixels. */
export const HEAD_BREATH = RISE * HEAD_SHARE
