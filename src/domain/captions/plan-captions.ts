// The captions of a planned video, frame by frame: which picture of them stands where, and when.
import {
  CAPTION_POSITIONS,
  CAPTION_STYLES,
  type CaptionCue,
  type CaptionOptions,
  type CaptionPicture,
} from '../../core/captions.ts'
import type { PlannedCaption } from '../../core/plan.ts'
import type { Canvas } from '../../core/spec.ts'

/** Lines of a caption lie this far apart, in ems. The drawing keeps to it. */
export const LINE_HEIGHT = 1.32

/** Share of the height under which nothing is shown: phones lay their own buttons over it in portrait. */
const BOTTOM = { portrait: 0.2, other: 0.07 }
const TOP = { portrait: 0.11, other: 0.06 }

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
 * @param cues with times from the video's start. @param chin canvas pixels from the top to the chin of who is seen while a
 * cue stands, or null where nobody is.
 */
export function planCaptions(
  cues: readonly CaptionCue[],
  options: CaptionOptions,
  canvas: Canvas,
  chin: (cue: CaptionCue) => number | null,
): readonly PlannedCaption[] {
  const { style = CAPTION_STYLES[0], position = CAPTION_POSITIONS[0] } = options
  const { fontSize } = captionSetting(canvas)
  return cues.flatMap((cue) => {
    const height = cue.lines.length * LINE_HEIGHT * fontSize
    const shape = canvas.height > canvas.width ? 'portrait' : 'other'
    const lowest = canvas.height * (1 - BOTTOM[shape]) - height
    const underChin = (chin(cue) ?? canvas.height / 2) + fontSize * 0.8
    const top =
      position === 'top' ? canvas.height * TOP[shape] : position === 'middle' ? Math.min(underChin, lowest) : lowest
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
