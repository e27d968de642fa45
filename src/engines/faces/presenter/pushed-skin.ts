// Keeps skin from showing through clothes: draws it in where cloth lies over it.
import type { BaseMesh } from './base-mesh.ts'
import { BODY_VERTICES } from './base-mesh.ts'

/** How far skin at the rim of what clothes hide is drawn in, decimetres. */
const DEPTH = 0.07

/** How far the drawing in reaches beyond the rim, in rings of vertices. */
const REACH = 2

/**
 * Skin positions with everything near or under clothes drawn in along its normal.
 * @param covered 1 for each body vertex that lies under clothes
 */
export const drawnIn = (mesh: BaseMesh, positions: Float32Array, covered: Uint8Array): Float32Array => {
  if (!covered.includes(1)) return positions
  const { corners } = mesh.faces
  let depth = Float32Array.from(covered, (under) => under * DEPTH)
  for (let round = 0; round < REACH; round++) {
    const wider = depth.slice()
    for (let at = 0; at < corners.length; at++) {
      const a = corners[at] as number
      const b = corners[(at & ~3) + ((at + 1) & 3)] as number
      wider[a] = Math.max(wider[a] as number, (depth[b] as number) * 0.4)
      wider[b] = Math.max(wider[b] as number, (depth[a] as number) * 0.4)
    }
    depth = wider
  }
  const normals = vertexNormals(corners, positions)
  const out = positions.slice()
  for (let at = 0; at < BODY_VERTICES * 3; at++) {
    out[at] = (out[at] as number) - (depth[Math.floor(at / 3)] as number) * (normals[at] as number)
  }
  return out
}

const vertexNormals = (corners: Int32Array, positions: Float32Array): Float32Array => {
  const normals = new Float32Array(BODY_VERTICES * 3)
  const p = (vertex: number, axis: number): number => positions[vertex * 3 + axis] as number
  for (let face = 0; face < corners.length; face += 4) {
    const [a, b, c, d] = corners.subarray(face, face + 4) as unknown as [number, number, number, number]
    const u = [0, 1, 2].map((axis) => p(c, axis) - p(a, axis)) as [number, number, number]
    const v = [0, 1, 2].map((axis) => p(d, axis) - p(b, axis)) as [number, number, number]
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
    for (const vertex of [a, b, c, d]) {
      for (let axis = 0; axis < 3; axis++) {
        normals[vertex * 3 + axis] = (normals[vertex * 3 + axis] as number) + (normal[axis] as number)
      }
    }
  }
  for (let at = 0; at < normals.length; at += 3) {
    const length = Math.hypot(normals[at] as number, normals[at + 1] as number, normals[at + 2] as number) || 1
    for (let axis = 0; axis < 3; axis++) normals[at + axis] = (normals[at + axis] as number) / length
  }
  return normals
}
