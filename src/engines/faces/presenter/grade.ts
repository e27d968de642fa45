// Develops a baked rig again for a brighter picture with more contrast.
import type { Rig, TexturePlanes } from '../../../core/rig.ts'

/** The middle tones are lifted by this exponent. */
const LIFT = 0.86
/** How much of an S curve is mixed in. */
const CONTRAST = 0.32
/** Colours are as much more saturated as they lose by the lift. */
const SATURATION = 1.08

/** The tone that luma becomes, both 0 to 1. */
const toned = (luma: number): number => {
  const lifted = Math.max(0, Math.min(1, luma)) ** LIFT
  return lifted + (lifted * lifted * (3 - 2 * lifted) - lifted) * CONTRAST
}

/** The same rig in a bright, contrasty development. */
export const brightened = (rig: Rig): Rig => ({
  ...rig,
  layers: rig.layers.map((layer) => ({ ...layer, texture: developed(layer.texture) })),
})

function developed({ y, u, v, a, ac, ...size }: TexturePlanes): TexturePlanes {
  const curve = Float32Array.from({ length: 256 }, (_, code) => 16 + 219 * toned((code - 16) / 219))
  const light = y.map((value, i) => {
    const alpha = a ? a[i]! : 255
    if (alpha === 0) return value
    return Math.round((curve[Math.min(255, Math.round((value * 255) / alpha))]! * alpha) / 255)
  })
  const colour = (plane: Uint8Array) =>
    plane.map((value, i) => {
      const middle = 128 * ((ac ? ac[i]! : 255) / 255)
      return Math.max(0, Math.min(255, Math.round(middle + (value - middle) * SATURATION)))
    })
  return { ...size, y: light, u: colour(u), v: colour(v), a, ac }
}
