// Which triangles are painted again while hands are lifted, so that the body round them can stay as it is.
import type { Rig, RigLayer } from '../../core/rig.ts'
import { SHAPE_INDEX, type Shape } from '../../core/shapes.ts'

/** Shapes that rest most of the time, and with them the lower body. */
export const HANDS = ['handLeft', 'handRight'] as const satisfies readonly Shape[]
export type Hand = (typeof HANDS)[number]

/** The hands that are lifted. @param shapes SHAPE_COUNT weights. */
export function liftedHands(shapes: Float32Array): readonly Hand[] {
  return HANDS.filter((hand) => shapes[SHAPE_INDEX[hand]] !== 0)
}

/** Triangles that lifted hands move, and those that are drawn later and lie where these may come. */
export type LiftedTriangles = {
  /** For each layer, 1 for each of its triangles that is one of them. */
  readonly marks: readonly Uint8Array[]
  /** Rig pixels: nothing of them is ever seen outside; null where the hands move nothing. */
  readonly reach: Box | null
}

type Box = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Rig pixels a cell of the map of what is covered. */
const CELL = 8
/** Rig pixels that soft edges and rounding may reach further. */
const MARGIN = 3

/**
 * Finds the triangles without which a standing picture must be made, and which are then painted over it in every frame:
 * the same picture comes out as if all were painted in their order, for hands lifted by weights from 0 to 1. A layer is one
 * sheet, whose triangles do not lie over each other; layers do.
 */
export function findLifted(rig: Rig, hands: readonly Hand[]): LiftedTriangles {
  const covered = openCells(rig)
  const reach = { left: rig.width, top: rig.height, right: 0, bottom: 0 }
  const marks = rig.layers.map((layer) => {
    const swept = sweep(layer, hands)
    const boxes = Array.from({ length: layer.triangles.length / 3 }, (_, triangle) => sweptBox(layer, triangle, swept))
    const marked = Uint8Array.from(boxes, ({ moves, box }) => (moves || covered.has(box) ? 1 : 0))
    for (const [triangle, { box }] of boxes.entries()) {
      if (!marked[triangle]) continue
      covered.add(box)
      reach.left = Math.min(reach.left, box.left)
      reach.top = Math.min(reach.top, box.top)
      reach.right = Math.max(reach.right, box.right)
      reach.bottom = Math.max(reach.bottom, box.bottom)
    }
    return marked
  })
  return { marks, reach: reach.right > reach.left ? reach : null }
}

/** A coarse map of rig space. */
function openCells({ width, height }: Rig) {
  const columns = Math.ceil(width / CELL) + 1
  const rows = Math.ceil(height / CELL) + 1
  const cells = new Uint8Array(columns * rows)
  const cellAt = (position: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(position / CELL)))
  const rowsOf = ({ left, top, right, bottom }: Box): Uint8Array[] => {
    const [from, to] = [cellAt(left, columns), cellAt(right, columns) + 1]
    const first = cellAt(top, rows)
    return Array.from({ length: cellAt(bottom, rows) - first + 1 }, (_, row) =>
      cells.subarray((first + row) * columns + from, (first + row) * columns + to),
    )
  }
  return {
    has: (box: Box) => rowsOf(box).some((row) => row.includes(1)),
    add: (box: Box) => {
      for (const row of rowsOf(box)) row.fill(1)
    },
  }
}

/** For each vertex the least and greatest x and y that lifted hands add, rig pixels; null where they move nothing. */
function sweep({ fields, headWeights }: RigLayer, hands: readonly Hand[]): Float32Array | null {
  let swept: Float32Array | null = null
  for (const hand of hands) {
    const field = fields[hand]
    if (!field) continue
    swept ??= new Float32Array(headWeights.length * 4)
    for (const [i, vertex] of field.vertices.entries()) {
      for (const axis of [0, 1]) {
        const offset = field.offsets[i * 3 + axis]!
        swept[vertex * 4 + axis]! += Math.min(0, offset)
        swept[vertex * 4 + 2 + axis]! += Math.max(0, offset)
      }
    }
  }
  return swept
}

/** Where a triangle may come, with its soft edges. */
function sweptBox(
  { triangles, positions }: RigLayer,
  triangle: number,
  swept: Float32Array | null,
): { readonly moves: boolean; readonly box: Box } {
  let moves = false
  const bounds = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (let corner = 0; corner < 3; corner++) {
    const vertex = triangles[triangle * 3 + corner]!
    for (const axis of [0, 1]) {
      const at = positions[vertex * 3 + axis]!
      const less = swept ? swept[vertex * 4 + axis]! : 0
      const more = swept ? swept[vertex * 4 + 2 + axis]! : 0
      if (less !== 0 || more !== 0) moves = true
      bounds[axis] = Math.min(bounds[axis]!, at + less - MARGIN)
      bounds[axis + 2] = Math.max(bounds[axis + 2]!, at + more + MARGIN)
    }
  }
  const [left, top, right, bottom] = bounds
  return { moves, box: { left: left!, top: top!, right: right!, bottom: bottom! } }
}
