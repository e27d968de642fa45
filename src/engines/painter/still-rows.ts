// The lower rows of a rig that no shape and no turn of the head ever moves: painted once, then left alone.
import type { Rig, RigLayer } from '../../core/rig.ts'
import type { Shape } from '../../core/shapes.ts'

/**
 * Where the still part of a rig begins: every triangle that can ever move lies above this height.
 * @param resting shapes that do not count.
 * @returns rig pixels from the top; `rig.height` or more where all of it moves.
 */
export function stillFrom(rig: Rig, resting: readonly Shape[] = []): number {
  return rig.layers.reduce((lowest, layer) => Math.max(lowest, lowestMoving(layer, resting)), 0)
}

function lowestMoving(layer: RigLayer, resting: readonly Shape[]): number {
  const moving = new Uint8Array(layer.headWeights.length)
  for (const [vertex, weight] of layer.headWeights.entries()) if (weight !== 0) moving[vertex] = 1
  let reach = 0
  for (const [shape, field] of Object.entries(layer.fields)) {
    if (resting.includes(shape as Shape)) continue
    for (const [i, vertex] of field.vertices.entries()) {
      const at = i * 3
      const offset = Math.hypot(field.offsets[at]!, field.offsets[at + 1]!)
      if (offset === 0 && field.offsets[at + 2] === 0) continue
      moving[vertex] = 1
      reach = Math.max(reach, offset)
    }
  }
  let lowest = 0
  for (let t = 0; t < layer.triangles.length; t += 3) {
    const corners = [layer.triangles[t]!, layer.triangles[t + 1]!, layer.triangles[t + 2]!]
    if (!corners.some((vertex) => moving[vertex])) continue
    for (const vertex of corners) lowest = Math.max(lowest, layer.positions[vertex * 3 + 1]!)
  }
  // What moves may also move down: by its fields, and a little by the head's turn.
  return lowest === 0 ? 0 : lowest + reach
}
