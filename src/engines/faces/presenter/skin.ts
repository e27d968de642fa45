// Skin in its own texture space: light, subsurface spread, pores, sheen and the marks of a recipe.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import { develop, LAMPS } from './light.ts'
import { cloud, hash, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
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
/** How far light wraps round the terminator, r, g, b. */
const WRAP = [0.28, 0.13, 0.08] as const
const SKIN_F0 = 0.028

/** Where a face's features are, for marks that belong to them. */
function findFeatures(scene: Scene, skin: ScenePart) {
  const { human } = scene
  const { positions } = skin.fine
  let nose = [0, 0, -99]
  for (let i = 0; i < positions.length; i += 3) {
    const y = positions[i + 1]!
    if (y > human.chin[1] && y < human.eyeLeft[1] && positions[i + 2]! > nose[2]!) {
      nose = [positions[i]!, y, positions[i + 2]!]
    }
  }
  const mouth = [0, 1, 2].map((c) => (human.mouthLeft[c]! + human.mouthRight[c]!) / 2)
  const eyes = [0, 1, 2].map((c) => (human.eyeLeft[c]! + human.eyeRight[c]!) / 2)
  const unit = Math.hypot(human.eyeLeft[0] - human.eyeRight[0], 0) || 0.6
  // How red this skin is between mouth and eyes: lips are what is redder.
  let [sum, n] = [0, 0]
  const mean = [0, 0, 0]
  const texel = new Float32Array(4)
  for (let i = 0; skin.picture && i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
    if (y < mouth[1]! + 0.1 || y > eyes[1]! - 0.1 || z < mouth[2]! - 0.5 || Math.abs(x - mouth[0]!) < 0.25) continue
    samplePicture(skin.picture, skin.fine.uvs[(i / 3) * 2]!, skin.fine.uvs[(i / 3) * 2 + 1]!, texel)
    sum += texel[0]! / (texel[1]! + texel[2]! + 1e-3)
    for (let c = 0; c < 3; c++) mean[c]! += texel[c]!
    n++
  }
  const light = (mean[0]! + mean[1]! + mean[2]!) / 3 || 1
  return {
    hue: mean.map((c) => c / light),
    red: n ? sum / n : 1,
    nose,
    mouth,
    eyes,
    unit,
    mouthHalf: Math.abs(human.mouthRight[0] - human.mouthLeft[0]) / 2,
  }
}

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
  rasterise(width, height, corners, 2, triangles, (pixel, t, w0, w1, w2) => {
    const a = triangles[t * 3]!
    const b = triangles[t * 3 + 1]!
    const c = triangles[t * 3 + 2]!
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
    const gx = (right - pores[pixel]!) * 0.0011
    const gy = (down - pores[pixel]!) * 0.0011
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
  dilate(colours, known, width, height, 14)
  return { left: rect.left, top: rect.top, density, width, height, colours }
}

function unitise(v: Float32Array): void {
  const length = Math.hypot(v[0]!, v[1]!, v[2]!) || 1
  v[0]! /= length
  v[1]! /= length
  v[2]! /= length
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

/** A height map of pores and fine unevenness, about -1 to 1 a texel. */
function poreHeights(width: number, height: number, seed: number): Float32Array {
  const fine = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) fine[y * width + x] = hash(x, y, 3, seed) - 0.5
  }
  const soft = boxBlur(fine, width, height, 1)
  const broad = boxBlur(boxBlur(fine, width, height, 3), width, height, 3)
  for (let i = 0; i < fine.length; i++) {
    const pore = Math.min(0, soft[i]! + 0.12) * 4
    fine[i] = pore + broad[i]! * 3 + soft[i]! * 1.1
  }
  return fine
}

/** Mean over (2r+1) squared pixels. */
export function boxBlur(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const pass = new Float32Array(values.length)
  const out = new Float32Array(values.length)
  const size = 2 * radius + 1
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    for (let x = -radius; x < width; x++) {
      if (x + radius < width) sum += values[row + x + radius]!
      if (x - radius - 1 >= 0) sum -= values[row + x - radius - 1]!
      if (x >= 0) pass[row + x] = sum / size
    }
  }
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = -radius; y < height; y++) {
      if (y + radius < height) sum += pass[(y + radius) * width + x]!
      if (y - radius - 1 >= 0) sum -= pass[(y - radius - 1) * width + x]!
      if (y >= 0) out[y * width + x] = sum / size
    }
  }
  return out
}

type Features = ReturnType<typeof findFeatures>
type SkinPoint = { position: Float32Array; normal: Float32Array; bumped: Float32Array; light: Float32Array }
type SkinOut = { diffuse: Float32Array; albedo: Float32Array; sheen: Float32Array; at: number }

const bell = (dx: number, dy: number, sx: number, sy: number) => Math.exp(-0.5 * ((dx / sx) ** 2 + (dy / sy) ** 2))

function openSkinShader(scene: Scene, skin: ScenePart, recipe: PresenterRecipe, f: Features) {
  const [ex, ey, ez] = scene.camera.eye
  const { tint } = skin.source
  const { seed, freckles, stubble, lines } = recipe.skin
  const view = new Float32Array(3)
  return (
    p: SkinPoint,
    picture: Float32Array,
    pore: number,
    covered: number,
    hairColour: readonly number[],
    out: SkinOut,
  ) => {
    const [x, y, z] = [p.position[0]!, p.position[1]!, p.position[2]!]
    const { normal: n, bumped: m, light } = p
    // Colour.
    const side = Math.abs(x - f.eyes[0]!)
    const cheek = bell(side - f.unit * 0.72, y - (f.eyes[1]! * 0.42 + f.mouth[1]! * 0.58), f.unit * 0.34, f.unit * 0.3)
    const nose =
      bell(x - f.nose[0]!, y - f.nose[1]!, f.unit * 0.24, f.unit * 0.22) * smoothstep(-0.35, 0, z - f.nose[2]!)
    const forehead = bell(x - f.eyes[0]!, y - f.eyes[1]! - f.unit * 0.95, f.unit * 0.75, f.unit * 0.35)
    const chin = bell(x - f.mouth[0]!, y - scene.human.chin[1] - f.unit * 0.22, f.unit * 0.3, f.unit * 0.2)
    const nearLips = bell(x - f.mouth[0]!, y - f.mouth[1]!, f.mouthHalf * 0.7, f.unit * 0.12)
    const mottle = cloud(x * 5, y * 5, z * 5, seed)
    const grain = cloud(x * 26, y * 26, z * 26, seed + 3)
    const bright = 1 + 0.045 * mottle + 0.055 * grain + 0.1 * pore
    const flush = 0.1 * cheek + 0.13 * nose + 0.03 * chin + 0.03 * mottle
    const red = picture[0]! / (picture[1]! + picture[2]! + 1e-3)
    const lip = Math.min(1, nearLips * 1.3) * smoothstep(1.1, 1.5, red / f.red)
    // The picture's stains: colour, not light, moves towards the face's own.
    const calm = 0.4 * (1 - Math.min(1, nearLips * 1.8))
    const level = (picture[0]! + picture[1]! + picture[2]!) / 3
    for (let c = 0; c < 3; c++) picture[c]! += (level * f.hue[c]! - picture[c]!) * calm
    let r = picture[0]! * tint[0] * bright * (1 + 0.25 * flush)
    let g = picture[1]! * tint[1] * bright * (1 - 0.75 * flush)
    let b = picture[2]! * tint[2] * bright * (1 - 0.65 * flush)
    if (freckles > 0) {
      const spot =
        smoothstep(0.45, 0.75, cloud(x * 19, y * 19, z * 19, seed + 31)) * freckles * (cheek + 0.7 * nose + 0.2)
      r *= 1 - 0.18 * spot
      g *= 1 - 0.32 * spot
      b *= 1 - 0.4 * spot
    }
    if (stubble > 0) {
      // The beard's line: above the lip in the middle, low on the cheek, up to the ear at the side.
      const out = side / f.unit
      const line = 0.42 * Math.exp(-((out / 0.32) ** 2)) + 0.62 * smoothstep(0.75, 1.15, out) - 0.02
      const area = (1 - smoothstep(line - 0.16, line + 0.16, (y - f.mouth[1]!) / f.unit)) * (1 - lip)
      const dark = stubble * area * 0.34 * (0.7 + 0.3 * smoothstep(-0.2, 0.5, -pore))
      r *= 1 - 0.96 * dark
      g *= 1 - dark
      b *= 1 - 0.8 * dark
    }
    const shadeOfHair = smoothstep(0.05, 0.85, covered)
    if (shadeOfHair > 0) {
      const strand = 0.5 + 0.5 * cloud(x * 34, y * 9, z * 34, seed + 51)
      const under = smoothstep(0.45, 0.85, covered)
      const mix = Math.max(0.75 * shadeOfHair * (0.55 + 0.45 * strand), 0.97 * under)
      r += (hairColour[0]! * 1.1 - r) * mix
      g += (hairColour[1]! * 1.1 - g) * mix
      b += (hairColour[2]! * 1.1 - b) * mix
    }
    // Light.
    view[0] = ex - x
    view[1] = ey - y
    view[2] = ez - z
    unitise(view)
    const oily = Math.min(1, 0.55 * nose + 0.2 * forehead + 0.3 * chin + 0.2 * cheek)
    const rough = 0.53 - 0.08 * oily - 0.17 * lip
    const onFace = smoothstep(scene.human.chin[1] - 0.15, scene.human.chin[1] + 0.05, y)
    const gloss = (0.34 + 0.2 * onFace + 0.3 * oily + 0.55 * lip) * (1 - 0.8 * shadeOfHair) * (1 - 0.3 * stubble)
    let [dr, dg, db] = [0, 0, 0]
    let [sr, sg, sb] = [0, 0, 0]
    for (let l = 0; l < LAMPS.length; l++) {
      const { direction: d, colour } = LAMPS[l]!
      const seen = light[l]!
      if (seen < 0.003) continue
      const plain = n[0]! * d[0] + n[1]! * d[1] + n[2]! * d[2]
      const bumpy = m[0]! * d[0] + m[1]! * d[1] + m[2]! * d[2]
      const warm = seen ** 0.9
      dr += colour[0] * warm * wrapped(plain * 0.7 + bumpy * 0.3, WRAP[0])
      dg += colour[1] * seen * wrapped(plain * 0.45 + bumpy * 0.55, WRAP[1])
      db += colour[2] * seen * wrapped(bumpy, WRAP[2])
      if (bumpy <= 0) continue
      const s = seen * (0.72 * lobe(m, view, d, bumpy, rough) + 0.2 * lobe(m, view, d, bumpy, rough * 0.62)) * gloss
      sr += colour[0] * s
      sg += colour[1] * s
      sb += colour[2] * s
    }
    const [ar, ag, ab] = [light[LAMPS.length]!, light[LAMPS.length + 1]!, light[LAMPS.length + 2]!]
    // Light that bounces in hollows comes back in the skin's own colour.
    const open = Math.min(1, ag / 0.6)
    const crease = 1 - 0.35 * lines * smoothstep(0.1, 0.9, -mottle) * (1 - open)
    dr += ar ** 0.95 * crease
    dg += ag * crease
    db += ab * crease
    const facing = Math.max(0, m[0]! * view[0]! + m[1]! * view[1]! + m[2]! * view[2]!)
    const glance = (SKIN_F0 + (1 - SKIN_F0) * (1 - facing) ** 5 * 0.35) * gloss * 0.55
    const i = out.at
    out.albedo[i] = Math.max(0, r)
    out.albedo[i + 1] = Math.max(0, g)
    out.albedo[i + 2] = Math.max(0, b)
    out.diffuse[i] = dr
    out.diffuse[i + 1] = dg
    out.diffuse[i + 2] = db
    out.sheen[i] = sr + ar * glance
    out.sheen[i + 1] = sg + ag * glance
    out.sheen[i + 2] = sb + ab * glance
  }
}

function wrapped(cosine: number, wrap: number): number {
  const lit = (cosine + wrap) / (1 + wrap)
  return lit > 0 ? lit * (wrap > 0.2 ? lit ** 0.15 : 1) : 0
}

/** GGX highlight with Schlick's Fresnel and the Kelemen visibility term, in units of the lamp's irradiance. */
function lobe(n: Float32Array, v: Float32Array, l: readonly number[], nl: number, rough: number): number {
  const hx = v[0]! + l[0]!
  const hy = v[1]! + l[1]!
  const hz = v[2]! + l[2]!
  const hh = hx * hx + hy * hy + hz * hz
  const nh = (n[0]! * hx + n[1]! * hy + n[2]! * hz) / Math.sqrt(hh)
  if (nh <= 0) return 0
  const a2 = rough ** 4
  const d = a2 / (nh * nh * (a2 - 1) + 1) ** 2
  const vh = Math.sqrt(hh) / 2
  const fresnel = SKIN_F0 + (1 - SKIN_F0) * (1 - vh) ** 5
  return (d * fresnel * nl) / (hh || 1)
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

/** Lets colours run over the rims of the texture's islands. */
function dilate(colours: Float32Array, known: Uint8Array, width: number, height: number, passes: number): void {
  let front: number[] = []
  const add = (i: number, to: number[]) => {
    const x = i % width
    const y = (i - x) / width
    let n = 0
    const sum = [0, 0, 0]
    for (const j of [
      x > 0 ? i - 1 : -1,
      x < width - 1 ? i + 1 : -1,
      y > 0 ? i - width : -1,
      y < height - 1 ? i + width : -1,
    ]) {
      if (j < 0 || known[j] !== 1) continue
      n++
      for (let c = 0; c < 3; c++) sum[c]! += colours[j * 3 + c]!
    }
    if (!n) return
    for (let c = 0; c < 3; c++) colours[i * 3 + c] = sum[c]! / n
    to.push(i)
  }
  for (let pass = 0; pass < passes; pass++) {
    const done: number[] = []
    const candidates = pass ? front : Array.from({ length: width * height }, (_, i) => i)
    const seen = new Set<number>()
    for (const i of candidates) {
      const near = pass ? [i - 1, i + 1, i - width, i + width] : [i]
      for (const j of near) {
        if (j < 0 || j >= known.length || known[j] || seen.has(j)) continue
        seen.add(j)
        add(j, done)
      }
    }
    for (const i of done) known[i] = 1
    front = done
  }
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
