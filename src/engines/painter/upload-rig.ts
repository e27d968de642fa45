// A rig in the kernel's memory: textures packed once, vertex positions written anew for each frame.
import type { Rig, RigLayer } from '../../core/rig.ts'
import { addBands, findOpenEdges, type PaintMesh, placeBands } from './edges.ts'
import type { Kernel } from './kernel.ts'
import { findLifted, type Hand, type LiftedTriangles } from './lifted.ts'
import { borderedBytes, borderPlane, packedBytes, packPlane, TRIANGLE_KINDS, triangleKinds } from './pack-texture.ts'
import type { PosedLayers } from './pose-rig.ts'

/** A rig that the kernel can paint. */
export type UploadedRig = {
  readonly rig: Rig
  /** Views of the kernel's memory for canvas positions; ask again for every frame, memory moves as it grows. */
  points(): PosedLayers
  /**
   * Paints every layer at the positions last written; opaque ones reach a pixel further, softly.
   * @param part the triangles to paint. @default all
   */
  paint(part?: RigPart): void
  /** The triangles that are painted again while these hands are lifted, and the rest; found once for each choice. */
  lifted(hands: readonly Hand[]): LiftedParts
}

/** Painted in this order, the two parts look as the whole does: see {@link findLifted}. */
export type LiftedParts = {
  readonly standing: RigPart
  readonly moving: RigPart
  readonly reach: LiftedTriangles['reach']
}

/** Some of a rig's triangles: for each layer, where the kernel reads what is to be done with each. */
export type RigPart = readonly number[]

type UploadedLayer = {
  readonly vertexCount: number
  readonly points: number
  readonly kinds: Uint8Array
  readonly kindsAt: number
  paint(kindsAt: number): void
}

/** Copies a rig's textures and triangles into the kernel's memory. */
export function uploadRig(kernel: Kernel, rig: Rig): UploadedRig {
  const layers = rig.layers.map((layer) => uploadLayer(kernel, layer))
  const parts = new Map<string, LiftedParts>()
  let views: PosedLayers = []
  let viewed: ArrayBufferLike | null = null
  return {
    rig,
    points() {
      const buffer = kernel.memory.buffer
      if (buffer !== viewed) {
        views = layers.map((layer) => new Float32Array(buffer, layer.points, layer.vertexCount * 2))
        viewed = buffer
      }
      return views
    },
    paint(part) {
      for (const [index, layer] of layers.entries()) layer.paint(part ? part[index]! : layer.kindsAt)
    },
    lifted(hands) {
      const key = hands.join()
      const known = parts.get(key)
      if (known) return known
      const { marks, reach } = findLifted(rig, hands)
      const keep = (wanted: 0 | 1): RigPart =>
        layers.map((layer, index) => keepKinds(kernel, layer.kinds, marks[index]!, wanted))
      const found: LiftedParts = { standing: keep(0), moving: keep(1), reach }
      parts.set(key, found)
      return found
    },
  }
}

/** Leaves the triangles whose mark is not the wanted one out, and with each the bands that follow it. */
function keepKinds(kernel: Kernel, kinds: Uint8Array, marks: Uint8Array, wanted: 0 | 1): number {
  let triangle = -1
  return put(
    kernel,
    kinds.map((kind) => {
      if (kind !== TRIANGLE_KINDS.lumaBand && kind !== TRIANGLE_KINDS.chromaBand) triangle++
      return marks[triangle] === wanted ? kind : TRIANGLE_KINDS.empty
    }),
  )
}

function uploadLayer(kernel: Kernel, layer: RigLayer): UploadedLayer {
  const { width, height, y, u, v, a, ac } = layer.texture
  const vertexCount = layer.positions.length / 3
  const luma = pack(kernel, y, a, width, height)
  const chroma = pack(kernel, u, v, width / 2, height / 2)
  const chromaAlpha = ac ? pack(kernel, ac, null, width / 2, height / 2) : 0
  const plainY = border(kernel, y, width, height)
  const plainU = border(kernel, u, width / 2, height / 2)
  const plainV = border(kernel, v, width / 2, height / 2)
  const plainA = a ? border(kernel, a, width, height) : 0
  const plainAc = ac ? border(kernel, ac, width / 2, height / 2) : 0
  const kinds = triangleKinds(layer.triangles, layer.uvs, a, width, height)
  const plain: PaintMesh = { uvs: layer.uvs, triangles: layer.triangles, kinds }
  // A texture with alpha draws its own edges.
  const open = a ? null : findOpenEdges(layer)
  const mesh = open ? addBands(plain, open) : plain
  const uvs = put(kernel, mesh.uvs)
  const triangles = put(kernel, mesh.triangles)
  const kindsAt = put(kernel, mesh.kinds)
  const points = kernel.allocate(mesh.uvs.byteLength)
  return {
    vertexCount,
    points,
    kinds: mesh.kinds,
    kindsAt,
    paint(kindsAt) {
      if (open) placeBands(open, new Float32Array(kernel.memory.buffer, points, mesh.uvs.length), vertexCount)
      kernel.texture(luma, chroma, chromaAlpha, width, height)
      kernel.planes(plainY, plainU, plainV, plainA, plainAc)
      kernel.paint(points, uvs, triangles, kindsAt, mesh.kinds.length, vertexCount)
    },
  }
}

function pack(kernel: Kernel, first: Uint8Array, second: Uint8Array | null, width: number, height: number): number {
  const bytes = packedBytes(width, height, second ? 2 : 1)
  const at = kernel.allocate(bytes)
  packPlane(new Uint8Array(kernel.memory.buffer, at, bytes), first, second, width, height)
  return at
}

function border(kernel: Kernel, plane: Uint8Array, width: number, height: number): number {
  const bytes = borderedBytes(width, height)
  const at = kernel.allocate(bytes)
  borderPlane(new Uint8Array(kernel.memory.buffer, at, bytes), plane, width, height)
  return at
}

function put(kernel: Kernel, array: Float32Array | Uint32Array | Uint8Array): number {
  const at = kernel.allocate(array.byteLength)
  new Uint8Array(kernel.memory.buffer, at, array.byteLength).set(
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  )
  return at
}
