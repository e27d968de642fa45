// Where a rig's vertices lie on the canvas for given shape weights and head pose.
import type { Placement } from '../../core/plan.ts'
import type { Rig, RigLayer } from '../../core/rig.ts'
import { SHAPES } from '../../core/shapes.ts'

/** Canvas pixels, x and y a vertex: one array a layer, in the order of `Rig.layers`. */
export type PosedLayers = readonly Float32Array[]

/** Arrays of the right lengths for {@link poseRig}. */
export function posedLayers(rig: Rig): PosedLayers {
  return rig.layers.map((layer) => new Float32Array((layer.positions.length / 3) * 2))
}

/**
 * Poses a rig: rest + weight x field for each shape, then the head's turn about the pivot by each vertex's head weight
 * (pitch first, then yaw, then roll; signs as in core/plan.ts), then the placement. The projection is orthographic, so
 * `shiftZ` moves nothing by itself.
 *
 * @param shapes SHAPE_COUNT weights.
 * @param head yaw, pitch, roll in radians; shifts in rig pixels.
 * @param out where to write; made anew where absent.
 */
export function poseRig(
  rig: Rig,
  shapes: Float32Array,
  head: Float32Array,
  placement: Placement,
  out: PosedLayers = posedLayers(rig),
): PosedLayers {
  const turn = turnOf(head)
  for (const [index, layer] of rig.layers.entries())
    placeLayer(layer, shaped(layer, shapes), rig, turn, head, placement, out[index]!)
  return out
}

/** A layer's rest positions moved by the shapes; valid until the next call. */
export function shaped(layer: RigLayer, shapes: Float32Array): Float32Array {
  let moved: Float32Array | null = null
  for (let shape = 0; shape < SHAPES.length; shape++) {
    const weight = shapes[shape]!
    const field = weight === 0 ? undefined : layer.fields[SHAPES[shape]!]
    if (!field) continue
    if (!moved) {
      moved = scratchFor(layer.positions.length)
      moved.set(layer.positions)
    }
    const { vertices, offsets } = field
    for (let i = 0, at = 0; i < vertices.length; i++, at += 3) {
      const to = vertices[i]! * 3
      moved[to]! += weight * offsets[at]!
      moved[to + 1]! += weight * offsets[at + 1]!
      moved[to + 2]! += weight * offsets[at + 2]!
    }
  }
  return moved ?? layer.positions
}

let scratch = new Float32Array(0)

function scratchFor(length: number): Float32Array {
  if (scratch.length < length) scratch = new Float32Array(length * 2)
  return scratch.subarray(0, length)
}

/** The x and y rows of the head's rotation. */
type Turn = {
  readonly xx: number
  readonly xy: number
  readonly xz: number
  readonly yx: number
  readonly yy: number
  readonly yz: number
}

function turnOf(head: Float32Array): Turn {
  const [yaw, pitch, roll] = [head[0]!, head[1]!, head[2]!]
  const [cy, sy, cp, sp, cr, sr] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(pitch),
    Math.sin(pitch),
    Math.cos(roll),
    Math.sin(roll),
  ]
  // Pitch: y' = y cp + z sp, z' = -y sp + z cp. Yaw: x' = x cy + z' sy. Roll: x'' = x' cr - y' sr, y'' = x' sr + y' cr.
  const [xx, xy, xz] = [cy, -sy * sp, sy * cp]
  return {
    xx: cr * xx,
    xy: cr * xy - sr * cp,
    xz: cr * xz - sr * sp,
    yx: sr * xx,
    yy: sr * xy + cr * cp,
    yz: sr * xz + cr * sp,
  }
}

function placeLayer(
  layer: RigLayer,
  points: Float32Array,
  rig: Rig,
  turn: Turn,
  head: Float32Array,
  placement: Placement,
  out: Float32Array,
): void {
  const { xx, xy, xz, yx, yy, yz } = turn
  const { x: px, y: py, z: pz } = rig.headPivot
  const shiftX = head[3]!
  const shiftY = head[4]!
  const { scale, x: left, y: top } = placement
  const weights = layer.headWeights
  for (let i = 0, at = 0, to = 0; i < weights.length; i++, at += 3, to += 2) {
    let x = points[at]!
    let y = points[at + 1]!
    const weight = weights[i]!
    if (weight !== 0) {
      const dx = x - px
      const dy = y - py
      const dz = points[at + 2]! - pz
      x += weight * (xx * dx + xy * dy + xz * dz - dx + shiftX)
      y += weight * (yx * dx + yy * dy + yz * dz - dy + shiftY)
    }
    out[to] = x * scale + left
    out[to + 1] = y * scale + top
  }
}
