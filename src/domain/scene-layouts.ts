// Named ways to share a canvas between a character and what is shown beside or behind it.
import type { PixelBox } from '../core/plan.ts'
import type { Area, Canvas } from '../core/spec.ts'

/** Split screens are named after the character's half, pictures in the picture after its corner. */
export const SCENE_LAYOUTS = [
  'split_left',
  'split_right',
  'split_top',
  'split_bottom',
  'pip_top_left',
  'pip_top_right',
  'pip_bottom_left',
  'pip_bottom_right',
] as const
export type SceneLayout = (typeof SCENE_LAYOUTS)[number]

/** Where the character is seen, and to what the background's picture or video is fitted; null: to the whole canvas. */
export type SceneAreas = { readonly character: Area; readonly background: Area | null }

const LEFT: Area = { left: 0, top: 0, width: 0.5, height: 1 }
const RIGHT: Area = { ...LEFT, left: 0.5 }
const TOP: Area = { left: 0, top: 0, width: 1, height: 0.5 }
const BOTTOM: Area = { ...TOP, top: 0.5 }
/** A picture in the picture takes a share of each side, so that it has the canvas' shape, and stands off the edges. */
const INSET = { share: 0.3, margin: 0.04 }

/** The areas of a layout. */
export function areasOf(layout: SceneLayout): SceneAreas {
  if (layout === 'split_left') return { character: LEFT, background: RIGHT }
  if (layout === 'split_right') return { character: RIGHT, background: LEFT }
  if (layout === 'split_top') return { character: TOP, background: BOTTOM }
  if (layout === 'split_bottom') return { character: BOTTOM, background: TOP }
  const { share, margin } = INSET
  const far = 1 - margin - share
  return {
    character: {
      left: layout.endsWith('left') ? margin : far,
      top: layout.startsWith('pip_top') ? margin : far,
      width: share,
      height: share,
    },
    background: null,
  }
}

/** An area of a canvas to the nearest even pixel, cut at the canvas' edges; at least two pixels wide and high. */
export function boxOfArea({ left, top, width, height }: Area, canvas: Pick<Canvas, 'width' | 'height'>): PixelBox {
  const [x, right] = span(left, width, canvas.width)
  const [y, bottom] = span(top, height, canvas.height)
  return { left: x, top: y, width: right - x, height: bottom - y }
}

function span(start: number, length: number, side: number): readonly [number, number] {
  const even = (share: number) => 2 * Math.round((share * side) / 2)
  const from = Math.min(side - 2, Math.max(0, even(start)))
  return [from, Math.min(side, Math.max(from + 2, even(start + length)))]
}
