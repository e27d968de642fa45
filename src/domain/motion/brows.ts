// Brows rise on emphasis, stay up through the end of a question, and otherwise drift a little.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, followMoves, type Move } from '../curves.ts'
import { chance, smoothNoise } from '../random.ts'
import type { Emphasis } from './emphasis.ts'
import type { Bearing } from './manner.ts'
import type { Phrase } from './phrases.ts'

/** Weaker emphases leave the brows alone. */
const WORTH = 0.4

/** What the brows are told. */
export type BrowScene = {
  readonly seed: number
  readonly fps: number
  readonly bearing: Bearing
  readonly emphases: readonly Emphasis[]
  readonly phrases: readonly Phrase[]
}

/** Writes brows into a shapes track. */
export function planBrows(shapes: Float32Array, scene: BrowScene): void {
  const { seed, fps, bearing } = scene
  const frameCount = shapes.length / SHAPE_COUNT
  const raises = planRaises(scene)
  const ups = followMoves(
    raises.map(({ up, ...move }) => ({ ...move, to: up })),
    frameCount,
    fps,
  )
  const inners = followMoves(
    raises.map(({ inner, ...move }) => ({ ...move, to: inner })),
    frameCount,
    fps,
  )
  const worn = (shape: 'browsUp' | 'browsInnerUp' | 'browsDown'): number => bearing.wears[shape] ?? 0
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    const row = frame * SHAPE_COUNT
    const up = worn('browsUp') + 0.06 * smoothNoise(seed + 301, t, 0.3) + ups[frame]!
    const inner = worn('browsInnerUp') + 0.05 * smoothNoise(seed + 302, t, 0.22) + inners[frame]!
    const down = worn('browsDown') + 0.08 * smoothNoise(seed + 303, t, 0.17) - ups[frame]! * 0.5
    shapes[row + SHAPE_INDEX.browsUp] = clamp(up, 0, 1)
    shapes[row + SHAPE_INDEX.browsInnerUp] = clamp(inner, 0, 1)
    shapes[row + SHAPE_INDEX.browsDown] = clamp(down, 0, 1)
  }
}

type Raise = Omit<Move, 'to'> & { readonly up: number; readonly inner: number }

/** Raises and returns, in order of time. */
function planRaises({ seed, bearing, emphases, phrases }: BrowScene): readonly Raise[] {
  const raises: Raise[] = []
  for (const { seconds, strength, denies } of emphases) {
    const key = Math.round(seconds * 100)
    if (denies || strength < WORTH || chance(seed, 51, key) > 0.55 * bearing.brows) continue
    const up = strength * (0.4 + 0.4 * chance(seed, 52, key)) * bearing.brows
    const inner = up * 0.5 * chance(seed, 53, key)
    raises.push({ seconds: seconds - 0.2, takes: 0.22 + 0.08 * chance(seed, 54, key), up, inner })
    raises.push({ seconds: seconds + 0.16 + 0.3 * chance(seed, 55, key), takes: 0.55, up: 0, inner: 0 })
  }
  for (const [index, { startSeconds, endSeconds, end }] of phrases.entries()) {
    if (end !== 'question') continue
    const up = (0.42 + 0.3 * chance(seed, 56, index)) * Math.min(1.4, bearing.brows)
    raises.push({ seconds: Math.max(startSeconds, endSeconds - 0.8), takes: 0.4, up, inner: up * 0.55 })
    raises.push({ seconds: endSeconds + 0.1 + 0.25 * chance(seed, 57, index), takes: 0.6, up: 0, inner: 0 })
  }
  return raises.sort((a, b) => a.seconds - b.seconds)
}
