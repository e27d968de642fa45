// A photo's rig with finer and clearer textures, for photos that are shown larger than they are.
import type { Rig, RigLayer, TexturePlanes } from '../../core/rig.ts'
import { enlargePicture, sharpenPicture } from './enlarge-picture.ts'
import { texelsPerPixel } from './shrink-rig.ts'

/** Textures are not made larger than this, in texels. */
const MOST_TEXELS = 12e6
const MOST_TIMES = 4

/** How many canvas pixels a pixel of the rig's photo takes; 0 where it is made of none. */
export function photoPitch({ width, backdrop }: Pick<Rig, 'width' | 'backdrop'>, scale: number): number {
  return backdrop ? (scale * width) / backdrop.width : 0
}

/**
 * The rig as super-resolution paints it: textures enlarged until a texel takes no more than a canvas pixel, and sharpened by
 * as much as the photo was enlarged.
 * @param scale canvas pixels a rig pixel.
 * @returns the rig itself where its photo is shown no larger than it is, or where it is made of none.
 */
export function enlargeRig(rig: Rig, scale: number): Rig {
  const pitch = photoPitch(rig, scale)
  if (pitch <= 1) return rig
  return { ...rig, layers: rig.layers.map((layer) => enlargeLayer(layer, scale, pitch)) }
}

function enlargeLayer(layer: RigLayer, scale: number, pitch: number): RigLayer {
  const texels = texelsPerPixel(layer) / scale
  if (texels === 0) return layer
  const factor = timesFor(layer.texture, 1 / texels)
  const texture = sharpenPicture(enlargePicture(layer.texture, factor), pitch * texels * factor)
  return { ...layer, texture, uvs: layer.uvs.map((position) => position * factor) }
}

/** A picture enlarged and sharpened for being shown so many times as large. */
export function superResolve(picture: TexturePlanes, pitch: number): { picture: TexturePlanes; factor: number } {
  const factor = timesFor(picture, pitch)
  return { picture: sharpenPicture(enlargePicture(picture, factor), factor), factor }
}

function timesFor({ width, height }: TexturePlanes, wanted: number): number {
  let factor = 1
  while (factor < wanted && factor < MOST_TIMES && width * height * (factor * 2) ** 2 <= MOST_TEXELS) factor *= 2
  return factor
}
