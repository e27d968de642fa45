// Layers on the skin's own mesh or a part's own: the face proper, brows and lashes.
import type { Field, LayerName, RigLayer, TexturePlanes } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { visibleVertices } from './front.ts'
import { sortFarFirst, sparse } from './grid.ts'
import type { Human } from './human.ts'
import { develop, LAMPS } from './light.ts'
import { smoothstep } from './noise.ts'
import { type DepthMap, rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import type { SkinMap } from './skin.ts'
import { LIGHT_STRIDE } from './visibility.ts'

/** A face triangle must turn towards the camera at least this much; the rest is in the rim's picture. */
const FACING = 0.22

/** The face proper: the skin's own mesh where it turns to the camera, its texture in the skin's own layout. */
export function faceLayer(
  scene: Scene,
  skin: ScenePart,
  head: readonly number[],
  map: SkinMap,
  nearest: DepthMap,
): RigLayer {
  const { triangles, uvs, headWeights } = skin.source
  const { screen, normals, points } = skin.coarse
  const seen = new Set(visibleVertices(screen, nearest, 6))
  const kept: number[] = []
  for (const t of head) {
    const corners = [triangles[t * 3]!, triangles[t * 3 + 1]!, triangles[t * 3 + 2]!]
    const least = Math.min(...corners.map((v) => normals[v * 3 + 2]!))
    const inner = corners.every((v) => isInner(scene.human, points, v * 3))
    const lid = corners.every((v) => isLid(scene.human, points, v * 3))
    const front = corners.every((v) => seen.has(v) && points[v * 3 + 2]! > scene.human.headPivot[2] + 0.3)
    if (inner ? least > -0.75 : lid ? least > LID_FACING : least > FACING && front) kept.push(...corners)
  }
  const order = [...new Set(kept)]
  const renumber = new Map(order.map((v, i) => [v, i]))
  const place = (v: number, k: number) => (k ? 1 - uvs[v * 2 + 1]! - map.top : uvs[v * 2]! - map.left) * map.density
  const bounds = [0, 1].map((k) => {
    const values = order.map((v) => place(v, k))
    const low = Math.max(0, 2 * Math.floor(Math.min(...values) / 2) - 2)
    const high = Math.min(k ? map.height : map.width, 2 * Math.ceil(Math.max(...values) / 2) + 2)
    return [low, high] as const
  })
  const [[x0, x1], [y0, y1]] = bounds as [readonly [number, number], readonly [number, number]]
  const texture = cutMap(map, x0, y0, x1 - x0, y1 - y0)
  const positions = new Float32Array(order.length * 3)
  const maps = new Float32Array(order.length * 2)
  order.forEach((v, i) => {
    positions.set(screen.subarray(v * 3, v * 3 + 3), i * 3)
    maps.set([place(v, 0) - x0, place(v, 1) - y0], i * 2)
  })
  return {
    name: 'face',
    texture,
    positions,
    uvs: maps,
    triangles: sortFarFirst(
      Uint32Array.from(kept, (v) => renumber.get(v)!),
      positions,
      lipLeads(scene, skin, order),
    ),
    headWeights: Float32Array.from(order, (v) => headWeights[v]!),
    fields: takeFields(skin, order),
  }
}

/** Rig pixels by which a lip's front is drawn before what is inside, and the upper lip before the lower. */
const LIP_LEAD = 25
const UPPER_LEAD = 60
/** What the jaw takes down by more than this share of the most is lower lip. */
const WITH_JAW = 0.5

/** Leads in drawing order: the inside of the lips first, then the lower, then the upper, so that pressed lips meet in one line. */
function lipLeads(scene: Scene, skin: ScenePart, order: readonly number[]): Float32Array {
  const { points, normals, fields } = skin.coarse
  const { mouthLeft, mouthRight } = scene.human
  const x = (mouthLeft[0] + mouthRight[0]) / 2
  const y = (mouthLeft[1] + mouthRight[1]) / 2
  const half = Math.abs(mouthRight[0] - mouthLeft[0]) / 2
  const near = (v: number) =>
    Math.abs(points[v * 3]! - x) < half * 1.2 && Math.abs(points[v * 3 + 1]! - y) < half * 0.75
  const drop = (v: number) => fields.jawOpen?.[v * 3 + 1] ?? 0
  const most = Math.max(...order.filter(near).map(drop))
  return Float32Array.from(order, (v) => {
    if (!near(v) || normals[v * 3 + 2]! < 0.12) return 0
    return LIP_LEAD + (drop(v) < WITH_JAW * most ? UPPER_LEAD : 0)
  })
}

/** How far from an eye's middle skin counts as its lids, in eyeball radii, and how far their edges may turn away. */
const LIDS = 1.3
const LID_FACING = 0.1

/** Nose and lips: what turns away there may come to the front, or hides what lies behind it. */
function isInner(human: Human, points: Float32Array, at: number): boolean {
  const x = Math.abs(points[at]! - human.chin[0])
  const y = points[at + 1]!
  const [eyeY, mouthY] = [human.eyeRight[1], human.mouthRight[1]]
  if (y < eyeY - 0.12) return x < Math.abs(human.mouthRight[0]) * 1.6 && y > mouthY - 0.25
  return false
}

/** The lids to their edges: what lies behind them at rest comes to the front in a blink. */
function isLid({ chin, eyeRight, eyeRadius }: Human, points: Float32Array, at: number): boolean {
  const x = Math.abs(points[at]! - chin[0]) - Math.abs(eyeRight[0] - chin[0])
  return Math.hypot(x, points[at + 1]! - eyeRight[1]) < eyeRadius * LIDS
}

function takeFields(part: ScenePart, order: readonly number[]): Partial<Record<Shape, Field>> {
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, offsets] of Object.entries(part.coarse.fields)) {
    const taken = new Float32Array(order.length * 3)
    order.forEach((v, i) => {
      taken.set(offsets.subarray(v * 3, v * 3 + 3), i * 3)
    })
    const field = sparse(taken)
    if (field) fields[shape as Shape] = field
  }
  return fields
}

function cutMap(map: SkinMap, left: number, top: number, width: number, height: number): TexturePlanes {
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = ((top + y) * map.width + left + x) * 3
      rgba.set([map.colours[from]!, map.colours[from + 1]!, map.colours[from + 2]!, 255], (y * width + x) * 4)
    }
  }
  return rgbaToPlanes(rgba, width, height, true)
}

/** 1 in each rig pixel that a layer covers at rest. */
export function coverOf(layer: RigLayer): Uint8Array {
  const cover = new Uint8Array(RIG_WIDTH * RIG_HEIGHT)
  rasterise(RIG_WIDTH, RIG_HEIGHT, layer.positions, 3, layer.triangles, (start, count) => {
    cover.fill(1, start, start + count)
  })
  return cover
}

/** Brows and lashes: their own mesh, their own picture under one even light. */
export function flatLayer(name: LayerName, part: ScenePart): RigLayer | null {
  const { picture, source, coarse } = part
  if (!picture) return null
  const light = [0, 0, 0]
  const count = source.positions.length / 3
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) {
      let sum = part.light[i * LIGHT_STRIDE + LAMPS.length + c]!
      for (let l = 0; l < 2; l++) sum += 0.5 * LAMPS[l]!.colour[c]! * part.light[i * LIGHT_STRIDE + l]!
      light[c]! += sum / count
    }
  }
  // Texels well below a pixel would shimmer: bring the picture down to its size on the face.
  const shrink = Math.max(1, Math.floor(texelsPerPixel(part) / 1.3))
  const width = 2 * Math.floor(picture.width / shrink / 2)
  const height = 2 * Math.floor(picture.height / shrink / 2)
  const rgba = new Uint8ClampedArray(width * height * 4)
  const share = name === 'lashes' ? lashShares(part, width, height) : browShares(part, width, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0, 0]
      for (let k = 0; k < shrink * shrink; k++) {
        const from = ((y * shrink + Math.floor(k / shrink)) * picture.width + x * shrink + (k % shrink)) * 4
        const alpha = picture.data[from + 3]! + 1e-4
        for (let c = 0; c < 3; c++) sum[c]! += alpha * picture.data[from + c]!
        sum[3]! += alpha
      }
      const to = (y * width + x) * 4
      for (let c = 0; c < 3; c++) rgba[to + c] = develop((sum[c]! / sum[3]!) * source.tint[c]! * light[c]!)
      const alpha = sum[3]! / (shrink * shrink)
      rgba[to + 3] = 255 * share[y * width + x]! * (name === 'lashes' ? 0.62 * alpha : Math.min(1, alpha ** 0.9))
    }
  }
  const order = Array.from({ length: count }, (_, i) => i)
  const uvs = new Float32Array(count * 2)
  for (let i = 0; i < count; i++) {
    uvs[i * 2] = Math.min(width, Math.max(0, source.uvs[i * 2]! * width))
    uvs[i * 2 + 1] = Math.min(height, Math.max(0, (1 - source.uvs[i * 2 + 1]!) * height))
  }
  return {
    name,
    texture: rgbaToPlanes(rgba, width, height),
    positions: coarse.screen.slice(),
    uvs,
    triangles: sortFarFirst(source.triangles, coarse.screen),
    headWeights: source.headWeights.slice(),
    fields: takeFields(part, order),
  }
}

/** How much of the lashes stays at each texel: the lower ones are finer, and all thin out to the corners. */
function lashShares(part: ScenePart, width: number, height: number): Float32Array {
  const { points } = part.coarse
  const [low, high] = [1, 1].map(() => [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) as [number[], number[]]
  for (let i = 0; i < points.length; i += 3) {
    const range = points[i]! < 0 ? low : high
    range[0] = Math.min(range[0]!, points[i + 1]!)
    range[1] = Math.max(range[1]!, points[i + 1]!)
  }
  return sharesOf(part, width, height, (x, y) => {
    const [from, to] = x < 0 ? low : high
    return 0.3 + 0.7 * smoothstep(0.35, 0.55, (y - from!) / (to! - from!))
  })
}

/** How much of the brows stays at each texel: they begin softly beside the nose and end in single hairs. */
function browShares(part: ScenePart, width: number, height: number): Float32Array {
  const { points } = part.coarse
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  for (let i = 0; i < points.length; i += 3) {
    from = Math.min(from, Math.abs(points[i]!))
    to = Math.max(to, Math.abs(points[i]!))
  }
  return sharesOf(part, width, height, (x) => {
    const along = (Math.abs(x) - from) / (to - from)
    return (0.45 + 0.55 * smoothstep(0.02, 0.24, along)) * (1 - 0.75 * smoothstep(0.68, 0.98, along))
  })
}

/** A value of places (decimetres) laid out in a part's texture. */
function sharesOf(
  part: ScenePart,
  width: number,
  height: number,
  value: (x: number, y: number) => number,
): Float32Array {
  const { points } = part.coarse
  const { uvs, triangles } = part.source
  const corners = new Float32Array(uvs.length)
  for (let i = 0; i < uvs.length; i += 2) {
    corners[i] = uvs[i]! * width
    corners[i + 1] = (1 - uvs[i + 1]!) * height
  }
  const out = new Float32Array(width * height).fill(1)
  rasterise(width, height, corners, 2, triangles, (start, count, t, s1, s2, d1, d2) => {
    const [a, b, c] = [triangles[t * 3]! * 3, triangles[t * 3 + 1]! * 3, triangles[t * 3 + 2]! * 3]
    for (let i = 0; i < count; i++) {
      const [w1, w2] = [s1 + i * d1, s2 + i * d2]
      const w0 = 1 - w1 - w2
      const x = w0 * points[a]! + w1 * points[b]! + w2 * points[c]!
      out[start + i] = value(x, w0 * points[a + 1]! + w1 * points[b + 1]! + w2 * points[c + 1]!)
    }
  })
  return out
}

/** How many texels of its picture a part squeezes into a rig pixel, along one side. */
function texelsPerPixel(part: ScenePart): number {
  const { triangles, uvs } = part.source
  const { screen } = part.coarse
  const { width, height } = part.picture!
  let [space, map] = [0, 0]
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b] = [triangles[t]!, triangles[t + 1]!]
    space += Math.hypot(screen[a * 3]! - screen[b * 3]!, screen[a * 3 + 1]! - screen[b * 3 + 1]!)
    map += Math.hypot((uvs[a * 2]! - uvs[b * 2]!) * width, (uvs[a * 2 + 1]! - uvs[b * 2 + 1]!) * height)
  }
  return map / (space || 1)
}
