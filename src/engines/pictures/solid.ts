// One colour as a picture.
import type { TexturePlanes } from '../../core/rig.ts'
import { rgbaToPlanes } from '../../domain/colour.ts'
import { parseColour } from './parse-colour.ts'

/**
 * A picture of one colour.
 *
 * @param color `#rrggbb`.
 * @param width in pixels, even, like `height`.
 * @throws Invalid where the colour is not of that form.
 */
export function solidColour(color: string, width: number, height: number): TexturePlanes {
  const [r, g, b] = parseColour(color, 'background.color')
  const block = new Uint8Array(16)
  for (let pixel = 0; pixel < 4; pixel++) block.set([r, g, b, 255], pixel * 4)
  const sample = rgbaToPlanes(block, 2, 2, true)
  const quarter = (width / 2) * (height / 2)
  return {
    width,
    height,
    y: new Uint8Array(width * height).fill(sample.y[0]!),
    u: new Uint8Array(quarter).fill(sample.u[0]!),
    v: new Uint8Array(quarter).fill(sample.v[0]!),
    a: null,
    ac: null,
  }
}
