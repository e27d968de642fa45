// Gives an asset's picture other colours: a new one for all of it, grey for a share of its strands.
import type { Triple } from './light.ts'
import type { Picture } from './picture.ts'

/** How strongly the picture's light and dark come through: 1 is as they are, less is flatter. */
const CONTRAST = 0.75

/** The share of white in the brightest strands and threads. */
const SHEEN = 0.12

/** A strand without pigment, linear light. */
const SILVER: Triple = [0.46, 0.45, 0.44]

/**
 * The picture with each texel's colour replaced by a ramp from a deep to a bright shade of `colour`, by the texel's
 * brightness against the picture's middle one: black hair can become blond, and blond hair black.
 *
 * @param colour linear light, 0-1: what a texel of middle brightness becomes.
 */
export function recoloured(picture: Picture, colour: Triple): Picture {
  const { data } = picture
  const out = data.slice()
  const levelOf = openLevels(picture)
  for (let i = 0; i < data.length; i += 4) {
    const level = levelOf(i)
    const white = SHEEN * Math.max(0, level - 1)
    for (let c = 0; c < 3; c++) {
      // Deep shades are more saturated than bright ones, as light goes through more of the hair or thread.
      const shade = colour[c]! * level
      out[i + c] = Math.min(1, level < 1 ? shade * (1 - 0.25 * (1 - level) * (1 - colour[c]!)) : shade * (1 + white))
    }
  }
  return { ...picture, data: out }
}

/** The picture with its colours moved towards silver by the share `grey`, 0-1; light and dark stay. */
export function greyed(picture: Picture, grey: number): Picture {
  const { data } = picture
  const out = data.slice()
  const levelOf = openLevels(picture)
  for (let i = 0; i < data.length; i += 4) {
    const level = levelOf(i)
    for (let c = 0; c < 3; c++) out[i + c] = Math.min(1, data[i + c]! + (SILVER[c]! * level - data[i + c]!) * grey)
  }
  return { ...picture, data: out }
}

/** The brightness of the texel at an index of the data, 1 being the picture's middle one. */
function openLevels(picture: Picture): (i: number) => number {
  const middle = middleBrightness(picture)
  return (i) => Math.min(4, ((brightness(picture.data, i) + 0.002) / (middle + 0.002)) ** CONTRAST)
}

const brightness = (data: Float32Array, i: number) => 0.3 * data[i]! + 0.6 * data[i + 1]! + 0.1 * data[i + 2]!

/** The median brightness of what is opaque, linear light. */
function middleBrightness({ data }: Picture): number {
  const found: number[] = []
  const step = 4 * Math.max(1, Math.floor(data.length / 4 / 20000))
  for (let i = 0; i < data.length; i += step) if (data[i + 3]! > 0.6) found.push(brightness(data, i))
  return found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0.2
}
