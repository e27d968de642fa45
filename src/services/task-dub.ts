// In a render process: a film whose face was followed gets its new mouth, and a plan of what it does when.
import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'
import { Fault } from '../core/errors.ts'
import type { TrackedFace } from '../core/footage.ts'
import { outputsOf } from '../core/output.ts'
import type { Plan } from '../core/plan.ts'
import { SHAPE_COUNT } from '../core/shapes.ts'
import { framesFor } from '../core/time.ts'
import { planMouth } from '../domain/lipsync/plan-mouth.ts'
import { sceneSeconds } from '../domain/make-plan.ts'
import { soundPieces } from '../domain/mix.ts'
import { playFilm } from '../domain/playback.ts'
import { cutSegments } from '../domain/segments.ts'
import { loadFaceModels } from '../engines/faces/face-models.ts'
import { leastUnfit } from '../engines/faces/footage/choose-frame.ts'
import { type FilmedFace, makeFilmedMouth } from '../engines/faces/footage/make-filmed-mouth.ts'
import { photographFrame } from '../engines/faces/footage/photograph-frame.ts'
import { poseFilm } from '../engines/faces/footage/pose-film.ts'
import type { DubbedFilm } from './film-folder.ts'
import { FILM_FILES, readFilmFrame, tracksFrom } from './film-folder.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import type { Film, Prepared, TaskContext, Tasks } from './tasks.ts'
import { writeWork } from './work-folder.ts'

/** What stands behind a film that fills the frame. */
const UNSEEN = { kind: 'color', color: '#000000' } as const
/** So many frames are looked at closely before one is chosen. */
const LOOKED_AT = 6

/**
 * Makes the mouth of the film's best frame, and plans.
 * @throws Fault `invalid` with the reason `no-face` where the film shows no face that can be used.
 */
export async function dubFilm(
  { spec, filmHash, folder, spans }: Tasks['dub']['input'],
  { signal, report }: TaskContext,
): Promise<Prepared> {
  const film = (await FILM_FILES.film.read(folder))?.value
  const spoken = await FILM_FILES.speech.read(folder)
  const scene = spec.scenes[0]
  if (!film || !spoken || !scene || !spec.footage) throw new Fault('internal', `No film was read into ${folder}.`)
  const faces: (TrackedFace | null)[] = []
  for (const { fromPiece } of spans) faces.push(...((await tracksFrom(fromPiece).read(folder))?.value ?? []))
  if (faces.length !== film.frameCount)
    throw new Fault('internal', `The face in ${folder} was not followed throughout.`)
  const face = await makeMouth(folder, film, faces)
  signal.throwIfAborted()
  report(0.6)
  const poses = poseFilm(face, faces)
  const { canvas } = film
  const speech = spoken.value
  const frameCount = framesFor(sceneSeconds(scene, speech, 0), canvas.fps)
  const shapes = new Float32Array(frameCount * SHAPE_COUNT)
  if (speech) planMouth(speech, shapes, canvas.fps)
  const order = playFilm({
    filmFrames: film.frameCount,
    frameCount,
    fps: canvas.fps,
    playback: spec.footage.playback,
    phones: speech?.phones ?? [],
  })
  const dubbed: DubbedFilm = { mouth: face.mouth, poses, order, shapes }
  await FILM_FILES.dubbed.write(folder, dubbed)
  const plan: Plan = {
    canvas,
    frameCount,
    scenes: [{ startFrame: 0, frameCount, character: null, background: UNSEEN }],
    captions: [],
  }
  const base = createHash('sha256')
    .update(JSON.stringify([RENDERER_VERSIONS, filmHash, film]))
    .update(serialize(face.mouth))
    .digest()
  const prepared: Prepared = {
    outputs: outputsOf({}),
    takes: [{ canvas, isTransparent: false, products: [{ output: 0, format: 'mp4', captions: false }] }],
    versions: RENDERER_VERSIONS,
    frameCount,
    segments: cutSegments(plan).map((segment) => {
      const frames = order.subarray(segment.startFrame, segment.startFrame + segment.frameCount)
      const key = createHash('sha256')
        .update(base)
        .update(serialize([frames, Array.from(frames, (frame) => poses[frame])]))
        .update(
          serialize(
            shapes.slice(segment.startFrame * SHAPE_COUNT, (segment.startFrame + segment.frameCount) * SHAPE_COUNT),
          ),
        )
        .digest('hex')
      return { ...segment, take: 0, files: [`${key}.mp4`] }
    }),
    rigPaths: {},
    mediaPaths: {},
    ...(speech?.notes ? { notes: speech.notes } : {}),
    isFilm: true,
  }
  const { samples: _, ...said } = speech ?? { samples: null }
  const timeline = {
    fps: canvas.fps,
    scenes: [{ startSeconds: 0, speech: speech ? (said as Omit<typeof speech, 'samples'>) : null }],
    cues: [],
  }
  await writeWork(folder, { prepared, plans: [plan], sound: soundPieces(plan, [speech]), timeline })
  return prepared
}

/** Of the frames that show the face best, the first from which a mouth can be made. */
async function makeMouth(folder: string, film: Film, faces: readonly (TrackedFace | null)[]): Promise<FilmedFace> {
  const models = await loadFaceModels()
  const candidates = leastUnfit(faces, 'mouth', LOOKED_AT)
  let best: {
    readonly photo: NonNullable<Awaited<ReturnType<typeof photographFrame>>>
    readonly score: number
  } | null = null
  for (const { frame, unfitness } of candidates) {
    const photo = await photographFrame(models, await readFilmFrame(folder, film, frame), faces[frame]!)
    if (photo && (!best || unfitness - photo.sharpness < best.score))
      best = { photo, score: unfitness - photo.sharpness }
  }
  if (best) return makeFilmedMouth(best.photo.photo)
  throw new Fault(
    'invalid',
    'No face is seen in the video that could be given a new mouth. Use one that shows a person from the front, head and shoulders.',
    {
      field: 'video_url',
      reason: 'no-face',
    },
  )
}
