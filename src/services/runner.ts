// Takes queue entries and makes videos of them: each step may be cut off anywhere and be done again.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Fault } from '../core/errors.ts'
import type { Job } from '../core/job.ts'
import { inLanes } from '../domain/segments.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs.ts'
import type { Log } from './log.ts'
import type { Producer } from './produce.ts'
import type { Handlers } from './queue.ts'
import { outputNames } from './remove-video.ts'
import { trimSegments } from './segment-cache.ts'
import { shareRuns } from './share-runs.ts'
import type { Prepared } from './tasks.ts'
import { timelinePath } from './work-folder.ts'

/** What the runner works with. */
export type RunnerParts = {
  readonly jobs: Jobs
  readonly producer: Producer
  readonly files: Files
  /** Where unfinished videos lie, a folder each. */
  readonly workFolder: string
  /** Where rendered segments are kept. */
  readonly cacheFolder: string
  /** How many segments are rendered at once. */
  readonly lanes: number
  readonly log: Log
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Progress of a running step reaches the store at most this often, in milliseconds. */
const REPORT_MS = 500
/** Share of the whole that preparing is, in percent. */
const PREPARED = 10

/** The handlers of the queues. */
export function openRunner(parts: RunnerParts): Handlers {
  const { jobs, producer, files, log } = parts
  const folderOf = (jobId: string) => join(parts.workFolder, jobId)
  const share = shareRuns()
  const cleanUp = (jobId: string) => rm(folderOf(jobId), { recursive: true, force: true })

  const under = new Map<string, Set<AbortController>>()
  jobs.listen(({ type, job }) => {
    if (type !== 'cancelled' && type !== 'removed') return
    for (const step of under.get(job.id) ?? []) step.abort(new Error(`The video was ${type}.`))
  })
  /** The signal of a step that also ends when its video is cancelled or removed in this process. */
  const whileWanted = async (jobId: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>) => {
    const step = new AbortController()
    const steps = under.get(jobId) ?? new Set()
    under.set(jobId, steps.add(step))
    try {
      await work(AbortSignal.any([signal, step.signal]))
    } finally {
      steps.delete(step)
      if (steps.size === 0) under.delete(jobId)
    }
  }

  /** Runs a step of a job that still wants it; what no second attempt would mend ends the job at once. */
  const step = async (jobId: string, signal: AbortSignal, work: (job: Job, signal: AbortSignal) => Promise<void>) => {
    const job = await jobs.find(jobId)
    if (!job || job.endedAt !== null) return
    try {
      await whileWanted(jobId, signal, (signal) => work(job, signal))
    } catch (error) {
      if ((await jobs.find(jobId))?.endedAt !== null) return cleanUp(jobId)
      if (!isFinal(error)) {
        const { requestId: rid } = job.origin
        if (!signal.aborted) log('warn', 'a step of a video did not succeed', { rid, jobId, stage: job.stage, error })
        throw error
      }
      await jobs.fail(jobId, error.message, error)
      await cleanUp(jobId)
    }
  }
  /** What was prepared; where that has gone (another machine, a swept disk) or was for older code, it is made again. */
  const prepared = (job: Job, signal: AbortSignal): Promise<Prepared> =>
    share(job.id, { signal }, async () => {
      const known = await producer.prepared(folderOf(job.id))
      if (known) return known
      const made = await producer.prepare(job.spec, folderOf(job.id))
      await jobs.replanned(job.id, made.segments)
      return made
    })
  const throttled = (report: (value: number) => Promise<void>) => {
    let last = Number.NEGATIVE_INFINITY
    return (value: number) => {
      if (parts.now() - last < REPORT_MS) return
      last = parts.now()
      report(value).catch((error) => log('warn', 'progress could not be written', { error }))
    }
  }

  return {
    prepare: ({ jobId }, signal) =>
      step(jobId, signal, async (job, signal) => {
        if (job.stage !== 'queued' && job.stage !== 'preparing') return
        if (!(await jobs.begin(jobId))) return
        const onProgress = throttled((share) => jobs.raise(jobId, share * PREPARED))
        const prepared = await producer.prepare(job.spec, folderOf(jobId), { signal, onProgress })
        await jobs.planned(jobId, inLanes(prepared.segments, parts.lanes), secondsOf(prepared), prepared.notes)
      }),
    segment: ({ jobId, index }, signal) =>
      step(jobId, signal, async (job, signal) => {
        if (index >= (await prepared(job, signal)).segments.length) return
        const onProgress = throttled((frames) => jobs.segmentProgress(jobId, index, frames))
        await producer.renderSegment(folderOf(jobId), index, { signal, onProgress })
        await jobs.segmentDone(jobId, index)
      }),
    join: ({ jobId }, signal) =>
      step(jobId, signal, async (job, signal) => {
        const folder = folderOf(jobId)
        const missing = await producer.missingSegments(await prepared(job, signal))
        if (missing.length > 0) return jobs.segmentsLost(jobId, missing)
        const outputKeys = outputNames(jobId, job.spec)
        const outPaths = outputKeys.map((name) => join(folder, name))
        const coverPath = join(folder, 'cover.jpg')
        const joined = await producer.join(folder, { outPaths, coverPath }, { signal })
        const result = { videoKey: outputKeys[0]!, coverKey: `${jobId}.jpg`, ...joined, outputKeys }
        for (const [index, key] of outputKeys.entries()) await files.put(key, outPaths[index]!)
        await files.put(result.coverKey, coverPath)
        await files.put(`${jobId}.json`, timelinePath(folder))
        await jobs.complete(jobId, result)
        await cleanUp(jobId)
        await trimSegments(parts.cacheFolder, parts.now())
      }),
    async dead({ jobId, queue, reason }) {
      await jobs.fail(jobId, reason, new Error(`The last attempt of ${queue} failed: ${reason}`))
      await cleanUp(jobId)
    },
  }
}

const secondsOf = ({ frameCount, takes }: Prepared) => frameCount / (takes[0]?.canvas.fps ?? 1)

const FINAL: ReadonlySet<string> = new Set([
  'invalid',
  'not-found',
  'unspeakable',
  'unsupported',
  'unauthorized',
  'out-of-quota',
])

// What is wrong with the request stays wrong however often it is tried.
function isFinal(error: unknown): error is Fault {
  return error instanceof Fault && FINAL.has(error.kind)
}
