// Which frame of a film is shown when, where its new sound is longer than the film.
import type { Playback } from '../core/footage.ts'
import type { TimedPhone } from '../core/speech.ts'

/** A film and what it has to last for. */
export type PlaybackInput = {
  /** Frames of the film; at least 1. */
  readonly filmFrames: number
  /** Frames that are wanted. */
  readonly frameCount: number
  readonly fps: number
  readonly playback: Playback
  /** The new sound; only its silences matter. */
  readonly phones: readonly TimedPhone[]
}

/** A silence of this length hides that a film turns round, seconds. */
const LEAST_PAUSE = 0.12
/** A film that turns early still plays at least this share of itself. */
const LEAST_SHARE = 0.5

/**
 * The film's frame for each frame that is wanted. A film that is long enough is cut off. `normal` begins again at its start;
 * `normal_reverse` plays back and forth; `normal_reverse_by_audio` does too, and turns in the last pause of the sound before
 * an end where there is one, so that nobody is seen to turn while speaking.
 */
export function playFilm({ filmFrames, frameCount, fps, playback, phones }: PlaybackInput): Uint32Array {
  const order = new Uint32Array(frameCount)
  const pauses = playback === 'normal_reverse_by_audio' ? pausesOf(phones, fps) : []
  let way = 1
  let at = 0
  let turn = nextTurn(0, 0, filmFrames, pauses)
  for (let frame = 0; frame < frameCount; frame++) {
    order[frame] = at
    if (filmFrames === 1) continue
    if (playback === 'normal') at = (at + 1) % filmFrames
    else {
      if (frame === turn) {
        way = -way
        turn = nextTurn(frame, way > 0 ? at : filmFrames - 1 - at, filmFrames, pauses)
      }
      at += way
    }
  }
  return order
}

/** The frame at which a film that is `played` frames into its way, one way or the other, turns round next. */
function nextTurn(frame: number, played: number, filmFrames: number, pauses: readonly number[]): number {
  const end = frame + filmFrames - 1 - played
  const earliest = frame + Math.max(1, Math.ceil((filmFrames - 1) * LEAST_SHARE) - played)
  return pauses.findLast((pause) => pause >= earliest && pause <= end) ?? end
}

/** The frames in the middle of pauses. */
function pausesOf(phones: readonly TimedPhone[], fps: number): readonly number[] {
  return phones
    .filter(({ phone, startSeconds, endSeconds }) => phone === '_' && endSeconds - startSeconds >= LEAST_PAUSE)
    .map(({ startSeconds, endSeconds }) => Math.round(((startSeconds + endSeconds) / 2) * fps))
}
