// Paints frames with alpha: once in colour before nothing, once in coverage, and puts the two together.
import { coverageOverlay, coverageRig, flatCoverage } from './coverage.ts'
import { changedRows, openPainter, type Painter, type PainterOptions, type Rows, type YuvFrame } from './painter.ts'
import { STRAIGHT_BLOCK, straighten } from './straighten.ts'

/** Black and no colour, where nothing is to be seen. */
const EMPTY = { y: 16, u: 128, v: 128 } as const

/**
 * Opens a painter whose frames have straight colour and alpha. What it is given as the background of kind `none` is not
 * asked for: nothing stands there.
 */
export async function openAlphaPainter(options: PainterOptions): Promise<Painter> {
  const { canvas, rigs, caption, mark } = options
  const colour = await openPainter({
    ...options,
    background: (background, size, avatarId) =>
      background.kind === 'none'
        ? flatCoverage(size.width, size.height, 0)
        : options.background(background, size, avatarId),
  })
  const coverage = await openPainter({
    ...options,
    rigs: new Map([...rigs].map(([id, rig]) => [id, coverageRig(rig)])),
    background: ({ kind }, size) => flatCoverage(size.width, size.height, kind === 'none' ? 0 : 255),
    ...(mark ? { mark: coverageOverlay(mark) } : {}),
    ...(caption ? { caption: (...asked: Parameters<typeof caption>) => coverageOverlay(caption(...asked)) } : {}),
  })
  const luma = canvas.width * canvas.height
  const [y, u, v] = [new Uint8Array(luma), new Uint8Array(luma / 4), new Uint8Array(luma / 4)]
  let last: Pick<YuvFrame, 'standing' | 'moving'> | null = null
  return {
    canvas,
    paint(state) {
      const seen = colour.paint(state)
      const covered = coverage.paint(state)
      // Outside of these the last picture's planes are what they would become again.
      const moving = wholeBlocks(seen.moving, canvas.height)
      const rows = changedRows({ standing: seen.standing, moving, height: canvas.height }, last)
      last = { standing: seen.standing, moving }
      const halves = { top: rows.top / 2, end: rows.end / 2 }
      const full = { coverage: covered.y, width: canvas.width, height: canvas.height }
      const half = { coverage: covered.u, width: canvas.width / 2, height: canvas.height / 2 }
      straighten({ plane: seen.y, ...full }, y, EMPTY.y, rows)
      straighten({ plane: seen.u, ...half }, u, EMPTY.u, halves)
      straighten({ plane: seen.v, ...half }, v, EMPTY.v, halves)
      return { ...seen, y, u, v, a: covered.y, moving }
    },
  }
}

/** Rows grown to whole blocks of chroma, in which a change anywhere may change everything. */
function wholeBlocks({ top, end }: Rows, height: number): Rows {
  if (top >= end) return { top, end }
  const side = STRAIGHT_BLOCK * 2
  return { top: side * Math.floor(top / side), end: Math.min(height, side * Math.ceil(end / side)) }
}
