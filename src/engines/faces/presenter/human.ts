// A person assembled in three dimensions, before any light: what assembling hands to baking.
import type { Shape } from '../../../core/shapes.ts'
import type { FaceChart } from './face-chart.ts'
import type { Dye } from './garments/dye.ts'

/** What a part is made of: decides how it is lit and which rig layers it goes to. */
export type PartKind =
  | 'skin'
  | 'eye'
  | 'teeth'
  | 'tongue'
  | 'hair'
  | 'beard'
  | 'brows'
  | 'lashes'
  | 'cloth'
  | 'glasses'
  | 'scarf'

/**
 * One textured surface. Space: decimetres, x to the viewer's right, y up, z towards the viewer (the person faces +z),
 * arms down, upright, eyes meeting a camera far away on the z axis.
 */
export type HumanPart = {
  readonly kind: PartKind
  /** The asset's own name, for licences and errors. */
  readonly name: string
  /** 3 a vertex: the face at rest (lips closed, a trace of a smile, eyes open). */
  readonly positions: Float32Array
  /** 2 a vertex, 0-1, v up (OpenGL). */
  readonly uvs: Float32Array
  /** 3 vertex numbers a triangle, counter-clockwise as seen from outside. Hidden skin is already cut away. */
  readonly triangles: Uint32Array
  /** For each vertex, how far it follows the head's turn: 0 body, 1 skull. */
  readonly headWeights: Float32Array
  /**
   * How far each vertex goes with a forearm, 0 to 1: the avatar's left one positive, the right one negative. Null where the
   * arms hang, and for parts that no arm carries.
   */
  readonly arms: Float32Array | null
  /** For teeth: true where the vertex belongs to the lower jaw. Null elsewhere. */
  readonly lowerJaw: Uint8Array | null
  /** Dense displacement at weight 1 for each shape that moves this part, 3 a vertex. */
  readonly fields: Readonly<Partial<Record<Shape, Float32Array>>>
  /** Path of the diffuse picture (may carry alpha), or null where the part is of one colour. */
  readonly diffusePath: string | null
  /** Multiplied with the diffuse picture, linear light 0-1; what a recipe's colours become. */
  readonly tint: readonly [number, number, number]
  /** What the diffuse picture's middle shade becomes, linear light 0-1; null keeps the picture's colours. */
  readonly color: readonly [number, number, number] | null
  /** How the diffuse picture of a garment is dyed; null leaves it as it is. */
  readonly dye: Dye | null
  /** Share of strands that have gone grey, 0-1. */
  readonly grey: number
  /** True where the diffuse picture's alpha cuts the surface out (hair, brows, lashes). */
  readonly cutOut: boolean
  /** True for clear glass: only what it mirrors is seen. */
  readonly clear?: boolean
}

/** A whole person. */
export type Human = {
  readonly parts: readonly HumanPart[]
  /** Same space as the parts. */
  readonly headPivot: readonly [number, number, number]
  readonly chin: readonly [number, number, number]
  /** Top of the skull without hair. */
  readonly crown: readonly [number, number, number]
  /** Left and right, here and below, as the viewer sees them: left has the smaller x. */
  readonly eyeLeft: readonly [number, number, number]
  readonly eyeRight: readonly [number, number, number]
  readonly eyeRadius: number
  readonly mouthLeft: readonly [number, number, number]
  readonly mouthRight: readonly [number, number, number]
  /** Lips and lids in the skin's texture. */
  readonly chart: FaceChart
}
