// Proxies: eyes, teeth, hair and clothes that are tied to the base mesh and follow every body.
import { readdir } from 'node:fs/promises'
import { Fault } from '../../../core/errors.ts'
import type { RecipeAsset } from '../../../core/recipe.ts'
import { dataPath, decodeFaces, type Quads, readData, type StoredMesh } from './makehuman.ts'
import { type SkinWeights, skinWeightsOf } from './skeleton.ts'

/** The package's folders of proxies. */
export type ProxyFolder = 'clothes' | 'eyebrows' | 'eyelashes' | 'eyes' | 'hair' | 'teeth' | 'tongue'

/** What an asset's own file says of its author and licence. */
export type StoredLicence = { readonly author?: string; readonly license?: string; readonly copyright?: string }

/** A proxy as loaded: tied to three base vertices a vertex. */
export type ProxyAsset = {
  readonly folder: ProxyFolder
  readonly name: string
  readonly vertexCount: number
  /** 3 base vertices a vertex. */
  readonly references: Uint32Array
  /** 3 a vertex, for `references`. */
  readonly weights: Float32Array
  /** 3 a vertex, decimetres. */
  readonly offsets: Float32Array
  readonly faces: Quads
  readonly uvs: Float32Array
  readonly skin: SkinWeights
  /** 1 for each base vertex that it hides. */
  readonly hides: Uint8Array
  readonly materials: readonly { readonly name: string; readonly diffusePath: string | null }[]
  readonly licence: StoredLicence
}

type StoredProxy = StoredMesh & {
  readonly ref_vIdxs: readonly (readonly number[])[]
  readonly weights: readonly (readonly number[])[]
  readonly offsets: readonly (readonly number[])[]
  readonly materials: readonly { readonly DbgName?: string; readonly mapDiffuse?: string }[]
  readonly metadata: { readonly deleteVerts?: readonly number[]; readonly license?: StoredLicence }
}

const flat3 = (rows: readonly (readonly number[])[]): Float32Array => {
  const out = new Float32Array(rows.length * 3)
  rows.forEach((row, index) => {
    out.set(row.slice(0, 3), index * 3)
  })
  return out
}

const listed = new Map<ProxyFolder, Promise<readonly string[]>>()

/** The names of the assets in one of the package's folders. */
export const proxyNames = (folder: ProxyFolder): Promise<readonly string[]> => {
  const names = listed.get(folder) ?? readdir(dataPath('proxies', folder))
  listed.set(folder, names)
  return names
}

const loaded = new Map<string, Promise<ProxyAsset>>()

/** Reads a proxy, once per process. */
export const loadProxy = (folder: ProxyFolder, name: string): Promise<ProxyAsset> => {
  const key = `${folder}/${name}`
  const known = loaded.get(key)
  if (known) return known
  const reading = readData<StoredProxy>(`proxies/${key}/${name}.json`).then((stored): ProxyAsset => {
    return {
      folder,
      name,
      vertexCount: stored.ref_vIdxs.length,
      references: Uint32Array.from(flat3(stored.ref_vIdxs)),
      weights: flat3(stored.weights),
      offsets: flat3(stored.offsets),
      faces: decodeFaces(stored.faces, () => true),
      uvs: Float32Array.from(stored.uvs[0] ?? []),
      skin: skinWeightsOf(stored),
      hides: Uint8Array.from(stored.metadata.deleteVerts ?? []),
      materials: stored.materials.map((material, index) => ({
        name: material.DbgName ?? `${name}-${index}`,
        diffusePath: material.mapDiffuse ? dataPath('proxies', folder, name, material.mapDiffuse) : null,
      })),
      licence: stored.metadata.license ?? {},
    }
  })
  loaded.set(key, reading)
  return reading
}

/**
 * The picture of the material that a recipe names (the first where it names none).
 * @throws Fault `invalid` where the asset has no such material
 */
export const materialPicture = (proxy: ProxyAsset, asset: RecipeAsset): string | null => {
  const material =
    asset.material === undefined ? proxy.materials[0] : proxy.materials.find(({ name }) => name === asset.material)
  if (material) return material.diffusePath
  const choices = proxy.materials.map(({ name }) => name).join(', ')
  throw new Fault('invalid', `${proxy.name} has no material ${asset.material}; it has: ${choices}`)
}

/** Where a proxy's vertices lie on a body: the weighted reference vertices plus offsets. */
export const fitProxy = (proxy: ProxyAsset, base: Float32Array): Float32Array => {
  const out = followBase(proxy, base)
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) + (proxy.offsets[i] as number)
  return out
}

/** What a per-vertex vector of the base mesh (such as a displacement) comes to on a proxy. */
export const followBase = (proxy: ProxyAsset, vectors: Float32Array): Float32Array => {
  const out = new Float32Array(proxy.vertexCount * 3)
  for (let corner = 0; corner < proxy.references.length; corner++) {
    const weight = proxy.weights[corner] as number
    if (weight === 0) continue
    const from = (proxy.references[corner] as number) * 3
    const to = Math.floor(corner / 3) * 3
    for (let axis = 0; axis < 3; axis++) {
      out[to + axis] = (out[to + axis] as number) + weight * (vectors[from + axis] as number)
    }
  }
  return out
}
