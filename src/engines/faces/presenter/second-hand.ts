// A second thread for baking: paints one picture while this thread paints another.
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { Fault } from '../../../core/errors.ts'
import { CHORES, type Chore, type ChoreAnswer, type ChoreOrder } from './chores.ts'
import { openTurns, type Turns } from './turns.ts'

/** A thread that does one chore after another. */
export type SecondHand = {
  /** Starts a chore; arguments are copied, but for arrays in shared memory. */
  ask<C extends Chore['name']>(name: C, ...given: ChoreArguments<C>): Promise<ChoreResult<C>>
  /** Does a chore that is made of pieces on both threads, piece by piece as each has time; its results lie in shared memory. */
  share<C extends SharedChore>(name: C, ...given: WithoutTurns<C>): Promise<void>
  close(): Promise<void>
}

type ChoreOf<C extends Chore['name']> = Extract<Chore, { name: C }>['work']
type ChoreArguments<C extends Chore['name']> = Parameters<ChoreOf<C>>
type ChoreResult<C extends Chore['name']> = ReturnType<ChoreOf<C>>
/** Chores that are told last which pieces are theirs. */
type SharedChore = {
  [C in Chore['name']]: ChoreArguments<C> extends [...unknown[], Turns] ? C : never
}[Chore['name']]
type WithoutTurns<C extends SharedChore> = ChoreArguments<C> extends [...infer Given, Turns] ? Given : never

/** Starts the thread; it is ready when its first chore is. */
export function openSecondHand(): SecondHand {
  const worker = new Worker(new URL(`./chores-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url))
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (cause: unknown) => void }>()
  let count = 0
  worker.on('message', ({ id, result, error }: ChoreAnswer) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(result as never)
    else asked?.reject(error)
  })
  const fail = (cause: unknown) => {
    for (const { reject } of waiting.values()) {
      reject(new Fault('internal', 'A thread that bakes presenters ended early.', { cause }))
    }
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', fail)
  const ask: SecondHand['ask'] = (name, ...given) => {
    const id = count++
    const order: ChoreOrder = { id, name, given }
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: never) => void, reject })
      worker.postMessage(order)
    })
  }
  return {
    ask,
    async share(name, ...given) {
      const whole = [...given, openTurns()]
      const there = (ask as (name: string, ...given: unknown[]) => Promise<unknown>)(name, ...whole)
      const here = CHORES[name] as (...given: readonly unknown[]) => unknown
      here(...whole)
      await there
    },
    async close() {
      await worker.terminate()
    },
  }
}

/** The same data with its typed arrays in shared memory, so that another thread can read them without a copy. */
export function inSharedMemory<T>(data: T, moved = new Map<unknown, unknown>()): T {
  if (typeof data !== 'object' || data === null) return data
  const known = moved.get(data)
  if (known) return known as T
  let out: unknown
  if (ArrayBuffer.isView(data)) {
    const array = data as unknown as Float32Array
    if (array.buffer instanceof SharedArrayBuffer) return data
    const Kind = array.constructor as new (buffer: SharedArrayBuffer) => Float32Array
    const shared = new Kind(new SharedArrayBuffer(array.byteLength))
    shared.set(array)
    out = shared
  } else if (Array.isArray(data)) {
    out = data.map((one) => inSharedMemory(one, moved))
  } else {
    out = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, inSharedMemory(value, moved)]))
  }
  moved.set(data, out)
  return out as T
}
