// How a presenter stands: arms hanging, shoulders relaxed; and how far each vertex goes with the head.
import type { BaseMesh } from './base-mesh.ts'
import { type Skeleton, type SkinWeights, type Turn, weightOfBones } from './skeleton.ts'
import { smoothstep } from './vectors.ts'

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
const NECK: Readonly<Record<string, number>> = { neck01: 0.05, neck02: 0.32, neck03: 0.72 }

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

/** Head weights of the body: smooth through the neck, 1 everywhere on the skull. */
export const skinHeadWeights = (skeleton: Skeleton, mesh: BaseMesh, positions: Float32Array): Float32Array => {
  const { skin } = mesh
  const weights = new Float32Array(skin.weights.length / skin.perVertex)
  const shares = headShares(skeleton)
  for (let at = 0; at < skin.weights.length; at++) {
    const vertex = Math.floor(at / skin.perVertex)
    const share = shares[skin.bones[at] as number] as number
    weights[vertex] = (weights[vertex] as number) + (skin.weights[at] as number) * share
  }
  const ears = pivotOf(skeleton, 'head')[1]
  return smoothOver(mesh, weights, 6).map(
    (weight, vertex) =>
      weight + (1 - weight) * smoothstep(ears - 0.35, ears + 0.05, positions[vertex * 3 + 1] as number),
  )
}

/** How far the ends of long hair, lying on the shoulders, follow the head. */
const LONG_HAIR = 0.4

/** How much of the head's turn hair at the nape leaves out, which lies on the neck. */
const NAPE = 0.65

/** Heights over the chin between which hair behind the head goes over to the nape, decimetres. */
const NAPE_FROM = 1
const NAPE_TO = 0.3

/**
 * Head weights of hair: all of the head's turn down to the chin, less and less from there to the shoulders, and behind
 * the head less from the ears down.
 *
 * @param pivot the point that the head turns about.
 */
export const hairHeadWeights = (
  positions: Float32Array,
  chinHeight: number,
  shoulderHeight: number,
  pivot: readonly [number, number, number],
): Float32Array =>
  new Float32Array(positions.length / 3).map((_, vertex) => {
    const y = positions[vertex * 3 + 1] as number
    const behind = smoothstep(pivot[2] + 0.1, pivot[2] - 0.4, positions[vertex * 3 + 2] as number)
    const low = smoothstep(chinHeight + NAPE_FROM, chinHeight + NAPE_TO, y)
    const hanging = LONG_HAIR + (1 - LONG_HAIR) * smoothstep(shoulderHeight, chinHeight, y)
    return Math.min(hanging, 1 - NAPE * behind * low)
  })

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
const smoothOver = (mesh: BaseMesh, values: Float32Array, rounds: number): Float32Array => {
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
