// Where the window lies that a character is seen through.
import type { WindowPlace } from '../core/plan.ts'
import type { Canvas, Stance, Window } from '../core/spec.ts'

/**
 * A circle or a square is as wide as the canvas' shorter side times the stance's scale, about the middle of the canvas
 * moved by its offsets; a rectangle lies where it says.
 * @returns null where no pixel of it could be seen.
 */
export function placeWindow(window: Window, { width, height }: Canvas, stance: Stance): WindowPlace | null {
  const exact = window.shape === 'rectangle' ? rectangle(window.area, width, height) : square(width, height, stance)
  const left = 2 * Math.floor(exact.left / 2)
  const top = 2 * Math.floor(exact.top / 2)
  const right = 2 * Math.ceil(exact.right / 2)
  const bottom = 2 * Math.ceil(exact.bottom / 2)
  const isSeen = right > 0 && bottom > 0 && left < width && top < height && right > left && bottom > top
  if (!isSeen) return null
  return {
    shape: window.shape === 'circle' ? 'circle' : 'rectangle',
    left,
    top,
    width: right - left,
    height: bottom - top,
    edge: {
      left: exact.left - left,
      top: exact.top - top,
      right: exact.right - left,
      bottom: exact.bottom - top,
    },
  }
}

type Edge = WindowPlace['edge']

function square(width: number, height: number, { scale = 1, offsetX = 0, offsetY = 0 }: Stance): Edge {
  const half = (Math.min(width, height) * scale) / 2
  const [x, y] = [width * (0.5 + offsetX), height * (0.5 + offsetY)]
  return { left: x - half, top: y - half, right: x + half, bottom: y + half }
}

function rectangle(area: NonNullable<Extract<Window, { area: unknown }>['area']>, width: number, height: number): Edge {
  const left = area.left * width
  const top = area.top * height
  return { left, top, right: left + area.width * width, bottom: top + area.height * height }
}
