// A rig in the kernel's memory: textures packed once, vertex positions written anew for each frame.
import type { Rig, RigLayer } from '../../core/rig.ts'
import { CHROMA_FADE, findOpenEdges, LUMA_FADE, type OpenEdges, placeOpenEdges } from './edges.ts'
import type { Kernel } from './kernel.ts'
import { packedBytes, packPlane, triangleKinds } from './pack-texture.ts'
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
  paint(points: Float32Array): void
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
      for (const [index, layer] of layers.entries()) layer.paint(views[index]!)
    },
  }
}

function uploadLayer(kernel: Kernel, layer: RigLayer): UploadedLayer {
  const { width, height, y, u, v, a, ac } = layer.texture
  const vertexCount = layer.positions.length / 3
  const triangleCount = layer.triangles.length / 3
  const pack = (first: Uint8Array, second: Uint8Array | null, w: number, h: number): number => {
    const bytes = packedBytes(w, h, second ? 2 : 1)
    const at = kernel.allocate(bytes)
    packPlane(new Uint8Array(kernel.memory.buffer, at, bytes), first, second, w, h)
    return at
  }
  const luma = pack(y, a, width, height)
  const chroma = pack(u, v, width / 2, height / 2)
  const chromaAlpha = ac ? pack(ac, null, width / 2, height / 2) : 0
  const uvs = put(kernel, layer.uvs)
  const triangles = put(kernel, layer.triangles)
  const kinds = put(kernel, triangleKinds(layer.triangles, layer.uvs, a, width, height))
  const points = kernel.allocate(vertexCount * 8)
  // A texture with alpha draws its own edges.
  const edge = a ? null : uploadEdges(kernel, findOpenEdges(layer.triangles, vertexCount), layer.uvs)
  return {
    vertexCount,
    points,
    paint(posed) {
      kernel.texture(luma, chroma, chromaAlpha, width, height)
      kernel.paint(points, uvs, triangles, kinds, triangleCount)
      edge?.paint(posed)
    },
  }
}

/** The fading bands of an opaque layer, painted after it with its texture. */
function uploadEdges(kernel: Kernel, open: OpenEdges, layerUvs: Float32Array): { paint(posed: Float32Array): void } {
  const inner = open.inner.length
  const bandUvs = new Float32Array(inner * 4)
  for (let i = 0; i < inner; i++) {
    const uv = layerUvs.subarray(open.inner[i]! * 2, open.inner[i]! * 2 + 2)
    bandUvs.set(uv, i * 2)
    bandUvs.set(uv, (inner + i) * 2)
  }
  const uvs = put(kernel, bandUvs)
  const triangles = put(kernel, open.triangles)
  const points = kernel.allocate(inner * 16)
  const count = open.triangles.length / 3
  return {
    paint(posed) {
      const out = new Float32Array(kernel.memory.buffer, points, inner * 4)
      for (const fade of [LUMA_FADE, CHROMA_FADE]) {
        placeOpenEdges(open, posed, fade.width, out)
        kernel.paintEdge(points, uvs, triangles, count, inner, fade.coverage, fade === CHROMA_FADE)
      }
    },
  }
}

function put(kernel: Kernel, array: Float32Array | Uint32Array | Uint8Array): number {
  const at = kernel.allocate(array.byteLength)
  new Uint8Array(kernel.memory.buffer, at, array.byteLength).set(
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength),
  )
  return at
}
