// Turns a quad mesh with its per-vertex values into the smooth, triangulated part that baking takes.
import type { Shape } from '../../../core/shapes.ts'
import type { HumanPart } from './human.ts'
import type { Quads } from './makehuman.ts'
import { refine } from './subdivide.ts'

/** A part before subdivision. */
export type CoarseSurface = {
  readonly quads: Quads
  readonly uvs: Float32Array
  readonly positions: Float32Array
  readonly headWeights: Float32Array
  readonly arms: Float32Array | null
  readonly lowerJaw: Float32Array | null
  readonly fields: Readonly<Partial<Record<Shape, Float32Array>>>
  /** Faces that are cut away at the end; they still shape the smooth surface next to them. */
  readonly hidden: Uint8Array | null
}

/** Faces of `quads` that `keep` accepts. */
export const selectFaces = (quads: Quads, keep: (face: number) => boolean): Quads => {
  const corners: number[] = []
  const uvCorners: number[] = []
  for (let face = 0; face * 4 < quads.corners.length; face++) {
    if (!keep(face)) continue
    for (let at = face * 4; at < face * 4 + 4; at++) {
      corners.push(quads.corners[at] as number)
      uvCorners.push(quads.uvCorners[at] as number)
    }
  }
  return { corners: Int32Array.from(corners), uvCorners: Int32Array.from(uvCorners) }
}

/** The parts of {@link HumanPart} that come from geometry. */
export type Surface = Pick<
  HumanPart,
  'positions' | 'uvs' | 'triangles' | 'headWeights' | 'arms' | 'lowerJaw' | 'fields'
>

/** Subdivides `levels` times, cuts hidden faces away, splits vertices at texture seams and triangulates. */
export const finishSurface = (coarse: CoarseSurface, levels: number): Surface => {
  let { quads, uvs, positions, headWeights, arms, lowerJaw, hidden } = coarse
  let fields = Object.entries(coarse.fields) as (readonly [Shape, Float32Array])[]
  for (let level = 0; level < levels; level++) {
    const finer = refine(quads)
    positions = finer.apply(positions, 3)
    headWeights = finer.apply(headWeights, 1)
    arms &&= finer.apply(arms, 1)
    lowerJaw &&= finer.apply(lowerJaw, 1)
    fields = fields.map(([shape, field]) => [shape, finer.apply(field, 3)])
    uvs = finer.applyUvs(uvs)
    const coarser = hidden
    hidden &&= Uint8Array.from(finer.parents, (parent) => (coarser as Uint8Array)[parent] as number)
    quads = finer.quads
  }
  const gone = hidden
  const shown = gone ? selectFaces(quads, (face) => gone[face] === 0) : quads
  return splitSeams(shown, uvs, positions, headWeights, arms, lowerJaw, fields)
}

const splitSeams = (
  quads: Quads,
  uvs: Float32Array,
  positions: Float32Array,
  headWeights: Float32Array,
  arms: Float32Array | null,
  lowerJaw: Float32Array | null,
  fields: readonly (readonly [Shape, Float32Array])[],
): Surface => {
  const numbers = new Map<number, number>()
  const vertices: number[] = []
  const uvVertices: number[] = []
  const split = quads.corners.map((vertex, at) => {
    const uv = quads.uvCorners[at] as number
    const key = vertex * 0x1000000 + uv
    let number = numbers.get(key)
    if (number === undefined) {
      number = vertices.length
      numbers.set(key, number)
      vertices.push(vertex)
      uvVertices.push(uv)
    }
    return number
  })
  const gather = (values: Float32Array, from: readonly number[], width: number): Float32Array => {
    const out = new Float32Array(from.length * width)
    from.forEach((vertex, to) => {
      for (let i = 0; i < width; i++) out[to * width + i] = values[vertex * width + i] as number
    })
    return out
  }
  const triangles = new Uint32Array((split.length / 4) * 6)
  for (let face = 0; face * 4 < split.length; face++) {
    const [a, b, c, d] = split.subarray(face * 4, face * 4 + 4) as unknown as [number, number, number, number]
    triangles.set([a, b, c, a, c, d], face * 6)
  }
  return {
    positions: gather(positions, vertices, 3),
    uvs: gather(uvs, uvVertices, 2),
    triangles,
    headWeights: gather(headWeights, vertices, 1),
    arms: arms && gather(arms, vertices, 1),
    lowerJaw: lowerJaw && Uint8Array.from(gather(lowerJaw, vertices, 1), (weight) => (weight > 0.5 ? 1 : 0)),
    fields: Object.fromEntries(fields.map(([shape, field]) => [shape, gather(field, vertices, 3)])),
  }
}
