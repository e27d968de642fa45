// Triangle meshes made smooth: welding, neighbours, Loop subdivision and its limit, normals.

/** A surface ready to be drawn: render vertices (split at texture seams) over welded points. */
export type Mesh = {
  /** 3 a vertex. */
  readonly positions: Float32Array
  /** 3 a vertex, unit length. */
  readonly normals: Float32Array
  /** 2 a vertex. */
  readonly uvs: Float32Array
  readonly triangles: Uint32Array
  /** For each render vertex, its welded point. */
  readonly weld: Uint32Array
}

/** Numbers vertices that lie on the very same point alike. */
export function weldByPosition(positions: Float32Array): { weld: Uint32Array; count: number } {
  // Adding 0 makes one zero of two.
  const bits = new Int32Array(Float32Array.from(positions, (value) => value + 0).buffer)
  const weld = new Uint32Array(positions.length / 3)
  let slots = 16
  while (slots < weld.length * 2) slots *= 2
  const first = new Int32Array(slots).fill(-1)
  let count = 0
  for (let i = 0; i < weld.length; i++) {
    const x = bits[i * 3]!
    const y = bits[i * 3 + 1]!
    const z = bits[i * 3 + 2]!
    let slot = Math.imul(Math.imul(Math.imul(x, 73856093) ^ y, 19349663) ^ z, 83492791)
    slot = (slot ^ (slot >>> 15)) & (slots - 1)
    for (;;) {
      const other = first[slot]!
      if (other < 0) {
        first[slot] = i
        weld[i] = count++
        break
      }
      if (bits[other * 3] === x && bits[other * 3 + 1] === y && bits[other * 3 + 2] === z) {
        weld[i] = weld[other]!
        break
      }
      slot = (slot + 1) & (slots - 1)
    }
  }
  return { weld, count }
}

/** Edges of a welded mesh with the (up to two) points opposite them. */
type Edges = {
  readonly count: number
  readonly ends: Uint32Array
  readonly opposite: Int32Array
  /** Edge number of each triangle side: (0,1), (1,2), (2,0). */
  readonly ofSide: Uint32Array
  /** Triangles that share the edge. */
  readonly uses: Uint8Array
}

function findEdges(triangles: Uint32Array, weld: Uint32Array, pointCount: number): Edges {
  const first = new Int32Array(pointCount).fill(-1)
  const sides = triangles.length
  const next = new Int32Array(sides)
  const ends = new Uint32Array(sides * 2)
  const opposite = new Int32Array(sides * 2).fill(-1)
  const uses = new Uint8Array(sides)
  const ofSide = new Uint32Array(sides)
  let count = 0
  for (let t = 0; t < sides; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = weld[triangles[t + k]!]!
      const b = weld[triangles[t + ((k + 1) % 3)]!]!
      const c = weld[triangles[t + ((k + 2) % 3)]!]!
      const low = Math.min(a, b)
      const high = Math.max(a, b)
      let edge = first[low]!
      while (edge >= 0 && ends[edge * 2 + 1] !== high) edge = next[edge]!
      if (edge < 0) {
        edge = count++
        ends[edge * 2] = low
        ends[edge * 2 + 1] = high
        next[edge] = first[low]!
        first[low] = edge
      }
      if (uses[edge]! < 2) opposite[edge * 2 + uses[edge]!] = c
      uses[edge] = Math.min(uses[edge]! + 1, 3)
      ofSide[t + k] = edge
    }
  }
  return { count, ends, opposite, ofSide, uses }
}

type Rings = { readonly sum: Float32Array; readonly valence: Uint16Array; readonly rim: Uint8Array }

/** Sums each point's neighbours: all of them inside, only those along the rim on a rim. */
function sumRings(points: Float32Array, edges: Edges): Rings {
  const count = points.length / 3
  const rim = new Uint8Array(count)
  for (let e = 0; e < edges.count; e++) {
    if (edges.uses[e] === 2) continue
    rim[edges.ends[e * 2]!] = 1
    rim[edges.ends[e * 2 + 1]!] = 1
  }
  const sum = new Float32Array(points.length)
  const valence = new Uint16Array(count)
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[e * 2]!
    const b = edges.ends[e * 2 + 1]!
    const onRim = edges.uses[e] !== 2
    for (let side = 0; side < 2; side++) {
      const to = side ? b : a
      const from = side ? a : b
      if (rim[to] && !onRim) continue
      valence[to]!++
      for (let c = 0; c < 3; c++) sum[to * 3 + c]! += points[from * 3 + c]!
    }
  }
  return { sum, valence, rim }
}

const beta = (n: number) => (n === 3 ? 3 / 16 : 3 / (8 * n))

/** The points of a smooth surface: one welded topology that any number of point sets (rest, offsets) can be put through. */
export class SmoothTopology {
  readonly weld: Uint32Array
  readonly pointCount: number
  readonly #edges: Edges

  constructor(triangles: Uint32Array, weld: Uint32Array, pointCount: number) {
    this.weld = weld
    this.pointCount = pointCount
    this.#edges = findEdges(triangles, weld, pointCount)
  }

  /** Takes 3 values a render vertex to 3 a welded point. */
  gather(values: Float32Array): Float32Array {
    const points = new Float32Array(this.pointCount * 3)
    for (let i = 0; i < this.weld.length; i++) {
      const to = this.weld[i]! * 3
      for (let c = 0; c < 3; c++) points[to + c] = values[i * 3 + c]!
    }
    return points
  }

  /** Takes 3 values a welded point to 3 a render vertex. */
  scatter(points: Float32Array): Float32Array {
    const values = new Float32Array(this.weld.length * 3)
    for (let i = 0; i < this.weld.length; i++) {
      const from = this.weld[i]! * 3
      for (let c = 0; c < 3; c++) values[i * 3 + c] = points[from + c]!
    }
    return values
  }

  /** Where Loop subdivision without end would carry each point. Linear: offsets may be put through it too. */
  limit(points: Float32Array): Float32Array {
    const { sum, valence, rim } = sumRings(points, this.#edges)
    const out = new Float32Array(points.length)
    for (let i = 0; i < this.pointCount; i++) {
      const n = valence[i]!
      if (rim[i] ? n !== 2 : n < 3) {
        for (let c = 0; c < 3; c++) out[i * 3 + c] = points[i * 3 + c]!
        continue
      }
      const w = rim[i] ? 1 / 6 : 1 / (3 / (8 * beta(n)) + n)
      for (let c = 0; c < 3; c++) out[i * 3 + c] = points[i * 3 + c]! * (1 - n * w) + w * sum[i * 3 + c]!
    }
    return out
  }

  /** One Loop step: the moved points, then one new point an edge. */
  refine(points: Float32Array): Float32Array {
    const edges = this.#edges
    const { sum, valence, rim } = sumRings(points, edges)
    const out = new Float32Array((this.pointCount + edges.count) * 3)
    for (let i = 0; i < this.pointCount; i++) {
      const n = valence[i]!
      const w = rim[i] ? (n === 2 ? 1 / 8 : 0) : n < 3 ? 0 : beta(n)
      for (let c = 0; c < 3; c++) out[i * 3 + c] = points[i * 3 + c]! * (1 - n * w) + w * sum[i * 3 + c]!
    }
    for (let e = 0; e < edges.count; e++) {
      const a = edges.ends[e * 2]! * 3
      const b = edges.ends[e * 2 + 1]! * 3
      const to = (this.pointCount + e) * 3
      const inside = edges.uses[e] === 2
      const o = edges.opposite[e * 2]! * 3
      const p = edges.opposite[e * 2 + 1]! * 3
      for (let c = 0; c < 3; c++) {
        const mid = points[a + c]! + points[b + c]!
        out[to + c] = inside ? mid * 0.375 + 0.125 * (points[o + c]! + points[p + c]!) : mid * 0.5
      }
    }
    return out
  }

  /** Edge number of a triangle's side. */
  edgeOfSide(side: number): number {
    return this.#edges.ofSide[side]!
  }

  get edgeCount(): number {
    return this.#edges.count
  }
}

/**
 * Smooths a mesh by Loop subdivision, `levels` times, its vertices then brought to where more steps without end would take
 * them; texture positions are halved linearly.
 */
export function subdivide(positions: Float32Array, uvs: Float32Array, triangles: Uint32Array, levels: number): Mesh {
  const welded = weldByPosition(positions)
  let topology = new SmoothTopology(triangles, welded.weld, welded.count)
  let points = topology.gather(positions)
  let faces = triangles
  let maps = uvs
  for (let level = 0; level < levels; level++) {
    const step = splitTriangles(topology, maps, faces)
    points = topology.refine(points)
    faces = step.triangles
    maps = step.uvs
    topology = new SmoothTopology(faces, step.weld, topology.pointCount + topology.edgeCount)
  }
  if (levels > 0) points = topology.limit(points)
  const normals = pointNormals(points, faces, topology.weld)
  return {
    positions: topology.scatter(points),
    normals: topology.scatter(normals),
    uvs: maps,
    triangles: faces,
    weld: topology.weld,
  }
}

function splitTriangles(topology: SmoothTopology, uvs: Float32Array, triangles: Uint32Array) {
  const vertexCount = topology.weld.length
  // Vertices that halve a welded edge: one, or one for each side of a texture seam, in a chain.
  const first = new Int32Array(topology.edgeCount).fill(-1)
  const next = new Int32Array(triangles.length)
  const edges = new Uint32Array(triangles.length)
  const parents = new Uint32Array(triangles.length * 2)
  let count = 0
  const mid = [0, 0, 0]
  const out = new Uint32Array(triangles.length * 4)
  for (let t = 0; t < triangles.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k]!
      const b = triangles[t + ((k + 1) % 3)]!
      const edge = topology.edgeOfSide(t + k)
      let half = first[edge]!
      const joins = () =>
        (parents[half * 2] === a && parents[half * 2 + 1] === b) ||
        (parents[half * 2] === b && parents[half * 2 + 1] === a)
      while (half >= 0 && !joins()) half = next[half]!
      if (half < 0) {
        half = count++
        next[half] = first[edge]!
        first[edge] = half
        edges[half] = edge
        parents[half * 2] = a
        parents[half * 2 + 1] = b
      }
      mid[k] = vertexCount + half
    }
    const [a, b, c] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    const [ab, bc, ca] = [mid[0]!, mid[1]!, mid[2]!]
    out.set([a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca], t * 4)
  }
  const weld = new Uint32Array(vertexCount + count)
  weld.set(topology.weld)
  const maps = new Float32Array(weld.length * 2)
  maps.set(uvs)
  for (let half = 0; half < count; half++) {
    weld[vertexCount + half] = topology.pointCount + edges[half]!
    const [a, b] = [parents[half * 2]!, parents[half * 2 + 1]!]
    maps[(vertexCount + half) * 2] = (uvs[a * 2]! + uvs[b * 2]!) / 2
    maps[(vertexCount + half) * 2 + 1] = (uvs[a * 2 + 1]! + uvs[b * 2 + 1]!) / 2
  }
  return { weld, uvs: maps, triangles: out }
}

/** Area-weighted unit normals of welded points. */
export function pointNormals(points: Float32Array, triangles: Uint32Array, weld: Uint32Array): Float32Array {
  const normals = new Float32Array(points.length)
  for (let t = 0; t < triangles.length; t += 3) {
    const a = weld[triangles[t]!]! * 3
    const b = weld[triangles[t + 1]!]! * 3
    const c = weld[triangles[t + 2]!]! * 3
    const ux = points[b]! - points[a]!
    const uy = points[b + 1]! - points[a + 1]!
    const uz = points[b + 2]! - points[a + 2]!
    const vx = points[c]! - points[a]!
    const vy = points[c + 1]! - points[a + 1]!
    const vz = points[c + 2]! - points[a + 2]!
    const nx = uy * vz - uz * vy
    const ny = uz * vx - ux * vz
    const nz = ux * vy - uy * vx
    for (const p of [a, b, c]) {
      normals[p]! += nx
      normals[p + 1]! += ny
      normals[p + 2]! += nz
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.sqrt(normals[i]! ** 2 + normals[i + 1]! ** 2 + normals[i + 2]! ** 2) || 1
    normals[i]! /= length
    normals[i + 1]! /= length
    normals[i + 2]! /= length
  }
  return normals
}
