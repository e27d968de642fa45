// Catmull-Clark subdivision of quads, as a linear map that carries any per-vertex value along.
import type { Quads } from './makehuman.ts'

/** One refinement: the finer faces, and the map from coarse to fine per-vertex values. */
export type Refinement = {
  readonly quads: Quads
  /** The coarse face that each fine face came from. */
  readonly parents: Int32Array
  /** Carries `width` numbers a vertex over: positions, displacements, weights. */
  readonly apply: (values: Float32Array, width: number) => Float32Array
  /** Carries texture positions (2 a texture vertex) over, by plain interpolation. */
  readonly applyUvs: (uvs: Float32Array) => Float32Array
}

type Edges = {
  readonly count: number
  /** Edge number of each face's 4 sides (corner i to i+1). */
  readonly ofFace: Int32Array
  /** 2 vertices an edge. */
  readonly ends: Int32Array
  /** 2 faces an edge, -1 where there is none. */
  readonly faces: Int32Array
}

const findEdges = (corners: Int32Array): Edges => {
  const known = new Map<number, number>()
  const ofFace = new Int32Array(corners.length)
  const ends: number[] = []
  const faces: number[] = []
  for (let at = 0; at < corners.length; at++) {
    const face = at >> 2
    const a = corners[at] as number
    const b = corners[(face << 2) + ((at + 1) & 3)] as number
    const key = Math.min(a, b) * 0x100000000 + Math.max(a, b)
    let edge = known.get(key)
    if (edge === undefined) {
      edge = known.size
      known.set(key, edge)
      ends.push(a, b)
      faces.push(face, -1)
    } else if (faces[edge * 2 + 1] === -1) faces[edge * 2 + 1] = face
    ofFace[at] = edge
  }
  return { count: known.size, ofFace, ends: Int32Array.from(ends), faces: Int32Array.from(faces) }
}

const refineCorners = (corners: Int32Array, vertexCount: number, edges: Edges): Int32Array => {
  const out = new Int32Array(corners.length * 4)
  for (let at = 0; at < corners.length; at++) {
    const face = at >> 2
    const before = edges.ofFace[(face << 2) + ((at + 3) & 3)] as number
    const after = edges.ofFace[at] as number
    out.set(
      [corners[at] as number, vertexCount + after, vertexCount + edges.count + face, vertexCount + before],
      at * 4,
    )
  }
  return out
}

/** Values at edge middles and face middles, appended to the coarse ones. */
const interpolate = (values: Float32Array, width: number, corners: Int32Array, edges: Edges): Float32Array => {
  const vertexCount = values.length / width
  const faceCount = corners.length / 4
  const out = new Float32Array((vertexCount + edges.count + faceCount) * width)
  out.set(values)
  for (let edge = 0; edge < edges.count; edge++) {
    const a = (edges.ends[edge * 2] as number) * width
    const b = (edges.ends[edge * 2 + 1] as number) * width
    const to = (vertexCount + edge) * width
    for (let i = 0; i < width; i++) out[to + i] = ((values[a + i] as number) + (values[b + i] as number)) / 2
  }
  for (let face = 0; face < faceCount; face++) {
    const to = (vertexCount + edges.count + face) * width
    for (let corner = 0; corner < 4; corner++) {
      const from = (corners[face * 4 + corner] as number) * width
      for (let i = 0; i < width; i++) out[to + i] = (out[to + i] as number) + (values[from + i] as number) / 4
    }
  }
  return out
}

/** Catmull and Clark's rules (1978); open edges and their vertices follow the cubic B-spline of the border. */
const smooth = (values: Float32Array, width: number, corners: Int32Array, edges: Edges): Float32Array => {
  const out = interpolate(values, width, corners, edges)
  const vertexCount = values.length / width
  const facePoints = (vertexCount + edges.count) * width
  const midpoints = out.slice(vertexCount * width, facePoints)
  const valence = new Uint16Array(vertexCount)
  const border = new Uint8Array(vertexCount)
  const faceSum = new Float32Array(values.length)
  const edgeSum = new Float32Array(values.length)
  const borderSum = new Float32Array(values.length)
  for (let at = 0; at < corners.length; at++) {
    const vertex = corners[at] as number
    valence[vertex] = (valence[vertex] as number) + 1
    for (let i = 0; i < width; i++) {
      faceSum[vertex * width + i] =
        (faceSum[vertex * width + i] as number) + (out[facePoints + (at >> 2) * width + i] as number)
    }
  }
  for (let edge = 0; edge < edges.count; edge++) {
    const [left, right] = [edges.faces[edge * 2] as number, edges.faces[edge * 2 + 1] as number]
    for (let end = 0; end < 2; end++) {
      const vertex = edges.ends[edge * 2 + end] as number
      if (right < 0) border[vertex] = 1
      const sum = right < 0 ? borderSum : edgeSum
      for (let i = 0; i < width; i++) {
        sum[vertex * width + i] = (sum[vertex * width + i] as number) + (midpoints[edge * width + i] as number)
      }
    }
    if (right < 0) continue
    for (let i = 0; i < width; i++) {
      const faces = (out[facePoints + left * width + i] as number) + (out[facePoints + right * width + i] as number)
      out[(vertexCount + edge) * width + i] = (midpoints[edge * width + i] as number) / 2 + faces / 4
    }
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const n = valence[vertex] as number
    if (n === 0) continue
    for (let at = vertex * width; at < (vertex + 1) * width; at++) {
      const own = values[at] as number
      out[at] = border[vertex]
        ? own / 2 + (borderSum[at] as number) / 4
        : ((faceSum[at] as number) / n + (2 * (edgeSum[at] as number)) / n + (n - 3) * own) / n
    }
  }
  return out
}

/** Refines quads once. */
export const refine = (quads: Quads): Refinement => {
  const vertexCount = quads.corners.reduce((most, vertex) => Math.max(most, vertex + 1), 0)
  const uvCount = quads.uvCorners.reduce((most, vertex) => Math.max(most, vertex + 1), 0)
  const edges = findEdges(quads.corners)
  const uvEdges = findEdges(quads.uvCorners)
  const corners = refineCorners(quads.corners, vertexCount, edges)
  return {
    quads: { corners, uvCorners: refineCorners(quads.uvCorners, uvCount, uvEdges) },
    parents: Int32Array.from({ length: corners.length / 4 }, (_, face) => face >> 2),
    apply: (values, width) => smooth(values.subarray(0, vertexCount * width), width, quads.corners, edges),
    applyUvs: (uvs) => interpolate(uvs.subarray(0, uvCount * 2), 2, quads.uvCorners, uvEdges),
  }
}
