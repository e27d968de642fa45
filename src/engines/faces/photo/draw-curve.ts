// Draws the edge of an opening from where landmarks have it to where the picture has it.
import { bestPath } from './best-path.ts'
import { MILLIMETRE } from './face-frame.ts'
import { alongOf, CURVE_SAMPLES } from './outline.ts'

/** Candidates lie this far apart. */
const STEP = 0.2 * MILLIMETRE

/**
 * Moves a curve to where it costs least; its corners stay.
 *
 * @param reach how far the curve may go, rig pixels. @param cost about 0 to 1, of the edge being `below` at `along`.
 */
export function drawCurve(
  guess: Float32Array,
  reach: number,
  cost: (along: number, below: number) => number,
): Float32Array {
  const most = Math.ceil(reach / STEP)
  const offsetOf = (candidate: number) => (candidate - most) * STEP
  const path = bestPath(
    CURVE_SAMPLES,
    most * 2 + 1,
    (sample, candidate) => {
      const along = alongOf(sample)
      const room = Math.sqrt(1 - along * along) * most + 0.5
      const far = Math.abs(candidate - most) / room
      if (far > 1) return 1e3 * far
      return cost(along, guess[sample]! + offsetOf(candidate)) + 0.12 * far * far
    },
    (steps) => 0.025 * steps * steps,
  )
  let offsets = Float32Array.from(path, offsetOf)
  for (let pass = 0; pass < 2; pass++) {
    offsets = offsets.map((value, i) =>
      i === 0 || i === CURVE_SAMPLES - 1 ? 0 : (offsets[i - 1]! + 2 * value + offsets[i + 1]!) / 4,
    )
  }
  return guess.map((value, i) => value + offsets[i]!)
}
