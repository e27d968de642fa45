// A render process: takes one task after another from its parent and ends with it.
import { flushCompileCache } from 'node:module'
import { constants, setPriority } from 'node:os'
import { packError } from './sent-error.ts'
import type { FromChild, TaskContext, TaskName, Tasks, ToChild } from './tasks.ts'

type Work<Name extends TaskName> = (input: Tasks[Name]['input'], context: TaskContext) => Promise<Tasks[Name]['output']>

// Each task's machinery is loaded when it is first asked for: a process that only renders never loads the voices.
const WORK: { readonly [Name in TaskName]: () => Promise<Work<Name>> } = {
  rig: async () => (await import('./task-rig.ts')).makeRig,
  photo: async () => (await import('./task-photo.ts')).makePhoto,
  redress: async () => (await import('./task-redress.ts')).redressPicture,
  film: async () => (await import('./task-film.ts')).readFilmInto,
  track: async () => (await import('./task-track.ts')).trackFilm,
  dub: async () => (await import('./task-dub.ts')).dubFilm,
  portrait: async () => (await import('./task-portrait.ts')).findPortrait,
  prepare: async () => (await import('./task-prepare.ts')).prepareVideo,
  segment: async () => (await import('./task-segment.ts')).renderSegment,
  scenery: async () => (await import('./task-scenery.ts')).openScenery,
  sound: async () => (await import('./task-sound.ts')).prepareSound,
  join: async () => (await import('./task-join.ts')).joinVideo,
  cover: async () => (await import('./task-cover.ts')).paintCover,
  rehearse: async () => (await import('./task-rehearse.ts')).rehearseVideo,
  sample: async () => (await import('./task-sample.ts')).speakSample,
}

/** Progress is sent at most this often, in milliseconds. */
const REPORT_MS = 400

// Answering requests goes before rendering; between render processes nothing changes.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

const loaded = new Set<TaskName>()
const running = new Map<number, AbortController>()

process.on('message', (message: ToChild) => {
  if (message.type === 'cancel') running.get(message.id)?.abort()
  else if (message.type === 'warm') void warm()
  else void run(message.id, message.name, message.input)
})
// A terminal's interrupt reaches the whole process group; when to stop is the parent's decision.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))

/** Loads what almost every process needs sooner or later. What fails here fails again when it is needed, as a task's error. */
async function warm(): Promise<void> {
  try {
    await WORK.prepare()
    await (await import('../engines/voices/index.ts')).warmVoices()
    await WORK.segment()
    await WORK.sound()
    await WORK.join()
  } catch (error) {
    console.error('A render process could not load everything ahead of its first task.', error)
  }
  flushCompileCache()
}

async function run(id: number, name: TaskName, input: unknown): Promise<void> {
  const controller = new AbortController()
  running.set(id, controller)
  let lastReport = 0
  const report = (progress: number) => {
    const now = performance.now()
    if (now - lastReport < REPORT_MS) return
    lastReport = now
    send({ type: 'progress', id, progress })
  }
  try {
    const work = (await WORK[name]()) as Work<TaskName>
    const output = await work(input as never, { signal: controller.signal, report })
    send({ type: 'done', id, output })
    if (running.size === 1 && !loaded.has(name)) flushCompileCache()
    loaded.add(name)
  } catch (error) {
    send({ type: 'failed', id, error: packError(error) })
  } finally {
    running.delete(id)
  }
}

function send(message: FromChild): void {
  if (process.connected) process.send?.(message)
}
