// The person's own colour where the matte is soft: what the camera saw there is mixed with the background.
import { grow } from './masks.ts'
import type { Picture } from './read-picture.ts'
import { spreadColour } from './spread-colour.ts'

/** Matte values from which a pixel shows the person alone. */
const SOLID = 250
/** Below the first share of person the mixture tells too little, above the second it tells enough, 0-1. */
const TRUST = [0.15, 0.7] as const

/**
 * The picture with the background taken out of the soft rim, so that laying it over anything leaves no halo.
 * Source: the mixing equation I = a F + (1 - a) B, solved for F where a is large enough, and F carried outwards from the
 * solid part where it is not.
 * @param backdrop the picture without its person.
 */
export function ownColour({ width, height, rgb }: Picture, matte: Uint8Array, backdrop: Uint8Array): Uint8Array {
  const solid = matte.map((value) => (value >= SOLID ? 255 : 0))
  // One pixel inwards: the rim of the solid part is often already mixed.
  const inner = grow(
    solid.map((value) => 255 - value),
    width,
    height,
    1,
  ).map((value) => 255 - value)
  const carried = spreadColour(rgb, inner, width, height)
  const out = new Uint8Array(rgb)
  for (let pixel = 0; pixel < matte.length; pixel++) {
    if (matte[pixel]! >= SOLID) continue
    const share = matte[pixel]! / 255
    const t = Math.max(0, Math.min(1, (share - TRUST[0]) / (TRUST[1] - TRUST[0])))
    const trust = t * t * (3 - 2 * t)
    for (let i = pixel * 3; i < pixel * 3 + 3; i++) {
      if (trust === 0) out[i] = carried[i]!
      else {
        const solved = Math.max(0, Math.min(255, (rgb[i]! - (1 - share) * backdrop[i]!) / share))
        out[i] = solved * trust + carried[i]! * (1 - trust) + 0.5
      }
    }
  }
  return out
}
