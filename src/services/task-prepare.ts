// In a render process: scripts become speech, and speech becomes the plan, the sound and the list of segments.
import type { Scene } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { videoCues } from '../domain/captions/video-cues.ts'
import { makePlan } from '../domain/make-plan.ts'
import { soundPieces } from '../domain/mix.ts'
import { cutSegments } from '../domain/segments.ts'
import { findVoice, speak } from '../engines/voices/index.ts'
import { RENDERER_VERSIONS } from './renderer-versions.ts'
import { segmentKey } from './segment-cache.ts'
import type { Prepared, TaskContext, Tasks } from './tasks.ts'
import { writeWork } from './work-folder.ts'

/** Speaks every scene, plans the video and writes what rendering and joining need into its folder. */
export async function prepareVideo(
  { spec, rigs, media, folder }: Tasks['prepare']['input'],
  { signal, report }: TaskContext,
): Promise<Prepared> {
  const speeches: (Speech | null)[] = []
  for (const [index, scene] of spec.scenes.entries()) {
    speeches.push(await speechOf(scene, signal))
    report((index + 1) / spec.scenes.length)
  }
  const plan = makePlan({
    spec,
    speeches,
    rigs: new Map(Object.entries(rigs)),
    media: new Map([...media].map(([scene, { hash }]) => [scene, hash])),
  })
  const prepared: Prepared = {
    canvas: plan.canvas,
    versions: RENDERER_VERSIONS,
    frameCount: plan.frameCount,
    segments: cutSegments(plan).map((segment) => ({ ...segment, key: segmentKey(plan, segment, RENDERER_VERSIONS) })),
    rigPaths: Object.fromEntries(Object.entries(rigs).map(([avatarId, { path }]) => [avatarId, path])),
    mediaPaths: Object.fromEntries([...media.values()].map(({ hash, path }) => [hash, path])),
  }
  const starts = plan.scenes.map(({ startFrame }) => startFrame / plan.canvas.fps)
  const timeline = {
    fps: plan.canvas.fps,
    scenes: starts.map((startSeconds, index) => ({ startSeconds, speech: withoutSamples(speeches[index] ?? null) })),
    cues: videoCues(spec, speeches, starts),
  }
  await writeWork(folder, { prepared, plan, sound: soundPieces(plan, speeches), timeline })
  return prepared
}

/** What is heard in a scene; null where it is silent. */
export async function speechOf({ voice }: Scene, signal: AbortSignal): Promise<Speech | null> {
  if (voice.kind === 'silence') return null
  return speak(voice.text, findVoice(voice.voiceId).voice, voice.settings, { signal })
}

function withoutSamples(speech: Speech | null): Omit<Speech, 'samples'> | null {
  if (!speech) return null
  const { samples: _, ...rest } = speech
  return rest
}
