// The render processes: heavy and native work happens in them, so that a crash costs one task and no request waits.
import { type ChildProcess, fork } from 'node:child_process'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Fault } from '../core/errors.ts'
import type { Log } from './log.ts'
import { unpackError } from './sent-error.ts'
import type { FromChild, TaskName, Tasks, ToChild } from './tasks.ts'

/** How a task is run. */
export type RunOptions = {
  readonly signal?: AbortSignal
  /** Hears of progress, in the task's own unit (see {@link Tasks}). */
  readonly onProgress?: (progress: number) => void
}

/** Runs tasks somewhere else, a few at once. */
export type RenderPool = {
  /** How many tasks run at once. */
  readonly size: number
  /** Runs a task when its turn comes. @throws what the task threw; Fault `internal` where its process died or hung. */
  run<Name extends TaskName>(
    name: Name,
    input: Tasks[Name]['input'],
    options?: RunOptions,
  ): Promise<Tasks[Name]['output']>
  /**
   * Runs a task ahead of need on a process that has nothing to do, or not at all where all are busy. Nobody hears how it
   * ended: who needs its result does it again.
   */
  ahead<Name extends TaskName>(name: Name, input: Tasks[Name]['input']): void
  /** Starts all processes and lets them load what they will need. */
  warm(): void
  /** Ends all processes; what still runs fails. */
  close(): Promise<void>
}

/** Short tasks that finish something go before long ones that begin something. */
const PRIORITY: Readonly<Record<TaskName, number>> = {
  join: 3,
  prepare: 2,
  rig: 2,
  photo: 2,
  redress: 2,
  cover: 2,
  sample: 2,
  rehearse: 2,
  sound: 2,
  dub: 2,
  portrait: 2,
  film: 1,
  track: 1,
  segment: 1,
  scenery: 0,
}
/** A process that says nothing for this long is taken for hung, in milliseconds. */
const SILENCE_MS = 180_000
/** How long a cancelled task may take to stop by itself, in milliseconds. */
const CANCEL_MS = 2000

/** Tasks after which a process is replaced: what it took for them would stay with it. */
const LAST_TASKS: ReadonlySet<TaskName> = new Set(['rig', 'photo', 'redress'])

/**
 * glibc keeps what threads free in an arena each and raises by itself from which size on memory is given back: a process
 * that paints and encodes grows to twice what it uses. Two arenas and a fixed threshold (its default, in bytes; naming it
 * stops the raising) keep it flat at the same speed. Other C libraries do not read these.
 */
const MEMORY_SETTINGS = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' }

/** What may be chosen about a pool. */
export type PoolOptions = {
  /** The program of a render process. */
  readonly entry?: URL
  /** Where Node keeps compiled code, so that later processes load in a quarter of the time. */
  readonly codeFolder?: string
}

type Waiting = {
  readonly id: number
  readonly name: TaskName
  readonly input: unknown
  readonly options: RunOptions
  readonly resolve: (output: never) => void
  readonly reject: (error: Error) => void
}
type Slot = {
  child: ChildProcess | null
  task: Waiting | null
  /** The task before. */
  last: Waiting | null
  timer: NodeJS.Timeout | null
  lastWords: string
}

/** A pool of `size` render processes, each started when it is first needed. */
export function openRenderPool(
  size: number,
  log: Log,
  { entry = defaultEntry(), codeFolder }: PoolOptions = {},
): RenderPool {
  const env = {
    ...MEMORY_SETTINGS,
    ...(codeFolder === undefined ? {} : { NODE_COMPILE_CACHE: codeFolder }),
    ...process.env,
  }
  const slots: Slot[] = Array.from({ length: Math.max(1, size) }, () => ({
    child: null,
    task: null,
    last: null,
    timer: null,
    lastWords: '',
  }))
  const waiting: Waiting[] = []
  let nextId = 1
  let closed = false

  const release = (slot: Slot) => {
    if (slot.timer) clearTimeout(slot.timer)
    slot.timer = null
    const task = slot.task
    slot.task = null
    return task
  }
  const watch = (slot: Slot, milliseconds: number, reason: string) => {
    if (slot.timer) clearTimeout(slot.timer)
    slot.timer = setTimeout(() => stop(slot, reason), milliseconds)
  }
  const stop = (slot: Slot, reason: string) => {
    const { child } = slot
    slot.child = null
    child?.kill('SIGKILL')
    const task = release(slot)
    task?.reject(task.options.signal?.aborted ? abortedError(task.options.signal) : new Fault('internal', reason))
    next()
  }
  const start = (slot: Slot): ChildProcess => {
    const child = fork(fileURLToPath(entry), [], {
      env,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    slot.child = child
    slot.lastWords = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      slot.lastWords = (slot.lastWords + text).slice(-2000)
    })
    child.on('message', (message) => hear(slot, child, message as FromChild))
    child.on('error', (error) => log('error', 'a render process could not be reached', { error }))
    child.on('exit', (code, signal) => {
      if (slot.child !== child) return
      slot.child = null
      const task = release(slot)
      const how = signal ? `by signal ${signal}` : `with exit code ${code}`
      if (!closed) log('error', 'a render process ended', { code, signal, task: task?.name, lastWords: slot.lastWords })
      task?.reject(
        new Fault('internal', `The process that worked on this ended ${how} in the middle of it (${task.name}).`, {
          cause: new Error(slot.lastWords || 'It said nothing.'),
        }),
      )
      next()
    })
    return child
  }
  const hear = (slot: Slot, child: ChildProcess, message: FromChild) => {
    if (slot.child !== child || slot.task?.id !== message.id) return
    if (message.type === 'progress') {
      if (!slot.task.options.signal?.aborted) watch(slot, SILENCE_MS, hungMessage(slot.task))
      slot.task.options.onProgress?.(message.progress)
      return
    }
    const task = release(slot)
    if (task && LAST_TASKS.has(task.name)) {
      slot.child = null
      child.disconnect()
    }
    if (message.type === 'done') task?.resolve(message.output as never)
    else task?.reject(task.options.signal?.aborted ? abortedError(task.options.signal) : unpackError(message.error))
    next()
  }
  const next = () => {
    if (closed) return
    for (const slot of slots) {
      if (slot.task) continue
      const task = takeFirst(waiting, slot.last)
      if (!task) return
      slot.task = task
      slot.last = task
      const child = slot.child ?? start(slot)
      watch(slot, SILENCE_MS, hungMessage(task))
      child.send({ type: 'run', id: task.id, name: task.name, input: task.input } satisfies ToChild, (error) => {
        if (error && slot.child === child) stop(slot, `A render process could not be reached: ${error.message}`)
      })
    }
  }
  const cancel = (id: number, signal: AbortSignal) => {
    const queued = waiting.findIndex((task) => task.id === id)
    if (queued >= 0) {
      const [task] = waiting.splice(queued, 1)
      task?.reject(abortedError(signal))
      return
    }
    const slot = slots.find(({ task }) => task?.id === id)
    if (!slot?.child) return
    slot.child.send({ type: 'cancel', id } satisfies ToChild, () => {})
    watch(slot, CANCEL_MS, 'The task was cancelled.')
  }

  const run: RenderPool['run'] = (name, input, options = {}) => {
    if (closed) return Promise.reject(new Fault('unavailable', 'Rostrum is stopping and takes no more work.'))
    if (options.signal?.aborted) return Promise.reject(abortedError(options.signal))
    const { promise, resolve, reject } = Promise.withResolvers<never>()
    const id = nextId++
    waiting.push({ id, name, input, options, resolve, reject })
    const onAbort = () => cancel(id, options.signal as AbortSignal)
    options.signal?.addEventListener('abort', onAbort, { once: true })
    next()
    return promise.finally(() => options.signal?.removeEventListener('abort', onAbort))
  }

  return {
    size: slots.length,
    run,
    ahead(name, input) {
      if (waiting.length > 0 || slots.every(({ task }) => task)) return
      run(name, input).catch((error) => {
        if (!closed) log('warn', 'work ahead of need did not succeed', { task: name, error })
      })
    },
    warm() {
      if (closed) return
      for (const slot of slots) (slot.child ?? start(slot)).send({ type: 'warm' } satisfies ToChild, () => {})
    },
    async close() {
      closed = true
      const stopping = new Fault('unavailable', 'Rostrum stopped before this was done.')
      for (const task of waiting.splice(0)) task.reject(stopping)
      await Promise.all(
        slots.map(async (slot) => {
          const { child } = slot
          slot.child = null
          release(slot)?.reject(stopping)
          if (!child || child.exitCode !== null || child.signalCode !== null) return
          const { promise, resolve } = Promise.withResolvers<void>()
          child.once('exit', () => resolve())
          child.kill('SIGKILL')
          await promise
        }),
      )
    },
  }
}

// The highest priority first; among equals the segment after the last one, which finds its scene open; then who came first.
function takeFirst(waiting: Waiting[], last: Waiting | null): Waiting | undefined {
  const highest = Math.max(...waiting.map(({ name }) => PRIORITY[name]))
  const first = waiting.findIndex(({ name }) => PRIORITY[name] === highest)
  const next = waiting.findIndex((task) => PRIORITY[task.name] === highest && last !== null && isNext(task, last))
  return waiting.splice(next < 0 ? first : next, 1)[0]
}

function isNext(task: Waiting, last: Waiting): boolean {
  if (task.name !== 'segment' || last.name !== 'segment') return false
  const [{ folder, index }, before] = [task.input, last.input] as [SegmentInput, SegmentInput]
  return folder === before.folder && index === before.index + 1
}

type SegmentInput = Tasks['segment']['input']

function hungMessage(task: Waiting): string {
  return `The process that worked on this said nothing for ${SILENCE_MS / 1000} seconds (${task.name}) and was ended.`
}

function abortedError(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('The task was cancelled.', 'AbortError')
}

// Beside this file, with its extension: .ts in the source, .js in the package.
function defaultEntry(): URL {
  return new URL(`./render-process${extname(fileURLToPath(import.meta.url))}`, import.meta.url)
}
