// What a face wears all the time (a smile, a frown, narrowed or wide eyes) comes and goes a little, and yields to what the lips say.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp } from '../curves.ts'
import { smoothNoise } from '../random.ts'
import type { Bearing } from './manner.ts'

/** How much of a smile rounded lips leave. */
const ROUND_LEAVES = 0.1

/** Writes smile, frown, squint and wide eyes into a shapes track that already has its mouth, brows and blinks. */
export function planWear(
  shapes: Float32Array,
  options: { readonly seed: number; readonly fps: number; readonly bearing: Bearing },
): void {
  const { seed, fps } = options
  const { wears } = options.bearing
  const frameCount = shapes.length / SHAPE_COUNT
  const worn = (shape: 'smile' | 'frown' | 'squint' | 'eyesWide', key: number, t: number): number =>
    (wears[shape] ?? 0) * (1 + 0.3 * smoothNoise(seed + key, t, 0.16))
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    const row = frame * SHAPE_COUNT
    const round = clamp(shapes[row + SHAPE_INDEX.lipsRound]! + shapes[row + SHAPE_INDEX.lipsFunnel]!, 0, 1)
    shapes[row + SHAPE_INDEX.smile] = clamp(worn('smile', 311, t) * (1 - (1 - ROUND_LEAVES) * round), 0, 1)
    shapes[row + SHAPE_INDEX.frown] = clamp(worn('frown', 314, t) * (1 - round), 0, 1)
    shapes[row + SHAPE_INDEX.squint] = clamp(worn('squint', 312, t) + 0.04 * smoothNoise(seed + 304, t, 0.2), 0, 1)
    // Brows that go up open the eyes a little.
    const lifted = 0.18 * Math.max(0, shapes[row + SHAPE_INDEX.browsUp]! - 0.3)
    // No lid is wide open and shut at once.
    const shut = Math.max(shapes[row + SHAPE_INDEX.blinkLeft]!, shapes[row + SHAPE_INDEX.blinkRight]!)
    shapes[row + SHAPE_INDEX.eyesWide] = clamp(worn('eyesWide', 313, t) + lifted, 0, 1) * (1 - shut)
  }
}
