// A video being made.
import type { VideoSpec } from './spec.ts'

/** The life of a job. `completed` and `failed` are final. */
export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed'

/** Where a running job is. */
export type JobStage = 'queued' | 'preparing' | 'rendering' | 'joining' | 'done'

/** A VideoSpec being made: its status, progress and result. Times are milliseconds since 1970. */
export type Job = {
  /** 32 hex digits. */
  readonly id: string
  readonly accountId: string
  readonly spec: VideoSpec
  readonly status: JobStatus
  readonly stage: JobStage
  /** 0 to 100, never falls. */
  readonly progress: number
  readonly createdAt: number
  readonly startedAt: number | null
  readonly endedAt: number | null
  /** Why it failed, in words a user can act on; null unless failed. */
  readonly failure: string | null
  readonly result: JobResult | null
  /** Words for the user about what was chosen in place of what was asked (a voice that stands in, say). */
  readonly notes: readonly string[]
}

/** What a completed job made. File keys are names in the file store. */
export type JobResult = {
  readonly videoKey: string
  readonly coverKey: string
  readonly durationSeconds: number
  readonly byteCount: number
}
