// Lets cloth hang over the breast: as fitted it follows every detail of the body under it.
import type { Quads } from './makehuman.ts'
import { smoothstep } from './vectors.ts'

/** Within this distance of the foremost points cloth is fully relaxed, decimetres... */
const FULL = 0.2

/** ...and from here on not at all. */
const NONE = 0.45

const ROUNDS = 50

/**
 * Cloth positions smoothed round the foremost point of either side.
 * @param waist, collar heights between which the chest lies, decimetres
 */
export const relaxedCloth = (quads: Quads, positions: Float32Array, waist: number, collar: number): Float32Array => {
  const foremost = ([-1, 1] as const).map((side) => {
    let found = -1
    for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
      const [x, y, z] = positions.subarray(vertex * 3, vertex * 3 + 3) as unknown as [number, number, number]
      if (x * side < 0.4 || y < waist || y > collar) continue
      if (found < 0 || z > (positions[found * 3 + 2] as number)) found = vertex
    }
    return found
  })
  const distance = (vertex: number): number =>
    Math.min(
      ...foremost.map((point) =>
        point < 0
          ? NONE
          : Math.hypot(
              ...[0, 1, 2].map((i) => (positions[vertex * 3 + i] as number) - (positions[point * 3 + i] as number)),
            ),
      ),
    )
  const shares = new Float32Array(positions.length / 3).map((_, vertex) => 1 - smoothstep(FULL, NONE, distance(vertex)))
  const links = linksOf(quads.corners, shares)
  let current = positions
  for (let round = 0; round < ROUNDS; round++) {
    const next = current.slice()
    for (const [vertex, others] of links) {
      const share = (shares[vertex] as number) / 2
      for (let i = 0; i < 3; i++) {
        let sum = 0
        for (const other of others) sum += current[other * 3 + i] as number
        const own = current[vertex * 3 + i] as number
        next[vertex * 3 + i] = own + share * (sum / others.size - own)
      }
    }
    current = next
  }
  return current
}

/** The neighbours of every vertex that has a share. */
const linksOf = (corners: Int32Array, shares: Float32Array): ReadonlyMap<number, ReadonlySet<number>> => {
  const links = new Map<number, Set<number>>()
  const link = (vertex: number, other: number): void => {
    if (shares[vertex] === 0) return
    const others = links.get(vertex) ?? new Set<number>()
    links.set(vertex, others.add(other))
  }
  for (let at = 0; at < corners.length; at++) {
    const a = corners[at] as number
    const b = corners[(at & ~3) + ((at + 1) & 3)] as number
    link(a, b)
    link(b, a)
  }
  return links
}
