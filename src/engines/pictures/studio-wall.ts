// Draws a photographer's paper wall: a gradient, a glow behind the head, darker corners, and noise against banding.
import type { StudioBackdrop } from '../../core/backdrop.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import { parseColour } from './parse-colour.ts'

/** Where the glow's middle stands, in parts of the picture's width and height: behind the head. */
const GLOW = { x: 0.5, y: 0.36 } as const

/** How far the glow reaches to half its strength, in parts of the shorter side. */
const GLOW_RADIUS = 0.42

/** How much lighter the wall is at the top, and darker at the bottom, than its colour. */
const FALL = 0.1

/** Peak of the triangular noise in 8-bit steps: it hides the steps of an 8-bit gradient, and is too fine to be seen. */
const NOISE = 1

/**
 * Draws the wall. The same arguments give the same bytes.
 *
 * @param width in pixels, even, like `height`.
 * @throws Invalid where a colour is not `#rrggbb`.
 */
export function drawStudioWall(backdrop: StudioBackdrop, width: number, height: number): TexturePlanes {
  const wall = toYuv(parseColour(backdrop.color, 'backdrop.color'))
  const glow = toYuv(parseColour(backdrop.glow, 'backdrop.glow'))
  const halfWidth = width / 2
  const y = new Uint8Array(width * height)
  const u = new Uint8Array(halfWidth * (height / 2))
  const v = new Uint8Array(u.length)
  const shorter = Math.min(width, height)
  // The fields are smooth, so the light is worked out once for each 2x2 block and the noise once for each pixel.
  let seed = 0x2545f491
  const noise = (): number => {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    return (seed >>> 0) / 4294967296
  }
  for (let row = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2) {
      const px = (column + 1) / width
      const py = (row + 1) / height
      const dx = ((px - GLOW.x) * width) / shorter
      const dy = ((py - GLOW.y) * height) / shorter
      const near = 1 / (1 + ((dx * dx + dy * dy) / (GLOW_RADIUS * GLOW_RADIUS)) ** 1.25)
      const ex = 2 * px - 1
      const ey = 2 * py - 1
      const corner = Math.min(1, (ex * ex + ey * ey) / 2)
      const shade = (1 + FALL * (0.5 - py) * 2) * (1 - backdrop.vignette * corner * corner)
      const luma = 16 + (wall.y + (glow.y - wall.y) * near) * shade
      const block = (row / 2) * halfWidth + column / 2
      u[block] = 128 + (wall.u + (glow.u - wall.u) * near) * shade + 0.5 + NOISE * (noise() + noise() - 1)
      v[block] = 128 + (wall.v + (glow.v - wall.v) * near) * shade + 0.5 + NOISE * (noise() + noise() - 1)
      const at = row * width + column
      y[at] = clampLuma(luma + NOISE * (noise() + noise() - 1))
      y[at + 1] = clampLuma(luma + NOISE * (noise() + noise() - 1))
      y[at + width] = clampLuma(luma + NOISE * (noise() + noise() - 1))
      y[at + width + 1] = clampLuma(luma + NOISE * (noise() + noise() - 1))
    }
  }
  return { width, height, y, u, v, a: null, ac: null }
}

function clampLuma(value: number): number {
  return value < 16 ? 16 : value > 235 ? 235 : value + 0.5
}

/** BT.709 limited range without the offsets, in steps, unrounded. */
function toYuv([r, g, b]: readonly [number, number, number]): { y: number; u: number; v: number } {
  const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return { y: (luma * 219) / 255, u: ((b - luma) / 1.8556) * (224 / 255), v: ((r - luma) / 1.5748) * (224 / 255) }
}
