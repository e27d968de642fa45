// Noise that is the same every time: hashes and smooth fields for pores, mottling and fibres.

/** A whole number's scramble, 0 to 1. */
export function hash(x: number, y: number, z: number, seed: number): number {
  return scramble(Math.imul(x, X) ^ Math.imul(y, Y) ^ Math.imul(z, Z) ^ Math.imul(seed + 1, SEED))
}

const X = 374761393
const Y = 668265263
const Z = 2147483647
const SEED = 1274126177

function scramble(code: number): number {
  let h = Math.imul(code ^ (code >>> 13), 1103515245)
  h = Math.imul(h ^ (h >>> 15), 2246822519)
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296
}

/** Smooth noise -1 to 1 with a grain of one unit. */
export function noise3(x: number, y: number, z: number, seed: number): number {
  const ix = Math.floor(x)
  const iy = Math.floor(y)
  const iz = Math.floor(z)
  const fx = ease(x - ix)
  const fy = ease(y - iy)
  const fz = ease(z - iz)
  // The eight corners' {@link hash}es: what each axis adds to them is reckoned once.
  const x0 = Math.imul(ix, X)
  const x1 = Math.imul(ix + 1, X)
  const y0 = Math.imul(iy, Y)
  const y1 = Math.imul(iy + 1, Y)
  const front = Math.imul(iz, Z) ^ Math.imul(seed + 1, SEED)
  const back = Math.imul(iz + 1, Z) ^ Math.imul(seed + 1, SEED)
  const near =
    (scramble(x0 ^ y0 ^ front) * (1 - fx) + scramble(x1 ^ y0 ^ front) * fx) * (1 - fy) +
    (scramble(x0 ^ y1 ^ front) * (1 - fx) + scramble(x1 ^ y1 ^ front) * fx) * fy
  const far =
    (scramble(x0 ^ y0 ^ back) * (1 - fx) + scramble(x1 ^ y0 ^ back) * fx) * (1 - fy) +
    (scramble(x0 ^ y1 ^ back) * (1 - fx) + scramble(x1 ^ y1 ^ back) * fx) * fy
  return (near * (1 - fz) + far * fz) * 2 - 1
}

const ease = (t: number) => t * t * (3 - 2 * t)

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
