// In a render process: one segment's frames are painted once and encoded into each of its files, a few under way at once.

import { Fault } from '../core/errors.ts'
import type { VideoFormat } from '../core/output.ts'
import type { FrameState, Plan, Segment } from '../core/plan.ts'
import { frameState, sceneAt } from '../domain/frame-state.ts'
import { type Encoder, openEncoder } from '../engines/media/encoder.ts'
import { changedRows, type YuvFrame } from '../engines/painter/painter.ts'
import { renderFilmSegment } from './film-segment.ts'
import { withClip } from './moving-backdrop.ts'
import { dropPainter, painterFor } from './scenery.ts'
import { segmentPath } from './segment-cache.ts'
import type { TaskContext, Tasks } from './tasks.ts'
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
  const scene = sceneAt(plan, segment.startFrame)
  const { background } = scene
  const painter = await painterFor(plan.canvas, scene, plan.mark ?? null, prepared)
  await makeAllWhole([...wanted.keys()], async (drafts) => {
    const reels: Reel[] = []
    let done = 0
    try {
      for (const [number, one] of [...wanted.values()].entries()) {
        const encoder = await openEncoder({ path: drafts[number]!, canvas: plan.canvas, format: one.format })
        reels.push({ ...one, encoder, before: null })
      }
      const shots = shotsOf(plan, segment, reels)
      const states = shots.map(({ state }) => state)
      const run = { ...scene, fps: plan.canvas.fps }
      const posed =
        background.kind === 'video'
          ? withClip(states, background, prepared.mediaPaths[background.hash], plan.canvas, run)
          : states
      let next = 0
      for await (const frame of painter.frames(posed, { signal })) {
        const { state, into } = shots[next++]!
        for (const reel of into) {
          await reel.encoder.encode(frame, changedRows(frame, reel.before))
          reel.before = { standing: frame.standing, moving: frame.moving }
        }
        frame.release()
        if (state.frame !== shots[next]?.state.frame) report(++done)
      }
      for (const { encoder } of reels) await encoder.close()
    } catch (error) {
      for (const { encoder } of reels) await encoder.abort()
      dropPainter()
      throw error
    }
  })
  return null
}

/** A picture to paint, and the files that it goes into. */
type Shot = { readonly state: FrameState; readonly into: readonly Reel[] }

/** Every frame once, and a second time right after it where some want it with a caption and some without. */
function shotsOf(plan: Plan, { startFrame, frameCount }: Segment, reels: readonly Reel[]): readonly Shot[] {
  const captioned = reels.filter(({ captions }) => captions)
  const clean = reels.filter(({ captions }) => !captions)
  return Array.from({ length: frameCount }, (_, index) => frameState(plan, startFrame + index)).flatMap((state) => {
    if (!state.caption) return [{ state, into: reels }]
    const plain = { ...state, caption: null }
    return [
      { state: plain, into: clean },
      { state, into: captioned },
    ].filter(({ into }) => into.length > 0)
  })
}
