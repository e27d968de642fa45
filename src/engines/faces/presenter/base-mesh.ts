// The parametric human's base mesh: positions, body faces, helpers, skin weights and skeleton.
import { decodeFaces, forEachFace, type Quads, readData, type StoredMesh } from './makehuman.ts'
import { type SkinWeights, skinWeightsOf } from './skeleton.ts'

/** Vertices of the base mesh, helpers (from {@link BODY_VERTICES} on) included. */
export const BASE_VERTICES = 19158

/** The first so many vertices are the body; the rest are helpers that proxies refer to. */
export const BODY_VERTICES = 13380

/** The base mesh as every person starts. */
export type BaseMesh = {
  /** 3 a vertex, decimetres. */
  readonly positions: Float32Array
  /** The body's faces; helpers and joint cubes are left out. */
  readonly faces: Quads
  /** 2 a texture vertex. */
  readonly uvs: Float32Array
  readonly skin: SkinWeights
  readonly bones: readonly { readonly name: string; readonly parent: number }[]
  /** For each joint's name, the vertices in whose middle it lies. */
  readonly joints: Readonly<Record<string, readonly number[]>>
  /** Vertices of a group of helpers, such as `helper-l-eye` (`l` is the person's own left, x above 0). */
  readonly helper: (name: string) => readonly number[]
}

type StoredBase = StoredMesh & {
  readonly bones: BaseMesh['bones']
  readonly materials: readonly { readonly DbgName: string }[]
  readonly metadata: { readonly joint_pos_idxs: Readonly<Record<string, readonly number[]>> }
}

let base: Promise<BaseMesh> | undefined

/** The base mesh, read once per process. */
export const loadBaseMesh = (): Promise<BaseMesh> => {
  base ??= readData<StoredBase>('models/human_full_size.json').then((stored) => {
    const helpers = groupsOf(stored)
    return {
      positions: Float32Array.from(stored.vertices),
      faces: decodeFaces(stored.faces, (material) => material === 0),
      uvs: Float32Array.from(stored.uvs[0] ?? []),
      skin: skinWeightsOf(stored),
      bones: stored.bones,
      joints: stored.metadata.joint_pos_idxs,
      helper: (name) => [...(helpers.get(name) ?? [])],
    }
  })
  return base
}

/** The vertices of each material's faces, by its name. */
const groupsOf = ({ faces, materials }: StoredBase): ReadonlyMap<string, ReadonlySet<number>> => {
  const groups = materials.map(({ DbgName }) => [DbgName, new Set<number>()] as const)
  forEachFace(faces, (at, material) => {
    for (let corner = at + 1; corner <= at + 4; corner++) groups[material]?.[1].add(faces[corner] as number)
  })
  return new Map(groups)
}
