// Small meshes behind the skin: a picture laid over a grid of places, each with its own shifts.
import type { Field, LayerName, RigLayer, TexturePlanes } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { sparse } from '../presenter/grid.ts'
import { HEAD_BREATH } from './breath.ts'

/** A vector in rig space. */
export type Vector = readonly [number, number, number]

/** A grid of columns x rows cells. */
export type Patch = {
  readonly name: LayerName
  readonly texture: TexturePlanes
  readonly columns: number
  readonly rows: number
  /** Where a place of the grid lies at rest; s and t go from 0 to 1 across and down. */
  readonly at: (s: number, t: number) => Vector
  /** How far a shape at 1 moves it. */
  readonly fields?: Readonly<Partial<Record<Shape, (s: number, t: number) => Vector>>>
}

/** Makes the layer; all of it goes with the head. */
export function patchLayer({ name, texture, columns, rows, at, fields = {} }: Patch): RigLayer {
  const count = (columns + 1) * (rows + 1)
  const positions = new Float32Array(count * 3)
  const uvs = new Float32Array(count * 2)
  const triangles: number[] = []
  const places = Array.from({ length: count }, (_, i) => {
    const column = i % (columns + 1)
    return [column / columns, (i - column) / (columns + 1) / rows] as const
  })
  for (const [i, [s, t]] of places.entries()) {
    positions.set(at(s, t), i * 3)
    uvs.set([s * texture.width, t * texture.height], i * 2)
    if (s === 1 || t === 1) continue
    const below = i + columns + 1
    triangles.push(i, below, i + 1, i + 1, below, below + 1)
  }
  const moves: Partial<Record<Shape, Field>> = {}
  const withBreath = { ...fields, breath: (): Vector => [0, -HEAD_BREATH, 0] }
  for (const [shape, shift] of Object.entries(withBreath)) {
    const field = sparse(Float32Array.from(places.flatMap(([s, t]) => shift(s, t))))
    if (field) moves[shape as Shape] = field
  }
  return {
    name,
    texture,
    positions,
    uvs,
    triangles: Uint32Array.from(triangles),
    headWeights: new Float32Array(count).fill(1),
    fields: moves,
  }
}
