// How the head moves: a slow sway that never repeats, nods on stressed words, a new stance after a pause.
import { HEAD_CHANNEL_COUNT } from '../../core/plan.ts'
import { smoothStep } from '../curves.ts'
import { chance, smoothNoise } from '../random.ts'
import type { Emphasis, Pause } from './emphasis.ts'

const DEGREE = Math.PI / 180

/** What the head is told. */
export type HeadScene = {
  readonly seed: number
  readonly fps: number
  readonly emphases: readonly Emphasis[]
  readonly pauses: readonly Pause[]
}

/** Writes head rows (see HEAD_CHANNELS) for every frame of a track. Angles stay within about 7 degrees. */
export function planHead(head: Float32Array, scene: HeadScene): void {
  const frameCount = head.length / HEAD_CHANNEL_COUNT
  const stances = scene.pauses.map((pause, index) => ({
    seconds: pause.startSeconds,
    yaw: (chance(scene.seed, 11, index) * 2 - 1) * 2.6,
    roll: (chance(scene.seed, 12, index) * 2 - 1) * 1.5,
    pitch: (chance(scene.seed, 13, index) * 2 - 1) * 0.9,
  }))
  for (let frame = 0; frame < frameCount; frame++) {
    const t = frame / scene.fps
    const stance = stanceAt(stances, t)
    const nod = nodAt(scene, t)
    const row = frame * HEAD_CHANNEL_COUNT
    const noise = (key: number, frequency: number): number => smoothNoise(scene.seed + key * 7919, t, frequency)
    const yaw = stance.yaw + 1.9 * noise(1, 0.23) + 0.7 * noise(2, 0.61)
    const pitch = stance.pitch + 0.9 * noise(3, 0.27) + 0.4 * noise(4, 0.7) + nod.pitch
    const roll = stance.roll + 0.9 * noise(5, 0.19) + 0.35 * noise(6, 0.53) + nod.roll
    head[row] = yaw * DEGREE
    head[row + 1] = pitch * DEGREE
    head[row + 2] = roll * DEGREE
    head[row + 3] = 2.2 * noise(7, 0.17) + stance.roll * 1.2
    head[row + 4] = 1.2 * noise(8, 0.21) + nod.pitch * 0.9
    head[row + 5] = 0
  }
}

type Stance = { readonly seconds: number; readonly yaw: number; readonly pitch: number; readonly roll: number }

/** Stances follow one another with a turn of about 0.9 s that begins in the pause. */
function stanceAt(stances: readonly Stance[], t: number): Omit<Stance, 'seconds'> {
  let yaw = 0
  let pitch = 0
  let roll = 0
  for (const stance of stances) {
    if (stance.seconds > t) break
    const k = smoothStep(stance.seconds, stance.seconds + 0.95, t)
    yaw += (stance.yaw - yaw) * k
    pitch += (stance.pitch - pitch) * k
    roll += (stance.roll - roll) * k
  }
  return { yaw, pitch, roll }
}

/** A nod dips on the stressed vowel and comes back slower, in degrees. */
function nodAt(scene: HeadScene, t: number): { pitch: number; roll: number } {
  let pitch = 0
  let roll = 0
  for (let i = 0; i < scene.emphases.length; i++) {
    const emphasis = scene.emphases[i]!
    const d = t - emphasis.seconds
    if (d < -0.4) break
    if (d > 0.7) continue
    const shape = smoothStep(-0.22, 0.04, d) * (1 - smoothStep(0.06, 0.55, d))
    const key = Math.round(emphasis.seconds * 100)
    const way = chance(scene.seed, 21, key)
    // Most emphases dip; some lift the chin, and a few tilt.
    const size = emphasis.strength * (0.9 + 1.3 * chance(scene.seed, 22, key))
    pitch += shape * size * (way < 0.8 ? 1 : -0.6) * (emphasis.asks ? -0.8 : 1)
    roll += shape * size * (chance(scene.seed, 23, key) - 0.5) * 0.7
  }
  return { pitch, roll }
}
