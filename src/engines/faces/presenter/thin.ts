// Fewer triangles where nobody would miss them: every triangle costs the painter time in every frame.
import { MeshoptSimplifier } from 'meshoptimizer'
import type { RigLayer } from '../../../core/rig.ts'
import type { Shape } from '../../../core/shapes.ts'
import { sortFarFirst, takeTriangles } from './grid.ts'

await MeshoptSimplifier.ready

/** How much a texel's or a displacement's error counts against one of position, all in pixels. */
const TEXTURE_WEIGHT = 0.1
const MOTION_WEIGHT = 1

/**
 * A surface with fewer triangles that lies no further than an error off the given one, in its own unit; unused points go.
 */
export function thinSurface(
  points: Float32Array,
  triangles: Uint32Array,
  error: number,
): { positions: Float32Array; triangles: Uint32Array } {
  const [kept] = MeshoptSimplifier.simplify(triangles, points, 3, 0, error, ['ErrorAbsolute'])
  const [renumber, count] = MeshoptSimplifier.compactMesh(kept)
  const positions = new Float32Array(count * 3)
  renumber.forEach((to, from) => {
    if (to < count) positions.set(points.subarray(from * 3, from * 3 + 3), to * 3)
  })
  return { positions, triangles: kept }
}

/**
 * Thins a layer's mesh to a share of its triangles, keeping its outline, its texture and the way that `shapes` bend it.
 *
 * @param share of the triangles to keep, 0 to 1. @param errorPixels where it stops earlier, in rig pixels.
 */
export function thinLayer(layer: RigLayer, share: number, errorPixels = 2, shapes: readonly Shape[] = []): RigLayer {
  const count = layer.positions.length / 3
  const stride = 2 + shapes.length * 3
  const attributes = new Float32Array(count * stride)
  for (let vertex = 0; vertex < count; vertex++) {
    attributes[vertex * stride] = layer.uvs[vertex * 2]!
    attributes[vertex * stride + 1] = layer.uvs[vertex * 2 + 1]!
  }
  for (const [index, shape] of shapes.entries()) {
    const field = layer.fields[shape]
    field?.vertices.forEach((vertex, i) => {
      attributes.set(field.offsets.subarray(i * 3, i * 3 + 3), vertex * stride + 2 + index * 3)
    })
  }
  const weights = Array.from({ length: stride }, (_, k) => (k < 2 ? TEXTURE_WEIGHT : MOTION_WEIGHT))
  const target = Math.max(3, Math.floor((layer.triangles.length * share) / 3) * 3)
  const [triangles] = MeshoptSimplifier.simplifyWithAttributes(
    layer.triangles,
    layer.positions,
    3,
    attributes,
    stride,
    weights,
    null,
    target,
    errorPixels,
    ['ErrorAbsolute'],
  )
  const thin = takeTriangles({ ...layer, triangles: Uint32Array.from(triangles) }, () => true)
  return { ...thin, triangles: sortFarFirst(thin.triangles, thin.positions) }
}
