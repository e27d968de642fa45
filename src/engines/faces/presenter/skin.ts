// Skin in its own texture space: light, subsurface spread, pores, sheen and the marks of a recipe.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import { boxBlur, poreHeights, spreadColours } from './filters.ts'
import { develop } from './light.ts'
import { samplePicture } from './picture.ts'
import { rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import { findFeatures, openSkinShader, unitise } from './skin-shade.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** A rectangle of texture space baked: sRGB codes. */
export type SkinMap = {
  /** Left and top edge in texture units (v down), and texels a unit. */
  readonly left: number
  readonly top: number
  readonly density: number
  readonly width: number
  readonly height: number
  /** r, g, b a texel, 0-255. */
  readonly colours: Float32Array
}

/** How much hair lies over or close by each rig pixel, 0-1, and its mean colour in linear light. */
export type HairShade = {
  readonly width: number
  readonly height: number
  readonly amount: Float32Array
  readonly colour: readonly [number, number, number]
}

/** Radius of subsurface spread in decimetres, r, g, b. */
const SPREAD = [0.016, 0.007, 0.004] as const

/** Bakes the part of the skin whose texture positions lie in the rectangle. */
export function bakeSkin(
  scene: Scene,
  skin: ScenePart,
  recipe: PresenterRecipe,
  rect: { left: number; top: number; right: number; bottom: number },
  density: number,
  hair: HairShade,
): SkinMap {
  const width = 2 * Math.ceil(((rect.right - rect.left) * density) / 2)
  const height = 2 * Math.ceil(((rect.bottom - rect.top) * density) / 2)
  const { fine, picture, light, screen } = skin
  const { positions, normals, uvs, triangles } = fine
  const corners = new Float32Array(uvs.length)
  for (let i = 0; i < uvs.length; i += 2) {
    corners[i] = (uvs[i]! - rect.left) * density
    corners[i + 1] = (1 - uvs[i + 1]! - rect.top) * density
  }
  const pores = poreHeights(width, height, recipe.skin.seed)
  const diffuse = new Float32Array(width * height * 3)
  const albedo = new Float32Array(width * height * 3)
  const sheen = new Float32Array(width * height * 3)
  const known = new Uint8Array(width * height)
  const features = findFeatures(scene, skin)
  const shade = openSkinShader(scene, skin, recipe, features)
  const sample = new Float32Array(4)
  const basis = new Float32Array(6)
  let basisOf = -1
  const point = {
    position: new Float32Array(3),
    normal: new Float32Array(3),
    bumped: new Float32Array(3),
    light: new Float32Array(LIGHT_STRIDE),
  }
  const out = { diffuse, albedo, sheen, at: 0 }
  const black = new Float32Array([0.5, 0.35, 0.28, 1])
  const shown = seenFromFront(triangles, normals)
  rasterise(width, height, corners, 2, shown, (pixel, t, w0, w1, w2) => {
    const a = shown[t * 3]!
    const b = shown[t * 3 + 1]!
    const c = shown[t * 3 + 2]!
    if (t !== basisOf) {
      tangents(positions, corners, a, b, c, basis)
      basisOf = t
    }
    const { position, normal, bumped } = point
    for (let k = 0; k < 3; k++) {
      position[k] = w0 * positions[a * 3 + k]! + w1 * positions[b * 3 + k]! + w2 * positions[c * 3 + k]!
      normal[k] = w0 * normals[a * 3 + k]! + w1 * normals[b * 3 + k]! + w2 * normals[c * 3 + k]!
    }
    unitise(normal)
    for (let k = 0; k < LIGHT_STRIDE; k++) {
      point.light[k] =
        w0 * light[a * LIGHT_STRIDE + k]! + w1 * light[b * LIGHT_STRIDE + k]! + w2 * light[c * LIGHT_STRIDE + k]!
    }
    const u = w0 * uvs[a * 2]! + w1 * uvs[b * 2]! + w2 * uvs[c * 2]!
    const v = w0 * uvs[a * 2 + 1]! + w1 * uvs[b * 2 + 1]! + w2 * uvs[c * 2 + 1]!
    if (picture) samplePicture(picture, u, v, sample)
    else sample.set(black)
    const right = pixel + 1 < pores.length ? pores[pixel + 1]! : 0
    const down = pixel + width < pores.length ? pores[pixel + width]! : 0
    const gx = (right - pores[pixel]!) * 0.0009
    const gy = (down - pores[pixel]!) * 0.0009
    for (let k = 0; k < 3; k++) bumped[k] = normal[k]! - gx * basis[k]! - gy * basis[3 + k]!
    unitise(bumped)
    const sx = w0 * screen[a * 3]! + w1 * screen[b * 3]! + w2 * screen[c * 3]!
    const sy = w0 * screen[a * 3 + 1]! + w1 * screen[b * 3 + 1]! + w2 * screen[c * 3 + 1]!
    const column = Math.floor(sx)
    const row = Math.floor(sy)
    const covered =
      column >= 0 && row >= 0 && column < hair.width && row < hair.height ? hair.amount[row * hair.width + column]! : 0
    out.at = pixel * 3
    known[pixel] = 1
    shade(point, sample, pores[pixel]!, covered, hair.colour, out)
  })
  spreadLight(diffuse, known, width, height, density, scene, skin)
  const colours = diffuse
  for (let i = 0; i < colours.length; i++) colours[i] = develop(diffuse[i]! * albedo[i]! + sheen[i]!)
  spreadColours(colours, 3, known, width, 14)
  return { left: rect.left, top: rect.top, density, width, height, colours }
}

/** A corner that turns away from the camera further than this is never drawn (z of its normal). */
const AWAY = -0.45

/** Triangles of which a corner may be seen. */
function seenFromFront(triangles: Uint32Array, normals: Float32Array): Uint32Array {
  const kept: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    if (corners.some((v) => normals[v * 3 + 2]! > AWAY)) kept.push(...corners)
  }
  return Uint32Array.from(kept)
}

/** Gradients of texture x and y over the surface (per decimetre), so that a height map bends a normal. */
function tangents(p: Float32Array, uv: Float32Array, a: number, b: number, c: number, out: Float32Array): void {
  const e1 = [0, 1, 2].map((k) => p[b * 3 + k]! - p[a * 3 + k]!)
  const e2 = [0, 1, 2].map((k) => p[c * 3 + k]! - p[a * 3 + k]!)
  const n = [e1[1]! * e2[2]! - e1[2]! * e2[1]!, e1[2]! * e2[0]! - e1[0]! * e2[2]!, e1[0]! * e2[1]! - e1[1]! * e2[0]!]
  const nn = n[0]! ** 2 + n[1]! ** 2 + n[2]! ** 2 || 1
  const dx1 = uv[b * 2]! - uv[a * 2]!
  const dx2 = uv[c * 2]! - uv[a * 2]!
  const dy1 = uv[b * 2 + 1]! - uv[a * 2 + 1]!
  const dy2 = uv[c * 2 + 1]! - uv[a * 2 + 1]!
  // grad f = (f1 * (e2 x n) + f2 * (n x e1)) / n.n
  const cross = (x: number[], y: number[]) => [
    x[1]! * y[2]! - x[2]! * y[1]!,
    x[2]! * y[0]! - x[0]! * y[2]!,
    x[0]! * y[1]! - x[1]! * y[0]!,
  ]
  const g1 = cross(e2, n)
  const g2 = cross(n, e1)
  for (let k = 0; k < 3; k++) {
    out[k] = (dx1 * g1[k]! + dx2 * g2[k]!) / nn
    out[3 + k] = (dy1 * g1[k]! + dy2 * g2[k]!) / nn
  }
}

/** Spreads light under the skin: each colour its own distance, only over known texels. */
function spreadLight(
  light: Float32Array,
  known: Uint8Array,
  width: number,
  height: number,
  density: number,
  scene: Scene,
  skin: ScenePart,
): void {
  const perDecimetre = density * textureScale(scene, skin)
  const mask = Float32Array.from(known)
  for (let c = 0; c < 3; c++) {
    const sigma = SPREAD[c]! * perDecimetre
    const radius = Math.max(0, Math.round(sigma * 0.75))
    if (!radius) continue
    let plane = new Float32Array(width * height)
    for (let i = 0; i < plane.length; i++) plane[i] = known[i] ? light[i * 3 + c]! : 0
    let weight = mask
    for (let pass = 0; pass < 2; pass++) {
      plane = boxBlur(plane, width, height, radius) as Float32Array<ArrayBuffer>
      weight = boxBlur(weight, width, height, radius) as Float32Array<ArrayBuffer>
    }
    for (let i = 0; i < plane.length; i++) if (known[i]) light[i * 3 + c] = plane[i]! / Math.max(1e-4, weight[i]!)
  }
}

/** Texture units a decimetre on the face, from the triangles round the nose. */
function textureScale(scene: Scene, skin: ScenePart): number {
  const { positions, uvs, triangles } = skin.fine
  let space = 0
  let map = 0
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b] = [triangles[t]!, triangles[t + 1]!]
    if (positions[a * 3 + 1]! < scene.human.chin[1]) continue
    space += Math.hypot(...[0, 1, 2].map((k) => positions[a * 3 + k]! - positions[b * 3 + k]!))
    map += Math.hypot(uvs[a * 2]! - uvs[b * 2]!, uvs[a * 2 + 1]! - uvs[b * 2 + 1]!)
  }
  return map / (space || 1)
}

/** Looks up a baked map; false where the texture position lies outside it. */
export function sampleSkin(map: SkinMap, u: number, v: number, out: Float32Array): boolean {
  const x = (u - map.left) * map.density - 0.5
  const y = (1 - v - map.top) * map.density - 0.5
  const x0 = Math.floor(x)
  const y0 = Math.floor(y)
  if (x0 < 0 || y0 < 0 || x0 >= map.width - 1 || y0 >= map.height - 1) return false
  const fx = x - x0
  const fy = y - y0
  const i = (y0 * map.width + x0) * 3
  const j = i + map.width * 3
  for (let c = 0; c < 3; c++) {
    const upper = map.colours[i + c]! * (1 - fx) + map.colours[i + 3 + c]! * fx
    const lower = map.colours[j + c]! * (1 - fx) + map.colours[j + 3 + c]! * fx
    out[c] = upper * (1 - fy) + lower * fy
  }
  return true
}
