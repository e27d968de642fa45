// Which of the skin's triangles are face, neck, mouth cavity or eye socket, by where they lie in the texture.
import type { ScenePart } from './scene.ts'

/** Triangle numbers of the coarse skin (each stands for 4 fine ones). */
export type SkinParts = {
  /** Moves wholly with the skull. */
  readonly head: number[]
  /** Everything seen when the head is taken away. */
  readonly body: number[]
  /** Both, without what is inside. */
  readonly outside: number[]
}

/** Below this share of the head's turn skin belongs to the neck alone. */
const HEAD_FROM = 0.8
const BODY_BELOW = 0.995
/** Skin above the mouth that follows the head at least so far belongs to the head alone. */
const LOBE_FROM = 0.7

/** Sorts the skin's coarse triangles; `mouthHeight` is in decimetres. The regions are those of the human model's texture layout (v up). */
export function sortSkin(skin: ScenePart, mouthHeight: number): SkinParts {
  const { triangles, uvs, headWeights } = skin.source
  const parts: SkinParts = { head: [], body: [], outside: [] }
  for (let t = 0; t < triangles.length / 3; t++) {
    const corners = [triangles[t * 3]!, triangles[t * 3 + 1]!, triangles[t * 3 + 2]!]
    if (corners.every((v) => isInside(uvs[v * 2]!, 1 - uvs[v * 2 + 1]!))) continue
    parts.outside.push(t)
    const least = Math.min(...corners.map((v) => headWeights[v]!))
    if (least > HEAD_FROM && corners.every((v) => uvs[v * 2]! > 0.63)) parts.head.push(t)
    // The lobes of the ears hang low, but would stay behind when the head moves.
    const lobe = least > LOBE_FROM && corners.every((v) => skin.source.positions[v * 3 + 1]! > mouthHeight)
    if (least < BODY_BELOW && !lobe) parts.body.push(t)
  }
  return parts
}

/** The mouth cavity's and the eye sockets' islands of the texture. */
function isInside(u: number, v: number): boolean {
  const cavity = v > 0.858 && u > 0.745 && u < 0.935
  const sockets = u < 0.165 && v > 0.355 && v < 0.465
  return cavity || sockets
}

/** The fine triangles of coarse ones. */
export function fineTriangles(skin: ScenePart, coarse: readonly number[]): Uint32Array {
  const share = skin.fine.triangles.length / skin.source.triangles.length
  const out = new Uint32Array(coarse.length * 3 * share)
  coarse.forEach((t, i) => {
    out.set(skin.fine.triangles.subarray(t * 3 * share, (t + 1) * 3 * share), i * 3 * share)
  })
  return out
}
