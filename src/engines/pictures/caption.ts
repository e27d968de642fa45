// A caption as a picture: letters, outline or box, and the spoken word in its own colour.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import { type CaptionPicture, type CaptionStyle, lineText } from '../../core/captions.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { LINE_HEIGHT } from '../../domain/captions/plan-captions.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { fontsFor } from './caption-fonts.ts'

/** How a style is drawn; lengths in ems. */
type Look = {
  readonly weight: number
  readonly outline: number
  readonly box: string | null
}
const LOOKS: Readonly<Record<CaptionStyle, Look>> = {
  karaoke: { weight: 800, outline: 0.15, box: null },
  plain: { weight: 700, outline: 0.13, box: null },
  boxed: { weight: 600, outline: 0, box: 'rgba(12, 13, 16, 0.72)' },
}
const LETTERS = '#ffffff'
const SPOKEN = '#ffd84a'
const OUTLINE = '#0d0d0f'
/** Room between the letters and the edge of their box, in ems. */
const PADDING = { x: 0.42, y: 0.16 }
/** Most of the canvas width that a caption may take, box and outline and all (EBU R 95: 90 %); a longer one is set smaller. */
const WIDEST = 0.9
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const LEFT_TO_RIGHT = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u

/** A line, measured. */
type SetLine = {
  readonly text: string
  readonly isRtl: boolean
  readonly width: number
  /** The word to colour: its text and where it begins, in pixels from the line's start. */
  readonly spoken: { readonly text: string; readonly from: number } | null
}

/** Draws a caption where it stands on the canvas. */
export function drawCaption(
  caption: CaptionPicture,
  canvas: Canvas,
): { readonly texture: TexturePlanes; readonly left: number; readonly top: number } {
  const look = LOOKS[caption.style]
  const families = fontsFor(caption.lines.map(lineText).join(' '))
  const measuring = createCanvas(1, 1).getContext('2d')
  const setAt = (fontSize: number) => {
    setFont(measuring, look, fontSize, families)
    return setLines(measuring, caption)
  }
  const wanted = Math.max(...setAt(caption.fontSize).map(({ width }) => width))
  const margin = Math.ceil(caption.fontSize * (look.box ? PADDING.x : look.outline + 0.1))
  const size = caption.fontSize * Math.min(1, (canvas.width * WIDEST - margin * 2) / wanted)
  const lines = setAt(size)

  const lineHeight = caption.fontSize * LINE_HEIGHT
  const widest = Math.max(...lines.map(({ width }) => width))
  const width = even(Math.min(canvas.width, widest + margin * 2))
  const height = even(Math.min(canvas.height, lineHeight * lines.length + margin * 2))
  const left = evenWithin((canvas.width - width) / 2, canvas.width - width)
  const top = evenWithin(caption.top - margin, canvas.height - height)

  const context = createCanvas(width, height).getContext('2d')
  setFont(context, look, size, families)
  context.textBaseline = 'alphabetic'
  context.lineJoin = 'round'
  if (look.box) drawBox(context, lines, { width, size, margin, lineHeight, color: look.box })
  for (const [index, line] of lines.entries()) {
    const middle = margin + (index + 0.5) * lineHeight
    drawLine(context, line, { middle, width, size, look })
  }
  return { texture: rgbaToPlanes(context.getImageData(0, 0, width, height).data, width, height), left, top }
}

function setLines(context: SKRSContext2D, { lines, spoken }: CaptionPicture): readonly SetLine[] {
  let first = 0
  return lines.map((line) => {
    const text = lineText(line)
    const isRtl = RIGHT_TO_LEFT.test(text)
    const index = spoken === null ? -1 : spoken - first
    first += line.length
    const word = line[index]
    // Where both directions meet in a line, its words do not stand in the order of their letters: none is coloured.
    const isPlain = !isRtl || !LEFT_TO_RIGHT.test(text)
    const before = lineText(line.slice(0, index))
    const gap = word && index > 0 && !word.joined ? ' ' : ''
    const from =
      word && isPlain ? context.measureText(before + gap + word.text).width - context.measureText(word.text).width : 0
    return {
      text,
      isRtl,
      width: context.measureText(text).width,
      spoken: word && isPlain ? { text: word.text, from } : null,
    }
  })
}

// The weight is set twice: the letters of fallback families follow the variation alone.
function setFont(context: SKRSContext2D, { weight }: Look, size: number, families: string): void {
  context.font = `${weight} ${size}px ${families}`
  context.fontVariationSettings = `'wght' ${weight}`
}

// One path for all lines: where their boxes meet, nothing darkens twice.
function drawBox(
  context: SKRSContext2D,
  lines: readonly SetLine[],
  {
    width,
    size,
    margin,
    lineHeight,
    color,
  }: Record<'width' | 'size' | 'margin' | 'lineHeight', number> & { color: string },
): void {
  const [x, y] = [size * PADDING.x, size * PADDING.y]
  context.fillStyle = color
  context.beginPath()
  for (const [index, line] of lines.entries()) {
    const top = margin + index * lineHeight - y
    context.roundRect((width - line.width) / 2 - x, top, line.width + x * 2, lineHeight + y * 2, size * 0.24)
  }
  context.fill()
}

function drawLine(
  context: SKRSContext2D,
  { text, isRtl, width: lineWidth, spoken }: SetLine,
  at: { middle: number; width: number; size: number; look: Look },
): void {
  const { middle, width, size, look } = at
  const left = (width - lineWidth) / 2
  context.direction = isRtl ? 'rtl' : 'ltr'
  context.textAlign = 'start'
  const start = isRtl ? left + lineWidth : left
  const baseline = middle + size * 0.36
  if (look.outline > 0) {
    context.strokeStyle = OUTLINE
    context.lineWidth = size * look.outline * 2
    context.shadowColor = 'rgba(0, 0, 0, 0.45)'
    context.shadowBlur = size * 0.08
    context.shadowOffsetY = size * 0.03
    context.strokeText(text, start, baseline)
    context.shadowColor = 'transparent'
  }
  context.fillStyle = LETTERS
  context.fillText(text, start, baseline)
  if (!spoken) return
  context.fillStyle = SPOKEN
  context.fillText(spoken.text, isRtl ? start - spoken.from : start + spoken.from, baseline)
}

function even(value: number): number {
  return 2 * Math.ceil(value / 2)
}

function evenWithin(value: number, most: number): number {
  return Math.max(0, Math.min(2 * Math.floor(most / 2), 2 * Math.round(value / 2)))
}
