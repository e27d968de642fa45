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
  /**
   * Does a chore that is made of pieces on both threads, piece by piece as each has time; its results lie in shared memory.
   * This thread's pieces are done at once: several chores that are shared one after another wait for each other only in the end.
   */
  share<C extends SharedChore>(name: C, ...given: WithoutTurns<C>): Promise<void>
  close(): Promise<void>
}

type ChoreOf<C extends Chore['name']> = Extract<Chore, { name: C }>['work']
type ChoreArguments<C extends Chore['name']> = Parameters<ChoreOf<C>>
type ChoreResult<C extends Chore['name']> = Awaited<ReturnType<ChoreOf<C>>>
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
  worker.on('message', ({ id, result, error, kind }: ChoreAnswer) => {
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(result as never)
    else asked?.reject(kind ? new Fault(kind, (error as Error).message, { cause: error }) : error)
  })
  let closed = false
  const fail = (cause: unknown) => {
    if (closed) return
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
    const answer = new Promise<never>((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      worker.postMessage(order)
    })
    // Who asked may be busy with something else when it fails, and hears of it when the answer is awaited.
    answer.catch(() => {})
    return answer
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
      closed = true
      await worker.terminate()
    },
  }
}
