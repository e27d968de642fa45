// Draws what stands behind a presenter: a paper wall, or a place out of focus.
import type { Backdrop, PlaceBackdrop } from '../../core/backdrop.ts'
import type { TexturePlanes } from '../../core/rig.ts'
import { drawBookshelf, drawClassroom, drawHome } from './places-homely.ts'
import { drawGym, drawPark, drawSkyline } from './places-open.ts'
import { drawNewsroom, drawOffice } from './places-work.ts'
import { blurAll, type Light, lightOf, openSoftCanvas, type SoftCanvas, toPlanes } from './soft-canvas.ts'
import { drawStudioWall } from './studio-wall.ts'

/** Draws a place; `color` and `accent` are the backdrop's own. */
export type PlaceDrawer = (canvas: SoftCanvas, color: Light, accent: Light, seed: number) => void

const PLACE_DRAWERS: Readonly<Record<PlaceBackdrop['kind'], PlaceDrawer>> = {
  office: drawOffice,
  bookshelf: drawBookshelf,
  skyline: drawSkyline,
  park: drawPark,
  newsroom: drawNewsroom,
  classroom: drawClassroom,
  gym: drawGym,
  home: drawHome,
}

/** How far the lens throws what is behind out of focus, in heights of the picture. */
const DEFOCUS = 0.005

/**
 * Draws a backdrop. The same arguments give the same bytes.
 *
 * @param width in pixels, even, like `height`.
 * @throws Invalid where a colour is not `#rrggbb`.
 */
export function drawBackdrop(backdrop: Backdrop, width: number, height: number): TexturePlanes {
  if (backdrop.kind === 'studio') return drawStudioWall(backdrop, width, height)
  const canvas = openSoftCanvas(width, height)
  const color = lightOf(backdrop.color, 'backdrop.color')
  const accent = lightOf(backdrop.accent, 'backdrop.accent')
  PLACE_DRAWERS[backdrop.kind](canvas, color, accent, backdrop.seed)
  blurAll(canvas, DEFOCUS)
  return toPlanes(canvas, width, height)
}
