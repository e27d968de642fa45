// Where hair meets the face: no line, but strands of unlike length.
import { project } from './camera.ts'
import type { Canvas } from './canvas.ts'
import { noise3, smoothstep } from './noise.ts'
import type { Scene } from './scene.ts'
import { addBabyHairs } from './stray-hairs.ts'

/** How far into the hair its line against the face is broken up, rig pixels. */
const HAIRLINE = 20

/** Breaks the edge of the hair over the face into strands of unlike length, so that no line runs round the forehead. */
export function softenHairline(scene: Scene, front: Canvas, faceAt: (pixel: number) => boolean): void {
  const { width, height, rgba } = front
  const [wx, wy] = project(scene.camera, Float32Array.from(scene.human.crown)) as unknown as [number, number]
  const lowest = project(scene.camera, Float32Array.from(scene.human.eyeLeft))[1]! - 25
  const end = Math.min(height - 1, Math.ceil(lowest) + 2 * HAIRLINE)
  // Distance into the hair from bare face, by a two-pass chamfer over the face's own pixels.
  const far = HAIRLINE * 3
  const distance = new Float32Array(width * height).fill(far)
  for (let i = 0; i < distance.length; i++) if (rgba[i * 4 + 3]! < 40 && faceAt(i)) distance[i] = 0
  const relax = (i: number, j: number, step: number) => {
    if (distance[j]! + step < distance[i]!) distance[i] = distance[j]! + step
  }
  for (let y = 1; y < end; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x
      relax(i, i - 1, 1)
      relax(i, i - width, 1)
      relax(i, i - width - 1, Math.SQRT2)
      relax(i, i - width + 1, Math.SQRT2)
    }
  }
  for (let y = end - 1; y > 0; y--) {
    for (let x = width - 2; x > 0; x--) {
      const i = y * width + x
      relax(i, i + 1, 1)
      relax(i, i + width, 1)
      relax(i, i + width + 1, Math.SQRT2)
      relax(i, i + width - 1, Math.SQRT2)
    }
  }
  for (let y = 0; y <= lowest; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      if (distance[i]! >= HAIRLINE || rgba[i * 4 + 3]! === 0 || !faceAt(i)) continue
      const angle = Math.atan2(x - wx, y - wy + 60)
      const across = angle * 210
      const strand = 0.5 + 0.5 * noise3(across * 0.45, distance[i]! * 0.05, 0, 21)
      const lock = 0.5 + 0.5 * noise3(across * 0.09, 0, 0, 22)
      const length = HAIRLINE * (0.62 * strand + 0.3 * lock)
      const cut = smoothstep(length - 5, length + 3.5, distance[i]!)
      rgba[i * 4 + 3]! *= cut + (1 - cut) * smoothstep(lowest - 45, lowest, y)
    }
  }
  addBabyHairs(front, distance, lowest - 20)
}
