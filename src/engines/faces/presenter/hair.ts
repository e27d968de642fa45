// Hair in front of the camera: strands sorted and blended, with highlights along them.

import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import {
  type Band,
  type BandMesh,
  type Bounds,
  bandSize,
  boundsOf,
  type Canvas,
  drawBands,
  filledRows,
  OVERSAMPLE,
  openBands,
  openCanvas,
} from './canvas.ts'
import { type Fibres, readFibres } from './fibres.ts'
import { boxBlur } from './filters.ts'
import { sortFarFirst } from './grid.ts'
import type { Cut } from './hairline.ts'
import { develop, LAMPS } from './light.ts'
import { noise3, smoothstep } from './noise.ts'
import { type Picture, samplePicture } from './picture.ts'
import { type DepthMap, type RowVisitor, rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import { inSharedMemory } from './shared-memory.ts'
import type { HairShade } from './skin.ts'
import type { Flow } from './strand-grain.ts'
import type { Turns } from './turns.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** A part with its strands drawn and the light on its vertices. */
export type Strands = {
  readonly part: ScenePart
  readonly picture: Picture
  /** Of the whole head of hair, linear light. */
  readonly colour: readonly [number, number, number]
  /** {@link SHADE} values a vertex of the fine mesh. */
  readonly shade: Float32Array
  /** Triangles, far ones first. */
  readonly order: Uint32Array
  readonly curly: boolean
}

const LAMP_COUNT = LAMPS.length
/**
 * Diffuse r, g, b; then for each lamp what glints, the strand against the half vector, the normal against it; then the
 * place, and the strand's direction as seen.
 */
const SHADE = 3 + 3 * LAMP_COUNT + 3 + 2
const GLINT = 3
const ALONG = GLINT + LAMP_COUNT
const ACROSS = ALONG + LAMP_COUNT
const PLACE = ACROSS + LAMP_COUNT
const RUN = PLACE + 3

/** Hair whose strands curl too tightly for a picture to show. */
export const isCurly = (name: string): boolean => /afro|curly/i.test(name)

/** How hair of a name is cut. */
export const cutOf = (name: string): Cut => (isCurly(name) ? 'curly' : /^short/i.test(name) ? 'cropped' : 'long')

/** Combs and lights a part's strands, in shared memory. */
export const combStrands = (scene: Scene, part: ScenePart): Strands =>
  inSharedMemory(lightStrands(scene, part, readFibres(part.picture!)))

/** Draws a part's strands and lets the light fall on its vertices. */
export function lightStrands(scene: Scene, part: ScenePart, fibres: Fibres): Strands {
  const { positions, normals, triangles } = part.fine
  const count = positions.length / 3
  const curly = isCurly(part.source.name)
  const tangents = strandTangents(scene, part, fibres)
  const shade = new Float32Array(count * SHADE)
  const light = withoutCreases(part)
  const [ex, ey, ez] = scene.camera.eye
  for (let v = 0; v < count; v++) {
    const at = v * SHADE
    const lit = v * LIGHT_STRIDE
    let [nx, ny, nz] = [normals[v * 3]!, normals[v * 3 + 1]!, normals[v * 3 + 2]!]
    if (curly) [nx, ny, nz] = roundNormal(scene, positions, normals, v * 3)
    if (nz < 0) [nx, ny, nz] = [-nx, -ny, -nz]
    const [tx, ty, tz] = [tangents[v * 3]!, tangents[v * 3 + 1]!, tangents[v * 3 + 2]!]
    const [vx, vy, vz] = [ex - positions[v * 3]!, ey - positions[v * 3 + 1]!, ez - positions[v * 3 + 2]!]
    const vl = Math.hypot(vx, vy, vz)
    for (let c = 0; c < 3; c++) shade[at + c] = (curly ? 0.15 : 0) + 1.1 * light[lit + LAMP_COUNT + c]!
    for (let l = 0; l < LAMP_COUNT; l++) {
      const { direction: d, colour } = LAMPS[l]!
      const open = Math.min(1, light[lit + l]!)
      const seen = curly ? 0.45 + 0.4 * open : open ** 1.2
      const wrap = Math.max(0, (nx * d[0] + ny * d[1] + nz * d[2] + 0.35) / 1.35)
      const along = tx * d[0] + ty * d[1] + tz * d[2]
      const soft = curly ? wrap : wrap * (0.35 + 0.65 * Math.sqrt(Math.max(0, 1 - along * along)))
      for (let c = 0; c < 3; c++) shade[at + c]! += 0.8 * colour[c]! * soft * seen
      const [hx, hy, hz] = [d[0] + vx / vl, d[1] + vy / vl, d[2] + vz / vl]
      const hl = Math.hypot(hx, hy, hz) || 1
      shade[at + GLINT + l] = wrap * seen * (curly ? 0.35 : 1)
      shade[at + ALONG + l] = (tx * hx + ty * hy + tz * hz) / hl
      shade[at + ACROSS + l] = (nx * hx + ny * hy + nz * hz) / hl
    }
    shade.set(positions.subarray(v * 3, v * 3 + 3), at + PLACE)
    shade.set([tx, -ty], at + RUN)
  }
  return {
    part,
    picture: fibres.picture,
    colour: fibres.colour,
    shade,
    order: sortFarFirst(triangles, part.screen),
    curly,
  }
}

/** Sides of the cells that light is evened over, decimetres, and the share of its mean there that a crease keeps. */
const LIGHT_CELL = 0.3
const CREASE_KEEPS = 0.85

/**
 * The light on a part's vertices without the dark edges where one sheet of its mesh lies on another: hair lets light
 * through, and has no sheets.
 */
function withoutCreases({ fine, light }: ScenePart): Float32Array {
  const { positions, normals } = fine
  const count = positions.length / 3
  const cellOf = (v: number, from: Float32Array) => Math.floor(from[v]! / LIGHT_CELL)
  const sums = new Map<number, Float32Array>()
  const keyOf = (v: number) =>
    (cellOf(v * 3, positions) + 512) * 1048576 +
    (cellOf(v * 3 + 1, positions) + 512) * 1024 +
    cellOf(v * 3 + 2, positions) +
    512
  for (let v = 0; v < count; v++) {
    if (normals[v * 3 + 2]! < 0) continue
    const key = keyOf(v)
    const sum = sums.get(key) ?? new Float32Array(LIGHT_STRIDE + 1)
    for (let c = 0; c < LIGHT_STRIDE; c++) sum[c]! += light[v * LIGHT_STRIDE + c]!
    sum[LIGHT_STRIDE]!++
    sums.set(key, sum)
  }
  const out = light.slice()
  const near = new Float32Array(LIGHT_STRIDE)
  for (let v = 0; v < count; v++) {
    near.fill(0)
    let n = 0
    for (let k = 0; k < 27; k++) {
      const step = ((k % 3) - 1) * 1048576 + ((Math.floor(k / 3) % 3) - 1) * 1024 + Math.floor(k / 9) - 1
      const sum = sums.get(keyOf(v) + step)
      if (!sum) continue
      n += sum[LIGHT_STRIDE]!
      for (let c = 0; c < LIGHT_STRIDE; c++) near[c]! += sum[c]!
    }
    if (n === 0) continue
    for (let c = 0; c < LIGHT_STRIDE; c++) {
      const i = v * LIGHT_STRIDE + c
      out[i] = Math.max(out[i]!, (CREASE_KEEPS * near[c]!) / n)
    }
  }
  return out
}

/** Tight curls scatter light: their mass is lit more like a ball round the head than like the folds of its mesh. */
function roundNormal(
  scene: Scene,
  positions: Float32Array,
  normals: Float32Array,
  at: number,
): [number, number, number] {
  const { crown, chin, headPivot } = scene.human
  const x = positions[at]! - headPivot[0]
  const y = positions[at + 1]! - (crown[1] + chin[1]) / 2 - 0.35
  const z = positions[at + 2]! - headPivot[2]
  const length = Math.hypot(x, y, z) || 1
  const n = [
    (0.85 * x) / length + 0.15 * normals[at]!,
    (0.85 * y) / length + 0.15 * normals[at + 1]!,
    (0.85 * z) / length + 0.15 * normals[at + 2]!,
  ] as const
  const scale = 1 / (Math.hypot(...n) || 1)
  return [n[0] * scale, n[1] * scale, n[2] * scale]
}

/** The strands' direction at each vertex: the picture's, laid onto the surface, signed to run away from the whorl. */
function strandTangents(scene: Scene, part: ScenePart, fibres: Fibres): Float32Array {
  const { positions: p, normals, uvs, triangles } = part.fine
  // Hair is combed away from a whorl at the back of the crown.
  const whorl = [scene.human.crown[0], scene.human.crown[1], scene.human.crown[2] - 0.25]
  const out = new Float32Array(p.length)
  const t = new Float32Array(3)
  for (let k = 0; k < triangles.length; k += 3) {
    const [a, b, c] = [triangles[k]!, triangles[k + 1]!, triangles[k + 2]!]
    const [u1, v1] = [uvs[b * 2]! - uvs[a * 2]!, uvs[a * 2 + 1]! - uvs[b * 2 + 1]!]
    const [u2, v2] = [uvs[c * 2]! - uvs[a * 2]!, uvs[a * 2 + 1]! - uvs[c * 2 + 1]!]
    const area = u1 * v2 - u2 * v1
    if (Math.abs(area) < 1e-12) continue
    const [du, dv] = fibres.direction(
      (uvs[a * 2]! + uvs[b * 2]! + uvs[c * 2]!) / 3,
      (uvs[a * 2 + 1]! + uvs[b * 2 + 1]! + uvs[c * 2 + 1]!) / 3,
    )
    // The direction as a sum of the triangle's two sides; where the picture is vague, simply away from the whorl.
    const m = (du * v2 - dv * u2) / area
    const n = (dv * u1 - du * v1) / area
    let away = 0
    for (let i = 0; i < 3; i++) {
      t[i] = m * (p[b * 3 + i]! - p[a * 3 + i]!) + n * (p[c * 3 + i]! - p[a * 3 + i]!)
      away += t[i]! * (p[a * 3 + i]! - whorl[i]!)
    }
    const sure = Math.hypot(du, dv) ** 2
    const scale = ((away < 0 ? -1 : 1) * sure) / (Math.hypot(t[0]!, t[1]!, t[2]!) || 1)
    for (const vertex of [a, b, c]) {
      const [px, py, pz] = [0, 1, 2].map((i) => p[vertex * 3 + i]! - whorl[i]!) as [number, number, number]
      const [nx, ny, nz] = [0, 1, 2].map((i) => normals[vertex * 3 + i]!) as [number, number, number]
      const lean = px * nx + py * ny + pz * nz
      const q = [px - lean * nx, py - lean * ny, pz - lean * nz]
      const length = Math.hypot(...q) || 1
      for (let i = 0; i < 3; i++) out[vertex * 3 + i]! += t[i]! * scale + (0.25 * q[i]!) / length
    }
  }
  for (let v = 0; v < out.length; v += 3) {
    const length = Math.hypot(out[v]!, out[v + 1]!, out[v + 2]!) || 1
    for (let i = 0; i < 3; i++) out[v + i]! /= length
  }
  return out
}

/** A picture of hair, and which way its strands run. */
export type HairPicture = { readonly canvas: Canvas; readonly flow: Flow }

/** An empty picture of hair, in shared memory. */
export function openHairPicture(): HairPicture {
  return { canvas: openCanvas(), flow: new Int8Array(new SharedArrayBuffer(RIG_WIDTH * RIG_HEIGHT * 2)) }
}

/**
 * Draws the hair and beards that lie before the head or on it, in those bands that fall to this thread.
 *
 * @param solids depth of everything solid in rig pixels: strands behind it go. @param splitZ hair behind it is {@link drawBackHair}'s.
 */
export function drawFrontHair(
  strands: readonly Strands[],
  solids: DepthMap,
  splitZ: number,
  { canvas, flow }: HairPicture,
  turns: Turns,
): void {
  const meshes = strands.map(meshOf)
  const bounds = boundsOf(meshes)
  const nearest = openNearest(bounds)
  const bandsOf = meshes.map((mesh) => openBands(mesh, bounds))
  const { depth } = solids
  const brushes = strands.map((one) => {
    const wig = one.part.kind === 'hair'
    return openBrush(one, nearest, flow, 0, (pixel, z) => {
      const gap = z - depth[pixel]!
      if (wig && z < splitZ) return depth[pixel] === Number.NEGATIVE_INFINITY ? 0 : smoothstep(-3, 6, gap)
      return smoothstep(-4, 5, gap)
    })
  })
  drawBands(canvas, bounds, turns, (band) => {
    for (const [index, brush] of brushes.entries()) brush(bandsOf[index]!(band), band)
  })
}

/**
 * Draws the hair behind a depth, in those bands that fall to this thread.
 *
 * @param hidden above 0 for rig pixels that no turn of the head uncovers.
 */
export function drawBackHair(
  strands: readonly Strands[],
  splitZ: number,
  hidden: Uint8Array,
  { canvas, flow }: HairPicture,
  turns: Turns,
): void {
  const wigs = strands
    .filter(({ part }) => part.kind === 'hair')
    .map((one) => ({ ...one, order: behind(one, splitZ + 12) }))
  const meshes = wigs.map(meshOf)
  const bounds = boundsOf(meshes)
  const nearest = openNearest(bounds)
  const bandsOf = meshes.map((mesh) => openBands(mesh, bounds))
  const brushes = wigs.map((one) =>
    openBrush(one, nearest, flow, 0.4, (pixel, z) => (z < splitZ + 12 && !hidden[pixel] ? 1 : 0)),
  )
  drawBands(canvas, bounds, turns, (band) => {
    for (const [index, brush] of brushes.entries()) brush(bandsOf[index]!(band), band)
  })
}

const meshOf = ({ part, order }: Strands) => ({ screen: part.screen, triangles: order })

const openNearest = (bounds: Bounds) => {
  const { width, height } = bandSize(bounds)
  return new Float32Array(width * height)
}

/** The triangles that reach behind a depth, in their order. */
function behind({ order, part }: Strands, z: number): Uint32Array {
  const kept: number[] = []
  for (let t = 0; t < order.length; t += 3) {
    const corners = [order[t]!, order[t + 1]!, order[t + 2]!]
    if (corners.some((v) => part.screen[v * 3 + 2]! < z)) kept.push(...corners)
  }
  return Uint32Array.from(kept)
}

/** Pieces of hair smaller than this many pixels are faults of a mesh's rim. */
const CRUMB = 900

/** Clears pieces of hair that hang on nothing. */
export function dropCrumbs({ rgba, width, height }: Canvas): void {
  const seen = new Uint8Array(width * height)
  for (let start = width; start < seen.length - width; start++) {
    if (seen[start] || rgba[start * 4 + 3]! < 8) continue
    const piece = [start]
    seen[start] = 1
    for (let k = 0; k < piece.length; k++) {
      const i = piece[k]!
      for (const j of [i - 1, i + 1, i - width, i + width]) {
        if (j < 0 || j >= seen.length || seen[j] || rgba[j * 4 + 3]! < 8) continue
        seen[j] = 1
        piece.push(j)
      }
    }
    if (piece.length < CRUMB) for (const i of piece) rgba[i * 4 + 3] = 0
  }
}

/** Alpha from which a strand hides what lies behind it. */
const HIDES = 0.7

/** What a picture's alpha comes to: its faintest is nothing, its strongest all. */
const strengthen = (alpha: number) => smoothstep(0.06, 0.85, alpha)
const STRENGTH = Float32Array.from({ length: 256 }, (_, code) => strengthen(code / 255))

/** The triangles the other way round. */
function nearFirst(order: Uint32Array): Uint32Array {
  const out = new Uint32Array(order.length)
  for (let t = 0; t < order.length; t += 3) out.set(order.subarray(t, t + 3), order.length - 3 - t)
  return out
}

/** Draws what falls into a band. */
type Brush = (mesh: BandMesh, band: Band) => void

/**
 * A brush for a part's strands. Its inner functions are made once, not for every band: they are optimised once then, too.
 *
 * @param nearest room for a depth a sample. @param keep how much of a strand at a depth stays in a rig pixel, 0-1.
 */
function openBrush(
  { part, picture, colour, shade, curly }: Strands,
  nearest: Float32Array,
  flow: Flow,
  lift: number,
  keep: (pixel: number, z: number) => number,
): Brush {
  const { uvs } = part.fine
  let { corners, triangles: order }: BandMesh = { corners: new Float32Array(0), triangles: new Uint32Array(0) }
  let reversed = order
  let [left, top, width] = [0, 0, 0]
  let samples = corners
  const texel = new Float32Array(4)
  const tint = part.source.tint
  const bright = 0.3 * colour[0] + 0.6 * colour[1] + 0.1 * colour[2] + 1e-4
  /** The rig pixel at the left end of a sample's row. */
  const rigRow = (sample: number) =>
    Math.min(RIG_HEIGHT - 1, top + Math.floor(Math.floor(sample / width) / OVERSAMPLE)) * RIG_WIDTH + left
  const hide: RowVisitor = (start, count, t, s1, s2, d1, d2) => {
    const [a, b, c] = [reversed[t * 3]!, reversed[t * 3 + 1]!, reversed[t * 3 + 2]!]
    const [za, ua, va] = [corners[a * 3 + 2]!, uvs[a * 2]!, uvs[a * 2 + 1]!]
    const [z1, u1, v1] = [corners[b * 3 + 2]! - za, uvs[b * 2]! - ua, uvs[b * 2 + 1]! - va]
    const [z2, u2, v2] = [corners[c * 3 + 2]! - za, uvs[c * 2]! - ua, uvs[c * 2 + 1]! - va]
    const row = rigRow(start)
    const x = start % width
    for (let i = 0; i < count; i++) {
      const b1 = s1 + i * d1
      const b2 = s2 + i * d2
      const z = za + b1 * z1 + b2 * z2
      if (z <= nearest[start + i]!) continue
      const u = ua + b1 * u1 + b2 * u2
      const v = va + b1 * v1 + b2 * v2
      const column = Math.min(picture.width - 1, ((u - Math.floor(u)) * picture.width) | 0)
      const line = Math.min(picture.height - 1, ((1 - (v - Math.floor(v))) * picture.height) | 0)
      const alpha = STRENGTH[picture.alpha[line * picture.width + column]!]!
      if (alpha > HIDES && alpha * keep(row + ((x + i) >> 1), z) > HIDES) nearest[start + i] = z
    }
  }
  const draw = (pixel: number, rigPixel: number, t: number, w0: number, w1: number, w2: number) => {
    const [a, b, c] = [order[t * 3]!, order[t * 3 + 1]!, order[t * 3 + 2]!]
    const z = w0 * corners[a * 3 + 2]! + w1 * corners[b * 3 + 2]! + w2 * corners[c * 3 + 2]!
    const kept = keep(rigPixel, z)
    if (kept < 0.01) return
    const u = w0 * uvs[a * 2]! + w1 * uvs[b * 2]! + w2 * uvs[c * 2]!
    const v = w0 * uvs[a * 2 + 1]! + w1 * uvs[b * 2 + 1]! + w2 * uvs[c * 2 + 1]!
    samplePicture(picture, u, v, texel)
    const alpha = kept * strengthen(texel[3]!)
    if (alpha < 0.01) return
    const [p, q, r] = [a * SHADE, b * SHADE, c * SHADE]
    const mix = (k: number) => w0 * shade[p + k]! + w1 * shade[q + k]! + w2 * shade[r + k]!
    let curl = 1
    if (curly) {
      const [x, y, s] = [mix(PLACE), mix(PLACE + 1), mix(PLACE + 2)]
      curl = 1.1 + 0.8 * noise3(x * 12, y * 12, s * 12, 4)
    }
    if (alpha > 0.3) {
      const [rx, ry] = [mix(RUN), mix(RUN + 1)]
      const scale = 127 / (Math.sqrt(rx * rx + ry * ry) || 1)
      const at = rigPixel * 2
      flow[at] = rx * scale
      flow[at + 1] = ry * scale
    }
    // The far side, hardly seen, gets light as if it were open, so that no dark band shows when the head turns.
    const open = curl * (1 - lift)
    const dr = mix(0) * open + lift * 0.8
    const dg = mix(1) * open + lift * 0.8
    const db = mix(2) * open + lift * 0.8
    // Strands lean towards the normal by their shade, so that neighbours glint at different heights.
    const shift =
      0.16 * Math.max(-1.5, Math.min(1.5, (0.3 * texel[0]! + 0.6 * texel[1]! + 0.1 * texel[2]!) / bright - 1))
    const length2 = 1 + shift * shift
    let [gr, gg, gb] = [0, 0, 0]
    for (let l = 0; l < LAMP_COUNT; l++) {
      const glint = mix(GLINT + l)
      if (glint < 0.02) continue
      const th = mix(ALONG + l) + (shift - 0.06) * mix(ACROSS + l)
      const s2 = Math.max(0, 1 - (th * th) / length2)
      const s4 = s2 * s2
      const s16 = s4 * s4 * s4 * s4
      const first = s16 * s16 * s16 * s4 * s4 * 0.03 * glint
      const second = s16 * 0.5 * glint
      const { colour: lamp } = LAMPS[l]!
      gr += lamp[0] * (first + second * texel[0]! * tint[0])
      gg += lamp[1] * (first + second * texel[1]! * tint[1])
      gb += lamp[2] * (first + second * texel[2]! * tint[2])
    }
    const i = pixel * 4
    const old = 1 - alpha
    samples[i] = samples[i]! * old + alpha * develop(texel[0]! * tint[0] * dr + gr)
    samples[i + 1] = samples[i + 1]! * old + alpha * develop(texel[1]! * tint[1] * dg + gg)
    samples[i + 2] = samples[i + 2]! * old + alpha * develop(texel[2]! * tint[2] * db + gb)
    samples[i + 3] = samples[i + 3]! * old + alpha
  }
  const paint: RowVisitor = (start, count, t, s1, s2, d1, d2) => {
    const za = corners[order[t * 3]! * 3 + 2]!
    const z1 = corners[order[t * 3 + 1]! * 3 + 2]! - za
    const z2 = corners[order[t * 3 + 2]! * 3 + 2]! - za
    const first = za + s1 * z1 + s2 * z2 + 0.01
    const step = d1 * z1 + d2 * z2
    const row = rigRow(start)
    const x = start % width
    for (let i = 0; i < count; i++) {
      if (first + i * step < nearest[start + i]!) continue
      const b1 = s1 + i * d1
      const b2 = s2 + i * d2
      draw(start + i, row + ((x + i) >> 1), t, 1 - b1 - b2, b1, b2)
    }
  }
  return (mesh, band) => {
    corners = mesh.corners
    order = mesh.triangles
    reversed = nearFirst(order)
    left = band.left
    top = band.top
    width = band.width
    samples = band.samples
    // What is opaque hides what lies behind it, whatever the order of whole triangles says.
    nearest.fill(Number.NEGATIVE_INFINITY, 0, width * band.height)
    rasterise(width, band.height, corners, 3, reversed, hide)
    rasterise(width, band.height, corners, 3, order, paint)
  }
}

/** Radii of the blurs that spread the shade of hair, rig pixels, and how far they reach together. */
const SHADE_BLURS = [7, 5] as const
const SHADE_REACH = 12

/** How hair shades the skin close by: its alpha, spread out, and its colour. */
export function shadeUnderHair(front: Canvas, strands: readonly Strands[], cut: Cut): HairShade {
  const { width, height } = front
  const amount = new Float32Array(new SharedArrayBuffer(width * height * Float32Array.BYTES_PER_ELEMENT))
  const filled = filledRows(front)
  const top = Math.max(0, filled.top - SHADE_REACH)
  const bottom = Math.min(height, filled.bottom + SHADE_REACH)
  const rows = new Float32Array((bottom - top) * width)
  for (let i = 0; i < rows.length; i++) rows[i] = front.rgba[(top * width + i) * 4 + 3]! / 255
  for (const radius of SHADE_BLURS) boxBlur(rows, width, bottom - top, radius, rows)
  amount.set(rows, top * width)
  const one = strands.find(({ part }) => part.kind === 'hair') ?? strands[0]
  const mean = one?.colour ?? [0, 0, 0]
  const tint = one?.part.source.tint ?? [1, 1, 1]
  const colour = [mean[0] * tint[0], mean[1] * tint[1], mean[2] * tint[2]] as const
  return { width, height, amount, colour, cropped: cut === 'cropped' }
}
