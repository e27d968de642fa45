// The rim of the hair, strand by strand: where hair and background differ plainly, each pixel tells how much is which.
import { grow, soften } from './masks.ts'
import type { Picture } from './read-picture.ts'
import { spreadColour } from './spread-colour.ts'

/** How far from the model's edge a strand may stand out or a gap reach in, as a part of the face's height. */
const REACH = 0.03
/** How many times the colours must differ from each other more than they vary by themselves: trusted from, fully at. */
const CLEARNESS = [2.5, 5] as const
/** Nothing is smoother than this, in 8-bit steps: grain, and what JPEG leaves. */
const LEAST_VARIATION = 5
/** Shares of hair below the first are background, above the second hair: what is left of the variation. */
const SHARES = [0.12, 0.88] as const

/**
 * The matte with a finer rim. Source: the mixing equation I = a F + (1 - a) B, solved for a along the line from B to F,
 * with F carried outwards from the solid part and B inwards from the background.
 * @param faceSize height of the face in pixels.
 */
export function refineMatte(picture: Picture, matte: Uint8Array, faceSize: number): Uint8Array {
  const { width, height, rgb } = picture
  const reach = Math.max(2, Math.round(faceSize * REACH))
  const outside = invert(grow(binary(matte, 8), width, height, reach))
  const inside = invert(grow(invert(binary(matte, 247)), width, height, reach))
  const front = learn(picture, inside, reach)
  const back = learn(picture, outside, reach)
  const out = matte.slice()
  for (let pixel = 0; pixel < out.length; pixel++) {
    if (inside[pixel]! > 0 || outside[pixel]! > 0) continue
    let [along, apart] = [0, 0]
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
      const step = front.colour[i]! - back.colour[i]!
      along += (rgb[i]! - back.colour[i]!) * step
      apart += step * step
    }
    const clearness = Math.sqrt(apart / 3) / Math.max(LEAST_VARIATION, front.variation[pixel]! + back.variation[pixel]!)
    const trust = ramp(clearness, CLEARNESS)
    if (trust === 0) continue
    const share = ramp(along / Math.max(1, apart), SHARES) * 255
    out[pixel] = matte[pixel]! * (1 - trust) + share * trust + 0.5
  }
  return out
}

/** A side's colour carried over the rim, and how far off that is where the truth is known: in a ring beside the rim. */
function learn(
  { width, height, rgb }: Picture,
  known: Uint8Array,
  reach: number,
): { readonly colour: Uint8Array; readonly variation: Uint8Array } {
  const colour = spreadColour(rgb, known, width, height)
  const deeper = invert(grow(invert(known), width, height, 2 * reach))
  const guessed = spreadColour(rgb, deeper, width, height)
  const errors = new Uint8Array(known.length)
  const ring = new Uint8Array(known.length)
  for (let pixel = 0; pixel < known.length; pixel++) {
    if (known[pixel] !== 255 || deeper[pixel] === 255) continue
    let sum = 0
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) sum += Math.abs(rgb[i]! - guessed[i]!)
    errors[pixel] = sum / 3
    ring[pixel] = 255
  }
  const error = soften(errors, width, height, 2 * reach)
  const share = soften(ring, width, height, 2 * reach)
  // Where no ring is near, nothing is known of the variation, and so nothing is trusted.
  const variation = error.map((value, pixel) =>
    share[pixel]! < 8 ? 255 : Math.min(255, (value * 255) / share[pixel]!),
  )
  return { colour, variation }
}

function binary(mask: Uint8Array, from: number): Uint8Array {
  return mask.map((value) => (value >= from ? 255 : 0))
}

function invert(mask: Uint8Array): Uint8Array {
  return mask.map((value) => 255 - value)
}

function ramp(value: number, [from, to]: readonly [number, number]): number {
  return Math.max(0, Math.min(1, (value - from) / (to - from)))
}
