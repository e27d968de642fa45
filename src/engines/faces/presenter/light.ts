// The photographer's set-up: lights, the room they stand in, and the film.

/** A direction or a colour in linear light. */
export type Triple = readonly [number, number, number]

/** A lamp with a soft edge. */
export type Lamp = {
  /** Unit vector towards the lamp. */
  readonly direction: Triple
  /** Linear light: irradiance of a surface that faces it. */
  readonly colour: Triple
  /** Half angle of its face, radians: how soft its shadows are. */
  readonly spread: number
  /** How many points of it cast shadows. */
  readonly samples: number
}

const unit = (x: number, y: number, z: number): Triple => {
  const length = Math.hypot(x, y, z)
  return [x / length, y / length, z / length]
}

/** Key from the upper left, fill from the right, two edge lights from behind. */
export const LAMPS: readonly Lamp[] = [
  { direction: unit(-0.62, 0.6, 0.78), colour: [1.55, 1.42, 1.27], spread: 0.34, samples: 22 },
  { direction: unit(0.85, 0.12, 0.62), colour: [0.3, 0.33, 0.37], spread: 0.5, samples: 8 },
  { direction: unit(0.82, 0.5, -0.62), colour: [0.8, 0.83, 0.88], spread: 0.25, samples: 8 },
  { direction: unit(-0.85, 0.35, -0.7), colour: [0.5, 0.49, 0.47], spread: 0.25, samples: 8 },
]

/** Directions of the room, each with an equal share of the sphere. */
export const ROOM_SAMPLES = 48

/** Light of the room from a direction: a bright ceiling, a grey wall, a warm floor. */
export function roomLight(x: number, y: number, z: number, out: Float32Array): void {
  const up = Math.max(0, y)
  const down = Math.max(0, -y)
  const front = 0.5 + 0.5 * z
  const base = 0.2 + 0.17 * front
  out[0] = base * 0.98 + 0.36 * up + 0.02 * x - 0.07 * down
  out[1] = base * 0.99 + 0.37 * up - 0.1 * down
  out[2] = base * 1.03 + 0.4 * up - 0.02 * x - 0.13 * down
}

/** Points spread evenly over a sphere (Fibonacci lattice), 3 values each. */
export function spherePoints(count: number): Float32Array {
  const points = new Float32Array(count * 3)
  for (let i = 0; i < count; i++) {
    const y = 1 - (2 * (i + 0.5)) / count
    const r = Math.sqrt(1 - y * y)
    const angle = i * Math.PI * (3 - Math.sqrt(5))
    points.set([r * Math.cos(angle), y, r * Math.sin(angle)], i * 3)
  }
  return points
}

/** Directions over the face of a lamp, 3 values each. */
export function lampPoints(lamp: Lamp): Float32Array {
  const [dx, dy, dz] = lamp.direction
  const side = unit(dz, 0, -dx)
  const up: Triple = [dy * side[2] - dz * side[1], dz * side[0] - dx * side[2], dx * side[1] - dy * side[0]]
  const points = new Float32Array(lamp.samples * 3)
  for (let i = 0; i < lamp.samples; i++) {
    const r = Math.tan(lamp.spread) * Math.sqrt((i + 0.5) / lamp.samples)
    const angle = i * Math.PI * (3 - Math.sqrt(5))
    const a = r * Math.cos(angle)
    const b = r * Math.sin(angle)
    const p = unit(dx + a * side[0] + b * up[0], dy + a * side[1] + b * up[1], dz + a * side[2] + b * up[2])
    points.set(p, i * 3)
  }
  return points
}

const CURVE_SIZE = 4096
const CURVE_TOP = 8
const CURVE = makeCurve()

/** The film: a gentle toe and shoulder (after the filmic fit of K. Narkowicz, 2016, softened), then the sRGB transfer curve. */
function makeCurve(): Float32Array {
  const curve = new Float32Array(CURVE_SIZE + 2)
  const film = (x: number) => (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
  for (let i = 0; i < curve.length; i++) {
    const x = ((i / CURVE_SIZE) ** 2 * CURVE_TOP) as number
    const toned = Math.min(1, 0.55 * film(x * 0.62) + 0.45 * (1 - Math.exp(-x * 1.05)))
    curve[i] = 255 * (toned <= 0.0031308 ? 12.92 * toned : 1.055 * toned ** (1 / 2.4) - 0.055)
  }
  return curve
}

/** Linear light to an sRGB code 0-255 (not rounded). */
export function develop(light: number): number {
  if (!(light > 0)) return 0
  const at = Math.sqrt(Math.min(light, CURVE_TOP) / CURVE_TOP) * CURVE_SIZE
  const i = Math.floor(at)
  return CURVE[i]! + (CURVE[i + 1]! - CURVE[i]!) * (at - i)
}

/** sRGB code 0-255 to linear light 0-1. */
export const LINEAR = Float32Array.from({ length: 256 }, (_, code) => {
  const v = code / 255
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4
})

/** `#rrggbb` (sRGB) as linear light, 0 to 1. */
export const linearColour = (hex: string): Triple =>
  [1, 3, 5].map((at) => {
    const code = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return code <= 0.04045 ? code / 12.92 : ((code + 0.055) / 1.055) ** 2.4
  }) as unknown as Triple
