// Noise that is the same every time: hashes and smooth fields for pores, mottling and fibres.

/** A whole number's scramble, 0 to 1. */
export function hash(x: number, y: number, z: number, seed: number): number {
  let h = Math.imul(x, 374761393) ^ Math.imul(y, 668265263) ^ Math.imul(z, 2147483647) ^ Math.imul(seed + 1, 1274126177)
  h = Math.imul(h ^ (h >>> 13), 1103515245)
  h = Math.imul(h ^ (h >>> 15), 2246822519)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** Smooth noise -1 to 1 with a grain of one unit. */
export function noise3(x: number, y: number, z: number, seed: number): number {
  const ix = Math.floor(x)
  const iy = Math.floor(y)
  const iz = Math.floor(z)
  const ease = (t: number) => t * t * (3 - 2 * t)
  const fx = ease(x - ix)
  const fy = ease(y - iy)
  const fz = ease(z - iz)
  let sum = 0
  for (let k = 0; k < 8; k++) {
    const [dx, dy, dz] = [k & 1, (k >> 1) & 1, k >> 2]
    const weight = (dx ? fx : 1 - fx) * (dy ? fy : 1 - fy) * (dz ? fz : 1 - fz)
    sum += weight * hash(ix + dx, iy + dy, iz + dz, seed)
  }
  return sum * 2 - 1
}

/** Three octaves of {@link noise3}, about -1 to 1. */
export function cloud(x: number, y: number, z: number, seed: number): number {
  return (
    (noise3(x, y, z, seed) +
      0.5 * noise3(x * 2.1, y * 2.1, z * 2.1, seed + 7) +
      0.25 * noise3(x * 4.3, y * 4.3, z * 4.3, seed + 13)) /
    1.4
  )
}

/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}
