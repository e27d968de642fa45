// Puts a picture of rig space on a coarse mesh that bends and moves like what the picture shows.
import type { Field, LayerName, RigLayer } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { type Canvas, cutPlanes } from './canvas.ts'

/** Places that know how the pictured thing lies and moves. */
export type Carrier = {
  /** 3 a place, rig pixels. */
  readonly screen: Float32Array
  readonly headWeights: Float32Array
  readonly fields: Readonly<Partial<Record<Shape, Float32Array>>>
  /** Places of `screen` that the picture shows. */
  readonly chosen: readonly number[]
}

type Neighbour = { carrier: Carrier; vertex: number; distance: number }

const NEAREST = 16
/** Passes that even out depth and weights over the mesh. */
const SMOOTHING = 6

/**
 * Makes a layer of a canvas.
 *
 * @param cell side of a mesh cell in rig pixels, even. @param covers alpha from which a pixel counts.
 * @param drop true for cells that are never seen.
 * @param smoothing passes that even out how neighbouring vertices move, for pictures of several things in motion.
 * @returns the soft part, then the part that is opaque throughout, which paints faster; none where the canvas is empty.
 */
export function gridLayer(
  name: LayerName,
  canvas: Canvas,
  carriers: readonly Carrier[],
  cell: number,
  drop: (left: number, top: number, right: number, bottom: number) => boolean = () => false,
  smoothing = 0,
): RigLayer[] {
  const columns = Math.ceil(canvas.width / cell)
  const rows = Math.ceil(canvas.height / cell)
  const full = findCells(canvas, columns, rows, cell, drop)
  if (!full.cells.length) return []
  const { left, top, right, bottom } = full
  const x0 = left * cell
  const y0 = top * cell
  const width = Math.min(canvas.width, (right + 1) * cell) - x0
  const height = Math.min(canvas.height, (bottom + 1) * cell) - y0
  const find = openFinder(carriers, cell * 2)
  const vertexOf = new Map<number, number>()
  const places: number[] = []
  const triangles: number[] = []
  const opaque: number[] = []
  for (const at of full.cells) {
    const column = at % columns
    const row = (at - column) / columns
    const corner = [0, 1, 2, 3].map((k) => {
      const key = (row + (k >> 1)) * (columns + 1) + column + (k & 1)
      let vertex = vertexOf.get(key)
      if (vertex === undefined) {
        vertex = places.length / 2
        vertexOf.set(key, vertex)
        places.push(Math.min(canvas.width, (column + (k & 1)) * cell), Math.min(canvas.height, (row + (k >> 1)) * cell))
      }
      return vertex
    })
    const [a, b, c, d] = corner as [number, number, number, number]
    const solid = isOpaque(canvas, column * cell, row * cell, cell) ? 1 : 0
    opaque.push(solid, solid)
    if ((row + column) % 2) triangles.push(a, c, b, b, c, d)
    else triangles.push(a, d, b, a, c, d)
  }
  const count = places.length / 2
  const positions = new Float32Array(count * 3)
  const uvs = new Float32Array(count * 2)
  const headWeights = new Float32Array(count)
  const dense = new Map<Shape, Float32Array>()
  for (let i = 0; i < count; i++) {
    const [x, y] = [places[i * 2]!, places[i * 2 + 1]!]
    positions.set([x, y, 0], i * 3)
    uvs.set([x - x0, y - y0], i * 2)
    const near = find(x, y)
    let total = 0
    for (const n of near) total += weigh(n)
    for (const n of near) {
      const share = weigh(n) / total
      positions[i * 3 + 2]! += share * n.carrier.screen[n.vertex * 3 + 2]!
      headWeights[i]! += share * n.carrier.headWeights[n.vertex]!
      for (const [shape, offsets] of Object.entries(n.carrier.fields)) {
        let field = dense.get(shape as Shape)
        if (!field) {
          field = new Float32Array(count * 3)
          dense.set(shape as Shape, field)
        }
        for (let c = 0; c < 3; c++) field[i * 3 + c]! += share * offsets[n.vertex * 3 + c]!
      }
    }
  }
  for (let pass = 0; pass < SMOOTHING; pass++) smoothOver(positions, triangles, [2])
  for (const offsets of dense.values()) {
    for (let pass = 0; pass < smoothing; pass++) smoothOver(offsets, triangles, [0, 1, 2])
  }
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, offsets] of dense) {
    const field = sparse(offsets)
    if (field) fields[shape] = field
  }
  const whole: RigLayer = {
    name,
    texture: cutPlanes(canvas, x0, y0, width, height),
    positions,
    uvs,
    triangles: Uint32Array.from(triangles),
    headWeights,
    fields,
  }
  const soft = takeTriangles(whole, (t) => opaque[t] === 0)
  const hard = takeTriangles(whole, (t) => opaque[t] === 1)
  return [soft, { ...hard, texture: { ...whole.texture, a: null, ac: null } }].filter((part) => part.triangles.length)
}

/** A layer with only some of its triangles, far ones first, and the vertices that these use. */
export function takeTriangles(layer: RigLayer, wanted: (triangle: number) => boolean): RigLayer {
  const kept = layer.triangles.filter((_, i) => wanted(Math.floor(i / 3)))
  const order = [...new Set(kept)].sort((a, b) => a - b)
  const renumber = new Map(order.map((v, i) => [v, i]))
  const take = (from: Float32Array, stride: number) => {
    const to = new Float32Array(order.length * stride)
    order.forEach((v, i) => {
      to.set(from.subarray(v * stride, (v + 1) * stride), i * stride)
    })
    return to
  }
  const fields: Partial<Record<Shape, Field>> = {}
  for (const [shape, field] of Object.entries(layer.fields)) {
    const places: number[] = []
    field.vertices.forEach((v, i) => {
      if (renumber.has(v)) places.push(i)
    })
    if (!places.length) continue
    const offsets = new Float32Array(places.length * 3)
    places.forEach((from, i) => {
      offsets.set(field.offsets.subarray(from * 3, from * 3 + 3), i * 3)
    })
    fields[shape as Shape] = { vertices: Uint32Array.from(places, (i) => renumber.get(field.vertices[i]!)!), offsets }
  }
  const positions = take(layer.positions, 3)
  return {
    ...layer,
    positions,
    uvs: take(layer.uvs, 2),
    headWeights: take(layer.headWeights, 1),
    triangles: sortFarFirst(
      kept.map((v) => renumber.get(v)!),
      positions,
    ),
    fields,
  }
}

/** True where a cell and the pixels next to it hide all that is behind them. */
function isOpaque(canvas: Canvas, left: number, top: number, cell: number): boolean {
  for (let y = Math.max(0, top - 2); y < Math.min(canvas.height, top + cell + 2); y++) {
    for (let x = Math.max(0, left - 2); x < Math.min(canvas.width, left + cell + 2); x++) {
      if (canvas.rgba[(y * canvas.width + x) * 4 + 3]! < 255) return false
    }
  }
  return true
}

const weigh = (n: Neighbour) => 1 / (n.distance + 9) ** 1.5

/**
 * Moves some of each vertex's three values towards its neighbours' mean: depth, so that no dent shows when the head turns,
 * or the ways that a shape moves it.
 */
function smoothOver(values: Float32Array, triangles: readonly number[], components: readonly number[]): void {
  const count = values.length / 3
  const sum = new Float32Array(count)
  const n = new Uint16Array(count)
  for (const c of components) {
    sum.fill(0)
    n.fill(0)
    for (let t = 0; t < triangles.length; t += 3) {
      for (let k = 0; k < 3; k++) {
        const [a, b] = [triangles[t + k]!, triangles[t + ((k + 1) % 3)]!]
        sum[a]! += values[b * 3 + c]!
        sum[b]! += values[a * 3 + c]!
        n[a]!++
        n[b]!++
      }
    }
    for (let i = 0; i < count; i++) {
      if (n[i]) values[i * 3 + c]! += 0.6 * (sum[i]! / n[i]! - values[i * 3 + c]!)
    }
  }
}

function findCells(
  canvas: Canvas,
  columns: number,
  rows: number,
  cell: number,
  drop: (left: number, top: number, right: number, bottom: number) => boolean,
) {
  const cells: number[] = []
  let [left, top, right, bottom] = [columns, rows, 0, 0]
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x1 = Math.min(canvas.width, (column + 1) * cell + 1)
      const y1 = Math.min(canvas.height, (row + 1) * cell + 1)
      let some = false
      for (let y = Math.max(0, row * cell - 1); y < y1 && !some; y++) {
        for (let x = Math.max(0, column * cell - 1); x < x1; x++) {
          if (canvas.rgba[(y * canvas.width + x) * 4 + 3]! > 3) {
            some = true
            break
          }
        }
      }
      if (!some || drop(column * cell, row * cell, (column + 1) * cell, (row + 1) * cell)) continue
      cells.push(row * columns + column)
      left = Math.min(left, column)
      right = Math.max(right, column)
      top = Math.min(top, row)
      bottom = Math.max(bottom, row)
    }
  }
  return { cells, left, top, right, bottom }
}

/** The nearest few carrier places to a point of rig space (x, y only), nearest first. */
function openFinder(carriers: readonly Carrier[], bucket: number): (x: number, y: number) => Neighbour[] {
  const buckets = new Map<number, number[]>()
  const key = (bx: number, by: number) => by * 4096 + bx + 2048
  // Places one after another: carrier, vertex, x, y.
  const places: number[] = []
  carriers.forEach(({ screen, chosen }, carrier) => {
    for (const vertex of chosen) {
      const [x, y] = [screen[vertex * 3]!, screen[vertex * 3 + 1]!]
      const k = key(Math.floor(x / bucket), Math.floor(y / bucket))
      const list = buckets.get(k)
      if (list) list.push(places.length)
      else buckets.set(k, [places.length])
      places.push(carrier, vertex, x, y)
    }
  })
  const distances = new Float64Array(NEAREST)
  const found = new Int32Array(NEAREST)
  return (x, y) => {
    if (!places.length) return []
    const bx = Math.floor(x / bucket)
    const by = Math.floor(y / bucket)
    let count = 0
    for (let ring = 1; ring < 80 && count < NEAREST; ring++) {
      count = 0
      for (let dy = -ring; dy <= ring; dy++) {
        for (let dx = -ring; dx <= ring; dx++) {
          for (const place of buckets.get(key(bx + dx, by + dy)) ?? []) {
            const distance = Math.hypot(places[place + 2]! - x, places[place + 3]! - y)
            if (count === NEAREST && distance >= distances[NEAREST - 1]!) continue
            let at = count < NEAREST ? count++ : NEAREST - 1
            for (; at > 0 && distances[at - 1]! > distance; at--) {
              distances[at] = distances[at - 1]!
              found[at] = found[at - 1]!
            }
            distances[at] = distance
            found[at] = place
          }
        }
      }
    }
    return Array.from({ length: count }, (_, i) => {
      const place = found[i]!
      return { carrier: carriers[places[place]!]!, vertex: places[place + 1]!, distance: distances[i]! }
    })
  }
}

/** Drops vertices that hardly move; null where none does. */
export function sparse(offsets: Float32Array, least = 0.02): Field | null {
  const vertices: number[] = []
  for (let i = 0; i < offsets.length; i += 3) {
    if (Math.hypot(offsets[i]!, offsets[i + 1]!, offsets[i + 2]!) > least) vertices.push(i / 3)
  }
  if (!vertices.length) return null
  const kept = new Float32Array(vertices.length * 3)
  vertices.forEach((v, i) => {
    kept.set(offsets.subarray(v * 3, v * 3 + 3), i * 3)
  })
  return { vertices: Uint32Array.from(vertices), offsets: kept }
}

/** Orders triangles by depth, far ones first; `leads` of vertices, in pixels, bring the triangles they belong to forward. */
export function sortFarFirst(triangles: Uint32Array, positions: Float32Array, leads?: Float32Array): Uint32Array {
  const depth = new Float32Array(triangles.length / 3)
  for (let t = 0; t < depth.length; t++) {
    let lead = 0
    for (let k = 0; k < 3; k++) {
      const v = triangles[t * 3 + k]!
      depth[t]! += positions[v * 3 + 2]!
      if (leads) lead = Math.max(lead, leads[v]!)
    }
    depth[t]! += 3 * lead
  }
  const order = Array.from(depth.keys()).sort((a, b) => depth[a]! - depth[b]!)
  const out = new Uint32Array(triangles.length)
  order.forEach((t, i) => {
    out.set(triangles.subarray(t * 3, t * 3 + 3), i * 3)
  })
  return out
}
