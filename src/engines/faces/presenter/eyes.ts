// Eyes: a ball's front that turns with the gaze, and over it the lids' shadow and the wet light, which do not.
import type { Field, RigLayer } from '../../../core/rig.ts'
import { rgbaToPlanes } from '../../../domain/colour.ts'
import { type Camera, project } from './camera.ts'
import { sortFarFirst } from './grid.ts'
import { develop, LAMPS } from './light.ts'
import { cloud, hash, smoothstep } from './noise.ts'
import { samplePicture } from './picture.ts'
import { rasterise } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'

/** Side of one eye's texture; the disc reaches {@link REACH} eyeball radii. */
const SIDE = 192
const REACH = 1.3
/** Radius of the iris in eyeball radii: 5.9 mm in a ball of 12 mm. */
const IRIS = 0.455
const PUPIL = 0.17
const RINGS = 9
const SPOKES = 24
/** Where the iris stands in the eye pictures of the human model (left eye; u right, v up) and its radius there. */
const PICTURE_IRIS = { u: 0.71, v: 0.703, radius: 0.113 }

/** Layers of the two eyeballs. */
export function makeEyes(scene: Scene): RigLayer[] {
  const part = scene.parts.find((p) => p.kind === 'eye')
  const iris = openIris(part)
  return [scene.human.eyeLeft, scene.human.eyeRight].map((centre, side) => eyeBall(scene, centre, iris, side))
}

function eyeBall(scene: Scene, centre: readonly [number, number, number], iris: Iris, side: number): RigLayer {
  const radius = scene.human.eyeRadius
  const count = 1 + RINGS * SPOKES
  const points = new Float32Array(count * 3)
  const uvs = new Float32Array(count * 2)
  const place = (i: number, x: number, y: number) => {
    const r = Math.hypot(x, y)
    const z = r < 0.96 ? Math.sqrt(1 - r * r) : 0.28 - (r - 0.96) * 0.6
    points.set([centre[0] + x * radius, centre[1] + y * radius, centre[2] + z * radius], i * 3)
    uvs.set([(0.5 + x / (2 * REACH)) * SIDE, (0.5 - y / (2 * REACH)) * SIDE], i * 2)
  }
  place(0, 0, 0)
  const triangles: number[] = []
  for (let ring = 0; ring < RINGS; ring++) {
    const r = (REACH * 0.99 * (ring + 1)) / RINGS
    for (let k = 0; k < SPOKES; k++) {
      const angle = (2 * Math.PI * k) / SPOKES
      const i = 1 + ring * SPOKES + k
      const next = 1 + ring * SPOKES + ((k + 1) % SPOKES)
      place(i, r * Math.cos(angle), r * Math.sin(angle))
      if (ring === 0) triangles.push(0, i, next)
      else triangles.push(i - SPOKES, i, next, i - SPOKES, next, next - SPOKES)
    }
  }
  const positions = project(scene.camera, points)
  const turn = (yaw: number, pitch: number) => turned(scene.camera, points, centre, positions, yaw, pitch)
  return {
    name: 'eyes',
    texture: rgbaToPlanes(paintEye(iris, side), SIDE, SIDE, true),
    positions,
    uvs,
    triangles: sortFarFirst(Uint32Array.from(triangles), positions),
    headWeights: new Float32Array(count).fill(1),
    fields: { gazeX: turn((15 * Math.PI) / 180, 0), gazeY: turn(0, (12 * Math.PI) / 180) },
  }
}

function turned(
  camera: Camera,
  points: Float32Array,
  centre: readonly [number, number, number],
  rest: Float32Array,
  yaw: number,
  pitch: number,
): Field {
  const moved = new Float32Array(points.length)
  for (let i = 0; i < points.length; i += 3) {
    const [x, y, z] = [points[i]! - centre[0], points[i + 1]! - centre[1], points[i + 2]! - centre[2]]
    const x1 = x * Math.cos(yaw) + z * Math.sin(yaw)
    const z1 = z * Math.cos(yaw) - x * Math.sin(yaw)
    moved[i] = centre[0] + x1
    moved[i + 1] = centre[1] + y * Math.cos(pitch) - z1 * Math.sin(pitch)
    moved[i + 2] = centre[2] + z1 * Math.cos(pitch) + y * Math.sin(pitch)
  }
  const to = project(camera, moved)
  for (let i = 0; i < to.length; i++) to[i]! -= rest[i]!
  return { vertices: Uint32Array.from({ length: points.length / 3 }, (_, i) => i), offsets: to }
}

/** Fills a colour, linear light, for a place of the iris: the middle is 0, 0, its rim 1 away. */
type Iris = (x: number, y: number, out: Float32Array) => void

/** The iris of the eye's picture, in the recipe's colour where it has one. */
function openIris(part: ScenePart | undefined): Iris {
  const picture = part?.picture
  if (!part || !picture) return (_x, _y, out) => out.set([0.12, 0.07, 0.04, 1])
  const { color, tint } = part.source
  const look = (x: number, y: number, out: Float32Array) =>
    samplePicture(picture, PICTURE_IRIS.u + x * PICTURE_IRIS.radius, PICTURE_IRIS.v + y * PICTURE_IRIS.radius, out)
  const level = (texel: Float32Array) => 0.3 * texel[0]! + 0.6 * texel[1]! + 0.1 * texel[2]! + 0.004
  const texel = new Float32Array(4)
  let middle = 0
  const count = 64
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * i) / count
    look(0.7 * Math.cos(angle), 0.7 * Math.sin(angle), texel)
    middle += level(texel) / count
  }
  return (x, y, out) => {
    look(x, y, out)
    if (color) {
      const shade = Math.min(2.2, (level(out) / middle) ** 0.7)
      for (let c = 0; c < 3; c++) out[c] = color[c]! * shade
    }
    for (let c = 0; c < 3; c++) out[c]! *= tint[c]!
  }
}

function paintEye(irisAt: Iris, side: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(SIDE * SIDE * 4)
  const texel = new Float32Array(4)
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = ((column + 0.5) / SIDE - 0.5) * 2 * REACH
      const y = (0.5 - (row + 0.5) / SIDE) * 2 * REACH
      const r = Math.hypot(x, y)
      const z = Math.sqrt(Math.max(0.05, 1 - r * r))
      // The white: never white; warmer and darker to the corners, a few fine vessels.
      const vessel = smoothstep(0.55, 0.75, cloud(x * 9 + side * 40, y * 22, r * 3, 77)) * smoothstep(0.45, 0.95, r)
      let [cr, cg, cb] = [0.44, 0.41, 0.385]
      const corner = smoothstep(0.55, 1.1, Math.abs(x))
      cr *= 1 - 0.1 * corner
      cg *= 1 - 0.3 * corner - 0.12 * vessel
      cb *= 1 - 0.32 * corner - 0.12 * vessel
      let iris = 1 - smoothstep(IRIS - 0.035, IRIS + 0.025, r)
      if (iris > 0) {
        const s = r / IRIS
        const inwards = Math.min(s, 1) / Math.max(r, 1e-6)
        irisAt(x * inwards, y * inwards, texel)
        const angle = Math.atan2(y, x)
        const fibre = 0.82 + 0.36 * hash(Math.floor(angle * 24), Math.floor(s * 3), side, 9)
        // Light through the cornea gathers opposite the lamp.
        const gather = 0.85 + 0.75 * smoothstep(-0.2, 0.9, (x * 0.55 - y * 0.75) / IRIS) * smoothstep(0.3, 0.7, s)
        const limbus = 1 - 0.72 * smoothstep(0.74, 1.0, s)
        const pupil = smoothstep(PUPIL - 0.02, PUPIL + 0.03, r)
        const k = 0.66 * fibre * gather * limbus * pupil
        const grey = 0.06 * (texel[0]! + texel[1]! + texel[2]!)
        cr += ((texel[0]! * 0.85 + grey) * k + 0.004 - cr) * iris
        cg += ((texel[1]! * 0.9 + grey * 0.85) * k + 0.004 - cg) * iris
        cb += ((texel[2]! * 0.9 + grey * 0.8) * k + 0.004 - cb) * iris
      } else iris = 0
      const d = LAMPS[0]!.direction
      const key = Math.max(0, (x * d[0] + y * d[1] + z * d[2]) * 0.6 + 0.4)
      const light = 0.52 + 0.85 * key
      const i = (row * SIDE + column) * 4
      rgba[i] = develop(cr * light)
      rgba[i + 1] = develop(cg * light)
      rgba[i + 2] = develop(cb * light)
      rgba[i + 3] = 255
    }
  }
  return rgba
}

/**
 * Layers of what lies on the eyes: the shadow of the lids, the wet rim and the lamps' reflections.
 *
 * @param face rig places and triangles of the face layer: its hole is the opening of the lids.
 */
export function makeEyeLight(scene: Scene, face: RigLayer): RigLayer[] {
  return [scene.human.eyeLeft, scene.human.eyeRight].map((centre) => eyeLight(scene, centre, face))
}

function eyeLight(scene: Scene, centre: readonly [number, number, number], face: RigLayer): RigLayer {
  const radius = scene.human.eyeRadius
  const front = project(scene.camera, Float32Array.of(centre[0], centre[1], centre[2] + radius))
  const scale = scene.camera.scale * radius
  const half = Math.ceil(scale * REACH)
  const density = 2
  const side = half * 2 * density
  const left = front[0]! - half
  const top = front[1]! - half
  const corners = new Float32Array(face.positions.length)
  for (let i = 0; i < corners.length; i += 3) {
    corners[i] = (face.positions[i]! - left) * density
    corners[i + 1] = (face.positions[i + 1]! - top) * density
  }
  const covered = new Uint8Array(side * side)
  rasterise(side, side, corners, 3, face.triangles, (start, count) => {
    covered.fill(1, start, start + count)
  })
  const rgba = new Uint8ClampedArray(side * side * 4)
  const reach = Math.ceil(scale * 0.32 * density)
  const iris = IRIS * scale * density
  // The lamp's reflection stands high on the cornea, but below the lid.
  let lid = side / 2
  while (lid > 0 && !covered[Math.round(lid) * side + side / 2]) lid--
  const glintY = Math.max(-0.34, (lid - side / 2) / iris + 0.34)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = (y * side + x) * 4
      // Distance to the upper and to the lower lid along the column, and to either at all.
      const above = lidDistance(covered, side, x, y, -1, reach)
      const below = lidDistance(covered, side, x, y, 1, reach)
      const px = x / density
      const shadow =
        0.78 * Math.exp(-above / (scale * 0.13 * density)) + 0.3 * Math.exp(-below / (scale * 0.05 * density))
      const far = smoothstep(0.5, 1.05, Math.abs(px - half) / scale)
      let dark = Math.min(0.85, shadow + 0.25 * far)
      const dx = (x + 0.5 - side / 2) / iris
      const dy = (y + 0.5 - side / 2) / iris
      // A softbox in a curved mirror: a rectangle with round corners and a soft rim.
      const [across, down] = [(dx + 0.36 - dy * 0.12) / 0.14, (dy - glintY) / 0.15]
      const softbox = 1 - smoothstep(0.55, 1.3, (across ** 4 + down ** 4) ** 0.25)
      const second = Math.exp(-(((dx - 0.48) / 0.16) ** 2 + ((dy - 0.42) / 0.2) ** 2)) * 0.22
      const wet = Math.exp(-(((below - 2.2 * density) / (0.8 * density)) ** 2)) * 0.3 * (above < reach ? 1 : 0.6)
      const bright = covered[y * side + x] ? 0 : Math.min(1, 0.9 * softbox + second + wet)
      dark *= 1 - bright
      const alpha = dark + bright
      if (alpha < 0.004) continue
      rgba[i] = (26 * dark + 250 * bright) / alpha
      rgba[i + 1] = (15 * dark + 249 * bright) / alpha
      rgba[i + 2] = (12 * dark + 246 * bright) / alpha
      rgba[i + 3] = 255 * alpha
    }
  }
  const steps = 6
  const positions = new Float32Array((steps + 1) ** 2 * 3)
  const uvs = new Float32Array((steps + 1) ** 2 * 2)
  const triangles: number[] = []
  for (let row = 0; row <= steps; row++) {
    for (let column = 0; column <= steps; column++) {
      const i = row * (steps + 1) + column
      const nx = (column / steps - 0.5) * 2 * REACH
      const ny = (row / steps - 0.5) * 2 * REACH
      const z = front[2]! - scale * (1 - Math.sqrt(Math.max(0.08, 1 - nx * nx - ny * ny)))
      positions.set([left + (column / steps) * half * 2, top + (row / steps) * half * 2, z], i * 3)
      uvs.set([(column / steps) * side, (row / steps) * side], i * 2)
      if (row < steps && column < steps) {
        const below = i + steps + 1
        triangles.push(i, below, i + 1, i + 1, below, below + 1)
      }
    }
  }
  return {
    name: 'eyeLight',
    texture: rgbaToPlanes(rgba, side, side),
    positions,
    uvs,
    triangles: Uint32Array.from(triangles),
    headWeights: new Float32Array(positions.length / 3).fill(1),
    fields: followLid(face, positions, front, scale),
  }
}

/** The lid's shadow comes down with the lid: fields for the blinks that move this eye. */
function followLid(face: RigLayer, positions: Float32Array, front: Float32Array, scale: number): RigLayer['fields'] {
  const fields: Partial<Record<'blinkLeft' | 'blinkRight', Field>> = {}
  for (const shape of ['blinkLeft', 'blinkRight'] as const) {
    const field = face.fields[shape]
    let drop = 0
    field?.vertices.forEach((v, i) => {
      const [dx, dy] = [face.positions[v * 3]! - front[0]!, face.positions[v * 3 + 1]! - front[1]!]
      if (Math.hypot(dx, dy) < scale) drop = Math.max(drop, field.offsets[i * 3 + 1]!)
    })
    if (drop < 3) continue
    const offsets = new Float32Array(positions.length)
    for (let i = 0; i < offsets.length; i += 3) {
      offsets[i + 1] = drop * (1 - smoothstep(-0.5, 1, (positions[i + 1]! - front[1]!) / scale))
    }
    fields[shape] = { vertices: Uint32Array.from({ length: offsets.length / 3 }, (_, i) => i), offsets }
  }
  return fields
}

function lidDistance(covered: Uint8Array, side: number, x: number, y: number, step: number, reach: number): number {
  if (covered[y * side + x]) return 0
  for (let k = 1; k < reach; k++) {
    const row = y + k * step
    if (row < 0 || row >= side) return reach
    if (covered[row * side + x]) return k
  }
  return reach
}
