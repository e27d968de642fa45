// The second thread of baking: does the chores it is sent, one after another.
import { parentPort } from 'node:worker_threads'
import { Fault } from '../../../core/errors.ts'
import { CHORES, type ChoreAnswer, type ChoreOrder } from './chores.ts'

parentPort?.on('message', async ({ id, name, given }: ChoreOrder) => {
  let answer: ChoreAnswer
  try {
    const work = CHORES[name] as (...given: readonly unknown[]) => unknown
    answer = { id, result: await work(...given) }
  } catch (error) {
    answer = { id, error, ...(error instanceof Fault ? { kind: error.kind } : {}) }
  }
  parentPort?.postMessage(answer)
})
