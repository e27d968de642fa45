// A face prepared for animation: layers of textured triangles with displacement fields. Both sources become this.
import type { Shape } from './shapes.ts'

/**
 * A picture in the encoder's own colour space: planar 4:2:0, BT.709 limited range (Y 16-235, U and V 16-240),
 * colours premultiplied by alpha (a stored sample is `round(code * alpha / 255)`, offsets included).
 */
export type TexturePlanes = {
  /** In texels; both sides even. */
  readonly width: number
  readonly height: number
  /** width x height. */
  readonly y: Uint8Array
  /** (width/2) x (height/2). */
  readonly u: Uint8Array
  readonly v: Uint8Array
  /** Alpha 0-255 at full size, or null where the whole picture is opaque. */
  readonly a: Uint8Array | null
  /** Alpha at the size of u and v (the mean of 2x2), null exactly where `a` is. */
  readonly ac: Uint8Array | null
}

/** What a layer shows. Drawn in the order of {@link Rig.layers}, back to front; a name may occur more than once. */
export type LayerName =
  | 'hairBack'
  | 'body'
  | 'arm'
  | 'mouthInside'
  | 'tongue'
  | 'lowerTeeth'
  | 'upperTeeth'
  | 'eyes'
  | 'eyeLight'
  | 'face'
  | 'lashes'
  | 'brows'
  | 'hair'
  | 'glasses'

/** A shape's displacement of some of a layer's vertices, at weight 1, in rig pixels. */
export type Field = {
  /** Vertex numbers, ascending. */
  readonly vertices: Uint32Array
  /** x, y, z for each of `vertices`. */
  readonly offsets: Float32Array
}

/** One mesh with one texture. */
export type RigLayer = {
  readonly name: LayerName
  readonly texture: TexturePlanes
  /** Rest position, 3 a vertex, rig pixels: x right, y down, z towards the viewer. */
  readonly positions: Float32Array
  /** Texture position, 2 a vertex, in texels (0,0 is the texture's top left corner, not a texel's centre). */
  readonly uvs: Float32Array
  /** 3 vertex numbers a triangle, in draw order: far ones first, so that alpha and overlap come right. */
  readonly triangles: Uint32Array
  /** For each vertex, how far it follows the head's turn: 0 stays with the body, 1 goes with the skull. */
  readonly headWeights: Float32Array
  /** Sparse: shapes that leave this layer alone are absent. */
  readonly fields: Readonly<Partial<Record<Shape, Field>>>
}

/** A point or box in rig pixels. */
export type Point3 = { readonly x: number; readonly y: number; readonly z: number }
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * A face prepared for animation. Rig space is the pixels of the picture it was made from (or would have been):
 * x right, y down, z towards the viewer, origin at the picture's top left. Projection is orthographic.
 */
export type Rig = {
  /** Bumped when the meaning of a field changes. */
  readonly format: 1
  /** Size of rig space. The body reaches the bottom edge and is cut there. */
  readonly width: number
  readonly height: number
  /** Back to front. */
  readonly layers: readonly RigLayer[]
  /** The head turns about this point (between the ears, at the top of the neck). */
  readonly headPivot: Point3
  /** Crown (hair included) to chin, ear to ear. */
  readonly headBox: Box
  /** The outer corners of the closed lips: left and right as seen. */
  readonly mouth: { readonly left: Point3; readonly right: Point3 }
  /** Mid of the two pupils. */
  readonly eyes: Point3
  /** The body's left and right edge at the bottom of rig space: what a frame can cut without a gap. */
  readonly bodySpan: { readonly left: number; readonly right: number }
  /** A photo's own background without its person, of any size in texels: it fills rig space from corner to corner. */
  readonly backdrop: TexturePlanes | null
}
