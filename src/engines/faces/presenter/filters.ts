// Filters over whole textures: blurs, spreading colours past the rims, heights of pores.
import { hash } from './noise.ts'

/** A height map of pores and fine unevenness, about -1 to 1 a texel. */
export function poreHeights(width: number, height: number, seed: number): Float32Array {
  const fine = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) fine[y * width + x] = hash(x, y, 3, seed) - 0.5
  }
  const soft = boxBlur(fine, width, height, 1)
  const broad = boxBlur(boxBlur(fine, width, height, 3), width, height, 3)
  for (let i = 0; i < fine.length; i++) {
    const pore = Math.min(0, soft[i]! + 0.12) * 4
    fine[i] = pore + broad[i]! * 3 + soft[i]! * 1.1
  }
  return fine
}

/** Mean over (2r+1) squared pixels. */
export function boxBlur(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const pass = new Float32Array(values.length)
  const out = new Float32Array(values.length)
  const size = 2 * radius + 1
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    for (let x = -radius; x < width; x++) {
      if (x + radius < width) sum += values[row + x + radius]!
      if (x - radius - 1 >= 0) sum -= values[row + x - radius - 1]!
      if (x >= 0) pass[row + x] = sum / size
    }
  }
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = -radius; y < height; y++) {
      if (y + radius < height) sum += pass[(y + radius) * width + x]!
      if (y - radius - 1 >= 0) sum -= pass[(y - radius - 1) * width + x]!
      if (y >= 0) out[y * width + x] = sum / size
    }
  }
  return out
}

/** Lets colours run over the rims of the texture's islands. */
export function dilate(colours: Float32Array, known: Uint8Array, width: number, height: number, passes: number): void {
  let front: number[] = []
  const add = (i: number, to: number[]) => {
    const x = i % width
    const y = (i - x) / width
    let n = 0
    const sum = [0, 0, 0]
    for (const j of [
      x > 0 ? i - 1 : -1,
      x < width - 1 ? i + 1 : -1,
      y > 0 ? i - width : -1,
      y < height - 1 ? i + width : -1,
    ]) {
      if (j < 0 || known[j] !== 1) continue
      n++
      for (let c = 0; c < 3; c++) sum[c]! += colours[j * 3 + c]!
    }
    if (!n) return
    for (let c = 0; c < 3; c++) colours[i * 3 + c] = sum[c]! / n
    to.push(i)
  }
  for (let pass = 0; pass < passes; pass++) {
    const done: number[] = []
    const candidates = pass ? front : Array.from({ length: width * height }, (_, i) => i)
    const seen = new Set<number>()
    for (const i of candidates) {
      const near = pass ? [i - 1, i + 1, i - width, i + width] : [i]
      for (const j of near) {
        if (j < 0 || j >= known.length || known[j] || seen.has(j)) continue
        seen.add(j)
        add(j, done)
      }
    }
    for (const i of done) known[i] = 1
    front = done
  }
}
