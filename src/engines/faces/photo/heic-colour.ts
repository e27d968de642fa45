// The colours of HEIC pictures: their decoder gives them as stored, and telephones store Display P3.
import type { Picture } from './read-picture.ts'

/** Red, green and blue in XYZ under D50, a row an axis. */
type Colorants = readonly [Axis, Axis, Axis]
type Axis = readonly [number, number, number]

/** Source: ICC's sRGB profile; the others are the same adaptation (Bradford) of their standards' primaries. */
const SRGB: Colorants = [
  [0.4361, 0.3851, 0.1431],
  [0.2225, 0.7169, 0.0606],
  [0.0139, 0.0971, 0.7141],
]
/** By the number that ITU-T H.273 gives the primaries: Display P3 and BT.2020. */
const NUMBERED: Readonly<Record<number, Colorants>> = {
  12: [
    [0.5151, 0.292, 0.1571],
    [0.2412, 0.6922, 0.0666],
    [-0.0011, 0.0419, 0.7841],
  ],
  9: [
    [0.6734, 0.1656, 0.1251],
    [0.279, 0.6753, 0.0456],
    [-0.0019, 0.0299, 0.7969],
  ],
}
/** Profiles nearer to sRGB than this are sRGB. */
const SAME = 0.004
/** Steps in which light is turned back into bytes. */
const STEPS = 4095

/**
 * What brings a HEIC's linear red, green and blue to those of sRGB, or null where they are those of sRGB or unknown.
 * The first colour box counts; curves are taken as sRGB's, which Display P3 shares.
 * Source: ISO/IEC 14496-12 (boxes), 23008-12 (item properties), ICC.1:2022 (tags rXYZ, gXYZ, bXYZ).
 */
export function heicColours(bytes: Uint8Array): Colorants | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const properties = ['meta', 'iprp', 'ipco'].reduce<Span | null>(
    (inside, name) => inside && findBox(view, inside, name),
    { from: 0, to: bytes.length },
  )
  const box = properties && findBox(view, properties, 'colr')
  if (!box || box.to - box.from < 7) return null
  const kind = nameAt(view, box.from)
  const colorants =
    kind === 'nclx' ? (NUMBERED[view.getUint16(box.from + 4)] ?? null) : readProfile(view, box.from + 4, box.to)
  if (!colorants) return null
  const isSrgb = colorants.every((row, i) => row.every((value, j) => Math.abs(value - SRGB[i]![j]!) < SAME))
  return isSrgb ? null : times(inverse(SRGB), colorants)
}

/** The picture in sRGB; colours beyond it are cut off. */
export function toSrgb({ width, height, rgb }: Picture, matrix: Colorants): Picture {
  const light = Float32Array.from({ length: 256 }, (_, i) => linear(i / 255))
  const bytes = Uint8Array.from({ length: STEPS + 1 }, (_, i) => Math.round(255 * encoded(i / STEPS)))
  const out = new Uint8Array(rgb.length)
  for (let i = 0; i < rgb.length; i += 3) {
    const [r, g, b] = [light[rgb[i]!]!, light[rgb[i + 1]!]!, light[rgb[i + 2]!]!]
    for (let c = 0; c < 3; c++) {
      const value = matrix[c]![0] * r + matrix[c]![1] * g + matrix[c]![2] * b
      out[i + c] = bytes[Math.round(STEPS * Math.max(0, Math.min(1, value)))]!
    }
  }
  return { width, height, rgb: out }
}

type Span = { readonly from: number; readonly to: number }

/** What is inside the first box of a name; sizes that lead out of the file end the search. */
function findBox(view: DataView, { from, to }: Span, name: string): Span | null {
  for (let at = from; at + 8 <= to; ) {
    const size = view.getUint32(at) || to - at
    if (size < 8 || at + size > to) return null
    // `meta` alone of these has a version and flags before what it holds.
    if (nameAt(view, at + 4) === name) return { from: at + (name === 'meta' ? 12 : 8), to: at + size }
    at += size
  }
  return null
}

/** The colorants of a display's ICC profile. */
function readProfile(view: DataView, from: number, to: number): Colorants | null {
  if (to - from < 132) return null
  const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => {
    for (let i = 0; i < view.getUint32(from + 128); i++) {
      const tag = from + 132 + 12 * i
      if (tag + 12 > to) return null
      if (nameAt(view, tag) !== name) continue
      const at = from + view.getUint32(tag + 4) + 8
      return at + 12 > to ? null : [0, 4, 8].map((offset) => view.getInt32(at + offset) / 65536)
    }
    return null
  })
  if (!columns.every((column) => column !== null)) return null
  return [0, 1, 2].map((row) => columns.map((column) => column[row]!)) as unknown as Colorants
}

function nameAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
}

const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
const encoded = (value: number) => (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055)

function times(a: Colorants, b: Colorants): Colorants {
  return a.map((row) => [0, 1, 2].map((j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0))) as never
}

/** Of a matrix that has one. */
function inverse(m: Colorants): Colorants {
  const minor = (i: number, j: number) => {
    const [a, b] = [(i + 1) % 3, (i + 2) % 3]
    const [c, d] = [(j + 1) % 3, (j + 2) % 3]
    return m[a]![c]! * m[b]![d]! - m[a]![d]! * m[b]![c]!
  }
  const determinant = [0, 1, 2].reduce((sum, j) => sum + m[0]![j]! * minor(0, j), 0)
  return [0, 1, 2].map((i) => [0, 1, 2].map((j) => minor(j, i) / determinant)) as never
}
