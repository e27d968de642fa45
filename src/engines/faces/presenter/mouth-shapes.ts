// The mouth shapes as displacements of the base mesh: jaw, lips and tongue.
import type { Shape } from '../../../core/shapes.ts'
import { BODY_VERTICES } from './base-mesh.ts'
import { jawWeightsOf, pivotOf } from './body-pose.ts'
import { gapOf, ringFalloff } from './close-gap.ts'
import type { RestFace } from './rest-face.ts'
import { poseMatrices, skinPositions } from './skeleton.ts'
import { added, difference, masked, scaled, smoothstep } from './vectors.ts'

/** Displacements of all base vertices at weight 1, decimetres. */
export type BaseFields = Partial<Record<Shape, Float32Array>>

/** The jaw's widest speech opening, degrees from rest; the corners of this chart of a face tear beyond about 20. */
export const JAW_OPEN_DEGREES = 16

/** Lips parted for s and t: 2.5 mm, in decimetres. */
const LIPS_PART = 0.025

/** How much narrower `lipsRound` makes the mouth, as a share of its width, and how much wider `lipsWide` does. */
const ROUND_NARROWS = 0.39
/** The same for the old: their lips are pale and thin, and the folds beside them stay, so that less of it is seen. */
const ROUND_NARROWS_OLD = 0.48
const WIDE_WIDENS = 0.15

/** Where closed lips meet while the jaw is open: this share of the lower lip's way down. */
const MEETING_SHARE = 0.25

const lipFalloff = ringFalloff(3, 8)

/** The mouth shapes of a face at rest. */
export const mouthShapes = async (face: RestFace): Promise<BaseFields> => {
  const { mesh, skeleton, positions, mouth } = face
  const unit = (weights: Readonly<Record<string, number>>): Promise<Float32Array> =>
    face.units(Object.fromEntries(Object.entries(weights).map(([name, weight]) => [`mouth-${name}`, weight])))
  const gap = gapOf(mesh, mouth, [0, 1, 2, 3])
  const sealed = (field: Float32Array, overlap = 0.004): Float32Array =>
    added(field, gap.close(added(positions, field), { overlap, upperShare: 0.4, falloff: lipFalloff }))
  const jaw = jawWeightsOf(skeleton, mesh.skin)
  const upperLip = (field: Float32Array): Float32Array =>
    masked(field, (vertex) => 1 - smoothstep(0.15, 0.5, jaw[vertex] as number))
  const lowerLip = (field: Float32Array): Float32Array =>
    masked(field, (vertex) => smoothstep(0.15, 0.5, jaw[vertex] as number))
  /** Scales a field so that the mouth's width changes by `share`. */
  const toWidth = (field: Float32Array, share: number): Float32Array => {
    const change = face.mouthWidth(added(positions, field)) / face.mouthWidth(positions) - 1
    return scaled(field, share / change)
  }
  const middleGap = (field: Float32Array): number => {
    const { gaps } = gap.measure(added(positions, field))
    return Math.max(...gaps.subarray(gaps.length / 2 - 6, gaps.length / 2 + 6))
  }

  const dropped = difference(
    skinPositions(positions, mesh.skin, poseMatrices(skeleton, { jaw: [JAW_OPEN_DEGREES, 0, 0] })),
    positions,
  )
  const jawOpen = [tongueLowered(face), roundedLowerLip(face, dropped), upperLip(await unit({ parling: 0.6 }))].reduce(
    (sum, part) => added(sum, part),
    dropped,
  )
  const parted = added(upperLip(await unit({ parling: 0.5 })), lowerLip(await unit({ 'part-later': 0.3 })))
  const partedGap = middleGap(parted)
  const roundNarrows = ROUND_NARROWS + (ROUND_NARROWS_OLD - ROUND_NARROWS) * smoothstep(0.75, 0.92, face.age)

  return {
    jawOpen,
    mouthClose: closingTheOpenJaw(face, jawOpen),
    lipsPress: sealed(await unit({ compression: 0.8, pursing: 0.2 }), 0.012),
    lipsPart: scaled(parted, LIPS_PART / partedGap),
    lipsRound: roundedLips(
      face,
      sealed(added(toWidth(await unit({ pursing: 1, retraction: -0.3 }), -roundNarrows), hooded(face))),
    ),
    lipsFunnel: await unit({ protusion: 0.62 }),
    lipsWide: sealed(toWidth(await unit({ retraction: 1 }), WIDE_WIDENS)),
    upperLipUp: upperLip(await unit({ parling: 1.1 })),
    lowerLipDown: lowerLip(await unit({ 'part-later': 0.6 })),
    lowerLipTuck: await lipUnderTeeth(face, upperLip(await unit({ parling: 0.5 }))),
    smile: sealed(await unit({ 'corner-puller': 0.7 })),
    frown: sealed(await unit({ depression: 0.55 })),
    tongueUp: tongueTipMoved(face, 0.14, 0.05),
    tongueOut: tongueTipMoved(face, 0.115, 0.13),
  }
}

/** How far the corners of the mouth follow the middle of the lower lip down. */
const CORNERS_FOLLOW = 0.34

/** How far the middle of the lower lip follows the jaw; the rest hides part of the lower teeth. */
const LIP_FOLLOWS_JAW = 0.88

/** What makes the dropped lower lip a bow from corner to corner: skinning alone leaves it pointed. */
const roundedLowerLip = (face: RestFace, dropped: Float32Array): Float32Array => {
  const { mouth, positions } = face
  const half = face.mouthWidth(positions) / 2
  const lip = mouth.lowerRings[2] as readonly number[]
  const middle = lip.reduce((a, b) => ((dropped[b * 3 + 1] as number) < (dropped[a * 3 + 1] as number) ? b : a))
  const lower = ringFalloff(3, 10)
  const corner = ringFalloff(4, 9)
  const out = new Float32Array(dropped.length)
  for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
    const across = Math.min(1, Math.abs(positions[vertex * 3] as number) / half)
    const ring = mouth.ring[vertex] as number
    if (ring < -3) continue
    const isUpper = mouth.upper[vertex] === 1
    // Above, only the skin next to the corners comes along.
    const share = (isUpper ? corner : lower)(ring) * (isUpper ? smoothstep(0.55, 1, across) : 1)
    if (share === 0) continue
    const bow = CORNERS_FOLLOW + (LIP_FOLLOWS_JAW - CORNERS_FOLLOW) * Math.sqrt(Math.max(0, 1 - across ** 2.4))
    const wanted = isUpper ? CORNERS_FOLLOW * smoothstep(0.55, 1, across) : bow
    for (let axis = 1; axis < 3; axis++) {
      const at = vertex * 3 + axis
      out[at] = share * (wanted * (dropped[middle * 3 + axis] as number) - (dropped[at] as number))
    }
  }
  return out
}

/** Brings the lips together while the jaw stays open: every lip vertex ends where the lips meet at its x. */
const closingTheOpenJaw = (face: RestFace, jawOpen: Float32Array): Float32Array => {
  const { mouth, positions } = face
  const line = (mouth.lowerRings[1] as readonly number[])
    .map((vertex) => ({ x: positions[vertex * 3] as number, vertex }))
    .sort((a, b) => a.x - b.x)
  const alongLowerLip = (x: number, axis: number): number => {
    const value = (i: number): number => jawOpen[(line[i]?.vertex as number) * 3 + axis] as number
    if (x <= (line[0]?.x as number)) return value(0)
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1]?.x as number, line[i]?.x as number]
      if (x <= b) return value(i - 1) + ((value(i) - value(i - 1)) * (x - a)) / Math.max(1e-6, b - a)
    }
    return value(line.length - 1)
  }
  const falloff = ringFalloff(7, 13)
  const out = new Float32Array(jawOpen.length)
  for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
    const share = falloff(mouth.ring[vertex] as number)
    if (share === 0) continue
    for (let axis = 1; axis < 3; axis++) {
      const meeting = MEETING_SHARE * alongLowerLip(positions[vertex * 3] as number, axis)
      out[vertex * 3 + axis] = share * (meeting - (jawOpen[vertex * 3 + axis] as number))
    }
  }
  return out
}

/** How far rounding draws the middle of the lips down, decimetres: the upper one covers its teeth. */
const HOOD = { upper: 0.009, lower: 0.005 } as const

/** Both lips drawn down in the middle. */
const hooded = (face: RestFace): Float32Array => {
  const { mouth, positions } = face
  const half = face.mouthWidth(positions) / 2
  const falloff = ringFalloff(3, 9)
  const out = new Float32Array(positions.length)
  for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
    const share = falloff(mouth.ring[vertex] as number)
    if (share === 0) continue
    const middle = 1 - smoothstep(0.45, 1, Math.abs(positions[vertex * 3] as number) / half)
    out[vertex * 3 + 1] = -(mouth.upper[vertex] ? HOOD.upper : HOOD.lower) * share * middle
  }
  return out
}

/** Of what the corners of rounded lips stand higher than their middle, this share is taken away: a bow does not look round. */
const LEVELLED = 0.9

/** How much each lip comes over the other beside the opening of rounded lips, decimetres: they part in the middle alone. */
const PINCHED = 0.004

/** How far each row of teeth draws back behind rounded lips, decimetres: else the slit shows a strip of them. */
const TEETH_BACK = 0.035

/** Pursed and sealed lips as a small opening in the middle of one height, without teeth in it. */
const roundedLips = (face: RestFace, pursed: Float32Array): Float32Array => {
  const { mesh, mouth, positions } = face
  const moved = added(positions, pursed)
  const at = (vertex: number, axis: 0 | 1): number => moved[vertex * 3 + axis] as number
  const line = (mouth.lowerRings[1] as readonly number[])
    .map((vertex) => [at(vertex, 0), at(vertex, 1)] as const)
    .sort((a, b) => a[0] - b[0])
  const middle = heightAlong(line, 0)
  const half = face.mouthWidth(moved) / 2
  const falloff = ringFalloff(3, 10)
  const out = pursed.slice()
  const lift = (vertex: number, way: number): void => {
    out[vertex * 3 + 1] = (out[vertex * 3 + 1] as number) + way
  }
  for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
    const share = falloff(mouth.ring[vertex] as number)
    if (share === 0) continue
    const across = Math.abs(at(vertex, 0)) / half
    const pinch = PINCHED * smoothstep(0.2, 0.55, across) * (1 - smoothstep(0.8, 1, across))
    const rise = heightAlong(line, at(vertex, 0)) - middle
    lift(vertex, share * ((mouth.upper[vertex] ? -pinch : pinch) - LEVELLED * rise))
  }
  for (const vertex of mesh.helper('helper-upper-teeth')) lift(vertex, TEETH_BACK)
  for (const vertex of mesh.helper('helper-lower-teeth')) lift(vertex, -TEETH_BACK)
  return out
}

/** The height of a line of points sorted by x at an x; its ends go on level. */
const heightAlong = (line: readonly (readonly [number, number])[], x: number): number => {
  const next = line.findIndex(([at]) => x <= at)
  if (next <= 0) return (line[next < 0 ? line.length - 1 : 0] as readonly [number, number])[1]
  const [x0, y0] = line[next - 1] as readonly [number, number]
  const [x1, y1] = line[next] as readonly [number, number]
  return y0 + ((y1 - y0) * (x - x0)) / Math.max(1e-6, x1 - x0)
}

/** The lower lip drawn up and in under the upper teeth, over the given lift of the upper lip. */
const lipUnderTeeth = async (face: RestFace, lift: Float32Array): Promise<Float32Array> => {
  const { mouth, positions } = face
  const half = face.mouthWidth(positions) / 2
  const falloff = ringFalloff(3, 9)
  const out = lift.slice()
  for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
    const share = mouth.upper[vertex] ? 0 : falloff(mouth.ring[vertex] as number)
    if (share === 0) continue
    const across = Math.abs(positions[vertex * 3] as number) / half
    const middle = 1 - smoothstep(0.45, 1, across)
    out[vertex * 3 + 1] = (out[vertex * 3 + 1] as number) + 0.02 * share * middle
    out[vertex * 3 + 2] = (out[vertex * 3 + 2] as number) - 0.06 * share * middle
  }
  return out
}

/** The tongue drawn down and back, decimetres, as it lies in an open vowel. */
const tongueLowered = ({ mesh, positions }: RestFace): Float32Array => {
  const field = new Float32Array(positions.length)
  for (const vertex of mesh.helper('helper-tongue')) {
    field[vertex * 3 + 1] = -0.1
    field[vertex * 3 + 2] = -0.1
  }
  return field
}

/** The tongue's tip moved, decimetres, fading to nothing at its root. */
const tongueTipMoved = ({ mesh, skeleton, positions }: RestFace, up: number, out: number): Float32Array => {
  const root = pivotOf(skeleton, 'tongue00')[2]
  const vertices = mesh.helper('helper-tongue')
  const front = Math.max(...vertices.map((vertex) => positions[vertex * 3 + 2] as number))
  const field = new Float32Array(positions.length)
  for (const vertex of vertices) {
    const along = Math.max(0, ((positions[vertex * 3 + 2] as number) - root) / (front - root))
    field[vertex * 3 + 1] = up * smoothstep(0.35, 1, along)
    field[vertex * 3 + 2] = out * smoothstep(0, 0.8, along)
  }
  return field
}
