// Where lips and lids end on the chart of the face, and how far a point of it belongs to them: what make-up is painted by.
import { type BaseMesh, BODY_VERTICES } from './base-mesh.ts'
import type { Opening } from './openings.ts'
import { smoothstep } from './vectors.ts'

/** A line across the chart, which shows the face lying on its side: v and u in turn, v ascending; a smaller u is higher. */
export type ChartLine = Float32Array

/** The borders of what is painted, in texture units. */
export type FaceChart = {
  /** From corner to corner, where the red of the lips ends. */
  readonly lips: { readonly upper: ChartLine; readonly lower: ChartLine }
  /** The edges of the lids of both eyes, and the middle between the eyes. */
  readonly lids: readonly { readonly upper: ChartLine; readonly lower: ChartLine }[]
  readonly middle: number
}

/** Rings of the mouth's opening: the ridge round the lips in the middle, and their end at the corners. */
const LIP_RIDGE = 6
const LIP_CORNER = 3
/** Texture units from the ridge outwards to where the red ends. */
const BEYOND_RIDGE = 0.0004
/** Ring of an eye's opening that is the edge of the lid. */
const LID_RING = 3

/** Reads the borders off the base mesh's own chart: they are the same on every face. */
export const chartOf = (mesh: BaseMesh, mouth: Opening, eyes: readonly Opening[]): FaceChart => {
  const places = placesOf(mesh)
  const line = (vertices: readonly number[]): ChartLine => {
    const points = vertices
      .map((vertex) => [places[vertex * 2 + 1] as number, places[vertex * 2] as number] as const)
      .sort(([a], [b]) => a - b)
    return Float32Array.from(points.flat())
  }
  const lip = (rings: readonly (readonly number[])[], beyond: number): ChartLine => {
    const ridge = line(rings[LIP_RIDGE] as readonly number[])
    const corner = line(rings[LIP_CORNER] as readonly number[])
    const [from, to] = [corner[0] as number, corner.at(-2) as number]
    const out = new Float32Array(2 * LIP_POINTS)
    for (let i = 0; i < LIP_POINTS; i++) {
      const across = (2 * i) / (LIP_POINTS - 1) - 1
      const v = (from + to) / 2 + (across * (to - from)) / 2
      const atCorner = Math.abs(across) ** 5
      out[i * 2] = v
      out[i * 2 + 1] = (heightAt(ridge, v) + beyond) * (1 - atCorner) + heightAt(corner, v) * atCorner
    }
    return out
  }
  const lids = eyes.map(({ upperRings, lowerRings }) => ({
    upper: line(upperRings[LID_RING] as readonly number[]),
    lower: line(lowerRings[LID_RING] as readonly number[]),
  }))
  return {
    lips: { upper: lip(mouth.upperRings, -BEYOND_RIDGE), lower: lip(mouth.lowerRings, BEYOND_RIDGE) },
    lids,
    middle:
      lids.reduce((sum, { upper }) => sum + (upper[0] as number) + (upper.at(-2) as number), 0) / (2 * lids.length),
  }
}

const LIP_POINTS = 33

/** Chart position of each body vertex, u and v; on the face it has but one. */
const placesOf = ({ faces, uvs }: BaseMesh): Float32Array => {
  const places = new Float32Array(BODY_VERTICES * 2)
  for (const [at, vertex] of faces.corners.entries()) {
    const uv = (faces.uvCorners[at] as number) * 2
    if (vertex < BODY_VERTICES) places.set(uvs.subarray(uv, uv + 2), vertex * 2)
  }
  return places
}

/** The line's u at a v; its ends go on level. */
const heightAt = (line: ChartLine, v: number): number => {
  if (v <= (line[0] as number)) return line[1] as number
  for (let i = 2; i < line.length; i += 2) {
    const next = line[i] as number
    if (v > next) continue
    const before = line[i - 2] as number
    const share = next === before ? 0 : (v - before) / (next - before)
    return (line[i - 1] as number) * (1 - share) + (line[i + 1] as number) * share
  }
  return line.at(-1) as number
}

/** Lips and lids lie within these bounds of u; nothing else is looked at closely. */
const LIPS_WITHIN = [0.88, 0.93] as const
const LIDS_WITHIN = [0.82, 0.85] as const
/** Texture units over which the red of the lips ends. */
const LIP_EDGE = 0.0009

/** How far a point of the chart belongs to the lips, 0 to 1. */
export const lipShare = ({ lips: { upper, lower } }: FaceChart, u: number, v: number): number => {
  const [from, to] = [upper[0] as number, upper.at(-2) as number]
  if (v <= from || v >= to || u < LIPS_WITHIN[0] || u > LIPS_WITHIN[1]) return 0
  const below = smoothstep(-LIP_EDGE, LIP_EDGE, u - heightAt(upper, v))
  return below > 0 ? below * smoothstep(-LIP_EDGE, LIP_EDGE, heightAt(lower, v) - u) : 0
}

/** What of make-up lies on a point of the lids. */
export type LidPaint = {
  /** The line along the lashes, 0 to 1. */
  readonly liner: number
  /** The colour on the lid, 0 to 1. */
  readonly shadow: number
}

const BARE: LidPaint = { liner: 0, shadow: 0 }

/** Texture units: the line's width, how far the colour goes up, and how far both go out beyond the eye. */
const LINER = 0.0011
const SHADOW = 0.0062
const WING = 0.003
/** How far the wing rises over an eye's width, texture units. */
const WING_RISES = 0.00315

/** The make-up that a point of the chart would carry. */
export const lidPaint = ({ lids, middle }: FaceChart, u: number, v: number): LidPaint => {
  if (u < LIDS_WITHIN[0] || u > LIDS_WITHIN[1]) return BARE
  for (const { upper, lower } of lids) {
    const [from, to] = [upper[0] as number, upper.at(-2) as number]
    const inward = from > middle ? from : to
    const outward = from > middle ? to : from
    // 0 at the inner corner, 1 at the outer one.
    const along = (v - inward) / (outward - inward)
    const end = 1 + WING / Math.abs(outward - inward)
    if (along <= 0 || along >= end) continue
    const ends = smoothstep(0.02, 0.3, along) * (1 - smoothstep(1, end, along))
    const above = heightAt(upper, v) - WING_RISES * Math.max(0, along - 1) - u
    const beneath = u - heightAt(lower, v)
    const width = LINER * (0.45 + 0.75 * along)
    const liner = ends * (1 - smoothstep(width, 1.9 * width, above)) * smoothstep(-3 * LINER, -LINER, above)
    const low = 0.6 * ends * smoothstep(0.35, 0.8, along) * (1 - smoothstep(0.5 * LINER, LINER, beneath))
    const onLower = beneath > -LINER ? low : 0
    const shadow =
      ends * smoothstep(-2 * LINER, 0, above) * (1 - smoothstep(0.35 * SHADOW, SHADOW * (0.8 + 0.4 * along), above))
    return { liner: Math.max(liner, onLower), shadow }
  }
  return BARE
}
