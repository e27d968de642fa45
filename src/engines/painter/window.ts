// A character seen through a circle or a square: painted on a stage of its own, then laid over the frame by a soft mask.
import type { WindowPlace } from '../../core/plan.ts'
import type { Kernel } from './kernel.ts'
import type { Box, Stage } from './stage.ts'

/** A mask in the kernel's memory. */
export type WindowMask = {
  /** Lays a stage of the window's size over the frame. @returns what of the frame changed, given what of the stage did. */
  lay(stage: Stage, frame: Stage, changed: readonly Box[]): readonly Box[]
  /** Where it lies on a frame; without extent where it lies beside it. */
  box(frame: Pick<Stage, 'width' | 'height'>): Box
}

/** Reserves a window's mask for good. */
export function openWindowMask(kernel: Kernel, place: WindowPlace): WindowMask {
  const { left, top, width, height } = place
  const luma = maskOf(place)
  const chroma = halved(luma, width, height)
  const masks = [luma, chroma].map((mask) => {
    const at = kernel.allocate(mask.length)
    new Uint8Array(kernel.memory.buffer, at, mask.length).set(mask)
    return at
  })
  const boxOn = (frame: Pick<Stage, 'width' | 'height'>): Box => {
    const [x, y] = [Math.min(frame.width, Math.max(0, left)), Math.min(frame.height, Math.max(0, top))]
    const right = Math.max(x, Math.min(frame.width, left + width))
    return { left: x, top: y, right, bottom: Math.max(y, Math.min(frame.height, top + height)) }
  }
  return {
    box: boxOn,
    lay(stage, frame, changed) {
      const seen = boxOn(frame)
      if (seen.right <= seen.left || seen.bottom <= seen.top) return []
      for (const plane of [0, 1, 2]) {
        const side = plane === 0 ? 1 : 2
        const [stride, toStride] = [width / side, frame.width / side]
        const inner = ((seen.top - top) / side) * stride + (seen.left - left) / side
        const outer = (seen.top / side) * toStride + seen.left / side
        kernel.mix(
          stage.front[plane]! + inner,
          masks[plane === 0 ? 0 : 1]! + inner,
          stride,
          frame.front[plane]! + outer,
          frame.front[plane]! + outer,
          toStride,
          (seen.right - seen.left) / side,
          (seen.bottom - seen.top) / side,
        )
      }
      return changed.flatMap((box) => clipped(box, left, top, seen))
    },
  }
}

/** A box of the window's stage as it lies on the frame. */
function clipped(box: Box, x: number, y: number, seen: Box): Box[] {
  const left = Math.max(seen.left, box.left + x)
  const top = Math.max(seen.top, box.top + y)
  const right = Math.min(seen.right, box.right + x)
  const bottom = Math.min(seen.bottom, box.bottom + y)
  return right > left && bottom > top ? [{ left, top, right, bottom }] : []
}

/** How much of each pixel lies in the window, 0 to 255: exact for straight edges, by the distance to the rim for round ones. */
function maskOf({ shape, width, height, edge }: WindowPlace): Uint8Array {
  const mask = new Uint8Array(width * height)
  const share = (value: number) => Math.round(255 * Math.min(1, Math.max(0, value)))
  const radius = (edge.right - edge.left) / 2
  const [centreX, centreY] = [(edge.left + edge.right) / 2, (edge.top + edge.bottom) / 2]
  for (let y = 0, at = 0; y < height; y++) {
    const down = Math.min(y + 1, edge.bottom) - Math.max(y, edge.top)
    for (let x = 0; x < width; x++, at++) {
      if (shape === 'circle') mask[at] = share(radius + 0.5 - Math.hypot(x + 0.5 - centreX, y + 0.5 - centreY))
      else {
        const across = Math.min(x + 1, edge.right) - Math.max(x, edge.left)
        mask[at] = across > 0 && down > 0 ? share(across * down) : 0
      }
    }
  }
  return mask
}

function halved(mask: Uint8Array, width: number, height: number): Uint8Array {
  const half = new Uint8Array((width / 2) * (height / 2))
  for (let y = 0, at = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, at++) {
      const from = y * width + x
      half[at] = Math.round((mask[from]! + mask[from + 1]! + mask[from + width]! + mask[from + width + 1]!) / 4)
    }
  }
  return half
}
