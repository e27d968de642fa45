// In a render process: scripts and recordings become speech, and speech becomes the plan, the sound and the list of segments.
import { outputsOf } from '../core/output.ts'
import type { Plan } from '../core/plan.ts'
import type { VideoSpec } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { videoCues } from '../domain/captions/video-cues.ts'
import { makePlan } from '../domain/make-plan.ts'
import { soundPieces } from '../domain/mix.ts'
import { spokenSpans, withMusic } from '../domain/music.ts'
import { cutSegments } from '../domain/segments.ts'
import { planOfTake, specOfTake, takesOf } from '../domain/takes.ts'
import { clipSeconds } from '../engines/media/clip.ts'
import { decodeMusic } from '../engines/media/recording.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { MUSIC_FIELD } from './scene-media.ts'
import { speechOf } from './scene-speech.ts'
import { segmentFile } from './segment-cache.ts'
import type { FoundMedia, Prepared, TaskContext, Tasks } from './tasks.ts'
import { writeWork } from './work-folder.ts'

/** Speaks every scene, plans the video and writes what rendering and joining need into its folder. */
export async function prepareVideo(
  { spec, rigs, media, sounds, music, mark, folder }: Tasks['prepare']['input'],
  { signal, report }: TaskContext,
): Promise<Prepared> {
  const speeches: (Speech | null)[] = []
  for (const [index, scene] of spec.scenes.entries()) {
    speeches.push(await speechOf(scene, index, sounds, signal))
    report((index + 1) / spec.scenes.length)
  }
  const takes = takesOf(spec)
  const behind = new Map<number, { hash: string; clipSeconds?: number }>()
  for (const [scene, { hash, path }] of media) {
    const isClip = spec.scenes[scene]?.background.kind === 'video'
    behind.set(scene, isClip ? { hash, clipSeconds: await clipSeconds(path) } : { hash })
  }
  const plans = takes.map((take) =>
    planOfTake(
      makePlan({
        spec: specOfTake(spec, take),
        speeches,
        rigs: new Map(Object.entries(rigs)),
        media: behind,
        markHash: mark?.hash,
      }),
      take,
    ),
  )
  const plan = plans[0]!
  const notes = speeches.flatMap((speech, index) =>
    (speech?.notes ?? []).map((note) => (speeches.length > 1 ? `Scene ${index + 1}: ${note}` : note)),
  )
  const prepared: Prepared = {
    ...(notes.length > 0 ? { notes } : {}),
    outputs: outputsOf(spec),
    takes,
    versions: RENDERER_VERSIONS,
    frameCount: plan.frameCount,
    segments: plans
      .flatMap((plan, take) => cutSegments(plan).map((segment) => ({ plan, take, segment })))
      .map(({ plan, take, segment }, index) => ({
        ...segment,
        index,
        take,
        files: takes[take]!.products.map((product) => segmentFile(plan, segment, product, RENDERER_VERSIONS)),
      })),
    rigPaths: Object.fromEntries(Object.entries(rigs).map(([avatarId, { path }]) => [avatarId, path])),
    mediaPaths: Object.fromEntries([...media.values(), ...(mark ? [mark] : [])].map(({ hash, path }) => [hash, path])),
  }
  const starts = plan.scenes.map(({ startFrame }) => startFrame / plan.canvas.fps)
  const timeline = {
    fps: plan.canvas.fps,
    scenes: starts.map((startSeconds, index) => ({ startSeconds, speech: withoutSamples(speeches[index] ?? null) })),
    cues: videoCues(spec, speeches, starts),
  }
  await writeWork(folder, { prepared, plans, sound: await soundOf(spec, plan, speeches, music), timeline })
  return prepared
}

/** What is heard: the scenes, and music under them. */
async function soundOf(
  { music }: VideoSpec,
  plan: Plan,
  speeches: readonly (Speech | null)[],
  file: FoundMedia | null,
): Promise<Iterable<Float32Array>> {
  const pieces = soundPieces(plan, speeches)
  if (!music || !file) return pieces
  const seconds = plan.frameCount / plan.canvas.fps
  const samples = await decodeMusic(file.path, MUSIC_FIELD, seconds)
  return withMusic(pieces, { samples, volume: music.volume, seconds, spans: spokenSpans(plan, speeches) })
}

function withoutSamples(speech: Speech | null): Omit<Speech, 'samples'> | null {
  if (!speech) return null
  const { samples: _, notes: __, ...rest } = speech
  return rest
}
