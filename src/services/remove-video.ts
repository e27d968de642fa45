// A video goes with everything that it left.
import type { Job } from '../core/job.ts'
import { extensionOf, outputsOf } from '../core/output.ts'
import type { VideoSpec } from '../core/spec.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs.ts'

/** Forgets a video of an account and takes its files away; one that is being made is stopped. @throws NotFound */
export type RemoveVideo = (accountId: string, id: string) => Promise<Job>

/** The row goes first: should the process die in between, nobody finds a video without its file. */
export function openRemoveVideo(jobs: Jobs, files: Files): RemoveVideo {
  return async (accountId, id) => {
    const job = await jobs.remove(accountId, id)
    const names = [...outputNames(job.id, job.spec), `${job.id}.jpg`, `${job.id}.json`]
    for (const name of names) await files.remove(name)
    return job
  }
}

/** What a video's files are called in the store: one for each output, the video's own first. */
export function outputNames(id: string, spec: VideoSpec): readonly string[] {
  return outputsOf(spec).map((output, index) => `${id}${index === 0 ? '' : `-${index}`}.${extensionOf(output)}`)
}
