// Lines of age: where a face creases, as depths over its front.
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
    const frown = smoothstep(0.22, 0.34, up) * (1 - smoothstep(0.5, 0.66, up))
    add(0.6 * crease(side - 0.11 - 0.04 * (up - 0.4), 0.016) * frown)
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

const crease = (across: number, width: number) => Math.exp(-((across / width) ** 2))
