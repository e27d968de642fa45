// A headscarf draped by code: a hood that lies close to the head, and cloth that falls over neck and shoulders.
import type { Human, HumanPart } from '../human.ts'
import { noise3, smoothstep } from '../noise.ts'

type Point = readonly [number, number, number]
type Face = Pick<Human, 'eyeLeft' | 'eyeRight' | 'headPivot' | 'crown' | 'chin'>
type Growing = { readonly positions: number[]; readonly triangles: number[] }

/** Directions round the face and from the face backwards. */
const AROUND = 72
const BACKWARDS = 34
/** Rings of the cloth that falls, and points of each. */
const RINGS = 30
const COLUMNS = 72

/** How far cloth lies off what it covers, decimetres. */
const OFF = 0.06

/** Morph targets that press the ears flat under the cloth. */
export const FLAT_EARS: Readonly<Record<string, number>> = {
  'ears/l-ear-size-small': 0.9,
  'ears/r-ear-size-small': 0.9,
  'ears/l-ear-wing-in': 0.9,
  'ears/r-ear-wing-in': 0.9,
  'ears/l-ear-flap-in': 0.9,
  'ears/r-ear-flap-in': 0.9,
}

/**
 * Drapes a headscarf.
 * @param under what it lies on: skin and clothes, upright, 3 values a vertex.
 * @param tint the cloth's colour, linear light. @param seed decides the folds.
 * @returns the part without head weights, which the caller knows how to give.
 */
export function headscarf(
  face: Face,
  under: readonly Float32Array[],
  tint: Point,
  seed: number,
): Omit<HumanPart, 'headWeights'> {
  const mesh: Growing = { positions: [], triangles: [] }
  addHood(mesh, face, under, seed)
  addFall(mesh, face, under, seed)
  return {
    kind: 'scarf',
    name: 'headscarf',
    positions: Float32Array.from(mesh.positions),
    uvs: new Float32Array((mesh.positions.length / 3) * 2),
    triangles: Uint32Array.from(mesh.triangles),
    arms: null,
    lowerJaw: null,
    fields: {},
    diffusePath: null,
    tint,
    color: null,
    dye: null,
    grey: 0,
    cutOut: false,
  }
}

/** The hood: a radius for every direction from the middle of the head but those of the face. */
function addHood(mesh: Growing, face: Face, under: readonly Float32Array[], seed: number): void {
  const unit = Math.abs(face.eyeRight[0] - face.eyeLeft[0])
  const eyes = (face.eyeLeft[1] + face.eyeRight[1]) / 2
  const front = (face.eyeLeft[2] + face.eyeRight[2]) / 2
  const middle: Point = [(face.eyeLeft[0] + face.eyeRight[0]) / 2, eyes + 0.05, face.headPivot[2] + 0.25]
  const lowest = face.chin[1] - 0.12
  // What the cloth is drawn tight over: the hull of the head, as its reach along each direction.
  // What stands out further than ears pressed flat is not the head.
  let skull = 0
  for (const cloud of under) {
    for (let i = 0; i < cloud.length; i += 3) {
      const beside = Math.abs(cloud[i + 1]! - eyes) < unit * 0.3 && cloud[i + 2]! > face.headPivot[2] + 0.55
      if (beside) skull = Math.max(skull, Math.abs(cloud[i]! - middle[0]))
    }
  }
  const points: Point[] = []
  for (const cloud of under) {
    for (let i = 0; i < cloud.length; i += 3) {
      if (cloud[i + 1]! < lowest || Math.abs(cloud[i]! - middle[0]) > skull + 0.2) continue
      points.push([cloud[i]! - middle[0], cloud[i + 1]! - middle[1], cloud[i + 2]! - middle[2]])
    }
  }
  const reach = (d: Point): number => {
    let best = 0
    for (const [x, y, z] of points) {
      const along = x * d[0] + y * d[1] + z * d[2]
      if (along <= 0) continue
      const across = Math.sqrt(Math.max(0, x * x + y * y + z * z - along * along))
      // A point holds the cloth off within a cone round it, which rounds hollows over.
      best = Math.max(best, along - across * 0.22)
    }
    return best
  }
  const edge = (angle: number): Point => {
    // The opening: an oval from above the brows to below the chin, wider at the cheekbones.
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const x = c * unit * 1.0
    const y = s > 0 ? s * unit * 1.02 : s * (eyes - face.chin[1] + 0.02)
    return [x, eyes - middle[1] + y, (front - middle[2]) * (0.9 - 0.3 * c * c) - (s < 0 ? 0.06 * s * s : 0)]
  }
  const first = mesh.positions.length / 3
  for (let ring = 0; ring <= BACKWARDS; ring++) {
    const t = ring / BACKWARDS
    for (let k = 0; k < AROUND; k++) {
      const angle = (k / AROUND) * 2 * Math.PI
      const from = unitOf(edge(angle))
      // From the edge backwards along great circles to the point opposite the face.
      const turn = Math.acos(Math.max(-1, Math.min(1, from[2])))
      const theta = turn + (Math.PI - turn) * t
      const flat = Math.hypot(from[0], from[1]) || 1
      const d: Point = [(from[0] / flat) * Math.sin(theta), (from[1] / flat) * Math.sin(theta), Math.cos(theta)]
      const pleat = noise3(angle * 5.2, theta * 1.1, 0.5, seed + 71) * 0.03 * smoothstep(0, 0.25, t)
      const hem = 0.025 * Math.exp(-((t / 0.05) ** 2))
      const radius = Math.max(0.5, reach(d)) + OFF + hem + pleat
      const y = d[1] * radius
      // Downwards there is the neck: the hood ends there, and cloth falls on from it.
      const floor = lowest - middle[1] - 0.3
      const cut = y < floor ? floor / y : 1
      mesh.positions.push(middle[0] + d[0] * radius * cut, middle[1] + y * cut, middle[2] + d[2] * radius * cut)
    }
  }
  addGrid(mesh, first, BACKWARDS, AROUND)
}

/** The fall: rings round the neck that widen downwards over shoulders and breast, in folds. */
function addFall(mesh: Growing, face: Face, under: readonly Float32Array[], seed: number): void {
  const top = face.chin[1] + 0.02
  const height = 1.75
  const axis: Point = [(face.eyeLeft[0] + face.eyeRight[0]) / 2, 0, face.headPivot[2] - 0.05]
  const sectors = 72
  const rows = RINGS + 1
  const reach = new Float32Array(rows * sectors)
  for (const cloud of under) {
    for (let i = 0; i < cloud.length; i += 3) {
      // The jaw holds the cloth off the neck.
      if (cloud[i + 1]! > top + 0.45) continue
      const row = Math.max(0, Math.round(((top - cloud[i + 1]!) / height) * RINGS))
      if (row >= rows) continue
      const [x, z] = [cloud[i]! - axis[0], cloud[i + 2]! - axis[2]]
      const sector = Math.floor((Math.atan2(z, x) / (2 * Math.PI) + 1) * sectors) % sectors
      const at = row * sectors + sector
      reach[at] = Math.max(reach[at]!, Math.min(1.9, Math.hypot(x, z)))
    }
  }
  // Cloth spans hollows: each place reaches as far as its neighbours nearly do, and never less than above it.
  let tight = reach
  for (let round = 0; round < 24; round++) {
    const next = tight.slice()
    for (let row = 0; row < rows; row++) {
      for (let s = 0; s < sectors; s++) {
        const at = row * sectors + s
        const left = tight[row * sectors + ((s + sectors - 1) % sectors)]!
        const right = tight[row * sectors + ((s + 1) % sectors)]!
        const above = row > 0 ? tight[at - sectors]! : 0
        next[at] = Math.max(tight[at]!, (left + right) / 2, above + 0.022)
      }
    }
    tight = next
  }
  const first = mesh.positions.length / 3
  for (let row = 0; row < rows; row++) {
    const t = row / RINGS
    for (let k = 0; k < COLUMNS; k++) {
      const angle = (k / COLUMNS) * 2 * Math.PI
      const s = Math.floor((angle / (2 * Math.PI)) * sectors) % sectors
      const near =
        (tight[row * sectors + s]! * 2 +
          tight[row * sectors + ((s + 1) % sectors)]! +
          tight[row * sectors + ((s + sectors - 1) % sectors)]!) /
        4
      // Folds run slantwise from one side of the chin to the other shoulder.
      const slant = angle * 3.2 + t * 5.5
      const fold = noise3(slant, t * 1.6, 0.3, seed + 72) * 0.09 + noise3(slant * 2.3, t * 3, 0.7, seed + 73) * 0.035
      const radius = Math.max(0.5, near) + OFF + 0.05 * smoothstep(0, 0.3, t) + fold * smoothstep(0, 0.25, t)
      // The hem hangs lower at the front.
      const drop = height * t * (0.8 + 0.2 * Math.max(0, Math.sin(angle)))
      mesh.positions.push(axis[0] + Math.cos(angle) * radius, top - drop, axis[2] + Math.sin(angle) * radius)
    }
  }
  addGrid(mesh, first, RINGS, COLUMNS, true)
}

function addGrid({ triangles }: Growing, first: number, rings: number, columns: number, turned = false): void {
  for (let ring = 0; ring < rings; ring++) {
    for (let k = 0; k < columns; k++) {
      const a = first + ring * columns + k
      const next = first + ring * columns + ((k + 1) % columns)
      const [p, q] = turned ? [next, a] : [a, next]
      triangles.push(p, p + columns, q, q, p + columns, q + columns)
    }
  }
}

const unitOf = ([x, y, z]: Point): Point => {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}
