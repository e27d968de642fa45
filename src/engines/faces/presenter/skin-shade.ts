// One point of skin: its colour, the marks of a recipe, how light wraps into it and glances off it.
import type { PresenterRecipe } from '../../../core/recipe.ts'
import { foldDepth, lineDepth } from './age-lines.ts'
import { lidPaint, lipShare } from './face-chart.ts'
import { LAMPS, linearColour } from './light.ts'
import { cloud, noise3, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { openBeard, openBeardColour } from './props/beard.ts'
import type { Scene, ScenePart } from './scene.ts'
import type { HairShade } from './skin.ts'

/** How far light wraps round the terminator, r, g, b. */
const WRAP = [0.28, 0.13, 0.08] as const

/** How much of the lips' own colour lipstick hides. */
const LIPSTICK = 0.8

/** What lips are of the skin's own colour, r, g, b: the picture's are pale. */
const OWN_RED = [0.92, 0.76, 0.8] as const
/** How much of that a senior's lips have lost. */
const PALE = 0.75
/** Men's lips stand out less from their skin. */
const MENS_RED = 0.4

/** How much of the lid the colour on it hides, and how dark the line along the lashes is. */
const LID_COLOUR = 0.5
const LINER = 0.94

const SKIN_F0 = 0.028

/** Depth of the deepest line of age, decimetres, and how far apart its slope is read. */
const LINE_SLOPE = 0.006
const LINE_STEP = 0.004

/** Depth of the deepest soft fold, decimetres, and how far apart its slope is read. */
const FOLD_SLOPE = 0.022
const FOLD_STEP = 0.012
/** Share of light that the hollow of a fold keeps back. */
const FOLD_SHADE = 0.22

/** Share of light that hair lets through to the skin under its rim. */
const THROUGH_HAIR = 0.38

/** Light on the inner side of the lips, as irradiance. */
const INSIDE_LIPS = 0.3

/** Where a face's features are, for marks that belong to them. */
export function findFeatures(scene: Scene, skin: ScenePart) {
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
  // This skin's colour between mouth and eyes.
  const mean = [0, 0, 0]
  const texel = new Float32Array(4)
  for (let i = 0; skin.picture && i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
    if (y < mouth[1]! + 0.1 || y > eyes[1]! - 0.1 || z < mouth[2]! - 0.5 || Math.abs(x - mouth[0]!) < 0.25) continue
    samplePicture(skin.picture, skin.fine.uvs[(i / 3) * 2]!, skin.fine.uvs[(i / 3) * 2 + 1]!, texel)
    for (let c = 0; c < 3; c++) mean[c]! += texel[c]!
  }
  const light = (mean[0]! + mean[1]! + mean[2]!) / 3 || 1
  return {
    hue: mean.map((c) => c / light),
    nose,
    light,
    mouth,
    eyes,
    unit,
    mouthHalf: Math.abs(human.mouthRight[0] - human.mouthLeft[0]) / 2,
  }
}

/** What {@link findFeatures} finds. */
export type Features = ReturnType<typeof findFeatures>

type SkinPoint = {
  position: Float32Array
  normal: Float32Array
  bumped: Float32Array
  light: Float32Array
  /** Place in the texture, v up. */
  uv: Float32Array
}

type SkinOut = { diffuse: Float32Array; albedo: Float32Array; sheen: Float32Array; at: number }

const bell = (dx: number, dy: number, sx: number, sy: number) => Math.exp(-0.5 * ((dx / sx) ** 2 + (dy / sy) ** 2))

/** A shader of one skin point: its colour with the marks of the recipe, the light under it and the sheen on it. */
export function openSkinShader(scene: Scene, skin: ScenePart, recipe: PresenterRecipe, f: Features) {
  const [ex, ey, ez] = scene.camera.eye
  const { tint } = skin.source
  const { seed, freckles, stubble, lines } = recipe.skin
  const view = new Float32Array(3)
  const { chart } = scene.human
  const redness = recipe.gender === 'male' ? MENS_RED : 1
  const lipstick = recipe.skin.lips ? linearColour(recipe.skin.lips) : null
  const lids = recipe.skin.lids ? linearColour(recipe.skin.lids) : null
  const beard = recipe.beard ? openBeard(recipe.beard, { ...f, chin: scene.human.chin }, seed) : null
  const beardColour = recipe.beard
    ? openBeardColour(linearColour(recipe.beard.color), recipe.beard.grey ?? 0, seed)
    : null
  return (
    p: SkinPoint,
    picture: Float32Array,
    pore: number,
    covered: number,
    hair: Pick<HairShade, 'colour' | 'cropped'>,
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
    const mottle = 0.75 * noise3(x * 6, y * 6, z * 6, seed) + 0.35 * noise3(x * 14, y * 14, z * 14, seed + 7)
    const grain = noise3(x * 38, y * 38, z * 38, seed + 3)
    const bright = 1 + 0.035 * mottle + 0.03 * grain + 0.15 * pore
    const flush = 0.13 * cheek + 0.15 * nose + 0.05 * chin + 0.06 * mottle
    const [u, v] = [p.uv[0]!, p.uv[1]!]
    const lip = lipShare(chart, u, v)
    // The picture's stains: colour, not light, moves towards the face's own.
    const calm = 0.4 * (1 - Math.min(1, nearLips * 1.8))
    const level = (picture[0]! + picture[1]! + picture[2]!) / 3
    for (let c = 0; c < 3; c++) picture[c]! += (level * f.hue[c]! - picture[c]!) * calm
    let r = picture[0]! * tint[0] * bright * (1 + 0.25 * flush)
    let g = picture[1]! * tint[1] * bright * (1 - 0.75 * flush)
    let b = picture[2]! * tint[2] * bright * (1 - 0.65 * flush)
    if (lip > 0) {
      // Fine folds from the opening outwards.
      const folds = noise3(x * 46, y * 9, z * 9, seed + 81)
      // Lips pale with age.
      const own = lip * redness * (1 - PALE * lines)
      r *= 1 + own * (OWN_RED[0] - 1) + 0.05 * lip * folds
      g *= 1 + own * (OWN_RED[1] - 1) + 0.08 * lip * folds
      b *= 1 + own * (OWN_RED[2] - 1) + 0.08 * lip * folds
      if (lipstick) {
        const tone = 0.62 + (0.45 * level) / f.light + 0.08 * folds
        r += (lipstick[0] * tone - r) * lip * LIPSTICK
        g += (lipstick[1] * tone - g) * lip * LIPSTICK
        b += (lipstick[2] * tone - b) * lip * LIPSTICK
      }
    }
    if (lids) {
      const { liner, shadow } = lidPaint(chart, u, v)
      r += (lids[0] - r) * shadow * LID_COLOUR
      g += (lids[1] - g) * shadow * LID_COLOUR
      b += (lids[2] - b) * shadow * LID_COLOUR
      const dark = 1 - LINER * liner
      r *= dark
      g *= dark
      b *= dark
    }
    if (freckles > 0) {
      // Spots of two millimetres, thick in some places and thin in others.
      const thick = 0.25 * cloud(x * 7, y * 7, z * 7, seed + 37)
      const spots = noise3(x * 36, y * 36, z * 36, seed + 31) + thick
      const spot = smoothstep(0.24, 0.5, spots) * freckles * Math.min(1, cheek + 0.8 * nose + 0.15)
      r *= 1 - 0.2 * spot
      g *= 1 - 0.36 * spot
      b *= 1 - 0.45 * spot
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
    const bearded = beard ? beard(x, y, z, lip) : 0
    if (beardColour && bearded > 0) {
      const [hr, hg, hb] = beardColour(x, y, z)
      r += (hr - r) * bearded
      g += (hg - g) * bearded
      b += (hb - b) * bearded
    }
    const shadeOfHair = smoothstep(0.05, 0.85, covered)
    if (shadeOfHair > 0) {
      const strand = smoothstep(-0.5, 0.6, noise3(x * 62, y * 9, z * 62, seed + 51))
      const under = hair.cropped ? smoothstep(0.62, 0.97, covered) : smoothstep(0.45, 0.85, covered)
      const mix = Math.max(0.75 * shadeOfHair * (0.25 + 0.75 * strand), 0.97 * under)
      r += (hair.colour[0]! * 1.5 - r) * mix
      g += (hair.colour[1]! * 1.5 - g) * mix
      b += (hair.colour[2]! * 1.5 - b) * mix
    }
    if (lines > 0.05 && z > f.eyes[2]! - 0.75 * f.unit) {
      const here = lineDepth(f, x, y, seed)
      const bend = LINE_SLOPE * lines
      // The surface sinks by the depth, so its normal leans towards where it is deeper.
      m[0]! += (bend * (lineDepth(f, x + LINE_STEP, y, seed) - here)) / LINE_STEP
      m[1]! += (bend * (lineDepth(f, x, y + LINE_STEP, seed) - here)) / LINE_STEP
      // Folds are wide: light that wanders under the skin does not blur them as it does lines.
      const fold = foldDepth(f, x, y, seed)
      const sink = (FOLD_SLOPE * lines * (1 - lip)) / FOLD_STEP
      const slopeX = sink * (foldDepth(f, x + FOLD_STEP, y, seed) - fold)
      const slopeY = sink * (foldDepth(f, x, y + FOLD_STEP, seed) - fold)
      n[0]! += slopeX
      n[1]! += slopeY
      m[0]! += slopeX
      m[1]! += slopeY
      unitise(n)
      unitise(m)
      const deep = lines * (0.3 * here + FOLD_SHADE * Math.max(0, fold)) * (1 - lip)
      r *= 1 - 0.75 * deep
      g *= 1 - deep
      b *= 1 - deep
    }
    // Light.
    view[0] = ex - x
    view[1] = ey - y
    view[2] = ez - z
    unitise(view)
    const oily = Math.min(1, 0.55 * nose + 0.2 * forehead + 0.3 * chin + 0.2 * cheek)
    const rough = 0.53 - 0.08 * oily - 0.17 * lip
    const onFace = smoothstep(scene.human.chin[1] - 0.15, scene.human.chin[1] + 0.05, y)
    const gloss =
      (0.3 + 0.14 * onFace + 0.26 * oily + 0.55 * lip) *
      (1 - 0.8 * shadeOfHair) *
      (1 - 0.3 * stubble) *
      (1 - 0.8 * bearded)
    // Close to the skin hair is no lid: light comes through.
    const lift = hair.cropped ? THROUGH_HAIR * shadeOfHair : 0
    let [dr, dg, db] = [0, 0, 0]
    let [sr, sg, sb] = [0, 0, 0]
    for (let l = 0; l < LAMPS.length; l++) {
      const { direction: d, colour } = LAMPS[l]!
      const seen = Math.max(light[l]!, lift)
      if (seen < 0.003) continue
      const plain = n[0]! * d[0] + n[1]! * d[1] + n[2]! * d[2]
      const bumpy = m[0]! * d[0] + m[1]! * d[1] + m[2]! * d[2]
      const warm = seen ** 0.9
      dr += colour[0] * warm * wrapped(plain * 0.7 + bumpy * 0.3, WRAP[0])
      dg += colour[1] * seen * wrapped(plain * 0.45 + bumpy * 0.55, WRAP[1])
      db += colour[2] * seen * wrapped(bumpy, WRAP[2])
      if (bumpy <= 0) continue
      const s = seen * highlight(m, view, d, bumpy, rough) * gloss
      sr += colour[0] * s
      sg += colour[1] * s
      sb += colour[2] * s
    }
    const ar = Math.max(light[LAMPS.length]!, lift)
    const ag = Math.max(light[LAMPS.length + 1]!, lift)
    const ab = Math.max(light[LAMPS.length + 2]!, lift)
    // Light that bounces in hollows comes back in the skin's own colour.
    const open = Math.min(1, ag / 0.6)
    const crease = 1 - 0.35 * lines * smoothstep(0.1, 0.9, -mottle) * (1 - open)
    dr += ar ** 0.95 * crease
    dg += ag * crease
    db += ab * crease
    // Between the lips, where no light comes while they are closed: what an open mouth lets in.
    const inside =
      (1 - smoothstep(0.06, 0.3, ag)) *
      (1 - smoothstep(0.9, 1.15, Math.abs(x - f.mouth[0]!) / f.mouthHalf)) *
      (1 - smoothstep(0.14 * f.unit, 0.24 * f.unit, Math.abs(y - f.mouth[1]!)))
    dr += INSIDE_LIPS * inside
    dg += 0.8 * INSIDE_LIPS * inside
    db += 0.8 * INSIDE_LIPS * inside
    // Light does not wander under hair as it does under skin: it comes back without the red.
    dr += (0.5 * (dg + db) - dr) * bearded
    const facing = Math.max(0, m[0]! * view[0]! + m[1]! * view[1]! + m[2]! * view[2]!)
    const glance = (SKIN_F0 + (1 - SKIN_F0) * fifth(1 - facing) * 0.35) * gloss * 0.55
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

/** The two lobes of skin's highlight: their shares, and the second's roughness as a part of the first's. */
const LOBES = [0.8, 0.12] as const
const FINER = 0.62

/** GGX highlights with Schlick's Fresnel and the Kelemen visibility term, in units of the lamp's irradiance. */
function highlight(n: Float32Array, v: Float32Array, l: readonly number[], nl: number, rough: number): number {
  const hx = v[0]! + l[0]!
  const hy = v[1]! + l[1]!
  const hz = v[2]! + l[2]!
  const hh = hx * hx + hy * hy + hz * hz
  const nh = (n[0]! * hx + n[1]! * hy + n[2]! * hz) / Math.sqrt(hh)
  if (nh <= 0) return 0
  const fresnel = SKIN_F0 + (1 - SKIN_F0) * fifth(1 - Math.sqrt(hh) / 2)
  const spread = LOBES[0] * ggx(nh * nh, rough) + LOBES[1] * ggx(nh * nh, rough * FINER)
  return (spread * fresnel * nl) / (hh || 1)
}

function ggx(nh2: number, rough: number): number {
  const a2 = rough * rough * rough * rough
  const below = nh2 * (a2 - 1) + 1
  return a2 / (below * below)
}

/** To the fifth: much faster than `**`, which is asked for any power. */
function fifth(x: number): number {
  const x2 = x * x
  return x2 * x2 * x
}

/** Makes a vector one long. */
export function unitise(v: Float32Array): void {
  const length = Math.sqrt(v[0]! * v[0]! + v[1]! * v[1]! + v[2]! * v[2]!) || 1
  v[0]! /= length
  v[1]! /= length
  v[2]! /= length
}
