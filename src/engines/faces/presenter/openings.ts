// The mouth's and the eyes' openings on the base mesh: rings of vertices round each, and its two lips.
import { type BaseMesh, BODY_VERTICES } from './base-mesh.ts'
import { jawWeightsOf } from './body-pose.ts'
import type { Skeleton } from './skeleton.ts'

/** An opening in the face, bordered by an upper and a lower lip (or lid). */
export type Opening = {
  /** For each body vertex, its ring: 0 at the inner seam, growing outwards, negative inside; {@link FAR} beyond. */
  readonly ring: Int16Array
  /** 1 for each body vertex of the upper side. */
  readonly upper: Uint8Array
  /** Vertices of the rings 0 and on, each sorted by x: `upperRings[2]` is the upper half of ring 2. */
  readonly upperRings: readonly (readonly number[])[]
  readonly lowerRings: readonly (readonly number[])[]
  /** Faces near enough to shape the lips when subdivided. */
  readonly patch: Int32Array
}

/** Ring number of vertices that no ring reaches. */
export const FAR = 99

const RINGS = 14

/** Texture boxes (left, bottom, right, top) of the three islands that lie inside the openings of the base mesh. */
const ISLANDS = {
  mouth: [0.758, 0.012, 0.924, 0.136],
  eyeRight: [0.012, 0.547, 0.077, 0.633],
  eyeLeft: [0.086, 0.547, 0.151, 0.633],
} as const

/** Names of the openings; left and right are the person's own. */
export type OpeningName = keyof typeof ISLANDS

/** At the corners of the mouth the jaw carries less than this share of a vertex above, more below. */
const JAW_SHARE_AT_CORNERS = 0.3

const neighbours = (corners: Int32Array): readonly ReadonlySet<number>[] => {
  const sets = Array.from({ length: BODY_VERTICES }, () => new Set<number>())
  for (let at = 0; at < corners.length; at++) {
    const a = corners[at] as number
    const b = corners[(at & ~3) + ((at + 1) & 3)] as number
    sets[a]?.add(b)
    sets[b]?.add(a)
  }
  return sets
}

const isInside = (mesh: BaseMesh, face: number, box: readonly [number, number, number, number]): boolean => {
  // The chart of the fingers reaches into the box of the mouth's.
  if (Math.abs(mesh.positions[(mesh.faces.corners[face * 4] as number) * 3] as number) > 1) return false
  let u = 0
  let v = 0
  for (let at = face * 4; at < face * 4 + 4; at++) {
    const uv = (mesh.faces.uvCorners[at] as number) * 2
    u += (mesh.uvs[uv] as number) / 4
    v += (mesh.uvs[uv + 1] as number) / 4
  }
  return u > box[0] && v > box[1] && u < box[2] && v < box[3]
}

/** Finds an opening. Which vertices it has depends on the mesh alone, so the positions are the base mesh's own. */
export const findOpening = (mesh: BaseMesh, skeleton: Skeleton, name: OpeningName): Opening => {
  const { corners } = mesh.faces
  const inside = new Set<number>()
  const outside = new Set<number>()
  for (let face = 0; face * 4 < corners.length; face++) {
    const side = isInside(mesh, face, ISLANDS[name]) ? inside : outside
    for (let at = face * 4; at < face * 4 + 4; at++) side.add(corners[at] as number)
  }
  const links = neighbours(corners)
  const ring = new Int16Array(BODY_VERTICES).fill(FAR)
  const seam = [...inside].filter((vertex) => outside.has(vertex))
  const spread = (step: 1 | -1, allowed: ReadonlySet<number>): number[][] => {
    const rings = [seam]
    for (let number = 1; number < RINGS; number++) {
      const next = new Set<number>()
      for (const vertex of rings[number - 1] as number[]) {
        for (const other of links[vertex] as ReadonlySet<number>) {
          if (allowed.has(other) && ring[other] === FAR) next.add(other)
        }
      }
      for (const vertex of next) ring[vertex] = number * step
      rings.push([...next])
    }
    return rings
  }
  for (const vertex of seam) ring[vertex] = 0
  spread(-1, inside)
  const rings = spread(1, outside)
  const upper = upperSide(mesh, skeleton, name, rings)
  const byX = (a: number, b: number): number => (mesh.positions[a * 3] as number) - (mesh.positions[b * 3] as number)
  const half = (side: 0 | 1): number[][] =>
    rings.map((vertices) => vertices.filter((vertex) => upper[vertex] === side).sort(byX))
  const near = (vertex: number): boolean => Math.abs(ring[vertex] as number) <= 7
  const patch = Array.from({ length: corners.length / 4 }, (_, face) => face).filter((face) =>
    corners.subarray(face * 4, face * 4 + 4).some(near),
  )
  return { ring, upper, upperRings: half(1), lowerRings: half(0), patch: Int32Array.from(patch) }
}

const upperSide = (
  mesh: BaseMesh,
  skeleton: Skeleton,
  name: OpeningName,
  rings: readonly (readonly number[])[],
): Uint8Array => {
  const upper = new Uint8Array(BODY_VERTICES)
  if (name === 'mouth') {
    const jaw = jawWeightsOf(skeleton, mesh.skin)
    return upper.map((_, vertex) => ((jaw[vertex] as number) < JAW_SHARE_AT_CORNERS ? 1 : 0))
  }
  const x = (vertex: number): number => mesh.positions[vertex * 3] as number
  const y = (vertex: number): number => mesh.positions[vertex * 3 + 1] as number
  const edge = rings[3] as readonly number[]
  const left = edge.reduce((a, b) => (x(b) < x(a) ? b : a))
  const right = edge.reduce((a, b) => (x(b) > x(a) ? b : a))
  return upper.map((_, vertex) => {
    const along = (x(vertex) - x(left)) / (x(right) - x(left))
    return y(vertex) > y(left) + along * (y(right) - y(left)) ? 1 : 0
  })
}
