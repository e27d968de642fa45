// The matte of a person: the whole picture first, then the head again from near, where hair needs it.
import { cropMask, cropPicture, type Rect } from './crop.ts'
import { cutOut } from './cut-out.ts'
import { label } from './masks.ts'
import type { Picture } from './read-picture.ts'
import { refineMatte } from './refine-matte.ts'
import { refuse } from './refusal.ts'
import type { Patch } from './sample-patch.ts'

/** The second look covers the head with its hair: a square of this many frames of the face, its middle a little higher. */
const HEAD_SCALE = 2.6
const HEAD_RISE = 0.12
/** The rim of hair is refined down to the jaw, in frames below the face's middle: collars may have the wall's colour. */
const HAIR_DROP = 0.75
/** The second look is worth its time where it shows the head this much larger. */
const WORTH = 1.35
/** The model's values below are background and above are person: it leaves a little everywhere. */
const FLOOR = 10
const CEILING = 240
/** Holes that are nowhere clearer than this are faults of the model, not views of the background. */
const REAL_HOLE = 64
/** The face itself must come out as person at least this much, 0-255. */
const LEAST_IN_FACE = 200

/**
 * How much of each pixel belongs to the person of this face, 0-255.
 * @param frame the square around the face's points.
 * @throws Fault `invalid` (`no-outline`) where the model does not see the face as a part of the foreground.
 */
export async function makeMatte(picture: Picture, frame: Patch): Promise<Uint8Array> {
  const { width, height } = picture
  const matte = await cutOut(picture)
  const head = headSquare(picture, frame)
  if (Math.max(width, height) / Math.max(head.width, head.height) > WORTH) {
    blendIn(matte, width, await cutOut(cropPicture(picture, head)), head)
  }
  for (let i = 0; i < matte.length; i++) {
    matte[i] = Math.max(0, Math.min(255, ((matte[i]! - FLOOR) * 255) / (CEILING - FLOOR)))
  }
  if (meanInFace(matte, picture, frame) < LEAST_IN_FACE) throw refuse('no-outline')
  keepPerson(matte, width, height, frame)
  fillFaults(matte, width, height)
  const hair = { ...head, height: Math.min(head.height, Math.ceil(frame.y + frame.size * HAIR_DROP) - head.top) }
  const rim = refineMatte(cropPicture(picture, hair), cropMask(matte, width, hair), frame.size)
  blendIn(matte, width, rim, hair)
  return matte
}

function headSquare({ width, height }: Picture, frame: Patch): Rect {
  const half = (frame.size * HEAD_SCALE) / 2
  const middle = frame.y - frame.size * HEAD_RISE
  const left = Math.max(0, Math.floor(frame.x - half))
  const top = Math.max(0, Math.floor(middle - half))
  const right = Math.min(width, Math.ceil(frame.x + half))
  const bottom = Math.min(height, Math.ceil(middle + half))
  return { left, top, width: right - left, height: bottom - top }
}

/** Lays the nearer look over the farther one; its border, where it saw less of what is around, fades. */
function blendIn(matte: Uint8Array, width: number, near: Uint8Array, rect: Rect): void {
  const fade = Math.max(rect.width, rect.height) * 0.16
  const height = matte.length / width
  for (let y = 0; y < rect.height; y++) {
    for (let x = 0; x < rect.width; x++) {
      // No fading along the picture's own border: there is nothing to fade to.
      const inside = Math.min(
        rect.left === 0 ? Infinity : x,
        rect.top === 0 ? Infinity : y,
        rect.left + rect.width === width ? Infinity : rect.width - 1 - x,
        rect.top + rect.height === height ? Infinity : rect.height - 1 - y,
      )
      const share = Math.min(1, inside / fade)
      const at = (rect.top + y) * width + rect.left + x
      matte[at] = matte[at]! * (1 - share) + near[y * rect.width + x]! * share
    }
  }
}

/** Mean over the middle of the face. */
function meanInFace(matte: Uint8Array, { width, height }: Picture, frame: Patch): number {
  const reach = frame.size * 0.3
  let [sum, count] = [0, 0]
  for (let y = Math.max(0, Math.ceil(frame.y - reach)); y < Math.min(height, frame.y + reach); y++) {
    for (let x = Math.max(0, Math.ceil(frame.x - reach)); x < Math.min(width, frame.x + reach); x++) {
      sum += matte[y * width + x]!
      count++
    }
  }
  return sum / Math.max(1, count)
}

/** What does not hang together with the face stays with the background: other people, other things. */
function keepPerson(matte: Uint8Array, width: number, height: number, frame: Patch): void {
  const { labels } = label(width, height, (pixel) => matte[pixel]! > 24)
  const clamp = (value: number, limit: number) => Math.max(0, Math.min(limit - 1, Math.round(value)))
  const person = labels[clamp(frame.y, height) * width + clamp(frame.x, width)]!
  for (let i = 0; i < matte.length; i++) if (labels[i] !== person) matte[i] = 0
}

/** Closes holes in the person that are nowhere clear, and so show no background. */
function fillFaults(matte: Uint8Array, width: number, height: number): void {
  const { labels, count } = label(width, height, (pixel) => matte[pixel]! < 255)
  const clearest = new Uint8Array(count + 1).fill(255)
  for (let i = 0; i < matte.length; i++) clearest[labels[i]!] = Math.min(clearest[labels[i]!]!, matte[i]!)
  for (let i = 0; i < matte.length; i++) if (labels[i]! > 0 && clearest[labels[i]!]! > REAL_HOLE) matte[i] = 255
}
