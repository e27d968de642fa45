// The open edges of an opaque mesh (lips, lids), which fade out over a pixel so that they do not look like stairs.
import type { RigLayer } from '../../core/rig.ts'
import { TRIANGLE_KINDS } from './pack-texture.ts'

/**
 * How far edges fade out from where the mesh ends, in canvas pixels. Luma goes from 1 to 0 over its own pixel; the kernel
 * starts chroma, whose samples are two pixels wide, at 3/4: the same edge as a ramp from half a pixel inside, where the
 * mesh covers it, to 1.5 pixels outside.
 */
export const FADE_WIDTHS = { luma: 1, chroma: 1.5 } as const

/** A corner's mitre is at most this many times as wide as its edges' fade. */
export const MITRE = 2

/** Where a mesh ends: each edge that only one triangle has. */
export type OpenEdges = {
  /** Mesh vertices that lie on an open edge. */
  readonly vertices: Uint32Array
  /** Four numbers an edge: its two ends as places in `vertices`, the mesh vertex opposite, and its triangle. */
  readonly edges: Uint32Array
}

/** Finds a mesh's open edges; where vertices lie and move alike, as along a texture's seam, the mesh goes on. */
export function findOpenEdges(layer: Pick<RigLayer, 'positions' | 'triangles' | 'headWeights' | 'fields'>): OpenEdges {
  const { triangles } = layer
  const points = weld(layer)
  const once = new Map<number, readonly [number, number, number, number]>()
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[i + k]!
      const b = triangles[i + ((k + 1) % 3)]!
      const key = Math.min(points[a]!, points[b]!) * points.length + Math.max(points[a]!, points[b]!)
      if (!once.delete(key)) once.set(key, [a, b, triangles[i + ((k + 2) % 3)]!, i / 3])
    }
  }
  const places = new Map<number, number>()
  const placeOf = (vertex: number): number => {
    const place = places.get(vertex) ?? places.size
    places.set(vertex, place)
    return place
  }
  const edges = [...once.values()].sort((one, other) => one[3] - other[3])
  return {
    edges: Uint32Array.from(
      edges.flatMap(([a, b, opposite, triangle]) => [placeOf(a), placeOf(b), opposite, triangle]),
    ),
    vertices: Uint32Array.from(places.keys()),
  }
}

/** For each vertex the first one that lies and moves as it does. */
function weld({ positions, headWeights, fields }: Parameters<typeof findOpenEdges>[0]): number[] {
  const motions = Array.from(headWeights, (weight, i) => `${weight} ${positions.subarray(i * 3, i * 3 + 3)}`)
  for (const [shape, { vertices, offsets }] of Object.entries(fields)) {
    for (const [i, vertex] of vertices.entries()) motions[vertex] += ` ${shape} ${offsets.subarray(i * 3, i * 3 + 3)}`
  }
  const firsts = new Map<string, number>()
  return motions.map((motion, vertex) => {
    if (!firsts.has(motion)) firsts.set(motion, vertex)
    return firsts.get(motion)!
  })
}

/** A mesh as the kernel paints it. */
export type PaintMesh = {
  /** 2 a vertex. */
  readonly uvs: Float32Array
  readonly triangles: Uint32Array
  /** One of TRIANGLE_KINDS a triangle. */
  readonly kinds: Uint8Array
}

/**
 * Adds fading bands to a mesh: its vertices, then the outer twins of `open.vertices` for luma, then those for chroma. Each
 * band comes right after the triangle that it belongs to, so that nearer triangles cover both.
 */
export function addBands({ uvs, triangles, kinds }: PaintMesh, open: OpenEdges): PaintMesh {
  const vertexCount = uvs.length / 2
  const twins = open.vertices.length
  const outerUvs = [...open.vertices].flatMap((vertex) => [uvs[vertex * 2]!, uvs[vertex * 2 + 1]!])
  const allTriangles: number[] = []
  const allKinds: number[] = []
  let next = 0
  for (let triangle = 0; triangle < kinds.length; triangle++) {
    allTriangles.push(...triangles.subarray(triangle * 3, triangle * 3 + 3))
    allKinds.push(kinds[triangle]!)
    for (; open.edges[next + 3] === triangle; next += 4) {
      const [a, b] = [open.edges[next]!, open.edges[next + 1]!]
      const [innerA, innerB] = [open.vertices[a]!, open.vertices[b]!]
      for (const [kind, first] of [
        [TRIANGLE_KINDS.lumaBand, vertexCount],
        [TRIANGLE_KINDS.chromaBand, vertexCount + twins],
      ] as const) {
        allTriangles.push(innerA, innerB, first + a, innerB, first + b, first + a)
        allKinds.push(kind, kind)
      }
    }
  }
  return {
    uvs: Float32Array.of(...uvs, ...outerUvs, ...outerUvs),
    triangles: Uint32Array.from(allTriangles),
    kinds: Uint8Array.from(allKinds),
  }
}

/**
 * Lays the bands along the open edges of a posed mesh.
 *
 * @param points canvas positions, x and y a vertex: those of the mesh are read, those of the outer twins are written.
 * @param vertexCount of the mesh itself.
 */
export function placeBands({ vertices, edges }: OpenEdges, points: Float32Array, vertexCount: number): void {
  const twins = vertices.length
  const luma = points.subarray(vertexCount * 2, (vertexCount + twins) * 2)
  const chroma = points.subarray((vertexCount + twins) * 2, (vertexCount + twins * 2) * 2)
  // First each vertex's outward normals are summed up.
  luma.fill(0)
  for (let i = 0; i < edges.length; i += 4) {
    const a = edges[i]!
    const b = edges[i + 1]!
    const [fromA, fromB, opposite] = [vertices[a]! * 2, vertices[b]! * 2, edges[i + 2]! * 2]
    const dx = points[fromB]! - points[fromA]!
    const dy = points[fromB + 1]! - points[fromA + 1]!
    const length = Math.sqrt(dx * dx + dy * dy)
    if (length === 0) continue
    const turn = dx * (points[opposite + 1]! - points[fromA + 1]!) - dy * (points[opposite]! - points[fromA]!)
    const side = (turn > 0 ? 1 : -1) / length
    luma[a * 2]! += side * dy
    luma[a * 2 + 1]! -= side * dx
    luma[b * 2]! += side * dy
    luma[b * 2 + 1]! -= side * dx
  }
  for (let i = 0; i < twins; i++) {
    const [x, y] = [luma[i * 2]!, luma[i * 2 + 1]!]
    const [fromX, fromY] = [points[vertices[i]! * 2]!, points[vertices[i]! * 2 + 1]!]
    // A sum of two unit normals is 2 cos(half their angle) long, and the mitre 1 / cos(half their angle).
    const reach = 2 / Math.max(x * x + y * y, (2 / MITRE) ** 2)
    luma[i * 2] = fromX + x * reach * FADE_WIDTHS.luma
    luma[i * 2 + 1] = fromY + y * reach * FADE_WIDTHS.luma
    chroma[i * 2] = fromX + x * reach * FADE_WIDTHS.chroma
    chroma[i * 2 + 1] = fromY + y * reach * FADE_WIDTHS.chroma
  }
}
