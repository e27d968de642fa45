// The mouth inside: a dark warm hollow, the tongue, and two rows of teeth in the shade of the lips.
import type { Field, LayerName, RigLayer, TexturePlanes } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { project } from './camera.ts'
import { sortFarFirst, sparse } from './grid.ts'
import { develop } from './light.ts'
import { cloud, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import { thinLayer } from './thin.ts'

/** Every layer of the mouth inside, back to front. */
export function makeMouth(scene: Scene): RigLayer[] {
  const teeth = scene.parts.find((part) => part.kind === 'teeth')
  const tongue = scene.parts.find((part) => part.kind === 'tongue')
  const layers: RigLayer[] = [makeHollow(scene, teeth)]
  if (tongue) {
    const back = frontOf(tongue) - 0.4
    layers.push(
      thinLayer(
        meshLayer(
          'tongue',
          tongue,
          textureOf(scene, tongue, 256),
          (n) => n.z > 0 || n.y > 0.35,
          (v) => tongue.coarse.points[v * 3 + 2]! > back,
        ),
        0.25,
      ),
    )
  }
  if (teeth) {
    const painted = textureOf(scene, teeth, 512)
    const back = frontOf(teeth) - 0.44
    const lower = teeth.source.lowerJaw
    const shown = (n: Normal) => n.z > 0.12
    for (const [name, jaw] of [
      ['lowerTeeth', 1],
      ['upperTeeth', 0],
    ] as const) {
      layers.push(
        thinLayer(
          meshLayer(
            name,
            teeth,
            painted,
            shown,
            (v) => teeth.coarse.points[v * 3 + 2]! > back && (lower?.[v] ?? 0) === jaw,
          ),
          0.34,
        ),
      )
    }
  }
  return layers
}

type Normal = { x: number; y: number; z: number }

const frontOf = (part: ScenePart) => {
  let front = Number.NEGATIVE_INFINITY
  for (let i = 2; i < part.coarse.points.length; i += 3) front = Math.max(front, part.coarse.points[i]!)
  return front
}

/** A patch behind the teeth whose lower half follows the jaw. */
function makeHollow(scene: Scene, teeth: ScenePart | undefined): RigLayer {
  const { mouthLeft, mouthRight } = scene.human
  const half = Math.abs(mouthRight[0] - mouthLeft[0]) / 2 + 0.1
  const x0 = (mouthLeft[0] + mouthRight[0]) / 2
  const y0 = (mouthLeft[1] + mouthRight[1]) / 2
  const z0 = mouthLeft[2] - 0.45
  const [columns, rows] = [8, 8]
  const points = new Float32Array((columns + 1) * (rows + 1) * 3)
  const uvs = new Float32Array((columns + 1) * (rows + 1) * 2)
  const [width, height] = [64, 64]
  const triangles: number[] = []
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const i = row * (columns + 1) + column
      const [s, t] = [column / columns, row / rows]
      // A square drawn in to a disc, so that no corner can look out beside the lips.
      const [h, g] = [s * 2 - 1, t * 2 - 1]
      points.set(
        [x0 + h * Math.sqrt(1 - (g * g) / 2) * half, y0 - 0.03 - g * Math.sqrt(1 - (h * h) / 2) * 0.24, z0],
        i * 3,
      )
      uvs.set([s * width, t * height], i * 2)
      if (row < rows && column < columns) {
        const below = i + columns + 1
        triangles.push(i, below, i + 1, i + 1, below, below + 1)
      }
    }
  }
  const positions = project(scene.camera, points)
  const fields: Partial<Record<Shape, Field>> = {}
  const jaw = teeth?.source.lowerJaw
  for (const shape of ['jawOpen'] as const) {
    const offsets = teeth?.coarse.fields[shape]
    if (!offsets || !jaw) continue
    let [dy, n] = [0, 0]
    for (let v = 0; v < jaw.length; v++) {
      if (!jaw[v]) continue
      dy += offsets[v * 3 + 1]!
      n++
    }
    const moved = new Float32Array(points.length)
    for (let i = 0; i < moved.length / 3; i++) {
      const t = Math.floor(i / (columns + 1)) / rows
      moved[i * 3 + 1] = (1.25 * smoothstep(0.3, 0.9, t) * dy) / Math.max(1, n)
    }
    const field = sparse(moved)
    if (field) fields[shape] = field
  }
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dx = ((x + 0.5) / width - 0.5) * 2
      const dy = ((y + 0.5) / height - 0.5) * 2
      const rim = Math.min(1, Math.hypot(dx, dy * 0.9))
      const k = 0.012 + 0.05 * rim * rim + 0.012 * smoothstep(0, 1, dy)
      // Gum and palate behind the upper lip.
      const gum = 0.075 * smoothstep(-0.15, -0.75, dy)
      rgba.set([develop(k + gum), develop(0.36 * (k + gum)), develop(0.32 * (k + gum)), 255], (y * width + x) * 4)
    }
  }
  return {
    name: 'mouthInside',
    texture: rgbaToPlanes(rgba, width, height, true),
    positions,
    uvs,
    triangles: Uint32Array.from(triangles),
    headWeights: new Float32Array(points.length / 3).fill(1),
    fields,
  }
}

function meshLayer(
  name: LayerName,
  part: ScenePart,
  texture: TexturePlanes,
  faces: (normal: Normal) => boolean,
  has: (vertex: number) => boolean,
): RigLayer {
  const { coarse, source } = part
  const kept: number[] = []
  const renumber = new Map<number, number>()
  const order: number[] = []
  for (let t = 0; t < source.triangles.length; t += 3) {
    const corners = [source.triangles[t]!, source.triangles[t + 1]!, source.triangles[t + 2]!]
    if (!corners.every(has)) continue
    const mean = { x: 0, y: 0, z: 0 }
    for (const v of corners) {
      mean.x += coarse.normals[v * 3]! / 3
      mean.y += coarse.normals[v * 3 + 1]! / 3
      mean.z += coarse.normals[v * 3 + 2]! / 3
    }
    if (!faces(mean)) continue
    for (const v of corners) {
      let id = renumber.get(v)
      if (id === undefined) {
        id = order.length
        renumber.set(v, id)
        order.push(v)
      }
      kept.push(id)
    }
  }
  const take = (from: Float32Array) => {
    const to = new Float32Array(order.length * 3)
    order.forEach((v, i) => {
      to.set(from.subarray(v * 3, v * 3 + 3), i * 3)
    })
    return to
  }
  const positions = take(coarse.screen)
  const uvs = new Float32Array(order.length * 2)
  order.forEach((v, i) => {
    uvs[i * 2] = source.uvs[v * 2]! * texture.width
    uvs[i * 2 + 1] = (1 - source.uvs[v * 2 + 1]!) * texture.height
  })
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, offsets] of Object.entries(coarse.fields)) {
    const field = sparse(take(offsets))
    if (field) fields[shape as Shape] = field
  }
  return {
    name,
    texture,
    positions,
    uvs,
    triangles: sortFarFirst(Uint32Array.from(kept), positions),
    headWeights: Float32Array.from(order, (v) => source.headWeights[v]!),
    fields,
  }
}

const textureOf = (scene: Scene, part: ScenePart, side: number): TexturePlanes =>
  rgbaToPlanes(paintWet(scene, part, side), side, side, true)

/** The part's picture in the light that comes in between the lips. */
function paintWet(scene: Scene, part: ScenePart, side: number): Uint8ClampedArray {
  const { coarse, source, picture } = part
  const isTeeth = part.kind === 'teeth'
  const corners = new Float32Array(source.uvs.length)
  for (let i = 0; i < corners.length; i += 2) {
    corners[i] = source.uvs[i]! * side
    corners[i + 1] = (1 - source.uvs[i + 1]!) * side
  }
  const front = frontOf(part)
  const mouthY = scene.human.mouthLeft[1]
  const rgba = new Uint8ClampedArray(side * side * 4)
  for (let i = 0; i < side * side; i++) rgba.set(isTeeth ? [88, 44, 38, 255] : [104, 46, 42, 255], i * 4)
  const texel = new Float32Array(4)
  const { points, normals } = coarse
  const paint = (pixel: number, t: number, w0: number, w1: number, w2: number) => {
    const [a, b, c] = [source.triangles[t * 3]!, source.triangles[t * 3 + 1]!, source.triangles[t * 3 + 2]!]
    const mix = (from: Float32Array, k: number) => w0 * from[a * 3 + k]! + w1 * from[b * 3 + k]! + w2 * from[c * 3 + k]!
    const [x, y, z] = [mix(points, 0), mix(points, 1), mix(points, 2)]
    const [nx, ny, nz] = [mix(normals, 0), mix(normals, 1), mix(normals, 2)]
    const u = w0 * source.uvs[a * 2]! + w1 * source.uvs[b * 2]! + w2 * source.uvs[c * 2]!
    const v = w0 * source.uvs[a * 2 + 1]! + w1 * source.uvs[b * 2 + 1]! + w2 * source.uvs[c * 2 + 1]!
    if (picture) samplePicture(picture, u, v, texel)
    else texel.set([0.5, 0.2, 0.18, 1])
    const depth = smoothstep(0, isTeeth ? 0.5 : 0.62, front - z)
    const facing = Math.max(0, nz * 0.85 + nx * -0.22 + ny * 0.18)
    const hollow = 1 - 0.86 * depth
    const grey = (texel[0]! + texel[1]! + texel[2]!) / 3
    const white = isTeeth ? smoothstep(0.45, 0.75, texel[1]! / (texel[0]! + 1e-3)) : 0
    const uneven = 1 + 0.05 * cloud(x * 12, y * 12, z * 12, 5)
    let light = (isTeeth ? 0.3 + 0.82 * facing : 0.22 + 0.75 * facing) * hollow * uneven
    let [r, g, b2] = [texel[0]!, texel[1]!, texel[2]!]
    if (isTeeth) {
      // Enamel: creamy, darker to the gum; gums: dull rose.
      const enamel = 0.66 + 0.26 * grey
      const high = smoothstep(0.02, 0.3, Math.abs(y - mouthY))
      light *= (1 - 0.5 * high) * (1 - 0.55 * smoothstep(0.08, 0.26, Math.abs(x - scene.human.chin[0])))
      r = white * enamel * 0.98 + (1 - white) * 0.33 * (0.5 + r)
      g = white * enamel * 0.88 + (1 - white) * 0.13 * (0.5 + r)
      b2 = white * enamel * 0.7 + (1 - white) * 0.12 * (0.5 + r)
    } else {
      r = 0.1 + r * 0.62
      g = 0.03 + g * 0.5
      b2 = 0.03 + b2 * 0.5
    }
    const gloss = isTeeth ? 0.1 * facing ** 24 * hollow * white : 0.05 * facing ** 10 * hollow
    rgba.set([develop(r * light + gloss), develop(g * light + gloss), develop(b2 * light + gloss), 255], pixel * 4)
  }
  rasterise(side, side, corners, 2, source.triangles, (start, count, t, s1, s2, d1, d2) => {
    for (let i = 0; i < count; i++) {
      const [w1, w2] = [s1 + i * d1, s2 + i * d2]
      paint(start + i, t, 1 - w1 - w2, w1, w2)
    }
  })
  return rgba
}
