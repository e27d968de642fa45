// Cues as subtitle files: SubRip, WebVTT and Advanced SubStation Alpha.
import { type CaptionCue, type CaptionFormat, lineText } from '../../core/captions.ts'
import type { Canvas } from '../../core/spec.ts'

/** Writes cues as text of a subtitle file; {@link canvas} sizes the letters where a format knows sizes. */
export function captionFile(cues: readonly CaptionCue[], format: CaptionFormat, canvas: Canvas): string {
  if (format === 'srt') return subRip(cues)
  return format === 'vtt' ? webVtt(cues) : subStation(cues, canvas)
}

// Times with a comma, blocks parted by blank lines.
function subRip(cues: readonly CaptionCue[]): string {
  return cues.map((cue, index) => `${index + 1}\n${span(cue, ',')}\n${cue.lines.map(lineText).join('\n')}\n`).join('\n')
}

// Source: W3C WebVTT; & < > are escaped in cue text.
function webVtt(cues: readonly CaptionCue[]): string {
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
  const blocks = cues.map(
    (cue) => `${span(cue, '.')}\n${cue.lines.map((line) => escaped(lineText(line))).join('\n')}\n`,
  )
  return ['WEBVTT\n', ...blocks].join('\n')
}

// Centiseconds; \k gives each word's length, so that players can colour the spoken one.
function subStation(cues: readonly CaptionCue[], { width, height }: Canvas): string {
  const size = Math.round(Math.min(width * 0.058, height * 0.05))
  const header = [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${width}`,
    `PlayResY: ${height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    `Style: Default,Noto Sans,${size},&H00FFFFFF,&H00FFFFFF,&H00101010,&H80000000,-1,0,0,0,100,100,0,0,1,${Math.max(1, Math.round(size * 0.07))},1,2,${Math.round(width * 0.08)},${Math.round(width * 0.08)},${Math.round(height * (height > width ? 0.2 : 0.08))},1`,
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
  ]
  const escaped = (text: string) => text.replace(/[{}\\]/g, (mark) => (mark === '\\' ? '\\\u2060' : `\\${mark}`))
  const events = cues.map((cue) => {
    let at = cue.startSeconds
    const lines = cue.lines.map((line) =>
      line
        .map(({ text, joined, endSeconds }, index) => {
          const length = Math.max(0, Math.round((endSeconds - at) * 100))
          at += length / 100
          return `${index === 0 || joined ? '' : ' '}{\\k${length}}${escaped(text)}`
        })
        .join(''),
    )
    return `Dialogue: 0,${centiseconds(cue.startSeconds)},${centiseconds(cue.endSeconds)},Default,,0,0,0,,${lines.join('\\N')}`
  })
  return `${[...header, ...events].join('\n')}\n`
}

function span({ startSeconds, endSeconds }: CaptionCue, point: string): string {
  return `${clock(startSeconds, point)} --> ${clock(endSeconds, point)}`
}

function clock(seconds: number, point: string): string {
  const ms = Math.round(seconds * 1000)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}${point}${String(ms % 1000).padStart(3, '0')}`
}

function centiseconds(seconds: number): string {
  const cs = Math.round(seconds * 100)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${Math.floor(cs / 360_000)}:${two((cs / 6000) % 60)}:${two((cs / 100) % 60)}.${two(cs % 100)}`
}
