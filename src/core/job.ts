// A video being made.
import { type Output, outputsOf } from './output.ts'
import type { VideoSpec } from './spec.ts'

/** The life of a job. `completed`, `failed` and `cancelled` are final. */
export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'

/** Where a running job is. */
export type JobStage = 'queued' | 'preparing' | 'rendering' | 'joining' | 'done'

/** The APIs in which a video may be asked for and told of. */
export type ApiName = 'joggai-v2' | 'joggai-v1' | 'joggai-open' | 'heygen' | 'rostrum'

/** The families of APIs that share paths at the root; a key may belong to one. */
export type KeyDialect = 'joggai' | 'heygen'

/** How a video was asked for: what answers and notices about it need. */
export type JobOrigin = {
  readonly api: ApiName
  /** Base of links in notices, without a final slash. */
  readonly linkBase: string
  /** Who is told when it has ended, beside the account's endpoints. */
  readonly callbackUrl: string | null
  /** The client's own name for it. */
  readonly callbackId: string | null
  readonly folderId: string | null
  /** The id of the request that it came with: every log line about the video has it as `rid`. */
  readonly requestId?: string
  /** Equal for requests with equal inputs, where a video can be found again by them. */
  readonly inputs?: string
}

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
  readonly origin: JobOrigin
}

/** What a completed job made. File keys are names in the file store. */
export type JobResult = {
  readonly videoKey: string
  readonly coverKey: string
  readonly durationSeconds: number
  /** Of the video itself. */
  readonly byteCount: number
  /** One for each output of the spec, the video's first. Absent in results of older versions. */
  readonly outputKeys?: readonly string[]
}

/** The file of the first output of its kind that suits, or null where none was made. */
export function outputKey(
  { spec, result }: Pick<Job, 'spec' | 'result'>,
  suits: (output: Output) => boolean,
): string | null {
  const index = outputsOf(spec).findIndex(suits)
  return (index < 0 ? null : result?.outputKeys?.[index]) ?? null
}
