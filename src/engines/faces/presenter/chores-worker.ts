// The second thread of baking: does the chores it is sent, one after another.
import { parentPort } from 'node:worker_threads'
import { CHORES, type ChoreAnswer, type ChoreOrder } from './chores.ts'

parentPort?.on('message', ({ id, name, given }: ChoreOrder) => {
  let answer: ChoreAnswer
  try {
    const work = CHORES[name] as (...given: readonly unknown[]) => unknown
    answer = { id, result: work(...given) }
  } catch (error) {
    answer = { id, error }
  }
  parentPort?.postMessage(answer)
})
