// Sums of per-vertex displacements.

/** a + weight x b, as a new array. */
export const added = (a: Float32Array, b: Float32Array, weight = 1): Float32Array =>
  a.map((value, i) => value + weight * (b[i] as number))

/** weight x a, as a new array. */
export const scaled = (a: Float32Array, weight: number): Float32Array => a.map((value) => value * weight)

/** a - b, as a new array. */
export const difference = (a: Float32Array, b: Float32Array): Float32Array => added(a, b, -1)

/** Each vertex's vector times that vertex's number. */
export const masked = (a: Float32Array, mask: (vertex: number) => number): Float32Array => {
  const out = new Float32Array(a.length)
  for (let vertex = 0; vertex * 3 < a.length; vertex++) {
    const x = a[vertex * 3] as number
    const y = a[vertex * 3 + 1] as number
    const z = a[vertex * 3 + 2] as number
    if (x === 0 && y === 0 && z === 0) continue
    const share = mask(vertex)
    out[vertex * 3] = x * share
    out[vertex * 3 + 1] = y * share
    out[vertex * 3 + 2] = z * share
  }
  return out
}

/** 0 below `from`, 1 above `to`, smooth between. */
export const smoothstep = (from: number, to: number, value: number): number => {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
