// A rig with smaller textures, for characters that are drawn small: taking every fourth texel would shimmer.
import type { Rig, RigLayer, TexturePlanes } from '../../core/rig.ts'

/** Halve while a canvas pixel is more texels wide: bilinear sampling sees two, and fewer than one would be soft. */
const MOST_TEXELS = 2
/** Textures are not made smaller than this, in texels. */
const LEAST_SIDE = 16

/**
 * The rig as it should be painted at a scale: each texture is halved, by the mean of 2 x 2 texels, until no more than
 * two of its texels fall on a canvas pixel.
 * @param scale canvas pixels a rig pixel.
 * @returns the rig itself where nothing is to be halved.
 */
export function shrinkRig(rig: Rig, scale: number): Rig {
  const layers = rig.layers.map((layer) => shrinkLayer(layer, scale))
  return layers.every((layer, index) => layer === rig.layers[index]) ? rig : { ...rig, layers }
}

function shrinkLayer(layer: RigLayer, scale: number): RigLayer {
  const density = texelsPerPixel(layer)
  let { texture } = layer
  let share = 1
  for (
    let texels = density / scale;
    texels > MOST_TEXELS && Math.min(texture.width, texture.height) >= 2 * LEAST_SIDE;
    texels /= 2
  ) {
    texture = halve(texture)
    share /= 2
  }
  return share === 1 ? layer : { ...layer, texture, uvs: layer.uvs.map((position) => position * share) }
}

/** How many texels a layer has for a rig pixel, along one side: from the areas of its triangles. */
export function texelsPerPixel({ positions, uvs, triangles }: RigLayer): number {
  let [inRig, inTexture] = [0, 0]
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [triangles[i]!, triangles[i + 1]!, triangles[i + 2]!]
    inRig += area(positions, 3, a, b, c)
    inTexture += area(uvs, 2, a, b, c)
  }
  return inRig === 0 ? 0 : Math.sqrt(inTexture / inRig)
}

function area(points: Float32Array, stride: number, a: number, b: number, c: number): number {
  const [x, y] = [points[a * stride]!, points[a * stride + 1]!]
  const [ux, uy] = [points[b * stride]! - x, points[b * stride + 1]! - y]
  const [vx, vy] = [points[c * stride]! - x, points[c * stride + 1]! - y]
  return Math.abs(ux * vy - uy * vx) / 2
}

/** Sides become even: a plane's last row and column are then repeated. */
function halve({ width, height, y, u, v, a, ac }: TexturePlanes): TexturePlanes {
  const even = (side: number) => 2 * Math.ceil(side / 4)
  const size = { width: even(width), height: even(height) }
  const full = (plane: Uint8Array) => halvePlane(plane, width, height, size.width, size.height)
  const half = (plane: Uint8Array) => halvePlane(plane, width / 2, height / 2, size.width / 2, size.height / 2)
  return { ...size, y: full(y), u: half(u), v: half(v), a: a && full(a), ac: ac && half(ac) }
}

function halvePlane(plane: Uint8Array, width: number, height: number, outWidth: number, outHeight: number): Uint8Array {
  const out = new Uint8Array(outWidth * outHeight)
  for (let row = 0, at = 0; row < outHeight; row++) {
    const upper = Math.min(row * 2, height - 1) * width
    const lower = Math.min(row * 2 + 1, height - 1) * width
    for (let column = 0; column < outWidth; column++, at++) {
      const left = Math.min(column * 2, width - 1)
      const right = Math.min(column * 2 + 1, width - 1)
      out[at] = (plane[upper + left]! + plane[upper + right]! + plane[lower + left]! + plane[lower + right]! + 2) >> 2
    }
  }
  return out
}
