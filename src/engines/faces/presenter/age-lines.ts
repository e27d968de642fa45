// Marks of age: where a face creases, and where it sags into soft folds, as depths over its front.
import { noise3, smoothstep } from './noise.ts'

/** What a face's lines are laid out by, decimetres: places and the distance of the pupils. */
export type LineMarks = {
  readonly eyes: readonly number[]
  readonly nose: readonly number[]
  readonly mouth: readonly number[]
  readonly mouthHalf: number
  readonly unit: number
}

/** Depth of the creases at a place of the face, 0 to about 1; x and y in decimetres. */
export function lineDepth(f: LineMarks, x: number, y: number, seed: number): number {
  const u = f.unit
  const dx = (x - f.eyes[0]!) / u
  const side = Math.abs(dx)
  const up = (y - f.eyes[1]!) / u
  let depth = 0
  const add = (value: number) => {
    if (value > depth) depth = value
  }
  if (up > 0.3) {
    for (let k = 0; k < 4; k++) {
      const line = 0.6 + 0.16 * k + 0.035 * Math.sin(dx * 2.6 + k * 1.9 + seed) + 0.02 * noise3(dx * 5, k, 0, seed)
      const broken = smoothstep(-0.55, 0.2, noise3(dx * 2.2, k * 3, 1, seed))
      add(crease(up - line, 0.017) * broken * (1 - smoothstep(0.5, 0.85, side)) * (1 - 0.12 * k))
    }
    const frown = smoothstep(0.16, 0.36, up) * (1 - smoothstep(0.4, 0.7, up))
    add(0.4 * crease(side - 0.11 - 0.04 * (up - 0.4), 0.016) * frown)
    return depth
  }
  if (up > -0.45) {
    const [ox, oy] = [side - 0.74, up + 0.03]
    const reach = Math.hypot(ox, oy)
    if (ox > 0 && reach < 0.42) {
      const angle = Math.atan2(oy, ox)
      for (let k = 0; k < 4; k++) {
        const ray = -0.62 + 0.36 * k + 0.08 * noise3(k, dx > 0 ? 1 : 2, 0, seed)
        const along = smoothstep(0.04, 0.12, reach) * (1 - smoothstep(0.2, 0.3 + 0.1 * noise3(k, 5, 0, seed), reach))
        add(0.75 * crease(reach * Math.sin(angle - ray), 0.013) * along)
      }
    }
    for (let k = 0; k < 2; k++) {
      const arc = -0.23 - 0.075 * k + 0.42 * (side - 0.47) ** 2
      add((0.5 - 0.15 * k) * crease(up - arc, 0.016) * (1 - smoothstep(0.16, 0.3, Math.abs(side - 0.5))))
    }
  }
  const low = (y - f.mouth[1]!) / u
  const corner = f.mouthHalf / u
  const wing = (f.nose[1]! - f.mouth[1]!) / u
  // From the wing of the nose past the corner of the mouth, bowed outwards.
  const t = (wing + 0.06 - low) / (wing + 0.1)
  if (t > 0 && t < 1) {
    const line = 0.27 + (corner + 0.12 - 0.27) * t + 0.05 * Math.sin(Math.PI * t)
    add(0.7 * crease(side - line, 0.024) * smoothstep(0, 0.2, t) * (1 - smoothstep(0.75, 1, t)))
  }
  if (low < 0) {
    const line = corner + 0.05 + 0.12 * -low
    add(0.45 * crease(side - line, 0.02) * smoothstep(-0.02, -0.1, low) * (1 - smoothstep(0.25, 0.42, -low)))
  }
  return depth
}

/**
 * Depth of the soft folds at a place of the face, about -1 (full) to 1 (hollow): the cheeks' fold from the wing of the nose
 * past the mouth and on to the chin, jowls, bags under the eyes, and the waves that a forehead's lines lie in.
 */
export function foldDepth(f: LineMarks, x: number, y: number, seed: number): number {
  const u = f.unit
  const dx = (x - f.eyes[0]!) / u
  const side = Math.abs(dx)
  const up = (y - f.eyes[1]!) / u
  if (up > 0.3) {
    let waves = 0
    for (let k = 0; k < 3; k++) {
      const line = 0.62 + 0.18 * k + 0.04 * Math.sin(dx * 2.6 + k * 1.9 + seed)
      waves += crease(up - line, 0.05) - 0.6 * crease(up - line - 0.09, 0.05)
    }
    const frown = smoothstep(0.1, 0.38, up) * (1 - smoothstep(0.38, 0.7, up))
    return 0.4 * waves * (1 - smoothstep(0.45, 0.85, side)) + 0.3 * crease(side - 0.12, 0.05) * frown
  }
  let depth = 0
  if (up > -0.62) {
    // The trough runs from the inner corner outwards and down; what lies above it is full.
    const trough = -0.3 + 0.5 * (side - 0.5) ** 2
    const along = smoothstep(0.14, 0.26, side) * (1 - smoothstep(0.56, 0.78, side))
    depth += (0.75 * crease(up - trough, 0.055) - 0.5 * crease(up - trough - 0.11, 0.06)) * along
    const feet = bell(side - 0.98, up + 0.04, 0.09, 0.14)
    depth += 0.25 * feet * Math.sin((up + 0.04) * 42 + 4 * side)
  }
  const low = (y - f.mouth[1]!) / u
  const corner = f.mouthHalf / u
  const wing = (f.nose[1]! - f.mouth[1]!) / u
  const t = (wing + 0.06 - low) / (wing + 0.1)
  if (t > -0.2 && t < 1.5) {
    const line = 0.27 + (corner + 0.12 - 0.27) * t + 0.05 * Math.sin(Math.PI * Math.min(1, Math.max(0, t)))
    const along = smoothstep(-0.12, 0.12, t) * (1 - smoothstep(0.85, 1.4, t))
    depth += (crease(side - line + 0.015, 0.05) - 0.7 * crease(side - line - 0.1, 0.085)) * along
  }
  if (low < 0.05) {
    const line = corner + 0.06 + 0.16 * -low
    const along = smoothstep(0.02, -0.12, low) * (1 - smoothstep(0.3, 0.55, -low))
    depth += (0.7 * crease(side - line, 0.05) - 0.6 * crease(side - line - 0.13, 0.1)) * along
  }
  return depth
}

const crease = (across: number, width: number) => Math.exp(-((across / width) ** 2))
const bell = (dx: number, dy: number, sx: number, sy: number) => Math.exp(-((dx / sx) ** 2) - (dy / sy) ** 2)
