// Seconds, frames and samples.
import { SAMPLE_RATE } from './speech.ts'

/** The first frame at or after a time. */
export function frameAtOrAfter(seconds: number, fps: number): number {
  return Math.ceil(seconds * fps - 1e-6)
}

/** How many frames a sound of this length needs, at least one. */
export function framesFor(seconds: number, fps: number): number {
  return Math.max(1, frameAtOrAfter(seconds, fps))
}

/** How many samples are heard with so many frames, to the nearest. */
export function soundLength(frameCount: number, fps: number): number {
  return Math.round((frameCount * SAMPLE_RATE) / fps)
}
