// Pictures laid over a finished frame, such as captions: uploaded when they change, blended into every frame.
import type { TexturePlanes } from '../../core/rig.ts'
import type { Kernel } from './kernel.ts'

/** A picture and the canvas pixel of its upper left corner, both even numbers. */
export type Overlay = { readonly texture: TexturePlanes; readonly left: number; readonly top: number }

/** Lays one overlay after another over frames. */
export type OverlayPress = {
  /** Blends it into the planes at these addresses. @throws RangeError where it does not lie on the canvas. */
  lay(key: string, overlay: () => Overlay, planes: readonly number[]): Overlay
}

/**
 * Reserves room for overlays, once; the last one stays uploaded.
 * @param largest of them. @default the whole canvas
 */
export function openOverlayPress(
  kernel: Kernel,
  width: number,
  height: number,
  largest: { readonly width: number; readonly height: number } = { width, height },
): OverlayPress {
  const [full, half] = [largest.width * largest.height, (largest.width / 2) * (largest.height / 2)]
  const room = [full, half, half, full, half].map((size) => kernel.allocate(size))
  let held: { readonly key: string; readonly overlay: Overlay } | null = null

  function upload(overlay: Overlay): void {
    const { texture, left, top } = overlay
    const inside = left >= 0 && top >= 0 && left + texture.width <= width && top + texture.height <= height
    const fits = texture.width * texture.height <= full
    if (!inside || !fits || left % 2 || top % 2) {
      throw new RangeError(`${texture.width} x ${texture.height} at ${left}, ${top} is not on ${width} x ${height}.`)
    }
    const planes = [texture.y, texture.u, texture.v, texture.a, texture.ac]
    for (const [index, plane] of planes.entries()) {
      const size = index === 0 || index === 3 ? texture.width * texture.height : (texture.width * texture.height) / 4
      const target = new Uint8Array(kernel.memory.buffer, room[index]!, size)
      if (plane) target.set(plane)
      else target.fill(255)
    }
  }

  return {
    lay(key, overlay, planes) {
      if (held?.key !== key) {
        const wanted = overlay()
        upload(wanted)
        held = { key, overlay: wanted }
      }
      const { texture, left, top } = held.overlay
      for (const plane of [0, 1, 2]) {
        const side = plane === 0 ? 1 : 2
        const alpha = room[plane === 0 ? 3 : 4]!
        const [x, y, columns, rows] = [left, top, texture.width, texture.height].map((value) => value / side)
        kernel.layOver(room[plane]!, alpha, planes[plane]!, width / side, x!, y!, columns!, rows!)
      }
      return held.overlay
    },
  }
}
