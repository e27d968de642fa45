// Work that several ask for at the same time is done once.
import type { RunOptions } from './render-pool.ts'

/** Runs a piece of work, or joins the run of it that is under way under the same name. */
export type ShareRuns = <Result>(
  name: string,
  options: RunOptions,
  work: (options: Pick<RunOptions, 'onProgress'>) => Promise<Result>,
) => Promise<Result>

type Run = { readonly result: Promise<unknown>; readonly hearers: Set<(progress: number) => void> }

/** All who ask hear the progress. Who cancels stops waiting; the work goes on, for its result is kept for the next. */
export function shareRuns(): ShareRuns {
  const runs = new Map<string, Run>()
  return async <Result>(
    name: string,
    { signal, onProgress }: RunOptions,
    work: (options: Pick<RunOptions, 'onProgress'>) => Promise<Result>,
  ): Promise<Result> => {
    signal?.throwIfAborted()
    let run = runs.get(name)
    if (!run) {
      const hearers = new Set<(progress: number) => void>()
      const hearAll = (progress: number) => {
        for (const hear of hearers) hear(progress)
      }
      run = { result: work({ onProgress: hearAll }).finally(() => runs.delete(name)), hearers }
      runs.set(name, run)
    }
    const { result, hearers } = run
    if (onProgress) hearers.add(onProgress)
    const gone = Promise.withResolvers<never>()
    const leave = () => gone.reject(signal?.reason)
    signal?.addEventListener('abort', leave, { once: true })
    try {
      return (await Promise.race([result, gone.promise])) as Result
    } finally {
      signal?.removeEventListener('abort', leave)
      if (onProgress) hearers.delete(onProgress)
    }
  }
}
