// Two pictures seen through each other: the frames between two scenes.
import type { YuvFrame } from './painter.ts'

type Planes = Pick<YuvFrame, 'y' | 'u' | 'v' | 'a'>

/** Mixes pictures of one size. */
export type CrossFader = {
  /**
   * @param share of the second picture, 0 to 1.
   * @returns planes that the next call overwrites; with alpha where both pictures have it, the colours then straight.
   */
  mix(from: Planes, to: Planes, share: number): Planes
}

/** Reserves the memory of the mixed picture. Sides in pixels, even. */
export function openCrossFader(width: number, height: number, hasAlpha: boolean): CrossFader {
  const plane = (size: number) => new Uint8Array(size)
  const [y, u, v] = [plane(width * height), plane((width * height) / 4), plane((width * height) / 4)]
  const a = hasAlpha ? plane(width * height) : undefined
  return {
    mix(from, to, share) {
      if (!a || !from.a || !to.a) {
        blend(from.y, to.y, share, y)
        blend(from.u, to.u, share, u)
        blend(from.v, to.v, share, v)
        return { y, u, v }
      }
      blend(from.a, to.a, share, a)
      weigh(from.y, to.y, from.a, to.a, share, y)
      const [before, after] = [halved(from.a, width, height), halved(to.a, width, height)]
      weigh(from.u, to.u, before, after, share, u)
      weigh(from.v, to.v, before, after, share, v)
      return { y, u, v, a }
    },
  }
}

function blend(from: Uint8Array, to: Uint8Array, share: number, out: Uint8Array): void {
  const second = Math.round(share * 256)
  const first = 256 - second
  for (let i = 0; i < out.length; i++) out[i] = (from[i]! * first + to[i]! * second + 128) >> 8
}

/** Straight colours count by how much they cover. */
function weigh(
  from: Uint8Array,
  to: Uint8Array,
  fromAlpha: Uint8Array,
  toAlpha: Uint8Array,
  share: number,
  out: Uint8Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const [first, second] = [fromAlpha[i]! * (1 - share), toAlpha[i]! * share]
    const whole = first + second
    out[i] = whole === 0 ? blended(from[i]!, to[i]!, share) : (from[i]! * first + to[i]! * second) / whole + 0.5
  }
}

const blended = (from: number, to: number, share: number) => from * (1 - share) + to * share + 0.5

function halved(alpha: Uint8Array, width: number, height: number): Uint8Array {
  const out = new Uint8Array((width * height) / 4)
  for (let row = 0, at = 0; row < height; row += 2) {
    for (let column = 0; column < width; column += 2, at++) {
      const i = row * width + column
      out[at] = (alpha[i]! + alpha[i + 1]! + alpha[i + width]! + alpha[i + width + 1]! + 2) >> 2
    }
  }
  return out
}
