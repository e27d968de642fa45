// Eyeglasses made to measure: thin frames, clear lenses that catch the lamps.
import type { RecipeGlasses } from '../../../../core/recipe.ts'
import type { Human, HumanPart } from '../human.ts'

type Point = readonly [number, number, number]
type Landmarks = Pick<Human, 'eyeLeft' | 'eyeRight' | 'eyeRadius' | 'headPivot'>

/** Half width and half height of a lens and the exponent of its outline (2 an ellipse), by style; decimetres. */
const OUTLINES: Readonly<Record<RecipeGlasses['style'], readonly [number, number, number]>> = {
  round: [0.225, 0.215, 2],
  oval: [0.25, 0.175, 2.2],
  square: [0.265, 0.19, 3.4],
  cat: [0.262, 0.182, 2.7],
}

/** Radius of the frame's tube, decimetres. */
const THICKNESS: Readonly<Record<RecipeGlasses['frame'], number>> = { metal: 0.0085, acetate: 0.019 }

/** Points round a lens, and round a tube. */
const AROUND = 48
const TUBE = 6

/** The radius that lenses are curved to, decimetres. */
const CURVE = 1.1

/**
 * Makes eyeglasses for a face.
 * @param skin the face, upright: finds where its temples are.
 * @param tint the frame's colour, linear light.
 */
export function eyeglasses(glasses: RecipeGlasses, face: Landmarks, skin: Float32Array, tint: Point): HumanPart[] {
  const frame = openMesh()
  const lenses = openMesh()
  const radius = THICKNESS[glasses.frame]
  const [halfWidth, halfHeight, power] = OUTLINES[glasses.style]
  const apart = Math.abs(face.eyeRight[0] - face.eyeLeft[0]) / 2
  const middleX = (face.eyeLeft[0] + face.eyeRight[0]) / 2
  const y0 = (face.eyeLeft[1] + face.eyeRight[1]) / 2 - 0.035
  const nearest = (face.eyeLeft[2] + face.eyeRight[2]) / 2 + face.eyeRadius + 0.1
  const temple = templeWidth(face, skin)
  const inner: Point[] = []
  /** A lens' point: 0 its middle, 1 its rim, at an angle. */
  const lensOf = (side: number, z0: number) => {
    // Lenses sit a little outside the pupils and turn back a little round the face.
    const cx = side * (apart + 0.012)
    return (angle: number, share: number): Point => {
      const c = Math.cos(angle)
      const s = Math.sin(angle)
      const lift = glasses.style === 'cat' ? 0.05 * Math.max(0, side * c) * Math.max(0, s + 0.4) : 0
      const x = share * halfWidth * Math.sign(c) * Math.abs(c) ** (2 / power)
      const y = share * (halfHeight * Math.sign(s) * Math.abs(s) ** (2 / power) + lift)
      const out = Math.abs(cx + x)
      return [
        middleX + cx + x,
        y0 + y - 0.12 * Math.max(0, -y) * 0.5,
        z0 - (out * out) / (2 * CURVE) - 0.1 * Math.max(0, -y),
      ]
    }
  }
  const rimOf = (at: ReturnType<typeof lensOf>) =>
    Array.from({ length: AROUND }, (_, k) => at((k / AROUND) * 2 * Math.PI, 1))
  // They sit as far forward as nose and cheeks want.
  const sunk = [-1, 1].flatMap((side) => rimOf(lensOf(side, nearest))).map((point) => depthUnder(skin, point, middleX))
  const z0 = nearest + Math.max(0, ...sunk.map((depth) => depth + radius + AIR))
  for (const side of [-1, 1]) {
    const at = lensOf(side, z0)
    const rim = rimOf(at)
    addTube(frame, rim, radius, true)
    addLens(lenses, at)
    inner.push(at(side > 0 ? Math.PI - 0.45 : 0.45, 1))
    const hinge = at(side > 0 ? 0.42 : Math.PI - 0.42, 1)
    const [hx, hy, hz] = hinge
    const out = middleX + side * Math.max(Math.abs(hx - middleX) + 0.03, temple)
    const ear = face.headPivot[2] + 0.3
    const arm: Point[] = [hinge, [hx + (out - hx) * 0.35, hy + 0.004, hz - 0.012]]
    for (let k = 0; k <= 8; k++) {
      const t = k / 8
      arm.push([out - side * 0.02 * (1 - t) ** 3, hy - 0.03 * t * t, hz - 0.04 + (ear - hz) * t])
    }
    addTube(frame, arm, radius * 1.1, false)
  }
  const [left, right] = inner as [Point, Point]
  const bridge = Array.from({ length: 9 }, (_, k): Point => {
    const t = k / 8
    const arch = 4 * t * (1 - t)
    return [left[0] + (right[0] - left[0]) * t, left[1] + 0.03 * arch, left[2] + 0.035 * arch]
  })
  addTube(frame, bridge, radius * 1.15, false)
  return [finish(lenses, 'lenses', [1, 1, 1], true), finish(frame, 'eyeglasses', tint, false)]
}

/** Decimetres between a frame and the skin behind it. */
const AIR = 0.008
/** Skin so near a point counts, decimetres: the nearer the more. */
const NEAR = 0.06

/** How far a point of the inner half of a rim lies under the skin, decimetres; less than nothing where it is free. */
function depthUnder(skin: Float32Array, [x, y, z]: Point, middleX: number): number {
  if (Math.abs(x - middleX) > INNER) return Number.NEGATIVE_INFINITY
  let [sum, weights] = [0, 0]
  for (let i = 0; i < skin.length; i += 3) {
    const [dx, dy] = [skin[i]! - x, skin[i + 1]! - y]
    // Only the front of the face: skin far behind is the back of the head.
    if (Math.abs(dx) > NEAR || Math.abs(dy) > NEAR || skin[i + 2]! < z - FRONT) continue
    const weight = Math.exp((-6 * (dx * dx + dy * dy)) / NEAR ** 2)
    sum += weight * skin[i + 2]!
    weights += weight
  }
  return weights > 0 ? sum / weights - z : Number.NEGATIVE_INFINITY
}
/** What lies so near the face's middle is nose and cheek; depth of what counts as the front. Decimetres. */
const INNER = 0.32
const FRONT = 0.3

/** Half the head's width beside the eyes, with a little air. */
function templeWidth(face: Landmarks, skin: Float32Array): number {
  const y = (face.eyeLeft[1] + face.eyeRight[1]) / 2
  const middle = (face.eyeLeft[0] + face.eyeRight[0]) / 2
  let widest = 0
  for (let i = 0; i < skin.length; i += 3) {
    const [px, py, pz] = [skin[i]!, skin[i + 1]!, skin[i + 2]!]
    if (Math.abs(py - y) > 0.12 || pz < face.headPivot[2] + 0.55) continue
    widest = Math.max(widest, Math.abs(px - middle))
  }
  return widest + 0.012
}

type Growing = { readonly positions: number[]; readonly triangles: number[] }

const openMesh = (): Growing => ({ positions: [], triangles: [] })

/** A round tube along a path. */
function addTube({ positions, triangles }: Growing, path: readonly Point[], radius: number, closed: boolean): void {
  const first = positions.length / 3
  path.forEach((point, i) => {
    const before = path[closed ? (i + path.length - 1) % path.length : Math.max(0, i - 1)]!
    const after = path[closed ? (i + 1) % path.length : Math.min(path.length - 1, i + 1)]!
    const along = unit([after[0] - before[0], after[1] - before[1], after[2] - before[2]])
    const side = unit(Math.abs(along[2]) < 0.9 ? cross(along, [0, 0, 1]) : cross(along, [0, 1, 0]))
    const up = cross(side, along)
    for (let k = 0; k < TUBE; k++) {
      const angle = (k / TUBE) * 2 * Math.PI
      for (let c = 0; c < 3; c++) {
        positions.push(point[c]! + radius * (Math.cos(angle) * side[c]! + Math.sin(angle) * up[c]!))
      }
    }
  })
  const rings = closed ? path.length : path.length - 1
  for (let i = 0; i < rings; i++) {
    for (let k = 0; k < TUBE; k++) {
      const a = first + i * TUBE + k
      const b = first + i * TUBE + ((k + 1) % TUBE)
      const c = first + ((i + 1) % path.length) * TUBE + k
      const d = first + ((i + 1) % path.length) * TUBE + ((k + 1) % TUBE)
      triangles.push(a, c, b, b, c, d)
    }
  }
}

function addLens({ positions, triangles }: Growing, at: (angle: number, share: number) => Point): void {
  const rings = 5
  const first = positions.length / 3
  for (let ring = 0; ring <= rings; ring++) {
    for (let k = 0; k < AROUND; k++) {
      const share = ring / rings
      const [x, y, z] = at((k / AROUND) * 2 * Math.PI, share)
      positions.push(x, y, z + 0.012 * (1 - share * share))
    }
  }
  for (let ring = 0; ring < rings; ring++) {
    for (let k = 0; k < AROUND; k++) {
      const a = first + ring * AROUND + k
      const b = first + ring * AROUND + ((k + 1) % AROUND)
      triangles.push(a, a + AROUND, b, b, a + AROUND, b + AROUND)
    }
  }
}

function finish({ positions, triangles }: Growing, name: string, tint: Point, clear: boolean): HumanPart {
  const count = positions.length / 3
  return {
    kind: 'glasses',
    name,
    positions: Float32Array.from(positions),
    uvs: new Float32Array(count * 2),
    triangles: Uint32Array.from(triangles),
    headWeights: new Float32Array(count).fill(1),
    arms: null,
    lowerJaw: null,
    fields: {},
    diffusePath: null,
    tint,
    color: null,
    dye: null,
    grey: 0,
    cutOut: false,
    clear,
  }
}

const unit = ([x, y, z]: Point): Point => {
  const length = Math.hypot(x, y, z) || 1
  return [x / length, y / length, z / length]
}

const cross = (a: Point, b: Point): Point => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]
