// Hair once it is drawn: its hairline and stray hairs, and the layers that carry it.
import type { RigLayer } from '../../../core/rig.ts'
import { RIG_HEIGHT, RIG_WIDTH } from './camera.ts'
import { bleedColours, type Canvas } from './canvas.ts'
import { findNearest, isSeen, visibleVertices } from './front.ts'
import { type Carrier, gridLayer } from './grid.ts'
import { type Cut, softenHairline } from './hairline.ts'
import type { DepthMap } from './raster.ts'
import type { Scene, ScenePart } from './scene.ts'
import type { Flow } from './strand-grain.ts'
import { addStrayHairs } from './stray-hairs.ts'

/** Sides of grid cells of hair in rig pixels. */
export const HAIR_CELL = 28

/** Both pictures of the hair, and which way it runs in the one before the head. */
export type HairPictures = { readonly front: Canvas; readonly flow: Flow; readonly back: Canvas }

/**
 * Breaks up the hairline and lets single hairs stray.
 *
 * @param solids what is solid in each rig pixel. @param head its part that is head, a face from `bareFace` on.
 */
export function finishHair(
  scene: Scene,
  { front, flow, back }: HairPictures,
  cut: Cut,
  solids: DepthMap,
  head: DepthMap,
  bareFace: number,
): void {
  softenHairline(
    scene,
    front,
    flow,
    cut,
    (pixel) => head.depth[pixel]! > bareFace,
    (pixel) => isSeen(head, pixel),
  )
  addStrayHairs([front, back], cut, (pixel) => isSeen(solids, pixel))
  for (const canvas of [front, back]) bleedColours(canvas, 3)
}

/**
 * The layers of hair and beards behind the head and before it.
 *
 * @param splitZ depth between the two. @param deep above 0 for rig pixels that nothing uncovers.
 */
export function hairLayers(
  strands: readonly ScenePart[],
  { front, back }: HairPictures,
  nearest: DepthMap,
  splitZ: number,
  deep: Uint8Array,
): { readonly back: readonly RigLayer[]; readonly front: readonly RigLayer[] } {
  const far = findNearest(strands.map((part) => ({ part, triangles: behind(part, splitZ + 12) })))
  return {
    back: gridLayer(
      'hairBack',
      back,
      strands.filter((part) => part.kind === 'hair').map((part) => carrierOf(part, far, 8)),
      HAIR_CELL,
      cellsWhere((pixel) => deep[pixel]! > 0),
    ),
    front: gridLayer(
      'hair',
      front,
      strands.map((part) => carrierOf(part, nearest, 4)),
      HAIR_CELL,
    ),
  }
}

/** A part as what a depth map shows of it carries a picture; `slack` as in {@link visibleVertices}. */
export const carrierOf = (part: ScenePart, nearest: DepthMap, slack: number): Carrier => ({
  screen: part.coarse.screen,
  headWeights: part.source.headWeights,
  fields: part.coarse.fields,
  chosen: visibleVertices(part.coarse.screen, nearest, slack),
})

/** Triangles that lie wholly behind a depth. */
function behind(part: ScenePart, z: number): Uint32Array {
  const { triangles } = part.fine
  const out: number[] = []
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!]
    if (corners.every((v) => part.screen[v * 3 + 2]! < z)) out.push(...corners)
  }
  return Uint32Array.from(out)
}

function cellsWhere(test: (pixel: number) => boolean) {
  return (left: number, top: number, right: number, bottom: number) => {
    for (let y = Math.max(0, top); y < Math.min(RIG_HEIGHT, bottom); y++) {
      for (let x = Math.max(0, left); x < Math.min(RIG_WIDTH, right); x++) if (!test(y * RIG_WIDTH + x)) return false
    }
    return true
  }
}
