// Eyes: gaze, and lids that blink in pauses and with its jumps.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { lidAt, planBlinks } from './blinks.ts'
import { planGlances, writeGaze } from './gaze.ts'
import type { Bearing } from './manner.ts'
import type { Phrase } from './phrases.ts'

/** The lids of a pair are a hair apart, seconds. */
const LIDS_APART = 0.006

/** Moments within a frame that are averaged, as fractions of a frame from its middle: lids are quicker than frames. */
const MOMENTS = [-0.3, 0, 0.3] as const

/**
 * Writes lids and gaze into a shapes track.
 *
 * @param head the track's head rows, already planned.
 */
export function planEyes(
  shapes: Float32Array,
  head: Float32Array,
  options: {
    readonly seed: number
    readonly fps: number
    readonly bearing: Bearing
    readonly phrases: readonly Phrase[]
  },
): void {
  const { seed, fps, bearing, phrases } = options
  const frameCount = shapes.length / SHAPE_COUNT
  const duration = frameCount / fps
  const glances = planGlances(seed, duration, phrases, bearing)
  writeGaze(shapes, head, glances, fps)
  const moments = [
    ...phrases.filter(({ end }) => end !== 'comma').map(({ endSeconds }) => endSeconds),
    ...phrases
      .filter(({ pauseBefore }) => pauseBefore > 0.18)
      .map((phrase) => phrase.startSeconds - phrase.pauseBefore),
    ...glances.filter(({ away }) => away).map(({ seconds }) => seconds),
  ].sort((a, b) => a - b)
  const blinks = planBlinks(seed, duration, moments, bearing.blinks)
  let blink = 0
  for (let frame = 0; frame < frameCount && blinks.length > 0; frame++) {
    const t = (frame + 0.5) / fps
    while (blink + 1 < blinks.length && blinks[blink + 1]!.seconds <= t + 0.5 / fps) blink++
    const lid = (late: number): number =>
      MOMENTS.reduce<number>((sum, moment) => sum + lidAt(blinks[blink]!, t + moment / fps - late), 0) / MOMENTS.length
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.blinkLeft] = lid(0)
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.blinkRight] = lid(LIDS_APART)
  }
}
