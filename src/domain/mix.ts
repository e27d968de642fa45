// The whole video's sound: every scene's speech at its place, exactly as long as the picture.
import type { Plan } from '../core/plan.ts'
import type { Speech } from '../core/speech.ts'
import { SAMPLE_RATE } from '../core/speech.ts'

/**
 * Mixes the speeches of a plan.
 * @returns mono at 48 kHz, as long as the plan's frames to the nearest sample.
 */
export function mixSound(plan: Plan, speeches: readonly (Speech | null)[]): Float32Array {
  const at = (frame: number): number => Math.round((frame * SAMPLE_RATE) / plan.canvas.fps)
  const sound = new Float32Array(at(plan.frameCount))
  for (const [index, scene] of plan.scenes.entries()) {
    const speech = speeches[index]
    if (speech) sound.set(speech.samples.subarray(0, sound.length - at(scene.startFrame)), at(scene.startFrame))
  }
  return sound
}
