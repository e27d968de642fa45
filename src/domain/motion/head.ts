// How the head moves: a slow sway that never repeats, a new stance after a pause, and beats with the words.
import { HEAD_CHANNEL_COUNT } from '../../core/plan.ts'
import { followMoves, gentleSeconds, type Move, smoothStep } from '../curves.ts'
import { chance, smoothNoise } from '../random.ts'
import type { Emphasis } from './emphasis.ts'
import type { Bearing } from './manner.ts'
import type { Phrase } from './phrases.ts'

const DEGREE = Math.PI / 180

/** What the head is told. */
export type HeadScene = {
  readonly seed: number
  readonly fps: number
  readonly bearing: Bearing
  readonly emphases: readonly Emphasis[]
  readonly phrases: readonly Phrase[]
}

/** No single movement exceeds this third derivative, degrees a second cubed: 0.22 degrees in a frame of 25 fps. */
const JERK = 3500

/** An avatar that waits takes a new stance about this often, seconds. */
const IDLE_STANCE = 5.5

/** Writes head rows (see HEAD_CHANNELS) for every frame of a track. Angles stay within about 10 degrees. */
export function planHead(head: Float32Array, scene: HeadScene): void {
  const { seed, fps, bearing } = scene
  const frameCount = head.length / HEAD_CHANNEL_COUNT
  const stances = planStances(scene, frameCount / fps)
  const stance = (key: keyof Omit<Stance, 'seconds' | 'takes'>): Float32Array =>
    followMoves(
      stances.map(({ seconds, takes, [key]: to }) => ({ seconds, takes, to })),
      frameCount,
      fps,
    )
  const [yaws, pitches, rolls, leans] = [stance('yaw'), stance('pitch'), stance('roll'), stance('lean')]
  const beats = scene.emphases.flatMap((emphasis) => beatsOf(emphasis, seed, bearing))
  const beat = (axis: Beat['axis']): Float32Array => sumBeats(beats, axis, frameCount, fps)
  const [shakes, nods, tilts] = [beat('yaw'), beat('pitch'), beat('roll')]
  for (let frame = 0; frame < frameCount; frame++) {
    const t = (frame + 0.5) / fps
    const noise = (key: number, frequency: number): number =>
      bearing.sway * smoothNoise(seed + key * 7919, t, frequency * bearing.tempo)
    const row = frame * HEAD_CHANNEL_COUNT
    head[row] = (yaws[frame]! + 1.9 * noise(1, 0.23) + 0.8 * noise(2, 0.71) + shakes[frame]!) * DEGREE
    head[row + 1] = (pitches[frame]! + noise(3, 0.29) + 0.5 * noise(4, 0.83) + nods[frame]!) * DEGREE
    head[row + 2] = (rolls[frame]! + 0.9 * noise(5, 0.21) + 0.4 * noise(6, 0.63) + tilts[frame]!) * DEGREE
    head[row + 3] = leans[frame]! + 2.4 * noise(7, 0.17) + rolls[frame]! * 1.2
    head[row + 4] = 1.2 * noise(8, 0.21) + (nods[frame]! + pitches[frame]!) * 0.8
    head[row + 5] = 0
  }
}

/** Where the head goes to stay for a while; degrees, and rig pixels for the lean. */
type Stance = Omit<Move, 'to'> & {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
  readonly lean: number
}

/**
 * A stance for every phrase after a pause: turned a little, chin up where a sentence begins and down where a statement
 * ends, tilted and lifted at the end of a question; now and then the weight shifts. Between them, while nobody speaks for
 * long, the head finds new stances by itself.
 */
function planStances({ seed, bearing, phrases }: HeadScene, durationSeconds: number): readonly Stance[] {
  const stances: Stance[] = []
  let now = { yaw: 0, pitch: 0, roll: 0, lean: 0 }
  const go = (seconds: number, to: Partial<typeof now>): void => {
    const next = { ...now, ...to }
    const turn = Math.max(
      Math.abs(next.yaw - now.yaw),
      Math.abs(next.pitch - now.pitch),
      Math.abs(next.roll - now.roll),
    )
    const takes = Math.max(0.55, 0.3 * Math.abs(next.lean - now.lean), gentleSeconds(turn, JERK) * 1.4) / bearing.tempo
    stances.push({ seconds, takes, ...next })
    now = next
  }
  const spread = (key: number, index: number): number => (chance(seed, key, index) * 2 - 1) * bearing.sway
  const idle = (from: number, to: number, index: number): void => {
    let at = from + IDLE_STANCE * (0.3 + 0.7 * chance(seed, 15, index))
    for (let k = 0; at < to - 1.5; k++) {
      const key = index * 1000 + k
      go(at, {
        yaw: spread(11, key) * 3,
        roll: spread(12, key) * 1.6,
        pitch: spread(13, key),
        lean: spread(14, key) * 9,
      })
      at += IDLE_STANCE * (0.6 + 0.8 * chance(seed, 16, key))
    }
  }
  let end = 0
  for (const [index, phrase] of phrases.entries()) {
    idle(end, phrase.startSeconds, index)
    const { startSeconds, endSeconds, pauseBefore } = phrase
    if (phrase.opens || pauseBefore > 0.25) {
      const shifts = phrase.opens && chance(seed, 17, index) < 0.45
      go(startSeconds - Math.min(0.3, pauseBefore * 0.7), {
        yaw: spread(11, index + 7) * 3.2,
        roll: spread(12, index + 7) * 1.4,
        pitch: -(phrase.opens ? 0.8 : 0.2) * bearing.beats + spread(13, index + 7) * 0.6,
        ...(shifts ? { lean: spread(14, index + 7) * 9 } : {}),
      })
    }
    const lands = Math.max(startSeconds + 0.35, endSeconds - 0.45)
    if (phrase.end === 'question') {
      const side = chance(seed, 18, index) < 0.5 ? -1 : 1
      const tilt = side * (1.8 + 1.6 * chance(seed, 19, index)) * Math.min(1.5, bearing.beats)
      go(lands, { roll: tilt, yaw: now.yaw - side * 0.8, pitch: -1.1 * Math.min(1.5, bearing.beats) })
    } else if (phrase.end !== 'comma') {
      go(lands, { pitch: (0.5 + 0.6 * chance(seed, 20, index)) * bearing.beats, roll: now.roll * 0.5 })
    }
    end = endSeconds
  }
  idle(end, durationSeconds, phrases.length)
  return stances
}

/** One swing away and back, or to and fro, about one axis. */
type Beat = {
  readonly axis: 'yaw' | 'pitch' | 'roll'
  /** When it is farthest out. */
  readonly seconds: number
  readonly degrees: number
  readonly rises: number
  readonly holds: number
  readonly falls: number
}

/** What the head does with one emphasis: mostly a nod, else a lift of the chin, a tilt, or for a denial a small shake. */
function beatsOf({ seconds, strength, denies }: Emphasis, seed: number, bearing: Bearing): readonly Beat[] {
  const key = Math.round(seconds * 100)
  const draw = (k: number): number => chance(seed, k, key)
  const size = strength * (0.75 + 0.5 * draw(21)) * bearing.beats
  const beat = (axis: Beat['axis'], at: number, degrees: number, holds = 0.02 + 0.08 * draw(22)): Beat => {
    const rises = Math.max(0.16, gentleSeconds(degrees, JERK))
    return { axis, seconds: at, degrees, rises, holds, falls: rises * (1.3 + 0.7 * draw(23)) }
  }
  if (denies) {
    const side = draw(24) < 0.5 ? -1 : 1
    return [beat('yaw', seconds - 0.12, side * size * 1.5, 0), beat('yaw', seconds + 0.2, -side * size * 1.6, 0)]
  }
  const way = draw(25)
  const tilt = beat('roll', seconds, (draw(26) - 0.5) * size * 1.6)
  if (way < 0.66) return [beat('pitch', seconds, size * 4), tilt]
  if (way < 0.82) return [beat('pitch', seconds, -size * 2.2, 0.1 + 0.15 * draw(27))]
  const side = draw(28) < 0.5 ? -1 : 1
  return [beat('roll', seconds, side * size * 1.7, 0.15), beat('yaw', seconds, -side * size * 1.2, 0.1)]
}

function sumBeats(beats: readonly Beat[], axis: Beat['axis'], frameCount: number, fps: number): Float32Array {
  const sums = new Float32Array(frameCount)
  for (const beat of beats) {
    if (beat.axis !== axis) continue
    const { seconds, degrees, rises, holds, falls } = beat
    const from = Math.max(0, Math.floor((seconds - rises) * fps) - 1)
    const to = Math.min(frameCount, Math.ceil((seconds + holds + falls) * fps) + 1)
    for (let frame = from; frame < to; frame++) {
      const d = (frame + 0.5) / fps - seconds
      sums[frame]! += degrees * smoothStep(-rises, 0, d) * (1 - smoothStep(holds, holds + falls, d))
    }
  }
  return sums
}
