// Whether a face wears glasses, told by the lower rims: a thin line under each eye that skin never shows.
import { type FaceFrame, MILLIMETRE } from './face-frame.ts'
import type { Eye } from './find-eyes.ts'
import type { Photo } from './photo.ts'
import type { Colour } from './photo-light.ts'
import { lumaOf, sampleRgb } from './sample.ts'

const mm = MILLIMETRE
/** Where rims are looked for: so far below the middle of the eye, over so much of its width. */
const SEARCH = { from: 9 * mm, to: 36 * mm, half: 8 * mm } as const
/** A rim differs from what is this far above and below it by this share of the skin's brightness. */
const RIM = { width: 2.6 * mm, contrast: 0.15 } as const
/** Along a rim its height changes by less than this. */
const LEVEL = 4 * mm

/** True where both eyes have a rim under them; rimless glasses go unseen, and need no care. */
export function wearsGlasses(photo: Photo, face: FaceFrame, eyes: readonly Eye[], skin: Colour): boolean {
  const luma = (x: number, y: number) => lumaOf(sampleRgb(photo, x / face.scale, y / face.scale))
  return eyes.every(({ frame: { middle } }) => {
    const columns = Array.from({ length: 9 }, (_, i) => {
      const aside = (i / 4 - 1) * SEARCH.half
      const at = (down: number) =>
        luma(
          middle.x + face.across.x * aside + face.down.x * down,
          middle.y + face.across.y * aside + face.down.y * down,
        )
      let best = { contrast: 0, down: 0 }
      for (let down = SEARCH.from; down <= SEARCH.to; down += 0.4 * mm) {
        const [above, below] = [at(down) - at(down - RIM.width), at(down) - at(down + RIM.width)]
        const contrast = above * below > 0 ? Math.min(Math.abs(above), Math.abs(below)) : 0
        if (contrast > best.contrast) best = { contrast, down }
      }
      return best
    })
    const contrasts = columns.map(({ contrast }) => contrast).sort((a, b) => a - b)
    const heights = columns.map(({ down }) => down).sort((a, b) => a - b)
    // One column may look past a glint.
    return contrasts[2]! > RIM.contrast * lumaOf(skin) && heights[7]! - heights[1]! < LEVEL
  })
}
