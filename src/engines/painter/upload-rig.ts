// A rig in the kernel's memory: textures packed once, vertex positions written anew for each frame.
import type { Rig, RigLayer } from '../../core/rig.ts'
import { addBands, findOpenEdges, type PaintMesh, placeBands } from './edges.ts'
import type { Kernel } from './kernel.ts'
import { borderedBytes, borderPlane, packedBytes, packPlane, triangleKinds } from './pack-texture.ts'
import type { PosedLayers } from './pose-rig.ts'

/** A rig that the kernel can paint. */
export type UploadedRig = {
  readonly rig: Rig
  /** Views of the kernel's memory for canvas positions; ask again for every frame, memory moves as it grows. */
  points(): PosedLayers
  /** Paints every layer at the positions last written; opaque ones reach a pixel further, softly. */
  paint(): void
}

type UploadedLayer = {
  readonly vertexCount: number
  readonly points: number
  paint(): void
}

/** Copies a rig's textures and triangles into the kernel's memory. */
export function uploadRig(kernel: Kernel, rig: Rig): UploadedRig {
  const layers = rig.layers.map((layer) => uploadLayer(kernel, layer))
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
    paint() {
      for (const layer of layers) layer.paint()
    },
  }
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
    paint() {
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
