// Paints several frames at once on worker threads and hands them out in order.
import { Worker } from 'node:worker_threads'
import { Fault } from '../../core/errors.ts'
import type { FrameState } from '../../core/plan.ts'
import type { Rig, TexturePlanes } from '../../core/rig.ts'
import type { Canvas } from '../../core/spec.ts'
import { loadKernel } from './kernel.ts'
import type { Overlay } from './lay-over.ts'
import { captionKey, type DrawCaption, type YuvFrame } from './painter.ts'
import type { Painted, PoolAnswer, PoolJob, PoolWorkerData } from './pool-worker.ts'
import { share } from './share.ts'

/** What {@link openPainterPool} needs. */
export type PoolOptions = {
  readonly canvas: Canvas
  /** By avatar id. Arrays outside shared memory are copied into it once. */
  readonly rigs: ReadonlyMap<string, Rig>
  /** Opaque, in the size of the canvas or of a window, by the key that {@link sizedKey} gives. */
  readonly backgrounds: ReadonlyMap<string, TexturePlanes>
  /** Frames have alpha, and nothing stands behind who has no background. @default false */
  readonly hasAlpha?: boolean
  /** Needed only where states have captions. */
  readonly caption?: DrawCaption
  /** Lies over every frame, under its caption. */
  readonly mark?: Overlay | undefined
  /** @default 1 */
  readonly threads?: number
  /** The thread's program, where it is another than this folder's. */
  readonly worker?: URL
}

/** A painted frame in shared memory. */
export type PooledFrame = YuvFrame & {
  /** The state's frame number. */
  readonly frame: number
  /** Gives the memory back to the pool: call it once the planes have been read. */
  release(): void
}

/** Painting threads. */
export type PainterPool = {
  /**
   * Paints the states and yields them in order, some frames ahead of the reader and never more than there is memory for.
   * One iteration at a time.
   *
   * @throws Fault where a thread fails or dies, with its error as the cause; the signal's reason once that aborts.
   */
  frames(
    states: Iterable<FrameState> | AsyncIterable<FrameState>,
    options?: { readonly signal?: AbortSignal | undefined },
  ): AsyncGenerator<PooledFrame, void, void>
  /** Ends the threads. */
  close(): Promise<void>
}

/** Frames that a thread may have before it: one in work and one waiting, so that it never idles. */
const JOBS_PER_THREAD = 2

/** Frames that the reader may keep while others are painted. */
const READER_FRAMES = 2

/** `caption`: key of the last caption that it got. */
type Thread = { readonly worker: Worker; pending: number; caption: string | null }
type Job = { readonly state: FrameState; readonly slot: number; readonly done: Promise<Painted> }

/** Starts the threads. */
export async function openPainterPool(options: PoolOptions): Promise<PainterPool> {
  const { canvas, hasAlpha = false, threads: threadCount = 1 } = options
  const lumaBytes = canvas.width * canvas.height
  const slotCount = threadCount * JOBS_PER_THREAD + READER_FRAMES
  const slots = Array.from({ length: slotCount }, () => new SharedArrayBuffer((lumaBytes * (hasAlpha ? 5 : 3)) / 2))
  const data: PoolWorkerData = {
    canvas,
    rigs: share(options.rigs),
    backgrounds: share(options.backgrounds),
    kernel: await loadKernel(),
    hasAlpha,
    slots,
    mark: options.mark,
  }
  const free = slots.map((_, slot) => slot)
  const waiting = new Map<number, { thread: Thread; resolve(painted: Painted): void; reject(error: unknown): void }>()
  /** What each slot holds; null while a thread writes into it. */
  const contents: (Painted | null)[] = slots.map(() => null)
  let failure: Fault | null = null
  let nextId = 0
  let busy = false

  function fail(message: string, cause?: unknown): void {
    failure ??= new Fault('internal', message, { cause })
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }

  function answered(answer: PoolAnswer): void {
    const job = waiting.get(answer.id)
    if (!job) return
    waiting.delete(answer.id)
    job.thread.pending--
    if (answer.painted) job.resolve(answer.painted)
    else job.reject(new Fault('internal', 'A frame could not be painted.', { cause: answer.error }))
  }

  function startThread(): Thread {
    const extension = import.meta.url.slice(import.meta.url.lastIndexOf('.'))
    const program = options.worker ?? new URL(`./pool-worker${extension}`, import.meta.url)
    const worker = new Worker(program, { workerData: data })
    worker.on('message', answered)
    worker.on('error', (cause) => fail('A painting thread failed.', cause))
    worker.on('exit', (code) => fail(`A painting thread ended with exit code ${code}.`))
    return { worker, pending: 0, caption: null }
  }

  const threads = Array.from({ length: threadCount }, startThread)

  /** The state's caption as a picture, where the thread does not have it yet. */
  function captionFor(thread: Thread, { caption }: FrameState): Overlay | null {
    const key = caption ? captionKey(caption) : null
    if (!caption || key === null || key === thread.caption) return null
    if (!options.caption) throw new RangeError('This pool was opened without captions.')
    thread.caption = key
    return options.caption(caption, canvas)
  }

  function dispatch(state: FrameState, slot: number): Job {
    const thread = threads.reduce((least, other) => (other.pending < least.pending ? other : least))
    const id = nextId++
    const held = contents[slot]!
    const caption = captionFor(thread, state)
    contents[slot] = null
    const done = new Promise<Painted>((resolve, reject) => {
      if (failure) return reject(failure)
      thread.pending++
      waiting.set(id, { thread, resolve, reject })
      thread.worker.postMessage({ id, slot, state: compact(state), held, caption } satisfies PoolJob)
    })
    done.then(
      (painted) => {
        contents[slot] = painted
      },
      () => {},
    )
    return { state, slot, done }
  }

  function finished({ state, slot }: Job, painted: Painted): PooledFrame {
    const memory = slots[slot]!
    let held = true
    return {
      ...painted,
      frame: state.frame,
      width: canvas.width,
      height: canvas.height,
      y: new Uint8Array(memory, 0, lumaBytes),
      u: new Uint8Array(memory, lumaBytes, lumaBytes / 4),
      v: new Uint8Array(memory, (lumaBytes * 5) / 4, lumaBytes / 4),
      ...(hasAlpha ? { a: new Uint8Array(memory, (lumaBytes * 3) / 2, lumaBytes) } : {}),
      release() {
        if (held) free.push(slot)
        held = false
      },
    }
  }

  async function* frames(
    states: Iterable<FrameState> | AsyncIterable<FrameState>,
    { signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): AsyncGenerator<PooledFrame, void, void> {
    if (busy) throw new Error('The pool is already painting: one iteration at a time.')
    busy = true
    const iterator = Symbol.asyncIterator in states ? states[Symbol.asyncIterator]() : states[Symbol.iterator]()
    const ahead: Job[] = []
    let more = true
    try {
      while (true) {
        signal?.throwIfAborted()
        while (more && free.length > 0 && ahead.length < threadCount * JOBS_PER_THREAD) {
          const next = await iterator.next()
          if (next.done) more = false
          else ahead.push(dispatch(next.value, free.pop()!))
        }
        const first = ahead[0]
        if (!first && more) throw new Error('Every frame of the pool is held: release frames before asking for more.')
        if (!first) return
        const painted = await unlessAborted(first.done, signal)
        ahead.shift()
        yield finished(first, painted)
      }
    } finally {
      busy = false
      await Promise.allSettled(ahead.map(({ done }) => done))
      for (const { slot } of ahead) free.push(slot)
      if (more) await iterator.return?.()
    }
  }

  return {
    frames,
    async close() {
      fail('The painter pool was closed.')
      await Promise.all(threads.map(({ worker }) => worker.terminate()))
    },
  }
}

/** A state without the long track that its arrays may be windows of, which a message would copy along. */
function compact(state: FrameState): FrameState {
  const { character } = state
  if (!character) return state
  return { ...state, character: { ...character, shapes: character.shapes.slice(), head: character.head.slice() } }
}

async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
