// The open edges of an opaque mesh (lips, lids), which fade out over a pixel so that they do not look like stairs.

/**
 * How edges fade outwards from where the mesh ends: widths in canvas pixels, coverage (0-255) at the mesh's end. Luma goes
 * from 1 to 0 over its own pixel. Chroma's samples are two pixels wide: the same edge, half a pixel out, is a ramp from
 * half a pixel inside, where the mesh covers it, to 1.5 pixels outside.
 */
export const LUMA_FADE = { width: 1, coverage: 255 } as const
export const CHROMA_FADE = { width: 1.5, coverage: 191 } as const

/** Where a mesh ends: each edge that only one triangle has. */
export type OpenEdges = {
  /** Mesh vertices that lie on an open edge. */
  readonly inner: Uint32Array
  /** Three numbers an edge: its two ends, as places in `inner`, and the mesh vertex opposite. */
  readonly edges: Uint32Array
  /** The bands to paint: 3 a triangle; n = inner.length and above are the outer twins of the inner vertices. */
  readonly triangles: Uint32Array
}

/** Finds a mesh's open edges. */
export function findOpenEdges(triangles: Uint32Array, vertexCount: number): OpenEdges {
  const once = new Map<number, readonly [number, number, number]>()
  for (let i = 0; i < triangles.length; i += 3) {
    for (let k = 0; k < 3; k++) {
      const a = triangles[i + k]!
      const b = triangles[i + ((k + 1) % 3)]!
      const key = Math.min(a, b) * vertexCount + Math.max(a, b)
      if (!once.delete(key)) once.set(key, [a, b, triangles[i + ((k + 2) % 3)]!])
    }
  }
  const places = new Map<number, number>()
  const placeOf = (vertex: number): number => {
    const place = places.get(vertex) ?? places.size
    places.set(vertex, place)
    return place
  }
  const edges = Uint32Array.from([...once.values()].flatMap(([a, b, c]) => [placeOf(a), placeOf(b), c]))
  const n = places.size
  const bands: number[] = []
  for (let i = 0; i < edges.length; i += 3) {
    const [a, b] = [edges[i]!, edges[i + 1]!]
    bands.push(a, b, a + n, b, b + n, a + n)
  }
  return { inner: Uint32Array.from(places.keys()), edges, triangles: Uint32Array.from(bands) }
}

/**
 * Lays the bands along the open edges of a posed mesh.
 *
 * @param points canvas positions of the mesh, x and y a vertex.
 * @param width of the bands, canvas pixels.
 * @param out positions of the inner vertices, then of their outer twins.
 */
export function placeOpenEdges(
  { inner, edges }: OpenEdges,
  points: Float32Array,
  width: number,
  out: Float32Array,
): void {
  const n = inner.length
  for (let i = 0; i < n; i++) {
    out[i * 2] = points[inner[i]! * 2]!
    out[i * 2 + 1] = points[inner[i]! * 2 + 1]!
  }
  out.fill(0, n * 2)
  for (let i = 0; i < edges.length; i += 3) {
    const a = edges[i]! * 2
    const b = edges[i + 1]! * 2
    const opposite = edges[i + 2]! * 2
    const dx = out[b]! - out[a]!
    const dy = out[b + 1]! - out[a + 1]!
    const length = Math.hypot(dx, dy)
    if (length === 0) continue
    const side = dx * (points[opposite + 1]! - out[a + 1]!) - dy * (points[opposite]! - out[a]!) > 0 ? 1 : -1
    const nx = (side * dy) / length
    const ny = (-side * dx) / length
    for (const end of [a, b]) {
      out[n * 2 + end]! += nx
      out[n * 2 + end + 1]! += ny
    }
  }
  for (let i = 0; i < n * 2; i += 2) {
    const outer = n * 2 + i
    // The mean of two unit normals is shorter than one by the cosine of their half angle: a mitre, at most 2 wide.
    const square = (out[outer]! ** 2 + out[outer + 1]! ** 2) / 2
    const reach = square === 0 ? 0 : width / Math.max(square, 0.5)
    out[outer] = out[i]! + out[outer]! * reach
    out[outer + 1] = out[i + 1]! + out[outer + 1]! * reach
  }
}
