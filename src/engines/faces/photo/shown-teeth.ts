// The teeth that a smile shows stay: they are laid over the painted ones where they stand in the photo.
import { mix, smoothstep } from './ease.ts'
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import type { Lips } from './find-lips.ts'
import { fromLocal, toLocal, valueAt } from './opening-frame.ts'
import { edgeAt, type TeethPicture } from './paint-teeth.ts'
import type { Photo } from './photo.ts'
import { isToothLike } from './photo-light.ts'
import { lumaOf, sampleRgb } from './sample.ts'

/** The teeth between the lips of an open mouth. */
export type ShownTeeth = {
  /** Where the edges of the front teeth are, rig pixels below the line between the corners. */
  readonly edge: number
  /** How surely teeth are seen at each place from the left to the right corner, 0 to 1, {@link PLACES} of them. */
  readonly seen: Float32Array
  /** Whether the lower teeth are seen too: they are not carried on as upper ones. */
  readonly upperOnly: boolean
}

const mm = MILLIMETRE
/** Lips blur into what they border on over this distance. */
const RIM = 0.7 * mm
/** Edges hidden by the lower lip are taken to lie this much lower. */
const HIDDEN = 0.8 * mm
/** What is seen is carried on under the upper lip and under the lower one over these distances. */
const CARRIED = { up: 2.5 * mm, down: 1.5 * mm } as const

/** Gums and lips between two rows count as dark as this many times what they are redder than white. */
const PINK = 2

const PLACES = 61
const placeAt = (along: number) => ((along + 1) / 2) * (PLACES - 1)

/** Finds the upper teeth that the photo shows; null where there are none to speak of. */
export function findShownTeeth(photo: Photo, face: FaceFrame, lips: Lips): ShownTeeth | null {
  const bottoms: number[] = []
  const gaps: number[] = []
  const raw = new Float32Array(PLACES)
  for (let i = 0; i < PLACES; i++) {
    const along = (2 * i) / (PLACES - 1) - 1
    let [lowest, count, steps] = [0, 0, 0]
    const [top, bottom] = [valueAt(lips.upper, along) + RIM, valueAt(lips.lower, along) - RIM]
    for (let below = top; below <= bottom; below += 0.4 * mm, steps++) {
      const { x, y } = fromLocal(lips.frame, along, below)
      if (!isToothLike(sampleRgb(photo, x / face.scale, y / face.scale))) continue
      lowest = below
      count++
    }
    if (count < 3 || count < 0.3 * steps) continue
    raw[i] = 1
    if (Math.abs(along) >= 0.35) continue
    const gap = gapBetweenRows(photo, face, lips, along, top, lowest)
    if (gap !== null) gaps.push(gap)
    bottoms.push(lowest >= bottom - 0.8 * mm ? lowest + RIM + HIDDEN : lowest)
  }
  if (bottoms.length < 6) return null
  // Both rows are seen: the upper one ends at the dark line between them.
  const upperOnly = gaps.length > 0.6 * bottoms.length
  const seen = raw.map((_, i) => {
    const near = raw.subarray(Math.max(0, i - 2), i + 3)
    return near.reduce((sum, value) => sum + value, 0) / near.length
  })
  const sorted = (upperOnly ? gaps : bottoms).sort((a, b) => a - b)
  return { edge: sorted[Math.floor((upperOnly ? 0.5 : 0.7) * sorted.length)]!, seen, upperOnly }
}

/** Where a column of teeth is darkest or pinkest between its upper and its lower part, if it is dark or pink there. */
function gapBetweenRows(
  photo: Photo,
  face: FaceFrame,
  lips: Lips,
  along: number,
  top: number,
  bottom: number,
): number | null {
  const tall = bottom - top
  if (tall < 4.5 * mm) return null
  const lumas: number[] = []
  const steps = 24
  for (let i = 0; i <= steps; i++) {
    const { x, y } = fromLocal(lips.frame, along, top + (tall * i) / steps)
    const colour = sampleRgb(photo, x / face.scale, y / face.scale)
    lumas.push(lumaOf(colour) - PINK * Math.max(0, colour[0] - colour[1]))
  }
  const usual = [...lumas].sort((a, b) => a - b)[Math.floor(steps / 2)]!
  const middle = lumas.slice(9, 21)
  const least = Math.min(...middle)
  return least < 0.8 * usual ? top + (tall * (9 + middle.indexOf(least))) / steps : null
}

/**
 * Lays what the photo shows over painted teeth.
 *
 * @param edge where the picture's y 0 lies, rig pixels below the line between the corners.
 * @param place gives the rig place of a picture's place.
 */
export function keepShownTeeth(
  { rgba, width, height, box }: TeethPicture,
  photo: Photo,
  face: FaceFrame,
  lips: Lips,
  shown: ShownTeeth,
  edge: number,
  place: (x: number, below: number, behind: number) => readonly [number, number, number],
): void {
  for (let py = 0; py < height; py++) {
    const y = edge + mix(box.top, box.bottom, (py + 0.5) / height) * mm
    for (let px = 0; px < width; px++) {
      const x = mix(box.left, box.right, (px + 0.5) / width) * mm
      const [rx, ry] = place(x, y, 0)
      const { along, below } = toLocal(lips.frame, rx, ry)
      if (Math.abs(along) > 0.97) continue
      const top = valueAt(lips.upper, along) + RIM
      const bottom = valueAt(lips.lower, along) - RIM
      if (bottom - top < mm) continue
      const lowest = shown.upperOnly ? Math.min(bottom, shown.edge - 0.3 * mm) : bottom
      const seen = Math.min(lowest, Math.max(top, below))
      const far = Math.max(0, top - below) / CARRIED.up + Math.max(0, below - lowest) / CARRIED.down
      const aside = placeAt(along)
      const left = Math.min(PLACES - 2, Math.floor(aside))
      const sure = mix(shown.seen[left]!, shown.seen[left + 1]!, aside - left)
      const share = smoothstep(0.2, 1, sure) * Math.exp(-(far ** 2))
      if (share < 0.01) continue
      const at = fromLocal(lips.frame, along, seen)
      const colour = sampleRgb(photo, at.x / face.scale, at.y / face.scale)
      const i = (py * width + px) * 4
      for (let c = 0; c < 3; c++) rgba[i + c] = mix(rgba[i + c]!, colour[c]!, share)
      // Corners of painted crowns stand elsewhere than those in the photo: down to the row's edge nothing is left out.
      const over = -mix(box.top, box.bottom, (py + 0.5) / height) - edgeAt(x / mm)
      rgba[i + 3] = Math.max(rgba[i + 3]!, 255 * share * smoothstep(0.1, 0.5, over))
    }
  }
}
