// Dyes garments: each zone of a garment in a colour of its own, plain or with the picture's own light and dark.
import type { Triple } from '../light.ts'
import type { Picture } from '../picture.ts'
import { type Texel, ZONES } from './zones.ts'

/** What is to be dyed. */
export type Dye = {
  /** Linear light by zone, or by `''` for the whole garment; the other zones keep the picture's colours. */
  readonly colours: Readonly<Record<string, Triple>>
  /** Drops prints, stripes and worn places: the zone becomes one even colour. */
  readonly plain: boolean
}

/** The names of a garment's zones. */
export const zonesOf = (garment: string): readonly string[] => (ZONES[garment] ?? [['all']]).map(([name]) => name)

/** Cloth in the studio's light looks brighter than its colour on paper: dyes are this much deeper. */
const DEPTH = 0.72

/** How strongly light and dark of the picture show in dyed cloth. */
const CONTRAST = 0.8

/** The picture of a garment after dyeing. */
export function dyed(picture: Picture, garment: string, { colours, plain }: Dye): Picture {
  const { width, height, data } = picture
  const zones = ZONES[garment] ?? [['all', () => true] as const]
  const zoneAt = new Int8Array(width * height)
  const sums = zones.map(() => [0, 0])
  for (let i = 0; i < zoneAt.length; i++) {
    const texel: Texel = {
      u: ((i % width) + 0.5) / width,
      v: (Math.floor(i / width) + 0.5) / height,
      r: data[i * 4]!,
      g: data[i * 4 + 1]!,
      b: data[i * 4 + 2]!,
    }
    const zone = zones.findIndex(([, has]) => has(texel))
    zoneAt[i] = zone
    if (zone < 0 || data[i * 4 + 3]! < 0.5) continue
    sums[zone]![0]! += brightness(data, i * 4)
    sums[zone]![1]!++
  }
  const means = sums.map(([sum, count]) => (count ? sum! / count : 0.2))
  const out = data.slice()
  for (let i = 0; i < zoneAt.length; i++) {
    const zone = zones[zoneAt[i]!]
    const colour = colours[''] ?? (zone && colours[zone[0]])
    if (!colour) continue
    const level = plain
      ? 1
      : Math.min(2.2, ((brightness(data, i * 4) + 0.01) / (means[zoneAt[i]!]! + 0.01)) ** CONTRAST)
    for (let c = 0; c < 3; c++) out[i * 4 + c] = Math.min(0.9, colour[c]! * DEPTH * level)
  }
  return { ...picture, data: out }
}

const brightness = (data: Float32Array, i: number): number => 0.3 * data[i]! + 0.6 * data[i + 1]! + 0.1 * data[i + 2]!
