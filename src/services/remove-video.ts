// A video goes with everything that it left.
import type { Job } from '../core/job.ts'
import type { Files } from './files.ts'
import type { Jobs } from './jobs.ts'

/** Forgets a video of an account and takes its files away; one that is being made is stopped. @throws NotFound */
export type RemoveVideo = (accountId: string, id: string) => Promise<Job>

/** The row goes first: should the process die in between, nobody finds a video without its file. */
export function openRemoveVideo(jobs: Jobs, files: Files): RemoveVideo {
  return async (accountId, id) => {
    const job = await jobs.remove(accountId, id)
    for (const extension of ['mp4', 'jpg', 'json']) await files.remove(`${job.id}.${extension}`)
    return job
  }
}
