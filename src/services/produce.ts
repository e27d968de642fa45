// The order of doing: prepare, render the segments, join. It knows the order and nothing else.
import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { Fault } from '../core/errors.ts'
import type { JobStage } from '../core/job.ts'
import type { Canvas, Scene, VideoSpec } from '../core/spec.ts'
import { placeLook } from '../domain/layout.ts'
import { plannedMark } from '../domain/make-plan.ts'
import { inLanes } from '../domain/segments.ts'
import { specOfTake, takesOf } from '../domain/takes.ts'
import type { Library } from './library.ts'
import type { Media } from './media.ts'
import { prepareFilm } from './prepare-film.ts'
import type { RenderPool, RunOptions } from './render-pool.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { findSceneMedia } from './scene-media.ts'
import type { SceneLook } from './scenery.ts'
import { segmentPath } from './segment-cache.ts'
import type { Joined, Prepared, PreparedRig } from './tasks.ts'
import { useIfThere } from './whole-file.ts'
import { readPrepared } from './work-folder.ts'

/** Where a video's making is: the stage, and 0 to 100 of the whole. */
export type ProduceProgress = { readonly stage: JobStage; readonly percent: number }

/** How a whole video is made. */
export type ProduceOptions = {
  readonly outPath: string
  /** Where its picture goes, a JPEG; absent: no picture. */
  readonly coverPath?: string
  /** Where the outputs beside the first go, in the order of the spec. */
  readonly otherPaths?: readonly string[]
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ProduceProgress) => void
}

/** The three steps, one by one for the queue and all together for the command line. Folders are work folders. */
export type Producer = {
  /** What was prepared in a folder for this version of what renders, or null. */
  prepared(folder: string): Promise<Prepared | null>
  /** Speaks and plans a video into a folder, unless that is done already. Progress: 0 to 1. */
  prepare(spec: VideoSpec, folder: string, options?: RunOptions): Promise<Prepared>
  /** Renders one segment into the cache, unless it is there; with the first, the sound is encoded. Progress: frames. */
  renderSegment(folder: string, index: number, options?: RunOptions): Promise<void>
  /** Those of a prepared video's segments that are not in the cache (any more). */
  missingSegments(prepared: Prepared): Promise<readonly number[]>
  /** Joins the rendered segments and makes every output. Progress: 0 to 1. */
  join(
    folder: string,
    paths: { outPaths: readonly string[]; coverPath: string | null },
    options?: RunOptions,
  ): Promise<Joined>
  /** Makes a whole video without queue and store. @throws Fault for what cannot be spoken or made. */
  produceVideo(spec: VideoSpec, options: ProduceOptions): Promise<Joined>
}

/** Shares of the whole in percent: preparing ends at 10, rendering at 90, joining at 100. */
const PREPARED = 10
const RENDERED = 90

/** @param workFolder where unfinished videos lie. @param cacheFolder where rendered segments are kept. */
export function openProducer(
  library: Library,
  media: Media,
  pool: RenderPool,
  workFolder: string,
  cacheFolder: string,
): Producer {
  const producer: Producer = {
    async prepared(folder) {
      const prepared = await readPrepared(folder)
      return prepared && isDeepStrictEqual(prepared.versions, RENDERER_VERSIONS) ? prepared : null
    },
    async prepare(spec, folder, { signal, onProgress } = {}) {
      const done = await producer.prepared(folder)
      if (done) return done
      if (spec.footage) {
        const more = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) }
        return prepareFilm(pool, media, spec, folder, more)
      }
      const avatarIds = [...new Set(spec.scenes.flatMap(({ character }) => (character ? [character.avatarId] : [])))]
      const shares = new Map<string, number>()
      const report = (name: string, share: number) => {
        shares.set(name, share)
        onProgress?.([...shares.values()].reduce((sum, value) => sum + value, 0) / (avatarIds.length + 1))
      }
      const rigs = await Promise.all(
        avatarIds.map(async (id) => {
          const options = { ...(signal ? { signal } : {}), onProgress: (share: number) => report(id, share) }
          return [id, await library.rigFor(id, options)] as const
        }),
      )
      for (const id of avatarIds) report(id, 1)
      const { pictures, sounds, music, mark } = await findSceneMedia(spec, media, folder, signal)
      const [take] = takesOf(spec)
      const first = take && specOfTake(spec, take)
      const scene = first?.scenes[0]
      if (first && scene && scene.background.kind !== 'picture' && scene.background.kind !== 'video') {
        pool.ahead('scenery', {
          canvas: first.canvas,
          scene: { character: characterOf(scene, first.canvas, new Map(rigs)), background: scene.background },
          mark: mark && spec.watermark ? plannedMark(spec.watermark, mark.hash) : null,
          rigPaths: Object.fromEntries(rigs.map(([avatarId, { path }]) => [avatarId, path])),
          mediaPaths: mark ? { [mark.hash]: mark.path } : {},
        })
      }
      return pool.run(
        'prepare',
        { spec, rigs: Object.fromEntries(rigs), media: pictures, sounds, music, mark, folder },
        { ...(signal ? { signal } : {}), onProgress: (share) => report('speech', share) },
      )
    },
    async renderSegment(folder, index, options) {
      const signal = options?.signal
      const sound = index === 0 ? pool.run('sound', { folder }, signal ? { signal } : {}) : null
      await Promise.all([pool.run('segment', { folder, index, cacheFolder }, options), sound])
    },
    async missingSegments({ segments }) {
      const missing: number[] = []
      for (const { index, files } of segments) {
        const found = await Promise.all(files.map((file) => useIfThere(segmentPath(cacheFolder, file))))
        if (!found.every(Boolean)) missing.push(index)
      }
      return missing
    },
    join: (folder, paths, options) => pool.run('join', { folder, cacheFolder, ...paths }, options),
    async produceVideo(spec, { outPath, otherPaths = [], coverPath = null, signal, onProgress }) {
      const folder = join(workFolder, `alone-${process.pid}-${randomBytes(6).toString('hex')}`)
      const aborting = signal ? { signal } : {}
      const tell = (stage: JobStage, percent: number) => onProgress?.({ stage, percent })
      try {
        tell('preparing', 0)
        const prepared = await producer.prepare(spec, folder, {
          ...aborting,
          onProgress: (share) => tell('preparing', share * PREPARED),
        })
        await renderAll(producer, folder, inLanes(prepared.segments, pool.size), aborting, (frames) =>
          tell('rendering', PREPARED + (frames / framesIn(prepared)) * (RENDERED - PREPARED)),
        )
        tell('joining', RENDERED)
        const joined = await producer.join(
          folder,
          { outPaths: [outPath, ...otherPaths], coverPath },
          { ...aborting, onProgress: (share) => tell('joining', RENDERED + share * (100 - RENDERED)) },
        )
        tell('done', 100)
        return { ...joined, ...(prepared.notes ? { notes: prepared.notes } : {}) }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
  return producer
}

/** How many frames are painted, over all takes. */
function framesIn({ segments }: Prepared): number {
  return segments.reduce((sum, { frameCount }) => sum + frameCount, 0)
}

/** Who is seen in a scene, and where. */
function characterOf(
  { character, background }: Scene,
  canvas: Canvas,
  rigs: ReadonlyMap<string, PreparedRig>,
): SceneLook['character'] {
  const facts = character && rigs.get(character.avatarId)?.facts
  const look = facts && placeLook(canvas, facts, background, character.stance)
  const isSharpened = character?.superResolution && facts?.hasBackdrop
  return look ? { avatarId: character.avatarId, ...look, ...(isSharpened ? { isSharpened } : {}) } : null
}

// All segments at once: the pool gives each its turn. The first that fails stops the others.
async function renderAll(
  producer: Producer,
  folder: string,
  segments: Prepared['segments'],
  { signal }: { signal?: AbortSignal },
  onFrames: (frames: number) => void,
): Promise<void> {
  const failed = new AbortController()
  const stop = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal
  const frames = new Map<number, number>()
  const report = (index: number, count: number) => {
    frames.set(index, count)
    onFrames([...frames.values()].reduce((sum, value) => sum + value, 0))
  }
  const results = await Promise.allSettled(
    segments.map(async ({ index, frameCount }) => {
      try {
        await producer.renderSegment(folder, index, { signal: stop, onProgress: (count) => report(index, count) })
        report(index, frameCount)
      } catch (error) {
        if (!failed.signal.aborted) failed.abort(error)
        throw error
      }
    }),
  )
  signal?.throwIfAborted()
  if (failed.signal.aborted) throw failed.signal.reason
  const lost = results.find((result) => result.status === 'rejected')
  if (lost) throw new Fault('internal', 'A segment could not be rendered.', { cause: lost.reason })
}
