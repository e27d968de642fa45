// The folder of a video in the making: its plan, its sound, its words in time.
import { mkdir, open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plan } from '../core/plan.ts'
import { SAMPLE_RATE, type Speech } from '../core/speech.ts'
import { decodePlan, encodePlan } from '../domain/plan-file.ts'
import type { Prepared } from './tasks.ts'
import { makeWhole } from './whole-file.ts'

/** The words and phones of a finished video, scene by scene: what lip-sync is measured against. */
export type Timeline = {
  readonly fps: number
  readonly scenes: readonly {
    readonly startSeconds: number
    readonly speech: Omit<Speech, 'samples'> | null
  }[]
}

/** What is kept of a prepared video. `prepared.json` is written last: where it is, the others are whole. */
export type WorkFiles = {
  readonly prepared: Prepared
  readonly plan: Plan
  /** Mono at 48 kHz. */
  readonly sound: Float32Array
  readonly timeline: Timeline
}

/** Writes all files of a prepared video. */
export async function writeWork(folder: string, { prepared, plan, sound, timeline }: WorkFiles): Promise<void> {
  await mkdir(folder, { recursive: true })
  await makeWhole(join(folder, 'plan.bin'), (path) => writeFile(path, encodePlan(plan)))
  await makeWhole(join(folder, 'sound.f32'), (path) =>
    writeFile(path, new Uint8Array(sound.buffer, sound.byteOffset, sound.byteLength)),
  )
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

/** The plan of a prepared video. */
export async function readPlan(folder: string): Promise<Plan> {
  return decodePlan(await readFile(join(folder, 'plan.bin')))
}

/** The sound of a prepared video, mono at {@link SAMPLE_RATE}. */
export async function readSound(folder: string): Promise<Float32Array> {
  const file = await open(join(folder, 'sound.f32'))
  try {
    const { size } = await file.stat()
    const sound = new Float32Array(size / Float32Array.BYTES_PER_ELEMENT)
    const bytes = new Uint8Array(sound.buffer)
    for (let done = 0; done < size; )
      done += (await file.read(bytes, done, Math.min(size - done, SAMPLE_RATE * 64))).bytesRead
    return sound
  } finally {
    await file.close()
  }
}

/** What is said when in a prepared video. */
export async function readTimeline(folder: string): Promise<Timeline> {
  return JSON.parse(await readFile(timelinePath(folder), 'utf8')) as Timeline
}

/** Where the timeline of a prepared video lies. */
export function timelinePath(folder: string): string {
  return join(folder, 'timeline.json')
}
