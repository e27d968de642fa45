// Measures how far the lips (or lids) of an opening stand apart, and brings them together.
import type { BaseMesh } from './base-mesh.ts'
import { FAR, type Opening } from './openings.ts'
import { type Refinement, refine } from './subdivide.ts'
import { selectFaces } from './surface.ts'

/** Measures and closes one opening of one mesh. */
export type Gap = {
  /** Decimetres between upper and lower edge at the columns' x positions, negative where they overlap. */
  readonly measure: (positions: Float32Array) => { readonly columns: Float64Array; readonly gaps: Float64Array }
  /** The displacement of all base vertices that makes the edges meet, overlapping by `overlap` decimetres. */
  readonly close: (positions: Float32Array, how: Closing) => Float32Array
}

/** How a gap is closed. */
export type Closing = {
  readonly overlap: number
  /** The part of the way that the upper edge goes, 0 to 1. */
  readonly upperShare: number
  /** How strongly a ring goes along with the edges, 0 to 1. */
  readonly falloff: (ring: number) => number
}

const COLUMNS = 41
const ROUNDS = 4

/** Linear interpolation of y over x along vertices sorted by x; NaN outside. */
const heightAt = (points: readonly (readonly [number, number])[], x: number): number => {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1] as readonly [number, number]
    const [x1, y1] = points[i] as readonly [number, number]
    if (x >= x0 && x <= x1) return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : (y0 + y1) / 2
  }
  return Number.NaN
}

/** `edgeRings`: the rings between which the edge lies, whichever stands out furthest. */
export const gapOf = (mesh: BaseMesh, opening: Opening, edgeRings: readonly number[]): Gap => {
  const chosen = new Set(opening.patch)
  const finer: Refinement = refine(selectFaces(mesh.faces, (face) => chosen.has(face)))

  const measure = (positions: Float32Array): { columns: Float64Array; gaps: Float64Array } => {
    const smooth = finer.apply(positions, 3)
    const line = (vertices: readonly number[]): (readonly [number, number])[] =>
      vertices
        .map((vertex) => [smooth[vertex * 3] as number, smooth[vertex * 3 + 1] as number] as const)
        .sort((a, b) => a[0] - b[0])
    const uppers = edgeRings.map((ring) => line(opening.upperRings[ring] as readonly number[]))
    const lowers = edgeRings.map((ring) => line(opening.lowerRings[ring] as readonly number[]))
    const all = [...uppers, ...lowers]
    const left = Math.max(...all.map((points) => (points[0] as readonly [number, number])[0]))
    const right = Math.min(...all.map((points) => (points.at(-1) as readonly [number, number])[0]))
    const columns = Float64Array.from({ length: COLUMNS }, (_, i) => left + ((right - left) * i) / (COLUMNS - 1))
    const reach = (lines: readonly (readonly (readonly [number, number])[])[], x: number, sign: 1 | -1): number =>
      sign * Math.max(...lines.map((points) => sign * heightAt(points, x)).filter((height) => !Number.isNaN(height)))
    return { columns, gaps: columns.map((x) => reach(uppers, x, -1) - reach(lowers, x, 1)) }
  }

  const close = (positions: Float32Array, how: Closing): Float32Array => {
    const displacement = new Float32Array(positions.length)
    const moved = positions.slice()
    for (let round = 0; round < ROUNDS; round++) {
      const { columns, gaps } = measure(moved)
      const left = columns[0] as number
      const step = ((columns.at(-1) as number) - left) / (COLUMNS - 1)
      for (let vertex = 0; vertex < opening.ring.length; vertex++) {
        const ring = opening.ring[vertex] as number
        const share = ring === FAR ? 0 : how.falloff(ring)
        if (share === 0) continue
        const place = ((moved[vertex * 3] as number) - left) / step
        const column = Math.min(COLUMNS - 2, Math.floor(place))
        if (place < 0 || place > COLUMNS - 1) continue
        const part = place - column
        const gap = (gaps[column] as number) * (1 - part) + (gaps[column + 1] as number) * part
        // Towards the corners the edges meet by themselves.
        const taper = Math.min(1, place / 3, (COLUMNS - 1 - place) / 3)
        const way = (gap + how.overlap) * share * taper
        const up = opening.upper[vertex] ? -way * how.upperShare : way * (1 - how.upperShare)
        displacement[vertex * 3 + 1] = (displacement[vertex * 3 + 1] as number) + up
        moved[vertex * 3 + 1] = (moved[vertex * 3 + 1] as number) + up
      }
    }
    return displacement
  }

  return { measure, close }
}

/** 1 up to ring `full`, falling smoothly to 0 at ring `none`. */
export const ringFalloff =
  (full: number, none: number): ((ring: number) => number) =>
  (ring) => {
    const t = Math.min(1, Math.max(0, (none - Math.abs(ring)) / (none - full)))
    return t * t * (3 - 2 * t)
  }
