// Skin in its own texture space: light, subsurface spread, pores, sheen and the marks of a recipe.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import { boxBlur, poreHeights, spreadColours } from './filters.ts'
import { develop } from './light.ts'
import { samplePicture } from './picture.ts'
import { type RowVisitor, rasterise, sortByRows } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import { type Features, openSkinShader, unitise } from './skin-shade.ts'
import { type Turns, takeTurns } from './turns.ts'
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
  /** Cropped hair lies close: at its rim skin and light shine through. */
  readonly cropped: boolean
}

/** Radius of subsurface spread in decimetres, r, g, b. */
const SPREAD = [0.016, 0.007, 0.004] as const

/** A rectangle of texture space, v down. */
export type MapRect = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** A map in the making, in shared memory; until it is finished its colours hold the light that falls on the skin. */
export type OpenSkinMap = SkinMap & {
  /** What of the light comes back, and what glances off: r, g, b a texel. */
  readonly albedo: Float32Array
  readonly sheen: Float32Array
  /** Above 0 where a texel belongs to the skin. */
  readonly known: Uint8Array
  /** Triangles of the skin's fine mesh that are baked. */
  readonly triangles: Uint32Array
}

/**
 * Opens a map of a part of the skin.
 *
 * @param density texels a unit of texture space. @param triangles of the fine mesh; those turned away are left out.
 */
export function openSkinMap(skin: ScenePart, triangles: Uint32Array, rect: MapRect, density: number): OpenSkinMap {
  const width = 2 * Math.ceil(((rect.right - rect.left) * density) / 2)
  const height = 2 * Math.ceil(((rect.bottom - rect.top) * density) / 2)
  const threes = () => new Float32Array(new SharedArrayBuffer(width * height * 12))
  return {
    left: rect.left,
    top: rect.top,
    density,
    width,
    height,
    colours: threes(),
    albedo: threes(),
    sheen: threes(),
    known: new Uint8Array(new SharedArrayBuffer(width * height)),
    triangles: seenFromFront(triangles, skin.fine.normals),
  }
}

/** Rows of a map that are shaded in one piece. */
const PIECE = 112

/** Shades those rows of a map that fall to this thread. */
export function shadeSkin(
  scene: Scene,
  skin: ScenePart,
  recipe: PresenterRecipe,
  features: Features,
  map: OpenSkinMap,
  hair: HairShade,
  turns: Turns,
): void {
  const { width, height, density } = map
  const { fine, picture, light, screen } = skin
  const { positions, normals, uvs } = fine
  const corners = new Float32Array(uvs.length)
  for (let i = 0; i < uvs.length; i += 2) {
    corners[i] = (uvs[i]! - map.left) * density
    corners[i + 1] = (1 - uvs[i + 1]! - map.top) * density
  }
  const shade = openSkinShader(scene, skin, recipe, features)
  const sample = new Float32Array(4)
  const basis = new Float32Array(6)
  let basisOf = -1
  const point = {
    position: new Float32Array(3),
    normal: new Float32Array(3),
    bumped: new Float32Array(3),
    light: new Float32Array(LIGHT_STRIDE),
    uv: new Float32Array(2),
  }
  const out = { diffuse: map.colours, albedo: map.albedo, sheen: map.sheen, at: 0 }
  const black = new Float32Array([0.5, 0.35, 0.28, 1])
  const count = Math.ceil(height / PIECE)
  const trianglesOf = sortByRows(corners, 2, map.triangles, { top: 0, rows: PIECE, count })
  // What changes from piece to piece; the functions are made once, and so optimised once.
  let shown = map.triangles
  let pores: Float32Array = new Float32Array(0)
  let poreStart = 0
  const visit = (pixel: number, t: number, w0: number, w1: number, w2: number) => {
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
    point.uv[0] = u
    point.uv[1] = v
    if (picture) samplePicture(picture, u, v, sample)
    else sample.set(black)
    const at = pixel - poreStart
    const pore = pores[at]!
    const gx = (pores[at + 1]! - pore) * 0.0009
    const gy = (pores[at + width]! - pore) * 0.0009
    for (let k = 0; k < 3; k++) bumped[k] = normal[k]! - gx * basis[k]! - gy * basis[3 + k]!
    unitise(bumped)
    const sx = w0 * screen[a * 3]! + w1 * screen[b * 3]! + w2 * screen[c * 3]!
    const sy = w0 * screen[a * 3 + 1]! + w1 * screen[b * 3 + 1]! + w2 * screen[c * 3 + 1]!
    const column = Math.floor(sx)
    const row = Math.floor(sy)
    const covered =
      column >= 0 && row >= 0 && column < hair.width && row < hair.height ? hair.amount[row * hair.width + column]! : 0
    out.at = pixel * 3
    map.known[pixel] = 1
    shade(point, sample, pore, covered, hair, out)
  }
  const visitRow: RowVisitor = (start, count, t, s1, s2, d1, d2) => {
    for (let i = 0; i < count; i++) {
      const w1 = s1 + i * d1
      const w2 = s2 + i * d2
      visit(start + i, t, 1 - w1 - w2, w1, w2)
    }
  }
  for (const piece of takeTurns(turns, count)) {
    const rows = { top: piece * PIECE, bottom: Math.min(height, (piece + 1) * PIECE) }
    pores = poreHeights(width, { top: rows.top, bottom: rows.bottom + 1 }, recipe.skin.seed)
    poreStart = rows.top * width
    basisOf = -1
    shown = trianglesOf(piece)
    rasterise(width, height, corners, 2, shown, visitRow, rows)
  }
}

/** Makes colours of a map whose rows are all shaded: lets the light spread under the skin and develops it. */
export function finishSkin(scene: Scene, skin: ScenePart, map: OpenSkinMap): void {
  const { colours, albedo, sheen, known, width, height, density } = map
  spreadLight(colours, known, width, height, density * textureScale(scene, skin))
  for (let i = 0; i < colours.length; i++) {
    if (known[Math.floor(i / 3)]) colours[i] = develop(colours[i]! * albedo[i]! + sheen[i]!)
  }
  spreadColours(colours, 3, known, width, 14)
}

/** A corner that turns away from the camera further than this is never drawn (z of its normal). */
const AWAY = -0.45

/** Triangles of which a corner may be seen. */
function seenFromFront(triangles: Uint32Array, normals: Float32Array): Uint32Array {
  const kept: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    const most = Math.max(normals[a * 3 + 2]!, normals[b * 3 + 2]!, normals[c * 3 + 2]!)
    if (most > AWAY) kept.push(a, b, c)
  }
  return Uint32Array.from(kept)
}

/** Gradients of texture x and y over the surface (per decimetre), so that a height map bends a normal. */
function tangents(p: Float32Array, uv: Float32Array, a: number, b: number, c: number, out: Float32Array): void {
  const [px, py, pz] = [p[a * 3]!, p[a * 3 + 1]!, p[a * 3 + 2]!]
  const [ux, uy, uz] = [p[b * 3]! - px, p[b * 3 + 1]! - py, p[b * 3 + 2]! - pz]
  const [vx, vy, vz] = [p[c * 3]! - px, p[c * 3 + 1]! - py, p[c * 3 + 2]! - pz]
  const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx]
  const nn = nx * nx + ny * ny + nz * nz || 1
  const dx1 = uv[b * 2]! - uv[a * 2]!
  const dx2 = uv[c * 2]! - uv[a * 2]!
  const dy1 = uv[b * 2 + 1]! - uv[a * 2 + 1]!
  const dy2 = uv[c * 2 + 1]! - uv[a * 2 + 1]!
  // grad f = (f1 * (e2 x n) + f2 * (n x e1)) / n.n
  const [gx, gy, gz] = [vy * nz - vz * ny, vz * nx - vx * nz, vx * ny - vy * nx]
  const [hx, hy, hz] = [ny * uz - nz * uy, nz * ux - nx * uz, nx * uy - ny * ux]
  out[0] = (dx1 * gx + dx2 * hx) / nn
  out[1] = (dx1 * gy + dx2 * hy) / nn
  out[2] = (dx1 * gz + dx2 * hz) / nn
  out[3] = (dy1 * gx + dy2 * hx) / nn
  out[4] = (dy1 * gy + dy2 * hy) / nn
  out[5] = (dy1 * gz + dy2 * hz) / nn
}

/** Spreads light under the skin: each colour its own distance, only over known texels. */
function spreadLight(
  light: Float32Array,
  known: Uint8Array,
  width: number,
  height: number,
  perDecimetre: number,
): void {
  const plane = new Float32Array(width * height)
  const weights = new Map<number, Float32Array>()
  /** How much of the spread comes from known texels. */
  const weightOf = (radius: number): Float32Array => {
    const there = weights.get(radius)
    if (there) return there
    const weight = Float32Array.from(known)
    spread(weight, width, height, radius)
    weights.set(radius, weight)
    return weight
  }
  for (let c = 0; c < 3; c++) {
    const radius = Math.round(SPREAD[c]! * perDecimetre * 0.75)
    if (radius <= 0) continue
    for (let i = 0; i < plane.length; i++) plane[i] = known[i] ? light[i * 3 + c]! : 0
    spread(plane, width, height, radius)
    const weight = weightOf(radius)
    for (let i = 0; i < plane.length; i++) if (known[i]) light[i * 3 + c] = plane[i]! / Math.max(1e-4, weight[i]!)
  }
}

function spread(values: Float32Array, width: number, height: number, radius: number): void {
  for (let pass = 0; pass < 2; pass++) boxBlur(values, width, height, radius, values)
}

/** Texture units a decimetre on the face, from the triangles round the nose. */
function textureScale(scene: Scene, skin: ScenePart): number {
  const { positions, uvs, triangles } = skin.fine
  let space = 0
  let map = 0
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b] = [triangles[t]!, triangles[t + 1]!]
    if (positions[a * 3 + 1]! < scene.human.chin[1]) continue
    space += Math.hypot(
      positions[a * 3]! - positions[b * 3]!,
      positions[a * 3 + 1]! - positions[b * 3 + 1]!,
      positions[a * 3 + 2]! - positions[b * 3 + 2]!,
    )
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
