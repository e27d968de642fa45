// The folder of a video in the making: its plan, its sound, its words in time.
import { mkdir, open, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CaptionCue } from '../core/captions.ts'
import type { Plan } from '../core/plan.ts'
import { SAMPLE_RATE, type Speech } from '../core/speech.ts'
import { decodePlan, encodePlan } from '../domain/plan-file.ts'
import { SOUND_CODECS, type SoundCodec } from '../engines/media/codecs.ts'
import type { Prepared } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** The words and phones of a finished video, scene by scene: what lip-sync is measured against; and its captions. */
export type Timeline = {
  readonly fps: number
  readonly scenes: readonly {
    readonly startSeconds: number
    readonly speech: Omit<Speech, 'samples'> | null
  }[]
  /** Whether or not they are painted. */
  readonly cues: readonly CaptionCue[]
}

/** What is kept of a prepared video. `prepared.json` is written last: where it is, the others are whole. */
export type WorkFiles = {
  readonly prepared: Prepared
  /** One for each take. */
  readonly plans: readonly Plan[]
  /** Mono at 48 kHz, in pieces. */
  readonly sound: Iterable<Float32Array>
  readonly timeline: Timeline
}

/** Writes all files of a prepared video. */
export async function writeWork(folder: string, { prepared, plans, sound, timeline }: WorkFiles): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const [take, plan] of plans.entries()) {
    await makeWhole(planPath(folder, take), (path) => writeFile(path, encodePlan(plan)))
  }
  for (const codec of SOUND_CODECS) await rm(encodedSoundPath(folder, codec), { force: true })
  await makeWhole(soundPath(folder), (path) => writeSound(path, sound))
  await makeWhole(timelinePath(folder), (path) => writeFile(path, JSON.stringify(timeline)))
  await makeWhole(join(folder, 'prepared.json'), (path) => writeFile(path, JSON.stringify(prepared)))
}

/** What a folder holds, or null where nothing has been prepared in it. */
export async function readPrepared(folder: string): Promise<Prepared | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'prepared.json'), 'utf8')) as Prepared
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The plan of a take of a prepared video. */
export async function readPlan(folder: string, take: number): Promise<Plan> {
  return decodePlan(await readFile(planPath(folder, take)))
}

/** The sound of a prepared video, mono at {@link SAMPLE_RATE}, a second at a time: ten minutes of it are 115 MB. */
export async function* readSound(folder: string): AsyncGenerator<Float32Array> {
  const file = await open(soundPath(folder))
  try {
    for (;;) {
      const piece = new Float32Array(SAMPLE_RATE)
      const { bytesRead } = await file.read(new Uint8Array(piece.buffer))
      if (bytesRead === 0) return
      yield piece.subarray(0, bytesRead / Float32Array.BYTES_PER_ELEMENT)
    }
  } finally {
    await file.close()
  }
}

async function writeSound(path: string, sound: Iterable<Float32Array>): Promise<void> {
  const file = await open(path, 'w')
  try {
    for (const piece of sound) await file.writeFile(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength))
  } finally {
    await file.close()
  }
}

function planPath(folder: string, take: number): string {
  return join(folder, `plan-${take}.bin`)
}

function soundPath(folder: string): string {
  return join(folder, 'sound.f32')
}

/** Where the encoded sound of a prepared video comes to lie. */
export function encodedSoundPath(folder: string, codec: SoundCodec): string {
  return join(folder, `sound.${codec}`)
}

/** What is said when in a prepared video. */
export async function readTimeline(folder: string): Promise<Timeline> {
  return JSON.parse(await readFile(timelinePath(folder), 'utf8')) as Timeline
}

/** Where the timeline of a prepared video lies. */
export function timelinePath(folder: string): string {
  return join(folder, 'timeline.json')
}
