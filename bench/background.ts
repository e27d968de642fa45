// How still a video's background stays beside the person, from its decoded frames.
import type { FaceSample } from '../src/domain/life/life-report.ts'
import { decodeFrames } from '../src/engines/media/decode.ts'

/** Peak signal-to-noise ratio of luma against the still, decibels. */
export type BackgroundFigures = {
  readonly worst: number
  readonly mean: number
  /** Share of the frame that counts as background beside the person. */
  readonly share: number
}

/** The person lies within this many eye distances of the face's middle, to either side and over it. */
const BESIDE = 2.4
const ABOVE = 2.2
/** Shoulders begin this many eye distances below the brows. */
const SHOULDERS = 1.9

/**
 * Compares the background beside and above the head in every `every`-th frame with the first frame of the file.
 * Null where the person leaves less than 2 % of the frame.
 */
export async function measureBackground(
  path: string,
  face: readonly (FaceSample | null)[],
  every = 5,
): Promise<BackgroundFigures | null> {
  const found = face.filter((sample) => sample !== null)
  if (found.length === 0) return null
  const mean = (key: 'x' | 'y' | 'eyeDistance') => found.reduce((sum, sample) => sum + sample[key], 0) / found.length
  const [x, y, eyes] = [mean('x'), mean('y'), mean('eyeDistance')]
  let still: Uint8Array | null = null
  let places: readonly number[] = []
  const ratios: number[] = []
  let share = 0
  for await (const frame of decodeFrames(path, { every })) {
    if (!still) {
      still = frame.y
      places = Array.from(frame.y.keys()).filter((at) => {
        const column = at % frame.width
        const row = Math.floor(at / frame.width)
        return row < y + SHOULDERS * eyes && (Math.abs(column - x) > BESIDE * eyes || row < y - ABOVE * eyes)
      })
      share = places.length / frame.y.length
      if (share < 0.02) return null
      continue
    }
    let sum = 0
    for (const at of places) sum += (frame.y[at]! - still[at]!) ** 2
    ratios.push(10 * Math.log10(255 ** 2 / Math.max(1e-6, sum / places.length)))
  }
  if (ratios.length === 0) return null
  return { worst: Math.min(...ratios), mean: ratios.reduce((sum, value) => sum + value, 0) / ratios.length, share }
}
