// Paints frames with alpha: once in colour before nothing, once in coverage, and puts the two together.
import { coverageOverlay, coverageRig, flatCoverage } from './coverage.ts'
import { openPainter, type Painter, type PainterOptions } from './painter.ts'
import { straighten } from './straighten.ts'

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
  return {
    canvas,
    paint(state) {
      const seen = colour.paint(state)
      const covered = coverage.paint(state)
      const full = { coverage: covered.y, width: canvas.width, height: canvas.height }
      const half = { coverage: covered.u, width: canvas.width / 2, height: canvas.height / 2 }
      straighten({ plane: seen.y, ...full }, y, EMPTY.y)
      straighten({ plane: seen.u, ...half }, u, EMPTY.u)
      straighten({ plane: seen.v, ...half }, v, EMPTY.v)
      return { ...seen, y, u, v, a: covered.y }
    },
  }
}
