// A breath before each sentence, spent while it is spoken, and quiet breathing while the avatar waits.
import { SHAPE_COUNT, SHAPE_INDEX } from '../../core/shapes.ts'
import { clamp, followMoves, type Move, plateau } from '../curves.ts'
import { chance } from '../random.ts'
import type { Phrase } from './phrases.ts'

/** One breath at rest, seconds (12 to 20 a minute). */
const AT_REST = 4.1

/** Only a pause this long is used to breathe in, seconds. */
const LEAST_PAUSE = 0.25

/**
 * How long before a sentence the lips part for breath, seconds. The silence before that is still: this much of it already
 * belongs to the sentence (see SILENCE_MARGIN in domain/sync/sync-report.ts).
 */
const LIPS_PART_BEFORE = 0.19

/** Writes the chest's breath, and the lips that part for it, into a shapes track that already has its mouth. */
export function planBreath(
  shapes: Float32Array,
  options: { readonly seed: number; readonly fps: number; readonly phrases: readonly Phrase[] },
): void {
  const { seed, fps, phrases } = options
  const frameCount = shapes.length / SHAPE_COUNT
  const intakes = planIntakes(seed, phrases, frameCount / fps)
  const levels = followMoves(intakes, frameCount, fps)
  for (let frame = 0; frame < frameCount; frame++) {
    shapes[frame * SHAPE_COUNT + SHAPE_INDEX.breath] = clamp(levels[frame]!, 0, 1)
  }
  for (const [index, { startSeconds, pauseBefore, opens }] of phrases.entries()) {
    if (!opens || pauseBefore < LEAST_PAUSE) continue
    const part = 0.3 + 0.25 * chance(seed, 66, index)
    const from = Math.max(0, Math.floor((startSeconds - LIPS_PART_BEFORE) * fps))
    const to = Math.min(frameCount, Math.ceil((startSeconds + 0.1) * fps))
    for (let frame = from; frame < to; frame++) {
      const t = (frame + 0.5) / fps
      const shape = plateau(t, startSeconds - 0.06, startSeconds - 0.02, LIPS_PART_BEFORE - 0.06, 0.12)
      const row = frame * SHAPE_COUNT
      const sealed = Math.min(1, shapes[row + SHAPE_INDEX.lipsPress]! / 0.4 + shapes[row + SHAPE_INDEX.lowerLipTuck]!)
      const open = shape * (1 - sealed)
      raise(shapes, row + SHAPE_INDEX.lipsPart, open * part)
      raise(shapes, row + SHAPE_INDEX.jawOpen, open * part * 0.12)
    }
  }
}

function raise(shapes: Float32Array, at: number, weight: number): void {
  shapes[at] = Math.max(shapes[at]!, Math.round(weight * 1024) / 1024)
}

/** In before a sentence or in a pause, out while speaking; by itself where nobody speaks. */
function planIntakes(seed: number, phrases: readonly Phrase[], durationSeconds: number): readonly Move[] {
  const moves: Move[] = []
  const breathe = (seconds: number, takes: number, depth: number, out: number): void => {
    moves.push({ seconds, takes, to: depth }, { seconds: seconds + takes * 0.9, takes: out, to: 0.12 * depth })
  }
  const rest = (from: number, to: number, index: number): void => {
    let at = from + 1.1 * chance(seed, 61, index)
    for (let k = 0; at < to - 1; k++) {
      const key = index * 1000 + k
      const length = AT_REST * (0.85 + 0.3 * chance(seed, 62, key))
      breathe(at, length * 0.4, 0.4 + 0.2 * chance(seed, 63, key), length * 0.55)
      at += length
    }
  }
  let end = 0
  for (const [index, { startSeconds, endSeconds, pauseBefore }] of phrases.entries()) {
    const first = index === 0
    if (!first && pauseBefore > 2) rest(end, startSeconds - 0.6, index)
    if (first || pauseBefore >= LEAST_PAUSE) {
      const takes = clamp(pauseBefore * 1.1, 0.35, 0.7)
      const depth = clamp(0.45 + 0.3 * pauseBefore, 0.45, 0.8) + 0.2 * chance(seed, 64, index)
      breathe(startSeconds - takes * 0.85, takes, depth, 2.4 + 1.6 * chance(seed, 65, index))
    }
    end = endSeconds
  }
  rest(phrases.length === 0 ? 0 : end + 1.2, durationSeconds, phrases.length)
  return moves.sort((a, b) => a.seconds - b.seconds)
}
