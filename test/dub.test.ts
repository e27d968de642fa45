// A film gets a new mouth: it does what the new sound asks for, whatever the old one did, and all else stays as it was.
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { FilmedPose, TrackedFace } from '../src/core/footage.ts'
import { HEAD_CHANNEL_COUNT } from '../src/core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../src/core/shapes.ts'
import { loadFaceModels } from '../src/engines/faces/face-models.ts'
import { leastUnfit } from '../src/engines/faces/footage/choose-frame.ts'
import { makeFilmedMouth } from '../src/engines/faces/footage/make-filmed-mouth.ts'
import { photographFrame } from '../src/engines/faces/footage/photograph-frame.ts'
import { poseFilm } from '../src/engines/faces/footage/pose-film.ts'
import type { Frame } from '../src/engines/faces/footage/sample-frame.ts'
import { startTracker } from '../src/engines/faces/footage/track-face.ts'
import { type FilmPainter, openFilmPainter } from '../src/engines/painter/film-painter.ts'
import { openPainter } from '../src/engines/painter/painter.ts'
import { solidColour } from '../src/engines/pictures/solid.ts'
import { presenterRig, type Weights } from './portrait.ts'

const CANVAS = { width: 320, height: 320, fps: 25 }
const FRAMES = 24
/** What the mouth of the film does, and what the new one shall do: the two have nothing in common. */
const filmed = (frame: number): Weights => ({
  jawOpen: 0.35 * Math.max(0, Math.sin(frame / 2.1)),
  lipsRound: frame % 9 < 4 ? 0.5 : 0,
})
const wanted = (frame: number): Weights =>
  Math.floor(frame / 6) % 2 ? { jawOpen: 0.6, upperLipUp: 0.3 } : { jawOpen: 0.1, mouthClose: 0.1, lipsPress: 0.15 }

const rowOf = (weights: Weights): Float32Array => {
  const row = new Float32Array(SHAPE_COUNT)
  for (const [shape, weight] of Object.entries(weights)) row[SHAPE_INDEX[shape as keyof typeof SHAPE_INDEX]] = weight
  return row
}
const copyOf = ({ y, u, v }: Pick<Frame, 'y' | 'u' | 'v'>): Frame => ({
  ...CANVAS,
  y: y.slice(),
  u: u.slice(),
  v: v.slice(),
})
/** Between the inner edges of the lips, over the distance of the eyes' outer corners. */
const gapOf = ({ points }: TrackedFace): number => {
  const apart = (a: number, b: number) =>
    Math.hypot(points[a * 3]! - points[b * 3]!, points[a * 3 + 1]! - points[b * 3 + 1]!)
  return apart(13, 14) / apart(33, 263)
}

describe('a film with a new mouth', () => {
  const film: Frame[] = []
  const dubbed: Frame[] = []
  let faces: readonly (TrackedFace | null)[]
  let poses: readonly (FilmedPose | null)[]
  let painter: FilmPainter
  const follow = async (frames: readonly Frame[]) => {
    const tracker = startTracker(await loadFaceModels())
    const found: (TrackedFace | null)[] = []
    for (const frame of frames) found.push(await tracker.next(frame))
    return found
  }

  before(async () => {
    const rig = await presenterRig('victor')
    const stage = await openPainter({
      canvas: CANVAS,
      rigs: new Map([['one', rig]]),
      background: (_, { width, height }) => solidColour('#7e8a94', width, height),
    })
    for (let frame = 0; frame < FRAMES; frame++) {
      // The camera comes nearer, and the head turns, nods and leans.
      const scale = (0.62 + 0.002 * frame) * (CANVAS.height / rig.headBox.height)
      const placement = {
        scale,
        x: CANVAS.width / 2 - (rig.headBox.x + rig.headBox.width / 2) * scale,
        y: 0.14 * CANVAS.height - rig.headBox.y * scale,
      }
      const head = new Float32Array(HEAD_CHANNEL_COUNT)
      head.set([0.12 * Math.sin(frame / 7), 0.06 * Math.sin(frame / 5), 0.08 * Math.sin(frame / 9)])
      const character = { avatarId: 'one', placement, shapes: rowOf(filmed(frame)), head }
      film.push(copyOf(stage.paint({ frame, background: { kind: 'color', color: '#7e8a94' }, character })))
    }
    faces = await follow(film)
    const models = await loadFaceModels()
    const [best] = leastUnfit(faces, 'mouth', 1)
    const photo = await photographFrame(models, film[best!.frame]!, faces[best!.frame]!)
    const face = makeFilmedMouth(photo!.photo)
    poses = poseFilm(face, faces)
    painter = await openFilmPainter(face.mouth, CANVAS)
    for (let frame = 0; frame < FRAMES; frame++) {
      dubbed.push(copyOf(painter.paint(film[frame]!, poses[frame]!, rowOf(wanted(frame)))))
    }
  })

  it('is followed through every frame, found once', () => {
    assert.ok(faces.every((face) => face !== null))
    assert.deepEqual(
      faces.flatMap((face, i) => (face?.isFresh ? [i] : [])),
      [0],
    )
  })

  it('opens where the new sound is open and shuts where it is shut', async () => {
    const gaps = (await follow(dubbed)).map((face) => gapOf(face!))
    const open = gaps.filter((_, frame) => (wanted(frame).mouthClose ?? 0) === 0)
    const shut = gaps.filter((_, frame) => (wanted(frame).mouthClose ?? 0) > 0)
    assert.ok(Math.max(...shut) < 0.04, `shut lips are ${Math.max(...shut).toFixed(3)} apart`)
    assert.ok(Math.min(...open) > 0.08, `open lips are ${Math.min(...open).toFixed(3)} apart`)
  })

  it('leaves every pixel above the cheeks and beside the face as it was', () => {
    for (let frame = 0; frame < FRAMES; frame++) {
      const { points } = faces[frame]!
      const [top, left, right] = [points[33 * 3 + 1]!, points[234 * 3]!, points[454 * 3]!]
      const width = right - left
      for (let y = 0; y < CANVAS.height; y++) {
        for (let x = 0; x < CANVAS.width; x++) {
          const away = y < top || x < left - 0.35 * width || x > right + 0.35 * width
          if (!away) continue
          const at = y * CANVAS.width + x
          assert.equal(dubbed[frame]!.y[at], film[frame]!.y[at], `luma ${x}, ${y} of frame ${frame}`)
        }
      }
    }
  })

  it('shows next to nothing of the old mouth: two films that differ in it alone come out alike', () => {
    const [one, other] = [0, 13]
    const pose = poses[one]!
    const again = copyOf(painter.paint(film[one]!, pose, rowOf(wanted(0))))
    assert.deepEqual(again, dubbed[one], 'the painter keeps nothing of the frame before')
    // Skin under the lower lip is as light as skin of the cheek is, in frames where the film's mouth was wide open too.
    const lumaAt = (frame: Frame, face: TrackedFace, index: number) =>
      frame.y[Math.round(face.points[index * 3 + 1]!) * CANVAS.width + Math.round(face.points[index * 3]!)]!
    const chin = lumaAt(dubbed[other]!, faces[other]!, 199) / lumaAt(dubbed[other]!, faces[other]!, 50)
    const usual = lumaAt(film[one]!, faces[one]!, 199) / lumaAt(film[one]!, faces[one]!, 50)
    assert.ok(Math.abs(chin / usual - 1) < 0.15, `the chin is ${(chin / usual).toFixed(2)} times as light as it was`)
  })

  it('stays as it is where no mouth may be shown', () => {
    const painted = painter.paint(film[3]!, { ...poses[3]!, sure: 0 }, rowOf({ jawOpen: 1 }))
    assert.deepEqual(copyOf(painted), film[3])
  })
})
