// The background without its person: filled from around them, with the photo's own grain.
import { chance } from '../../../domain/random.ts'
import { grow, soften } from './masks.ts'
import type { Picture } from './read-picture.ts'
import { spreadColour } from './spread-colour.ts'

/** How far beyond the matte nothing of the picture is trusted, as a part of the longer side: hair and its shine. */
const MARGIN = 0.008
/** Matte values up to this are background: the model's noise. */
const CLEAR = 6
/** Seeds the grain. */
const SEED = 71

/**
 * The picture without its person. Outside the grown matte it is the picture itself, byte by byte.
 * @param matte how much of each pixel is person, 0-255.
 */
export function fillHole({ width, height, rgb }: Picture, matte: Uint8Array): Uint8Array {
  const margin = Math.max(2, Math.round(MARGIN * Math.max(width, height)))
  const person = grow(
    matte.map((value) => (value > CLEAR ? 255 : 0)),
    width,
    height,
    margin,
  )
  // The border is soft towards the outside, so that no line shows where the filling begins.
  const hole = soften(grow(person, width, height, margin), width, height, Math.max(1, margin >> 1))
  const filled = spreadColour(
    rgb,
    person.map((value) => 255 - value),
    width,
    height,
  )
  const grain = measureGrain(rgb, person, width, height)
  const out = new Uint8Array(rgb)
  for (let pixel = 0; pixel < matte.length; pixel++) {
    const share = hole[pixel]! / 255
    if (share === 0) continue
    const noise = grain * share * (chance(SEED, pixel, 0) + chance(SEED, pixel, 1) + chance(SEED, pixel, 2) - 1.5) * 2
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
      out[i] = Math.max(0, Math.min(255, rgb[i]! * (1 - share) + filled[i]! * share + noise + 0.5))
    }
  }
  return out
}

/** How strong the grain of the background is: the median step between neighbours, as a standard deviation. */
function measureGrain(rgb: Uint8Array, person: Uint8Array, width: number, height: number): number {
  const steps = new Uint32Array(256)
  let count = 0
  for (let pixel = 1; pixel < width * height; pixel += 3) {
    if (person[pixel]! > 0 || person[pixel - 1]! > 0 || pixel % width === 0) continue
    steps[Math.abs(rgb[pixel * 3 + 1]! - rgb[pixel * 3 - 2]!)]!++
    count++
  }
  let below = 0
  for (let step = 0; step < steps.length; step++) {
    below += steps[step]!
    // The median of |a - b| of two normal values is 0.954 of their standard deviation; a strong one is texture, not grain.
    if (below > count / 2) return Math.min(6, step / 0.954)
  }
  return 0
}
