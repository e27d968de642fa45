// The skeleton of a morphed body: joints, poses by turning bones, and linear-blend skinning.
import type { StoredMesh } from './makehuman.ts'

/** Up to `perVertex` bones a vertex and how strongly it follows each; weights of a vertex add up to 1. */
export type SkinWeights = {
  readonly perVertex: number
  readonly bones: Uint16Array
  readonly weights: Float32Array
}

/** The skin weights of a stored mesh, brought to a sum of 1. */
export const skinWeightsOf = (mesh: StoredMesh): SkinWeights => {
  const perVertex = mesh.influencesPerVertex
  const bones = Uint16Array.from(mesh.skinIndices)
  const weights = Float32Array.from(mesh.skinWeights)
  for (let at = 0; at < weights.length; at += perVertex) {
    let sum = 0
    for (let i = 0; i < perVertex; i++) sum += weights[at + i] as number
    for (let i = 0; i < perVertex; i++) weights[at + i] = sum > 0 ? (weights[at + i] as number) / sum : i === 0 ? 1 : 0
  }
  return { perVertex, bones, weights }
}

/** Bones in order, parents before children, and where each one's joint lies. */
export type Skeleton = {
  readonly names: readonly string[]
  readonly parents: readonly number[]
  /** 3 a bone: the point it turns about. */
  readonly pivots: Float32Array
}

type SkeletonSource = {
  readonly bones: readonly { readonly name: string; readonly parent: number }[]
  readonly joints: Readonly<Record<string, readonly number[]>>
}

/** The middle of a few vertices. */
const middleOf = (positions: Float32Array, vertices: readonly number[]): [number, number, number] => {
  const middle: [number, number, number] = [0, 0, 0]
  for (const vertex of vertices) {
    for (let axis = 0; axis < 3; axis++)
      middle[axis] = (middle[axis] as number) + (positions[vertex * 3 + axis] as number)
  }
  return [middle[0] / vertices.length, middle[1] / vertices.length, middle[2] / vertices.length]
}

/** Places the joints on a morphed mesh. Each bone is stored as a pair, `X____head` and `X`; both turn about `X____head`. */
export const fitSkeleton = (source: SkeletonSource, positions: Float32Array): Skeleton => {
  const pivots = new Float32Array(source.bones.length * 3)
  source.bones.forEach((bone, index) => {
    const joint = source.joints[bone.name.endsWith('____head') ? bone.name : `${bone.name}____head`]
    if (joint) pivots.set(middleOf(positions, joint), index * 3)
  })
  return { names: source.bones.map((bone) => bone.name), parents: source.bones.map((bone) => bone.parent), pivots }
}

/** A bone's turn in degrees about the world's axes, applied x first, then y, then z. */
export type Turn = readonly [x: number, y: number, z: number]

const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]

const multiply = (a: readonly number[], b: readonly number[]): number[] => {
  const out: number[] = []
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = column === 3 ? (a[row * 4 + 3] as number) : 0
      for (let i = 0; i < 3; i++) sum += (a[row * 4 + i] as number) * (b[i * 4 + column] as number)
      out.push(sum)
    }
  }
  return out
}

/** A 3x4 matrix (rows) that turns about a point. */
const turnAbout = (pivot: ArrayLike<number>, turn: Turn): number[] => {
  const [x, y, z] = turn.map((degrees) => (degrees * Math.PI) / 180) as [number, number, number]
  const aboutX = [1, 0, 0, 0, 0, Math.cos(x), -Math.sin(x), 0, 0, Math.sin(x), Math.cos(x), 0]
  const aboutY = [Math.cos(y), 0, Math.sin(y), 0, 0, 1, 0, 0, -Math.sin(y), 0, Math.cos(y), 0]
  const aboutZ = [Math.cos(z), -Math.sin(z), 0, 0, Math.sin(z), Math.cos(z), 0, 0, 0, 0, 1, 0]
  const rotation = multiply(aboutZ, multiply(aboutY, aboutX))
  for (let row = 0; row < 3; row++) {
    let moved = pivot[row] as number
    for (let i = 0; i < 3; i++) moved -= (rotation[row * 4 + i] as number) * (pivot[i] as number)
    rotation[row * 4 + 3] = moved
  }
  return rotation
}

/** For each bone, the 3x4 matrix that a pose (turns by bone name) gives it, its parents' turns included. */
export const poseMatrices = (
  skeleton: Skeleton,
  pose: Readonly<Record<string, Turn>>,
): readonly (readonly number[])[] => {
  const matrices: number[][] = []
  skeleton.names.forEach((name, index) => {
    const parent = skeleton.parents[index] as number
    const above = parent >= 0 ? (matrices[parent] as number[]) : IDENTITY
    const turn = name.endsWith('____head') ? pose[name.slice(0, -'____head'.length)] : undefined
    matrices.push(turn ? multiply(above, turnAbout(skeleton.pivots.subarray(index * 3, index * 3 + 3), turn)) : above)
  })
  return matrices
}

/** Moves vertices with their bones. */
export const skinPositions = (
  positions: Float32Array,
  skin: SkinWeights,
  matrices: readonly (readonly number[])[],
): Float32Array => {
  const out = new Float32Array(positions.length)
  for (let vertex = 0; vertex * 3 < positions.length; vertex++) {
    const x = positions[vertex * 3] as number
    const y = positions[vertex * 3 + 1] as number
    const z = positions[vertex * 3 + 2] as number
    for (let i = 0; i < skin.perVertex; i++) {
      const weight = skin.weights[vertex * skin.perVertex + i] as number
      if (weight === 0) continue
      const m = matrices[skin.bones[vertex * skin.perVertex + i] as number] as readonly number[]
      for (let row = 0; row < 3; row++) {
        const moved =
          (m[row * 4] as number) * x +
          (m[row * 4 + 1] as number) * y +
          (m[row * 4 + 2] as number) * z +
          (m[row * 4 + 3] as number)
        out[vertex * 3 + row] = (out[vertex * 3 + row] as number) + weight * moved
      }
    }
  }
  return out
}

/** For each vertex, the summed weight of the bones that `chosen` accepts: 0 to 1. */
export const weightOfBones = (skin: SkinWeights, chosen: (bone: number) => boolean): Float32Array => {
  const accepted = new Map<number, boolean>()
  const out = new Float32Array(skin.weights.length / skin.perVertex)
  for (let at = 0; at < skin.weights.length; at++) {
    const bone = skin.bones[at] as number
    let takes = accepted.get(bone)
    if (takes === undefined) {
      takes = chosen(bone)
      accepted.set(bone, takes)
    }
    if (takes) {
      const vertex = Math.floor(at / skin.perVertex)
      out[vertex] = (out[vertex] as number) + (skin.weights[at] as number)
    }
  }
  return out
}
