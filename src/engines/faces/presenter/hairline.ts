// Where hair meets the face: no line, but strands of unlike length, single hairs and skin between them.
import { project } from './camera.ts'
import { type Canvas, filledRows } from './canvas.ts'
import { noise3, smoothstep } from './noise.ts'
import type { Scene } from './scene.ts'
import type { Flow } from './strand-grain.ts'
import { addBabyHairs, addSideburns } from './stray-hairs.ts'

/** How hair is cut, as far as its rim against the face shows it. */
export type Cut = 'curly' | 'cropped' | 'long'

/** How far into the hair its line against the face is broken up, rig pixels. */
const HAIRLINE: Readonly<Record<Cut, number>> = { curly: 24, cropped: 34, long: 24 }
/** How far over the skin the roots of single hairs darken it, rig pixels, and how much at the hairline; cropped hair only. */
const ROOTS = 30
const ROOT_SHADE = 0.28

/** Breaks the edge of the hair over the face into strands of unlike length, so that no line runs round the forehead. */
export function softenHairline(
  scene: Scene,
  front: Canvas,
  flow: Flow,
  cut: Cut,
  faceAt: (pixel: number) => boolean,
  skinAt: (pixel: number) => boolean,
): void {
  const { width, height, rgba } = front
  const reach = HAIRLINE[cut]
  const [wx, wy] = project(scene.camera, Float32Array.from(scene.human.crown)) as unknown as [number, number]
  const [leftX, eyeY] = project(scene.camera, Float32Array.from(scene.human.eyeLeft)) as unknown as [number, number]
  const [rightX] = project(scene.camera, Float32Array.from(scene.human.eyeRight)) as unknown as [number]
  const apart = rightX - leftX
  // Nothing may hang into the eyes; beside them cropped hair ends in sideburns.
  const brow = eyeY - 25
  const beside = (x: number) => cut === 'cropped' && (x < leftX - 0.62 * apart || x > rightX + 0.62 * apart)
  const lowestAt = (x: number) => (beside(x) ? eyeY + 0.55 * apart : brow)
  const end = Math.min(height - 1, Math.ceil(lowestAt(0)) + 2 * reach)
  const bare = (i: number) => rgba[i * 4 + 3]! < 40 && faceAt(i)
  const frame = {
    left: Math.max(1, Math.round(wx - HALF_HEAD)),
    top: Math.max(1, filledRows(front).top - 4),
    right: Math.min(width - 1, Math.round(wx + HALF_HEAD)),
    bottom: end,
  }
  const inside = distanceFrom(bare, width, frame, 3 * reach)
  const colour = rimColour(front, inside, end, reach)
  const outside = cut === 'cropped' ? distanceFrom((i) => rgba[i * 4 + 3]! > 128, width, frame, ROOTS) : null
  for (let y = frame.top; y < end; y++) {
    for (let x = frame.left; x < frame.right; x++) {
      const i = y * width + x
      const lowest = lowestAt(x)
      if (y > lowest || inside[i]! >= reach || rgba[i * 4 + 3] === 0 || !faceAt(i)) continue
      const angle = Math.atan2(x - wx, y - wy + 60)
      const across = angle * 210
      const strand = 0.5 + 0.5 * noise3(across * 0.5, inside[i]! * 0.04, 0, 21)
      const lock = 0.5 + 0.5 * noise3(across * 0.09, 0, 0, 22)
      const length = reach * (0.45 * strand + 0.35 * lock)
      const kept = smoothstep(length - 0.3 * reach, length + 0.2 * reach, inside[i]!)
      rgba[i * 4 + 3]! *= kept + (1 - kept) * smoothstep(lowest - 45, lowest, y)
    }
  }
  if (outside && colour) darkenRoots(front, outside, colour, lowestAt, frame, faceAt)
  if (cut === 'cropped') addSideburns(front, beside, eyeY, eyeY + 0.55 * apart, skinAt)
  addBabyHairs(front, flow, inside, cut, lowestAt, end)
}

/** The part of a picture that the head lies in, rig pixels; right and bottom are past the end. */
type Frame = { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }

/** Half the width that a face and the hair round it may have, rig pixels. */
const HALF_HEAD = 330

/** Distance of each pixel of a frame from the nearest that passes a test, by a two-pass chamfer; at most `far`. */
function distanceFrom(test: (pixel: number) => boolean, width: number, frame: Frame, far: number): Float32Array {
  const { left, top, right, bottom } = frame
  const distance = new Float32Array(width * (bottom + 1)).fill(far)
  for (let y = top; y < bottom; y++) {
    for (let i = y * width + left; i < y * width + right; i++) if (test(i)) distance[i] = 0
  }
  const diagonal = Math.SQRT2
  for (let y = top + 1; y < bottom; y++) {
    for (let i = y * width + left + 1; i < y * width + right - 1; i++) {
      const above = Math.min(distance[i - width - 1]!, distance[i - width + 1]!) + diagonal
      const beside = Math.min(distance[i - 1]!, distance[i - width]!) + 1
      distance[i] = Math.min(distance[i]!, above, beside)
    }
  }
  for (let y = bottom - 1; y > top; y--) {
    for (let i = y * width + right - 2; i > y * width + left; i--) {
      const below = Math.min(distance[i + width + 1]!, distance[i + width - 1]!) + diagonal
      const beside = Math.min(distance[i + 1]!, distance[i + width]!) + 1
      distance[i] = Math.min(distance[i]!, below, beside)
    }
  }
  return distance
}

/** Mean colour of the hair along its line against the face, codes. */
function rimColour(
  { rgba }: Canvas,
  inside: Float32Array,
  end: number,
  reach: number,
): readonly [number, number, number] | null {
  const sum: [number, number, number] = [0, 0, 0]
  let n = 0
  for (let i = 0; i < inside.length; i++) {
    if (inside[i]! < 4 || inside[i]! > reach || rgba[i * 4 + 3]! < 200) continue
    for (let c = 0; c < 3; c++) sum[c]! += rgba[i * 4 + c]!
    n++
  }
  return n > end / 4 ? [sum[0] / n, sum[1] / n, sum[2] / n] : null
}

/** Tints the skin before the hairline with the roots of cropped hair, less and less away from it. */
function darkenRoots(
  { rgba, width }: Canvas,
  outside: Float32Array,
  colour: readonly [number, number, number],
  lowestAt: (x: number) => number,
  frame: Frame,
  faceAt: (pixel: number) => boolean,
): void {
  // White roots do not show on skin.
  const dark = 1 - smoothstep(70, 150, (colour[0] + 2 * colour[1] + colour[2]) / 4)
  if (dark === 0) return
  for (let y = frame.top; y < frame.bottom; y++) {
    for (let x = frame.left; x < frame.right; x++) {
      const i = y * width + x
      const away = outside[i]!
      if (away >= ROOTS || !faceAt(i)) continue
      const low = 1 - smoothstep(lowestAt(x) - 40, lowestAt(x), y)
      const root = 0.75 + 0.5 * noise3(x * 0.7, y * 0.7, 0, 24)
      const share = dark * low * ROOT_SHADE * (1 - away / ROOTS) ** 1.6 * root
      const old = rgba[i * 4 + 3]! / 255
      const whole = share + old * (1 - share)
      if (whole < 0.004) continue
      // Only where the hair lets skin through: it is under the strands.
      for (let c = 0; c < 3; c++) {
        const i4 = i * 4 + c
        rgba[i4] = (colour[c]! * share * (1 - old) + rgba[i4]! * old) / (share * (1 - old) + old)
      }
      rgba[i * 4 + 3] = Math.round(255 * whole)
    }
  }
}
