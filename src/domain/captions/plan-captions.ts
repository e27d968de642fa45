// The captions of a planned video, frame by frame: which picture of them stands where, and when.
import {
  CAPTION_POSITIONS,
  CAPTION_STYLES,
  type CaptionCue,
  type CaptionOptions,
  type CaptionPicture,
  lineText,
} from '../../core/captions.ts'
import type { PlannedCaption } from '../../core/plan.ts'
import type { Box } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { shownLength } from './make-cues.ts'

/** Lines of a caption lie this far apart, in ems. The drawing keeps to it. */
export const LINE_HEIGHT = 1.32

/** Share of the height under which nothing is shown: phones lay their own buttons over it in portrait. */
const BOTTOM = { portrait: 0.2, other: 0.07 }
const TOP = { portrait: 0.11, other: 0.06 }

/** What a letter takes at most on the average, with its outline, in ems. */
const LETTER_WIDTH = 0.62
/** Where lips, teeth and an open jaw are in a head, in shares of its box. */
const MOUTH = { left: 0.22, right: 0.78, top: 0.66, bottom: 1.04 }

function mouthIn({ x, y, width, height }: Box): Box {
  const { left, right, top, bottom } = MOUTH
  return { x: x + left * width, y: y + top * height, width: (right - left) * width, height: (bottom - top) * height }
}

/** Pixels that two boxes share. */
function overlap(one: Box, other: Box): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, across) * Math.max(0, down)
}

/** How captions are set on a canvas. */
export type CaptionSetting = {
  /** Em in canvas pixels. */
  readonly fontSize: number
  /** Most characters a line. */
  readonly lineLength: number
}

/** Letters as large as phones and televisions need them, and as many a line as then fit into 84 % of the width. */
export function captionSetting({ width, height }: Canvas): CaptionSetting {
  const fontSize = Math.max(12, Math.round(Math.min(width * 0.06, height * 0.052)))
  const lineLength = Math.max(8, Math.min(42, Math.floor((width * 0.84) / (fontSize * 0.56))))
  return { fontSize, lineLength }
}

/**
 * Captions stand where they are asked to, unless a mouth is there: then at the bottom or the top, wherever least of it is
 * covered.
 * @param cues with times from the video's start. @param headOf where on the canvas the head is of who is seen while a cue
 * stands, crown to chin, or null where nobody is.
 */
export function planCaptions(
  cues: readonly CaptionCue[],
  options: CaptionOptions,
  canvas: Canvas,
  headOf: (cue: CaptionCue) => Box | null,
): readonly PlannedCaption[] {
  const { style = CAPTION_STYLES[0], position = CAPTION_POSITIONS[0] } = options
  const { fontSize } = captionSetting(canvas)
  return cues.flatMap((cue) => {
    const height = cue.lines.length * LINE_HEIGHT * fontSize
    const shape = canvas.height > canvas.width ? 'portrait' : 'other'
    const lowest = canvas.height * (1 - BOTTOM[shape]) - height
    const highest = canvas.height * TOP[shape]
    const head = headOf(cue)
    const underChin = (head ? head.y + head.height : canvas.height / 2) + fontSize * 0.8
    const places = {
      bottom: [lowest, highest],
      middle: [Math.max(highest, Math.min(underChin, lowest)), lowest, highest],
      top: [highest, lowest],
    }[position]
    const width = Math.max(...cue.lines.map((line) => shownLength(lineText(line)))) * LETTER_WIDTH * fontSize
    const covered = (top: number) =>
      head ? overlap(mouthIn(head), { x: (canvas.width - width) / 2, y: top, width, height }) : 0
    const top = places.reduce((best, place) => (covered(place) < covered(best) ? place : best))
    const picture = {
      lines: cue.lines.map((line) => line.map(({ text, joined }) => ({ text, joined }))),
      style,
      fontSize,
    }
    const at = (spoken: number | null): CaptionPicture => ({ ...picture, spoken, top: Math.round(top) })
    const startFrame = Math.round(cue.startSeconds * canvas.fps)
    const endFrame = Math.max(startFrame + 1, Math.round(cue.endSeconds * canvas.fps))
    if (style !== 'karaoke') return [{ startFrame, endFrame, picture: at(null) }]
    const words = cue.lines.flat()
    return words
      .map(({ startSeconds }, index) => ({
        startFrame: index === 0 ? startFrame : Math.max(startFrame, Math.round(startSeconds * canvas.fps)),
        endFrame: Math.min(endFrame, Math.round((words[index + 1]?.startSeconds ?? cue.endSeconds) * canvas.fps)),
        picture: at(index),
      }))
      .filter((planned) => planned.endFrame > planned.startFrame)
  })
}
