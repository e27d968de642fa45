// Pictures of coverage: a rig, a caption or a background whose "colour" is how much it covers.
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import type { Overlay } from './lay-over.ts'

/**
 * A rig that paints its own alpha: luma becomes the coverage of pixels, chroma that of the 2 x 2 blocks. Premultiplied
 * white is alpha, so the ordinary blending adds coverage up.
 */
export function coverageRig(rig: Rig): Rig {
  return { ...rig, layers: rig.layers.map((layer) => ({ ...layer, texture: coverageTexture(layer.texture) })) }
}

/** The same for a picture that is laid over. */
export function coverageOverlay(overlay: Overlay): Overlay {
  return { ...overlay, texture: coverageTexture(overlay.texture) }
}

/** A picture that covers all or nothing. @param share 0 to 255. Sides in pixels, even. */
export function flatCoverage(width: number, height: number, share: number): TexturePlanes {
  const quarter = (width / 2) * (height / 2)
  const chroma = new Uint8Array(quarter).fill(share)
  return { width, height, y: new Uint8Array(width * height).fill(share), u: chroma, v: chroma, a: null, ac: null }
}

function coverageTexture({ width, height, a, ac }: TexturePlanes): TexturePlanes {
  if (!a || !ac) return flatCoverage(width, height, 255)
  return { width, height, y: a, u: ac, v: ac, a, ac }
}
