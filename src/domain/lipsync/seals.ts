// Closures that must be seen: lips on p, b, m; lower lip on teeth for f, v.
import { plateau } from '../curves.ts'
import type { Gesture } from './gestures.ts'

/** A closure is held at least this long, so that a frame falls into it at 25 fps. Seconds. */
const SHORTEST_HOLD = 0.052

/** A closure in time. */
export type Seal = {
  readonly kind: 'lips' | 'lip-teeth'
  readonly fromSeconds: number
  readonly toSeconds: number
}

/** The closures among some gestures; neighbours of one kind that almost touch become one. */
export function sealsOf(gestures: readonly Gesture[]): readonly Seal[] {
  const seals: Seal[] = []
  for (const gesture of gestures) {
    const kind = gesture.articulation.seal
    if (!kind) continue
    const length = gesture.endSeconds - gesture.startSeconds
    // The end of a stop is its burst: the lips are opening already.
    const fromSeconds = gesture.startSeconds
    const toSeconds = Math.max(gesture.endSeconds - Math.min(0.02, length * 0.2), fromSeconds + SHORTEST_HOLD)
    const last = seals.at(-1)
    if (last && last.kind === kind && fromSeconds - last.toSeconds < 0.06) {
      seals[seals.length - 1] = { ...last, toSeconds }
    } else {
      seals.push({ kind, fromSeconds, toSeconds })
    }
  }
  return seals
}

/** How far a closure is made at a time, 0 to 1. Lips close in about 70 ms and part in about 60. */
export function sealAt(seal: Seal, seconds: number): number {
  return plateau(seconds, seal.fromSeconds, seal.toSeconds, 0.075, 0.065)
}

/** How far round a seal it is felt at all, seconds. */
export const SEAL_REACH = 0.08
