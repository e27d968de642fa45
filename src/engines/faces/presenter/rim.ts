// The head round the face proper: ears, temples and jaw on the skin's own mesh, with a soft outline from its picture.
import type { Field, RigLayer } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { type Canvas, cutPlanes } from './canvas.ts'
import { visibleVertices } from './front.ts'
import { sortFarFirst, sparse } from './grid.ts'
import type { DepthMap } from './raster.ts'
import type { ScenePart } from './scene.ts'

/** How far the mesh reaches beyond the outline, rig pixels: room for the picture's soft edge. */
const MARGIN = 2.5

/**
 * Makes the layer under the face.
 *
 * @param picture the head as the camera sees it. @param cover 1 where the face layer lies at rest.
 */
export function rimLayer(
  skin: ScenePart,
  head: readonly number[],
  picture: Canvas,
  nearest: DepthMap,
  cover: Uint8Array,
): RigLayer {
  const { triangles, headWeights } = skin.source
  const { screen, normals } = skin.coarse
  const seen = new Set(visibleVertices(screen, nearest, 10))
  const near = new Set(visibleVertices(screen, nearest, 60))
  const hidden = (v: number) => {
    const x = Math.round(screen[v * 3]! - 0.5)
    const y = Math.round(screen[v * 3 + 1]! - 0.5)
    return cover[y * picture.width + x] === 1
  }
  const kept: number[] = []
  for (const t of head) {
    const corners = [triangles[t * 3]!, triangles[t * 3 + 1]!, triangles[t * 3 + 2]!]
    const facing = corners.filter((v) => normals[v * 3 + 2]! > 0).length
    if (!facing || !corners.some((v) => (facing < 3 ? seen : near).has(v))) continue
    if (corners.every((v) => hidden(v) && normals[v * 3 + 2]! > 0.3)) continue
    kept.push(...corners)
  }
  const { vertices, faces } = widen(kept, screen, skin.fine.weld)
  const count = vertices.length
  const positions = new Float32Array(count * 3)
  const bounds = [picture.width, picture.height, 0, 0]
  vertices.forEach(({ from, dx, dy }, i) => {
    positions.set(
      [screen[from * 3]! + dx, screen[from * 3 + 1]! + dy, screen[from * 3 + 2]! - (dx || dy ? 1 : 0)],
      i * 3,
    )
    for (let c = 0; c < 2; c++) {
      bounds[c] = Math.min(bounds[c]!, positions[i * 3 + c]!)
      bounds[c + 2] = Math.max(bounds[c + 2]!, positions[i * 3 + c]!)
    }
  })
  const left = Math.max(0, 2 * Math.floor(bounds[0]! / 2) - 2)
  const top = Math.max(0, 2 * Math.floor(bounds[1]! / 2) - 2)
  const width = Math.min(picture.width, 2 * Math.ceil(bounds[2]! / 2) + 2) - left
  const height = Math.min(picture.height, 2 * Math.ceil(bounds[3]! / 2) + 2) - top
  const uvs = new Float32Array(count * 2)
  for (let i = 0; i < count; i++) uvs.set([positions[i * 3]! - left, positions[i * 3 + 1]! - top], i * 2)
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, offsets] of Object.entries(skin.coarse.fields)) {
    const taken = new Float32Array(count * 3)
    vertices.forEach(({ from }, i) => {
      taken.set(offsets.subarray(from * 3, from * 3 + 3), i * 3)
    })
    const field = sparse(taken)
    if (field) fields[shape as Shape] = field
  }
  return {
    name: 'face',
    texture: cutPlanes(picture, left, top, width, height),
    positions,
    uvs,
    triangles: sortFarFirst(Uint32Array.from(faces), positions),
    headWeights: Float32Array.from(vertices, ({ from }) => headWeights[from]!),
    fields,
  }
}

type Place = { from: number; dx: number; dy: number }

/** Adds a band of quads along the open edges, outwards in the picture. */
function widen(kept: readonly number[], screen: Float32Array, weld: Uint32Array) {
  const ids = new Map<number, number>()
  const vertices: Place[] = []
  const faces: number[] = []
  for (const v of kept) {
    let id = ids.get(v)
    if (id === undefined) {
      id = vertices.length
      ids.set(v, id)
      vertices.push({ from: v, dx: 0, dy: 0 })
    }
    faces.push(id)
  }
  const open = new Map<string, [a: number, b: number]>()
  for (let t = 0; t < kept.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const [a, b] = [kept[t + k]!, kept[t + ((k + 1) % 3)]!]
      const back = `${weld[b]},${weld[a]}`
      if (!open.delete(back)) open.set(`${weld[a]},${weld[b]}`, [a, b])
    }
  }
  // Each welded point on an open edge moves along the mean of its edges' outward normals.
  const out = new Map<number, { x: number; y: number }>()
  for (const [a, b] of open.values()) {
    const [ex, ey] = [screen[b * 3]! - screen[a * 3]!, screen[b * 3 + 1]! - screen[a * 3 + 1]!]
    const length = Math.hypot(ex, ey) || 1
    // Triangles run clockwise on the screen's downward y when they face the camera: outside is to the left of an edge.
    for (const v of [a, b]) {
      const sum = out.get(weld[v]!) ?? { x: 0, y: 0 }
      sum.x -= -ey / length
      sum.y -= ex / length
      out.set(weld[v]!, sum)
    }
  }
  const far = new Map<number, number>()
  const farOf = (v: number) => {
    let id = far.get(weld[v]!)
    if (id === undefined) {
      const n = out.get(weld[v]!)!
      const length = Math.hypot(n.x, n.y) || 1
      id = vertices.length
      far.set(weld[v]!, id)
      vertices.push({ from: v, dx: (MARGIN * n.x) / length, dy: (MARGIN * n.y) / length })
    }
    return id
  }
  for (const [a, b] of open.values()) {
    const [fa, fb] = [farOf(a), farOf(b)]
    faces.push(ids.get(a)!, fa, ids.get(b)!, ids.get(b)!, fa, fb)
  }
  return { vertices, faces }
}
