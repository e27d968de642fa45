// Lids, gaze and brows as displacements of the base mesh.
import { BODY_VERTICES } from './base-mesh.ts'
import { type Gap, gapOf, ringFalloff } from './close-gap.ts'
import type { BaseFields } from './mouth-shapes.ts'
import type { Opening } from './openings.ts'
import type { RestFace } from './rest-face.ts'
import { added, masked, scaled } from './vectors.ts'

/** Degrees that a gaze of 1 turns the eyes sideways and down. */
const GAZE = { x: 15, y: 12 } as const

/** How much of a blink the lids make when the gaze drops by 12 degrees. */
const LIDS_FOLLOW_GAZE = 0.24

/** The rings of an eye's opening between which the edge of the lid lies. */
const LID_EDGE = [2, 3, 4]

/** Lids, gaze and brows of a face at rest. */
export const eyeShapes = async (face: RestFace): Promise<BaseFields> => {
  const blinkLeft = await blink(face, 'left')
  const blinkRight = await blink(face, 'right')
  const both = added(blinkLeft, blinkRight)
  const eyes = [...face.mesh.helper('helper-l-eye'), ...face.mesh.helper('helper-r-eye')]
  const isEye = new Set(eyes)
  const upperLids = masked(both, (vertex) => (isEye.has(vertex) ? 0 : 1))
  const brows = async (name: string, weight: number): Promise<Float32Array> =>
    withStillLids(face, await face.units({ [`eyebrows-left-${name}`]: weight, [`eyebrows-right-${name}`]: weight }))
  return {
    blinkLeft,
    blinkRight,
    squint: added(await face.units({ 'eye-left-slit': 0.16, 'eye-right-slit': 0.16 }), lowerLidsUp(face), 1),
    eyesWide: await face.units({ 'eye-left-opened-up': 0.8, 'eye-right-opened-up': 0.8 }),
    gazeX: turnEyes(face, 'x'),
    gazeY: added(turnEyes(face, 'y'), scaled(upperLids, LIDS_FOLLOW_GAZE)),
    browsUp: await brows('up', 0.8),
    browsInnerUp: await brows('inner-up', 0.9),
    browsDown: await brows('down', 0.6),
  }
}

/** Rings of an eye's opening up to which the lids stay where they are, and from which skin goes with the brow. */
const STILL_RING = 4
const FREE_RING = 9

/** A brow's displacement without the lids' share: a raised brow must not open a shut eye. */
const withStillLids = (face: RestFace, field: Float32Array): Float32Array => {
  const out = field.slice()
  const still = ringFalloff(STILL_RING, FREE_RING)
  const lashes = ['l', 'r'].flatMap((side) => [1, 2].map((part) => `helper-${side}-eyelashes-${part}`))
  const rings = [face.eyeLeft, face.eyeRight].flatMap(({ upperRings, lowerRings }) => [upperRings, lowerRings])
  const shares = new Map<number, number>(lashes.flatMap((name) => face.mesh.helper(name).map((vertex) => [vertex, 0])))
  for (const half of rings) {
    half.forEach((vertices, ring) => {
      for (const vertex of vertices) shares.set(vertex, Math.min(shares.get(vertex) ?? 1, 1 - still(ring)))
    })
  }
  for (const [vertex, share] of shares) for (let i = vertex * 3; i < vertex * 3 + 3; i++) out[i]! *= share
  return out
}

const openingOf = (face: RestFace, side: 'left' | 'right'): Opening => (side === 'left' ? face.eyeLeft : face.eyeRight)

/** The lids of one eye brought together: the model's own closure, mended until no gap is left. */
const blink = async (face: RestFace, side: 'left' | 'right'): Promise<Float32Array> => {
  const opening = openingOf(face, side)
  const gap: Gap = gapOf(face.mesh, opening, LID_EDGE)
  const closure = await face.units({ [`eye-${side}-closure`]: 0.85 })
  const rest = gap.close(added(face.positions, closure), {
    overlap: 0.006,
    upperShare: 0.85,
    falloff: ringFalloff(4, 9),
  })
  return added(closure, withLashes(face, side, rest))
}

/** How near an edge vertex must be to carry a lash along, decimetres. */
const LASH_REACH = 0.02

/** Lets the lashes' helpers go along with the edge of the lid: the mean of its vertices, near ones counting most. */
const withLashes = (face: RestFace, side: 'left' | 'right', field: Float32Array): Float32Array => {
  const opening = openingOf(face, side)
  const edge = [...(opening.upperRings[3] as readonly number[]), ...(opening.lowerRings[3] as readonly number[])]
  const letter = side === 'left' ? 'l' : 'r'
  const out = field.slice()
  const squared = (a: number, b: number): number =>
    [0, 1, 2].reduce(
      (sum, i) => sum + ((face.positions[a * 3 + i] as number) - (face.positions[b * 3 + i] as number)) ** 2,
      0,
    )
  for (const part of [1, 2]) {
    for (const lash of face.mesh.helper(`helper-${letter}-eyelashes-${part}`)) {
      const distances = edge.map((vertex) => squared(vertex, lash))
      const least = Math.min(...distances)
      const weights = distances.map((distance) => Math.exp((least - distance) / LASH_REACH ** 2))
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      for (let axis = 0; axis < 3; axis++) {
        out[lash * 3 + axis] =
          edge.reduce((sum, vertex, i) => sum + (field[vertex * 3 + axis] as number) * (weights[i] as number), 0) /
          total
      }
    }
  }
  return out
}

/** Cheeks push the lower lids up: 0.014 dm at the edge. */
const lowerLidsUp = (face: RestFace): Float32Array => {
  const out = new Float32Array(face.positions.length)
  const falloff = ringFalloff(4, 11)
  for (const opening of [face.eyeLeft, face.eyeRight]) {
    const edge = opening.lowerRings[3] as readonly number[]
    const xs = edge.map((vertex) => face.positions[vertex * 3] as number)
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    for (let vertex = 0; vertex < BODY_VERTICES; vertex++) {
      if (opening.upper[vertex]) continue
      const across = ((face.positions[vertex * 3] as number) - left) / (right - left)
      const middle = Math.max(0, Math.sin(Math.PI * Math.min(1, Math.max(0, across))))
      out[vertex * 3 + 1] = (out[vertex * 3 + 1] as number) + 0.014 * middle * falloff(opening.ring[vertex] as number)
    }
  }
  return withLashes(face, 'left', withLashes(face, 'right', out))
}

/** Both eyeballs turned about their middles, made linear so that a signed weight goes both ways alike. */
const turnEyes = (face: RestFace, axis: 'x' | 'y'): Float32Array => {
  const { mesh, positions } = face
  const out = new Float32Array(positions.length)
  const turn = Math.sin((GAZE[axis] * Math.PI) / 180)
  for (const name of ['helper-l-eye', 'helper-r-eye']) {
    const vertices = mesh.helper(name)
    const middle = [0, 1, 2].map((i) => {
      const values = vertices.map((vertex) => positions[vertex * 3 + i] as number)
      return (Math.min(...values) + Math.max(...values)) / 2
    })
    for (const vertex of vertices) {
      const away = [0, 1, 2].map((i) => (positions[vertex * 3 + i] as number) - (middle[i] as number))
      const across = axis === 'x' ? 0 : 1
      const direction = axis === 'x' ? 1 : -1
      out[vertex * 3 + across] = direction * turn * (away[2] as number)
      out[vertex * 3 + 2] = -direction * turn * (away[across] as number)
    }
  }
  return out
}
