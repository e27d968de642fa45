// Texture planes to the kernel's layout, where one load fetches all that a bilinear sample needs of a row pair.

/** How many bytes {@link packPlane} writes. */
export function packedBytes(width: number, height: number, planes: 1 | 2): number {
  return (width + 2) * (height + 1) * 2 * planes
}

/**
 * Writes height + 1 rows of width + 2 entries. Entry (X, Y) holds texels (X-1, Y-1) and (X-1, Y), edges repeated, so that
 * entries X and X+1 hold the four neighbours of a sample: bytes [p00, p10] for one plane, [p00, p10, q00, q10] for two.
 */
export function packPlane(
  to: Uint8Array,
  first: Uint8Array,
  second: Uint8Array | null,
  width: number,
  height: number,
): void {
  let at = 0
  for (let y = 0; y <= height; y++) {
    const upper = Math.max(y - 1, 0) * width
    const lower = Math.min(y, height - 1) * width
    for (let x = 0; x < width + 2; x++) {
      const column = x === 0 ? 0 : x > width ? width - 1 : x - 1
      to[at++] = first[upper + column]!
      to[at++] = first[lower + column]!
      if (!second) continue
      to[at++] = second[upper + column]!
      to[at++] = second[lower + column]!
    }
  }
}

/** How many bytes {@link borderPlane} writes. */
export function borderedBytes(width: number, height: number): number {
  return (width + 2) * (height + 2)
}

/** Writes a plane with a border of one texel, edges repeated. */
export function borderPlane(to: Uint8Array, plane: Uint8Array, width: number, height: number): void {
  const stride = width + 2
  for (let y = 0; y < height + 2; y++) {
    const from = Math.min(Math.max(y - 1, 0), height - 1) * width
    to.set(plane.subarray(from, from + width), y * stride + 1)
    to[y * stride] = plane[from]!
    to[y * stride + width + 1] = plane[from + width - 1]!
  }
}

/** What a triangle needs of the kernel: its texture blended or not, or, in bands along open edges, faded out. */
export const TRIANGLE_KINDS = { empty: 0, opaque: 1, blended: 2, lumaBand: 3, chromaBand: 4 } as const

/** `empty`, `opaque` or `blended` for each triangle, from the alpha anywhere that its corner of the texture can be sampled. */
export function triangleKinds(
  triangles: Uint32Array,
  uvs: Float32Array,
  alpha: Uint8Array | null,
  width: number,
  height: number,
): Uint8Array {
  const kinds = new Uint8Array(triangles.length / 3).fill(TRIANGLE_KINDS.opaque)
  if (!alpha) return kinds
  for (let i = 0; i < kinds.length; i++) {
    const a = triangles[i * 3]! * 2
    const b = triangles[i * 3 + 1]! * 2
    const c = triangles[i * 3 + 2]! * 2
    // Chroma's texels are two wide, and a sample reaches one texel further than it lies.
    const left = Math.max(0, Math.floor(Math.min(uvs[a]!, uvs[b]!, uvs[c]!)) - 3)
    const right = Math.min(width - 1, Math.ceil(Math.max(uvs[a]!, uvs[b]!, uvs[c]!)) + 2)
    const top = Math.max(0, Math.floor(Math.min(uvs[a + 1]!, uvs[b + 1]!, uvs[c + 1]!)) - 3)
    const bottom = Math.min(height - 1, Math.ceil(Math.max(uvs[a + 1]!, uvs[b + 1]!, uvs[c + 1]!)) + 2)
    let every = 255
    let some = 0
    for (let y = top; y <= bottom && (every === 255 || some === 0); y++) {
      for (let at = y * width + left; at <= y * width + right; at++) {
        every &= alpha[at]!
        some |= alpha[at]!
      }
    }
    kinds[i] = some === 0 ? TRIANGLE_KINDS.empty : every === 255 ? TRIANGLE_KINDS.opaque : TRIANGLE_KINDS.blended
  }
  return kinds
}
