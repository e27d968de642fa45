// The person as one mesh: fine round lips and lids, coarse on the body, cut open along the lips and the lids.

import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import { type Eye, openingHeight } from './find-eyes.ts'
import type { Lips } from './find-lips.ts'
import {
  alongOf,
  CURVE_SAMPLES,
  fromLocal,
  type Local,
  type OpeningFrame,
  outlineOf,
  toLocal,
  valueAt,
} from './opening-frame.ts'
import { distanceToOutline } from './outline.ts'
import { triangulate } from './triangulate.ts'

/** On which lip (or lid) a vertex lies; corners belong to both. */
export const SIDE = { upper: -1, corner: 0, lower: 1 } as const

/** Vertices and triangles of the whole picture. */
export type PersonMesh = {
  /** Places in the picture, rig pixels, 2 a vertex. */
  readonly places: Float32Array
  readonly triangles: Uint32Array
  /** For each vertex on which side of the mouth's line it lies: one of SIDE. */
  readonly mouthSide: Int8Array
}

/** Distance of vertices, millimetres: next to lips and lids, within the face, on the body, and at the outline of the face. */
const FINE = 2.2
const FACE = 8
const BODY = 26
const RIM = 5
/** How far the lips are drawn apart while the mesh is made, so that closed ones are two edges. */
const DRAWN_APART = 14 * MILLIMETRE
/** How far round the mouth that is felt. */
const DRAWN_REACH = 75 * MILLIMETRE

/** Makes the mesh. */
export function meshPerson(face: FaceFrame, lips: Lips, eyes: readonly Eye[]): PersonMesh {
  const openings = eyes.filter((eye) => openingHeight(eye) > 2 * MILLIMETRE)
  const eyeOutlines = openings.map((eye) => outlineOf(eye.frame, eye.upper, eye.lower))
  const mouthOutline = outlineOf(lips.frame, lips.upper, lips.lower)
  const places: number[] = []
  const sides: number[] = []
  const add = (x: number, y: number, side: number) => {
    places.push(x, y)
    sides.push(side)
  }
  const upperLip = addEdge(lips.frame, lips.upper, (x, y, end) => add(x, y, end ? SIDE.corner : SIDE.upper), true)
  const lowerLip = addEdge(lips.frame, lips.lower, (x, y) => add(x, y, SIDE.lower), false)
  const lidEdges = openings.map(({ frame, upper, lower }) => {
    const first = places.length / 2
    const place = (x: number, y: number) => add(x, y, SIDE.upper)
    return first + addEdge(frame, upper, place, true) + addEdge(frame, lower, place, false)
  })
  const edgeCount = places.length / 2
  const near = (x: number, y: number) => {
    const mouth = Math.abs(distanceToOutline(mouthOutline, x, y))
    return eyeOutlines.reduce((least, outline) => Math.min(least, Math.abs(distanceToOutline(outline, x, y))), mouth)
  }
  for (const [x, y] of scatter(face, (x, y) => spacingAt(face, near(x, y), x, y))) {
    const gap = near(x, y)
    if (gap < FINE * MILLIMETRE * 0.55) continue
    if (distanceToOutline(mouthOutline, x, y) < 0) continue
    if (eyeOutlines.some((outline) => distanceToOutline(outline, x, y) < 0)) continue
    add(x, y, sideOf(lips, toLocal(lips.frame, x, y)))
  }
  const apart = Float64Array.from(places)
  for (let i = 0; i < sides.length; i++) drawApart(lips, sides[i]!, apart, i * 2)
  const all = triangulate(apart)
  const isLip = (v: number) => v < upperLip + lowerLip
  const eyeOf = (v: number) => {
    if (v >= edgeCount || isLip(v)) return -1
    return lidEdges.findIndex((end) => v < end)
  }
  const kept: number[] = []
  for (let t = 0; t < all.length; t += 3) {
    const corners = [all[t]!, all[t + 1]!, all[t + 2]!]
    const sidesHere = corners.map((v) => sides[v]!)
    // Between the lips every triangle has corners on the edges only, on both of them or on one that bows inwards.
    if (corners.every(isLip) && spansMouth(lips, apart, corners)) continue
    const eye = eyeOf(corners[0]!)
    if (eye >= 0 && corners.every((v) => eyeOf(v) === eye)) {
      const [x, y] = middleOf(places, corners)
      if (distanceToOutline(eyeOutlines[eye]!, x, y) < 0) continue
    }
    if (sidesHere.includes(SIDE.upper) && sidesHere.includes(SIDE.lower) && touchesMouth(lips, places, corners))
      continue
    kept.push(...corners)
  }
  return { places: Float32Array.from(places), triangles: Uint32Array.from(kept), mouthSide: Int8Array.from(sides) }
}

/** The edge of a lip or lid from corner to corner, with or without the corners. @returns how many places. */
function addEdge(
  frame: OpeningFrame,
  curve: Float32Array,
  add: (x: number, y: number, isEnd: boolean) => void,
  withEnds: boolean,
): number {
  let count = 0
  for (let i = withEnds ? 0 : 1; i < CURVE_SAMPLES - (withEnds ? 0 : 1); i++) {
    const isEnd = i === 0 || i === CURVE_SAMPLES - 1
    const { x, y } = fromLocal(frame, alongOf(i), isEnd ? 0 : curve[i]!)
    add(x, y, isEnd)
    count++
  }
  return count
}

/** Upper or lower, by the line on which the lips meet and its level continuation. */
function sideOf({ upper, lower }: Lips, { along, below }: Local): number {
  if (Math.abs(along) > 1) return SIDE.corner
  return below < (valueAt(upper, along) + valueAt(lower, along)) / 2 ? SIDE.upper : SIDE.lower
}

function drawApart({ frame, seam }: Lips, side: number, places: Float64Array, at: number): void {
  const { along, below } = toLocal(frame, places[at]!, places[at + 1]!)
  if (side === SIDE.corner || Math.abs(along) >= 1) return
  const far = Math.abs(below - valueAt(seam, along)) / DRAWN_REACH
  if (far >= 1) return
  const { x, y } = fromLocal(frame, along, below + side * DRAWN_APART * (1 - along * along) * (1 - far) ** 2)
  places[at] = x
  places[at + 1] = y
}

/** Whether a triangle of edge places lies in the drawn-apart mouth. */
function spansMouth({ frame, upper, lower, seam }: Lips, apart: Float64Array, corners: readonly number[]): boolean {
  const [x, y] = middleOf(apart, corners)
  const { along, below } = toLocal(frame, x, y)
  if (Math.abs(along) >= 1) return false
  const drawn = DRAWN_APART * (1 - along * along)
  const share = (curve: Float32Array) => (1 - Math.abs(valueAt(curve, along) - valueAt(seam, along)) / DRAWN_REACH) ** 2
  return below > valueAt(upper, along) - drawn * share(upper) && below < valueAt(lower, along) + drawn * share(lower)
}

/** Whether a triangle with corners on both sides lies across the line of the lips and not beside their corners. */
function touchesMouth({ frame }: Lips, places: readonly number[], corners: readonly number[]): boolean {
  return corners.every((v) => Math.abs(toLocal(frame, places[v * 2]!, places[v * 2 + 1]!).along) < 1)
}

function middleOf(places: ArrayLike<number>, corners: readonly number[]): [number, number] {
  const mean = (k: number) => corners.reduce((sum, v) => sum + places[v * 2 + k]!, 0) / corners.length
  return [mean(0), mean(1)]
}

/** How far apart vertices may lie at a place, rig pixels. @param gap to the nearest edge of lips and lids, rig pixels. */
function spacingAt(face: FaceFrame, gap: number, x: number, y: number): number {
  const inFace = Math.min(FACE, FINE + (0.22 * gap) / MILLIMETRE)
  const rim = distanceToOutline(face.oval, x, y) / MILLIMETRE
  // The face curves back steeply at its outline: there the mesh must be fine enough to turn without a wave.
  const atRim = rim < 0 ? RIM - 0.3 * rim : RIM + 0.2 * rim
  return MILLIMETRE * Math.min(BODY, rim > 0 ? atRim : Math.min(inFace, atRim))
}

/** Places all over the picture, its edges included, about as far apart as `spacing` says. */
function* scatter(
  { width, height }: FaceFrame,
  spacing: (x: number, y: number) => number,
): Generator<readonly [number, number]> {
  const coarsest = BODY * MILLIMETRE
  const columns = Math.max(1, Math.round(width / coarsest))
  const rows = Math.max(1, Math.round(height / coarsest))
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < columns; step++) {
      // There and back again: neighbours in the list are neighbours in the picture.
      const column = row % 2 ? columns - 1 - step : step
      yield* divide((column * width) / columns, (row * height) / rows, width / columns, height / rows, spacing)
    }
  }
  for (let column = 0; column <= columns; column++) {
    for (const y of [0, height]) yield [(column * width) / columns, y]
  }
  for (let row = 1; row < rows; row++) {
    for (const x of [0, width]) yield [x, (row * height) / rows]
  }
}

/** One place in the middle of a cell that is small enough, else those of its quarters. */
function* divide(
  left: number,
  top: number,
  width: number,
  height: number,
  spacing: (x: number, y: number) => number,
): Generator<readonly [number, number]> {
  const [x, y] = [left + width / 2, top + height / 2]
  const wanted = spacing(x, y)
  if (Math.max(width, height) <= 1.3 * wanted) {
    // Off the middle by a little, always the same way: no four places on one circle.
    yield [x + 0.11 * width * Math.sin(13.7 * x + 3.1 * y), y + 0.11 * height * Math.sin(7.3 * x - 11.9 * y)]
    return
  }
  const [w, h] = [width / 2, height / 2]
  yield* divide(left, top, w, h, spacing)
  yield* divide(left + w, top, w, h, spacing)
  yield* divide(left + w, top + h, w, h, spacing)
  yield* divide(left, top + h, w, h, spacing)
}
