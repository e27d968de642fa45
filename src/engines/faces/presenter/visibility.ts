// Who sees which light: soft shadows and occlusion by depth maps from many directions.
import { LAMPS, lampPoints, ROOM_SAMPLES, roomLight, spherePoints } from './light.ts'
import { type Cut, type DepthMap, fillCutDepth, fillDepth } from './raster.ts'

/** Values a point in what {@link castLight} returns: visibility 0-1 of each lamp, then the room's light r, g, b. */
export const LIGHT_STRIDE = LAMPS.length + 3

/** Something that casts shadows. */
export type Occluder = {
  readonly positions: Float32Array
  readonly triangles: Uint32Array
  /** The surface has no rim, so that its far side is never nearest. */
  readonly closed: boolean
  /** Where the surface is cut out: its texture positions and alpha picture. */
  readonly cut: Cut | null
}

/** A ball of space that gets its own sharper maps. */
export type Region = { readonly centre: readonly [number, number, number]; readonly radius: number }

const MAP = 288

/** How far behind what a map shows a point still counts as seen, in radii of its region. */
const BIAS = 0.0067

/** Alpha code from which a cut-out surface casts a shadow. */
const OPAQUE = 110

/** A surface whose normal leans away from a light by more than this cosine gets none, however far light wraps. */
const AWAY = -0.5

/**
 * Light that reaches points, by looking from every lamp point and room direction.
 *
 * @param points 3 a point, decimetres. @param normals 3 a point.
 * @param region what the maps cover; points beyond it count as lit.
 * @param lift how far a point is raised off its own surface, decimetres.
 * @param share which of the directions are looked along: every `of`th from `part` on.
 * @returns {@link LIGHT_STRIDE} values a point; those of all parts add up to the whole.
 */
export function castLight(
  points: Float32Array,
  normals: Float32Array,
  occluders: readonly Occluder[],
  region: Region,
  lift: number,
  share: { readonly part: number; readonly of: number } = { part: 0, of: 1 },
): Float32Array {
  const count = points.length / 3
  const out = new Float32Array(count * LIGHT_STRIDE)
  const seen = new Float32Array(count)
  const caster = openCaster(occluders, region)
  let turn = 0
  const isMine = () => turn++ % share.of === share.part
  LAMPS.forEach((lamp, index) => {
    const directions = lampPoints(lamp)
    for (let d = 0; d < directions.length; d += 3) {
      if (!isMine()) continue
      caster.look(directions[d]!, directions[d + 1]!, directions[d + 2]!, points, normals, lift, seen)
      for (let i = 0; i < count; i++) out[i * LIGHT_STRIDE + index]! += seen[i]! / lamp.samples
    }
  })
  const room = spherePoints(ROOM_SAMPLES)
  const light = new Float32Array(3)
  for (let d = 0; d < room.length; d += 3) {
    if (!isMine()) continue
    const [x, y, z] = [room[d]!, room[d + 1]!, room[d + 2]!]
    roomLight(x, y, z, light)
    caster.look(x, y, z, points, normals, lift, seen)
    for (let i = 0; i < count; i++) {
      const cosine = normals[i * 3]! * x + normals[i * 3 + 1]! * y + normals[i * 3 + 2]! * z
      if (cosine <= 0) continue
      // Mean of L * cos over the sphere times 4 is the cosine-weighted mean over the hemisphere.
      const weight = (4 * cosine * seen[i]!) / ROOM_SAMPLES
      const to = i * LIGHT_STRIDE + LAMPS.length
      out[to]! += weight * light[0]!
      out[to + 1]! += weight * light[1]!
      out[to + 2]! += weight * light[2]!
    }
  }
  return out
}

function openCaster(occluders: readonly Occluder[], region: Region) {
  const map: DepthMap = { width: MAP, height: MAP, depth: new Float32Array(MAP * MAP) }
  const { depth } = map
  const corners = occluders.map((o) => new Float32Array(o.positions.length))
  const [ox, oy, oz] = region.centre
  const toMap = MAP / (2 * region.radius)
  const bias = BIAS * region.radius

  /** Looks along -(x, y, z) and notes for each point how much of it is seen, 0-1. */
  const look = (
    x: number,
    y: number,
    z: number,
    points: Float32Array,
    normals: Float32Array,
    lift: number,
    seen: Float32Array,
  ) => {
    const level = Math.hypot(x, z)
    const [sx, sz] = level > 1e-4 ? [z / level, -x / level] : [1, 0]
    const ux = y * sz
    const uy = z * sx - x * sz
    const uz = -y * sx
    depth.fill(Number.NEGATIVE_INFINITY)
    occluders.forEach((occluder, index) => {
      const to = corners[index]!
      const from = occluder.positions
      for (let i = 0; i < to.length; i += 3) {
        const [px, py, pz] = [from[i]! - ox, from[i + 1]! - oy, from[i + 2]! - oz]
        to[i] = (px * sx + pz * sz) * toMap + MAP / 2
        to[i + 1] = (px * ux + py * uy + pz * uz) * toMap + MAP / 2
        to[i + 2] = px * x + py * y + pz * z
      }
      const { triangles, cut, closed } = occluder
      if (!cut) {
        fillDepth(map, to, triangles, closed)
        return
      }
      fillCutDepth(map, to, triangles, cut, OPAQUE)
    })
    for (let i = 0; i < seen.length; i++) {
      const k = i * 3
      if (normals[k]! * x + normals[k + 1]! * y + normals[k + 2]! * z < AWAY) {
        seen[i] = 0
        continue
      }
      const px = points[k]! + normals[k]! * lift - ox
      const py = points[k + 1]! + normals[k + 1]! * lift - oy
      const pz = points[k + 2]! + normals[k + 2]! * lift - oz
      const mx = (px * sx + pz * sz) * toMap + MAP / 2 - 0.5
      const my = (px * ux + py * uy + pz * uz) * toMap + MAP / 2 - 0.5
      const column = Math.floor(mx)
      const row = Math.floor(my)
      if (column < 0 || row < 0 || column >= MAP - 1 || row >= MAP - 1) {
        seen[i] = 1
        continue
      }
      const own = px * x + py * y + pz * z + bias
      const at = row * MAP + column
      const fx = mx - column
      const fy = my - row
      seen[i] =
        (depth[at]! <= own ? (1 - fx) * (1 - fy) : 0) +
        (depth[at + 1]! <= own ? fx * (1 - fy) : 0) +
        (depth[at + MAP]! <= own ? (1 - fx) * fy : 0) +
        (depth[at + MAP + 1]! <= own ? fx * fy : 0)
    }
  }
  return { look }
}
