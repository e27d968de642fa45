// Paints a row of teeth: an arch of separate crowns, shaded to its sides, with gums above them.
import { smoothstep } from './ease.ts'
import { blend, type Colour, lit, type PhotoLight } from './photo-light.ts'

/** A picture with straight alpha, and the millimetres it shows: x from the middle of the arch, y down. */
export type TeethPicture = {
  readonly rgba: Uint8ClampedArray
  readonly width: number
  readonly height: number
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

type Tooth = { readonly from: number; readonly width: number; readonly height: number; readonly point: number }

/** Texels a millimetre. */
const DENSITY = 6
/** How far beyond the gum line gums are painted. */
const GUMS = 5

/**
 * Widths as seen from the front along the arch, and heights, in millimetres from the middle outwards. Crown sizes after
 * Wheeler's Dental Anatomy; `point` is how far the middle of an edge stands out over its corners.
 */
const ROWS = {
  upper: {
    widths: [8.5, 6.4, 6.3, 4.7, 3.6, 3.2],
    heights: [9.6, 8.5, 9.4, 7.8, 7, 6.4],
    points: [0.22, 0.4, 1.1, 0.8, 0.6, 0.5],
    rise: 3.4,
  },
  lower: {
    widths: [5.3, 5.8, 6.4, 5, 4.2, 3.6],
    heights: [8, 8.2, 9, 7.6, 7, 6.4],
    points: [0.3, 0.35, 1.1, 0.8, 0.6, 0.5],
    rise: 1.6,
  },
} as const

/** How far the edge of the upper row stands over that of its front teeth at x from the middle, millimetres. */
export function edgeAt(x: number): number {
  const { widths, rise } = ROWS.upper
  return rise * (x / widths.reduce((sum: number, width) => sum + width, 0)) ** 2
}

/** Paints one row; edges of the front teeth lie at y 0, gums above for the upper row and below for the lower one. */
export function paintTeeth(row: keyof typeof ROWS, light: PhotoLight): TeethPicture {
  const { widths, heights, points, rise } = ROWS[row]
  const teeth: Tooth[] = []
  let from = 0
  widths.forEach((width, i) => {
    teeth.push({ from, width, height: heights[i]!, point: points[i]! })
    from += width
  })
  const reach = Math.max(...heights) + rise + GUMS
  const box =
    row === 'upper'
      ? { left: -from, right: from, top: -reach, bottom: 1 }
      : { left: -from, right: from, top: -1, bottom: reach }
  const width = 2 * Math.ceil(((box.right - box.left) * DENSITY) / 2)
  const height = 2 * Math.ceil(((box.bottom - box.top) * DENSITY) / 2)
  const rgba = new Uint8ClampedArray(width * height * 4)
  const gum = blend(lit(light.lips, 0.55), [150, 62, 60], 0.35)
  for (let py = 0; py < height; py++) {
    for (let px = 0; px < width; px++) {
      const x = box.left + ((px + 0.5) / width) * (box.right - box.left)
      const y = box.top + ((py + 0.5) / height) * (box.bottom - box.top)
      const [colour, alpha] = texelAt(teeth, rise, Math.abs(x), row === 'upper' ? -y : y, from, light.enamel, gum)
      rgba.set([...colour, 255 * alpha], (py * width + px) * 4)
    }
  }
  return { rgba, width, height, box }
}

/** Colour and alpha at x from the middle and `deep` from the edge of the front teeth towards the gum. */
function texelAt(
  teeth: readonly Tooth[],
  rise: number,
  x: number,
  deep: number,
  end: number,
  enamel: Colour,
  gum: Colour,
): readonly [Colour, number] {
  const tooth = teeth.findLast((one) => x >= one.from) ?? teeth[0]!
  // From -1 to 1 across the crown.
  const across = ((x - tooth.from) / tooth.width) * 2 - 1
  const arch = rise * (x / end) ** 2
  const edge = arch + tooth.point * Math.abs(across) ** 4 + 0.28 * smoothstep(0.8, 1, Math.abs(across))
  const from = deep - edge
  const line = arch + tooth.height - 0.9 * across ** 2
  const toGum = smoothstep(line - 0.25, line + 0.25, deep)
  const beside = (1 - Math.abs(across)) * tooth.width * 0.5
  const round = 1 - 0.2 * across ** 2
  const gap = 0.45 + 0.55 * smoothstep(0, 0.42, beside)
  const aside = 1 - 0.86 * smoothstep(0.27 * end, 0.98 * end, x)
  const clear = 1 - 0.14 * (1 - smoothstep(0.2, 1.6, from))
  const high = 1 - 0.35 * smoothstep(2.5, 9, deep)
  const gloss = 0.1 * Math.exp(-(((across + 0.2) / 0.3) ** 2) - ((from - 0.45 * tooth.height) / 1.6) ** 2)
  const crown = lit(enamel, (0.92 * round * gap * clear + gloss) * aside * high)
  const flesh = lit(gum, aside * high * (0.85 - 0.25 * smoothstep(line, line + 4, deep)))
  const alpha = smoothstep(-0.12, 0.14, from) * smoothstep(0, 1.5, end - x)
  return [blend(crown, flesh, toGum), alpha]
}
