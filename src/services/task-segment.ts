// In a render process: one segment's frames are painted once and encoded into each of its files, the next one painted while
// the last is encoded.

import { Fault } from '../core/errors.ts'
import type { VideoFormat } from '../core/output.ts'
import type { FrameState, Plan, PlannedScene, Segment } from '../core/plan.ts'
import { type CrossFade, crossFadeAt, frameState, runOf, sceneAt } from '../domain/frame-state.ts'
import { type Encoder, openEncoder } from '../engines/media/encoder.ts'
import { openCrossFader } from '../engines/painter/cross-fade.ts'
import { changedRows, type Painter, type YuvFrame } from '../engines/painter/painter.ts'
import { renderFilmSegment } from './film-segment.ts'
import { withClip } from './moving-backdrop.ts'
import { dropPainters, openScenePainter, painterFor } from './scenery.ts'
import { segmentPath } from './segment-cache.ts'
import type { Prepared, TaskContext, Tasks } from './tasks.ts'
import { makeAllWhole, useIfThere } from './whole-file.ts'
import { readPlan, readPrepared } from './work-folder.ts'

/** A file that is missing, and what its pictures are. */
type Wanted = { readonly path: string; readonly captions: boolean; readonly format: VideoFormat }

/** A file being encoded, and the last picture in it. */
type Reel = Wanted & { readonly encoder: Encoder; before: Pick<YuvFrame, 'standing' | 'moving'> | null }

/** Renders a segment into the cache, as far as it is not there. */
export async function renderSegment(
  { folder, index, cacheFolder }: Tasks['segment']['input'],
  { signal, report }: TaskContext,
): Promise<null> {
  const prepared = await readPrepared(folder)
  const segment = prepared?.segments[index]
  const take = prepared?.takes[segment?.take ?? 0]
  if (!prepared || !segment || !take) throw new Fault('internal', `Segment ${index} was not prepared in ${folder}.`)
  const wanted = new Map<string, Wanted>()
  for (const [product, { captions, format }] of take.products.entries()) {
    const path = segmentPath(cacheFolder, segment.files[product]!)
    if (!(await useIfThere(path))) wanted.set(path, { path, captions, format })
  }
  if (wanted.size === 0) return null
  if (prepared.isFilm) {
    await makeAllWhole([...wanted.keys()], ([draft]) =>
      renderFilmSegment(folder, segment, take.canvas, draft!, { signal, report }),
    )
    return null
  }
  const plan = await readPlan(folder, segment.take)
  const fade = crossFadeAt(plan, segment.startFrame)
  const scene = sceneAt(plan, segment.startFrame)
  const isMoving = !fade && scene.background.kind === 'video'
  await makeAllWhole([...wanted.keys()], async (drafts) => {
    const reels: Reel[] = []
    let done = 0
    try {
      for (const [number, one] of [...wanted.values()].entries()) {
        const encoder = await openEncoder({ path: drafts[number]!, canvas: plan.canvas, format: one.format, isMoving })
        reels.push({ ...one, encoder, before: null })
      }
      const shots = shotsOf(plan, segment, reels)
      const frames = fade
        ? paintCrossFade(plan, fade, shots, prepared, signal)
        : paintScene(plan, scene, shots, prepared, signal)
      let next = 0
      for await (const frame of frames) {
        const { frame: number, into } = shots[next++]!
        for (const reel of into) {
          await reel.encoder.encode(frame, changedRows(frame, reel.before))
          reel.before = { standing: frame.standing, moving: frame.moving }
        }
        if (number !== shots[next]?.frame) report(++done)
      }
      for (const { encoder } of reels) await encoder.close()
    } catch (error) {
      for (const { encoder } of reels) await encoder.abort()
      dropPainters()
      throw error
    }
  })
  return null
}

type Paths = Pick<Prepared, 'rigPaths' | 'mediaPaths'>
type States = Iterable<FrameState> | AsyncIterable<FrameState>
/** Each is valid until the next is asked for. */
type Frames = AsyncGenerator<YuvFrame, void, void>

/** A scene's pictures. */
async function* paintScene(plan: Plan, scene: PlannedScene, shots: Shots, paths: Paths, signal: AbortSignal): Frames {
  const painter = await painterFor(plan.canvas, scene, plan.mark ?? null, paths)
  yield* painted(painter, statesOf(plan, scene, shots, paths), signal)
}

async function* painted(painter: Painter, states: States, signal: AbortSignal): Frames {
  for await (const state of states) {
    signal.throwIfAborted()
    yield painter.paint(state)
  }
}

/** The pictures of two scenes, seen through each other. */
async function* paintCrossFade(
  plan: Plan,
  { from, to, startFrame, frameCount }: CrossFade,
  shots: Shots,
  paths: Paths,
  signal: AbortSignal,
): Frames {
  const { width, height } = plan.canvas
  const fader = openCrossFader(width, height, from.background.kind === 'none' && to.background.kind === 'none')
  const first = await painterFor(plan.canvas, from, plan.mark ?? null, paths)
  const { painter: second } = await openScenePainter(plan.canvas, to, plan.mark ?? null, paths)
  const [going, coming] = [
    painted(first, statesOf(plan, from, shots, paths), signal),
    painted(second, statesOf(plan, to, shots, paths), signal),
  ]
  try {
    for (const { frame } of shots) {
      const [before, after] = await Promise.all([going.next(), coming.next()])
      if (before.done || after.done) throw new Fault('internal', 'A scene of a cross-fade ended early.')
      const mixed = fader.mix(before.value, after.value, (frame - startFrame + 0.5) / frameCount)
      yield { ...mixed, width, height, standing: `${frame}`, moving: { top: 0, end: height } }
    }
  } finally {
    await Promise.allSettled([going.return(), coming.return()])
  }
}

/** The states of a scene that shots show, with the pictures of its clip. */
function statesOf(plan: Plan, scene: PlannedScene, shots: Shots, { mediaPaths }: Paths): States {
  const states = shots.map(({ frame, hasCaption }) => {
    const state = frameState(plan, frame, scene)
    return hasCaption ? state : { ...state, caption: null }
  })
  const { background } = scene
  if (background.kind !== 'video') return states
  const run = { ...runOf(scene), fps: plan.canvas.fps }
  return withClip(states, background, mediaPaths[background.hash], plan.canvas, run)
}

/** A picture to paint, and the files that it goes into. */
type Shot = { readonly frame: number; readonly hasCaption: boolean; readonly into: readonly Reel[] }
type Shots = readonly Shot[]

/** Every frame once, and a second time right after it where some want it with a caption and some without. */
function shotsOf(plan: Plan, { startFrame, frameCount }: Segment, reels: readonly Reel[]): Shots {
  const captioned = reels.filter(({ captions }) => captions)
  const clean = reels.filter(({ captions }) => !captions)
  return Array.from({ length: frameCount }, (_, index) => startFrame + index).flatMap((frame): Shots => {
    if (!plan.captions.some((caption) => frame >= caption.startFrame && frame < caption.endFrame)) {
      return [{ frame, hasCaption: false, into: reels }]
    }
    return [
      { frame, hasCaption: false, into: clean },
      { frame, hasCaption: true, into: captioned },
    ].filter(({ into }) => into.length > 0)
  })
}
