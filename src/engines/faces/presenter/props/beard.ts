// Beards that grow out of the skin: where hair stands, how thick, and single strands at their rims.
import type { RecipeBeard } from '../../../../core/recipe.ts'
import type { Triple } from '../light.ts'
import { cloud, noise3, smoothstep } from '../noise.ts'

/** Where mouth and eyes are, and the distance between the eyes as a measure; decimetres. */
type Face = {
  readonly mouth: readonly number[]
  readonly chin: readonly number[]
  readonly eyes: readonly number[]
  readonly unit: number
  readonly mouthHalf: number
}

/** How much of the skin at a point is hidden by beard, 0-1. */
export type BeardCover = (x: number, y: number, z: number, lip: number) => number

/** How densely hair stands, by length. */
const DENSITY: Readonly<Record<RecipeBeard['length'], number>> = { trimmed: 0.4, full: 0.85 }

/** Hair lets less light back than skin: a beard is so much deeper than its colour on paper. */
const DEPTH = 0.45

/** Grey hair, linear light. */
const SILVER: Triple = [0.36, 0.35, 0.34]

/** The colour of a beard's hair at a point, in linear light: of some strands grey, of the others its own. */
export type BeardColour = (x: number, y: number, z: number) => Triple

/** Grey comes in single strands and in patches, more at some places than at others. @param grey the share of grey strands, 0-1. */
export function openBeardColour(color: Triple, grey: number, seed: number): BeardColour {
  const own = color.map((value) => value * DEPTH) as unknown as Triple
  return (x, y, z) => {
    const light = 1 + 0.75 * cloud(x * 60, y * 14, z * 60, seed + 64)
    const which = noise3(x * 150, y * 22, z * 150, seed + 65) + 0.5 * noise3(x * 14, y * 9, z * 14, seed + 66)
    // Light adds up: of a little grey in dark hair, more is seen than there is.
    const silver = Math.max(0, Math.min(1, grey + 0.9 * grey * (1 - grey) * which)) ** 1.8
    return [0, 1, 2].map((c) => (own[c]! + (SILVER[c]! - own[c]!) * silver) * light) as unknown as Triple
  }
}

/** Makes the cover of one beard on one face. */
export function openBeard({ style, length }: RecipeBeard, face: Face, seed: number): BeardCover {
  const { mouth, chin, eyes, unit, mouthHalf } = face
  return (x, y, z, lip) => {
    const out = Math.abs(x - eyes[0]!) / unit
    const up = (y - mouth[1]!) / unit
    const wide = Math.abs(x - mouth[0]!) / mouthHalf
    const wave = 0.035 * cloud(x * 9, y * 9, z * 9, seed + 61)
    // The moustache: between nose and lip, thinning towards its ends, which hang past the corners.
    const lower = 0.02 + 0.015 * wide
    const upper = 0.3 - 0.12 * Math.min(1.6, wide) ** 1.5
    const moustache =
      smoothstep(lower - 0.02, lower + 0.04, up + 0.1 * Math.max(0, wide - 0.8)) *
      (1 - smoothstep(upper - 0.07, upper + 0.03, up + wave)) *
      (1 - smoothstep(1.02, 1.32, wide)) *
      (1 - 0.45 * (1 - smoothstep(0, 0.13, wide)) * smoothstep(0.1, 0.25, up))
    // The chin: under the lip, with bare corners below the mouth, and round the jaw's front.
    const bare = Math.exp(-(((wide - 0.62) / 0.3) ** 2) - ((up + 0.2) / 0.1) ** 2)
    const tuft = (1 - smoothstep(-0.2, -0.1, up + wave)) * (1 - smoothstep(0.95, 1.3, wide + wave)) * (1 - 0.8 * bare)
    const corner = (1 - smoothstep(0.14, 0.3, Math.abs(wide - 1.18))) * (1 - smoothstep(0.02, 0.14, up))
    // The jaw and cheeks: a line from the mouth's corner up to the ear.
    const line = 0.02 + 0.55 * smoothstep(0.45, 1.12, out)
    const jaw = (1 - smoothstep(line - 0.13, line + 0.07, up + 2 * wave)) * smoothstep(0.85, 1.15, wide)
    // Hair ends under the jaw, whose line climbs from the chin to the ear.
    const jawline = (chin[1]! - mouth[1]!) / unit - 0.04 + 0.5 * out * out
    const under = (1 - smoothstep(1.06, 1.2, out)) * smoothstep(jawline - 0.12, jawline + 0.05, up + wave)
    const area =
      style === 'moustache'
        ? moustache
        : style === 'goatee'
          ? Math.max(moustache, tuft, corner)
          : Math.max(moustache, tuft, corner, jaw)
    const grown = area * under * (1 - Math.min(1, lip * 1.6))
    if (grown <= 0.01) return 0
    // Strands: long along the fall of hair, thin across it; fewer where the beard ends.
    const lean = x + 0.3 * (y - mouth[1]!) * Math.sign(x - mouth[0]!)
    const strand = 0.5 + 0.5 * noise3(lean * 95, y * 17, z * 60, seed + 62)
    const lock = 0.5 + 0.5 * noise3(lean * 30, y * 7, z * 22, seed + 63)
    const reach = grown * (0.62 + 0.62 * DENSITY[length])
    return (
      (0.86 + 0.12 * DENSITY[length]) *
      smoothstep(0.3, 0.85, reach - 0.5 * strand * (1.25 - grown) - 0.12 * lock + 0.12)
    )
  }
}
