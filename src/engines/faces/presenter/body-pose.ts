// How a presenter stands: arms hanging, shoulders relaxed; and how far each vertex goes with the head.
import type { BaseMesh } from './base-mesh.ts'
import { type Skeleton, type SkinWeights, type Turn, weightOfBones } from './skeleton.ts'

/** Degrees; the arms of the base mesh start raised sideways. */
export const STANDING: Readonly<Record<string, Turn>> = {
  'clavicle.L': [0, 0, -4],
  'clavicle.R': [0, 0, 4],
  'upperarm01.L': [0, 0, -38],
  'upperarm01.R': [0, 0, 38],
  'lowerarm01.L': [-8, 0, 0],
  'lowerarm01.R': [-8, 0, 0],
}

/** How far each bone of the neck goes with the head; what hangs from `head` goes all the way. */
const NECK: Readonly<Record<string, number>> = { neck01: 0.12, neck02: 0.4, neck03: 0.75 }

/** Each bone's share in the head's turn, 0 to 1. */
const headShares = (skeleton: Skeleton): readonly number[] => {
  const shares: number[] = []
  skeleton.names.forEach((name, bone) => {
    const plain = name.replace(/____head$/, '')
    const parent = skeleton.parents[bone] as number
    shares.push(plain === 'head' ? 1 : (NECK[plain] ?? (parent >= 0 ? (shares[parent] as number) : 0)))
  })
  return shares
}

/** For each vertex, how far it follows the head: the shares of its bones, weighted. */
export const headWeightsOf = (skeleton: Skeleton, skin: SkinWeights): Float32Array => {
  const out = new Float32Array(skin.weights.length / skin.perVertex)
  const shares = headShares(skeleton)
  for (let at = 0; at < skin.weights.length; at++) {
    const vertex = Math.floor(at / skin.perVertex)
    out[vertex] = (out[vertex] as number) + (skin.weights[at] as number) * (shares[skin.bones[at] as number] as number)
  }
  return out
}

/** For each vertex, the weight of the jaw and of all that hangs from it. */
export const jawWeightsOf = (skeleton: Skeleton, skin: SkinWeights): Float32Array => {
  const jaw = skeleton.names.map((_, bone) => {
    for (let at = bone; at >= 0; at = skeleton.parents[at] as number) {
      if (skeleton.names[at] === 'jaw____head') return true
    }
    return false
  })
  return weightOfBones(skin, (bone) => jaw[bone] as boolean)
}

/** The pivot of a bone on a fitted skeleton. */
export const pivotOf = (skeleton: Skeleton, name: string): [number, number, number] => {
  const bone = skeleton.names.indexOf(`${name}____head`)
  return [...skeleton.pivots.subarray(bone * 3, bone * 3 + 3)] as [number, number, number]
}

/** Smooths a per-vertex value over the body's surface; `rounds` of averaging with the neighbours. */
export const smoothOver = (mesh: BaseMesh, values: Float32Array, rounds: number): Float32Array => {
  let current = values
  for (let round = 0; round < rounds; round++) {
    const sum = new Float32Array(values.length)
    const count = new Float32Array(values.length)
    const { corners } = mesh.faces
    for (let at = 0; at < corners.length; at++) {
      const a = corners[at] as number
      const b = corners[(at & ~3) + ((at + 1) & 3)] as number
      sum[a] = (sum[a] as number) + (current[b] as number)
      sum[b] = (sum[b] as number) + (current[a] as number)
      count[a] = (count[a] as number) + 1
      count[b] = (count[b] as number) + 1
    }
    const previous = current
    current = previous.map((value, vertex) =>
      count[vertex] ? (value + (sum[vertex] as number) / (count[vertex] as number)) / 2 : value,
    )
  }
  return current
}
