// Jobs as rows: what was asked for, how far it is, how it ended. Every change that users care about is told to listeners.
import { randomBytes } from 'node:crypto'
import { type Kysely, type Selectable, sql, type Updateable } from 'kysely'
import { NotFound } from '../core/errors.ts'
import type { Job, JobOrigin, JobResult } from '../core/job.ts'
import type { VideoSpec } from '../core/spec.ts'
import { estimateSeconds } from '../domain/estimate-length.ts'
import type { Store, StoreTransaction, Tables } from './database.ts'
import type { Log } from './log.ts'
import type { Queue } from './queue.ts'
import { measureQuota, reserveQuota, settleQuota } from './quota.ts'

/** What webhooks and progress bars tell: something happened to a job, and the job after it. */
export type JobEvent = {
  readonly type: 'created' | 'started' | 'progress' | 'completed' | 'failed' | 'cancelled' | 'removed'
  readonly job: Job
}

/** What a job is made from. */
export type JobRequest = {
  readonly accountId: string
  readonly spec: VideoSpec
  readonly notes?: readonly string[]
  /** The key whose quota it is taken from; absent: nobody's. */
  readonly keyId?: string
  /** Absent: nobody is told and no links are made. */
  readonly origin?: JobOrigin
  /** 32 hex digits for a request that may come again: the second time, the first job is the answer. */
  readonly id?: string
}

/** Which jobs a list holds. */
export type JobFilter = {
  /** 1 to 200. @default 50 */
  readonly limit?: number
  /** Only those older than this one. */
  readonly before?: Pick<Job, 'createdAt' | 'id'>
  readonly folderId?: string
  /** Part of the name, in any case. */
  readonly name?: string
  /** Those made of just these, see {@link JobOrigin.inputs}. */
  readonly inputs?: string
}

/** A segment's row as the runner needs it. */
export type SegmentCount = { readonly index: number; readonly frameCount: number }

/** The jobs of one store. */
export type Jobs = {
  /**
   * Writes a job, its queue entry and what it takes of its key's quota in one transaction: once this resolves, the job
   * survives any crash.
   * @throws OutOfQuota
   */
  create(request: JobRequest): Promise<Job>
  /** @throws NotFound where this account has no such job (others' jobs included). */
  get(accountId: string, id: string): Promise<Job>
  /** Newest first. */
  list(accountId: string, filter?: JobFilter): Promise<readonly Job[]>
  /** Any account's job, or null. For those who do the work, not for doors. */
  find(id: string): Promise<Job | null>
  /** Marks a waiting job as begun; false where it has ended meanwhile. */
  begin(id: string): Promise<boolean>
  /** Raises the progress; a lower one is ignored. @param progress 0 to 100. */
  raise(id: string, progress: number): Promise<void>
  /**
   * Enters the segments and their queue entries, once, and takes the true length of its key's quota.
   * @param seconds how long the video will last.
   * @throws OutOfQuota where recordings turn out to be longer than what is left.
   */
  planned(id: string, segments: readonly SegmentCount[], seconds: number, notes?: readonly string[]): Promise<void>
  /** Enters the segments anew where a job that renders was planned again and is cut otherwise now. */
  replanned(id: string, segments: readonly SegmentCount[]): Promise<void>
  /** Notes how many frames of a segment are done and raises the job's progress to match. */
  segmentProgress(id: string, index: number, doneFrames: number): Promise<void>
  /** Ends a segment; the last one queues the joining, once. */
  segmentDone(id: string, index: number): Promise<void>
  /** Sends segments round again whose files have gone, and the joining after them. */
  segmentsLost(id: string, indices: readonly number[]): Promise<void>
  /** Ends a job well, once: false where it had ended before. */
  complete(id: string, result: JobResult): Promise<boolean>
  /** Ends a job with a reason for the user, once: false where it had ended before. */
  fail(id: string, reason: string, cause?: unknown): Promise<boolean>
  /** Ends a job that has not ended; one that has stays as it is. @throws NotFound */
  cancel(accountId: string, id: string): Promise<Job>
  /** Forgets a job, and ends it first where it has not ended. Its files are the caller's. @throws NotFound */
  remove(accountId: string, id: string): Promise<Job>
  /** Calls back at every change, in order; returns the end of it. */
  listen(listener: (event: JobEvent) => void): () => void
  /** How many jobs have not ended. */
  unfinishedCount(): Promise<number>
}

/** Progress at the ends of the stages: preparing to 10, rendering to 90, joining to 100. */
const PREPARED = 10
const RENDERED = 90

const NOWHERE: JobOrigin = { api: 'rostrum', linkBase: '', callbackUrl: null, callbackId: null, folderId: null }

/** The jobs of a store and its queue. @param now milliseconds since 1970. */
export function openJobs({ db }: Store, queue: Queue, now: () => number, log: Log): Jobs {
  const listeners = new Set<(event: JobEvent) => void>()
  const tell = (type: JobEvent['type'], job: Job) => {
    for (const listener of listeners) {
      try {
        listener({ type, job })
      } catch (error) {
        log('error', 'a listener to job events threw', { error, jobId: job.id })
      }
    }
  }
  const open = (on: Kysely<Tables> = db) =>
    on.updateTable('jobs').where('status', 'in', ['pending', 'processing']).returningAll()
  /** Ends a job that is open; the notices of it are queued, and its key is charged, in the same transaction. */
  const end = async (id: string, values: Updateable<Tables['jobs']>, type: 'completed' | 'failed', usedSeconds = 0) => {
    const row = await db.transaction().execute(async (trx) => {
      const row = await open(trx)
        .set({ stage: 'done', ended_at: now(), ...values })
        .where('id', '=', id)
        .executeTakeFirst()
      if (!row) return row
      await queue.add(trx, 'notify', [{ jobId: id, type }])
      await settleQuota(trx, id, usedSeconds, now())
      return row
    })
    if (row) queue.wake('notify')
    return row
  }
  const raise = async (id: string, progress: number) => {
    const row = await open()
      .set({ progress: Math.min(progress, 99) })
      .where('id', '=', id)
      .where('progress', '<', progress)
      .executeTakeFirst()
    if (row) tell('progress', jobOf(row))
  }
  /** Raises a rendering job's progress to what its finished frames say. */
  const raiseToFrames = async (id: string) => {
    const sum = await db
      .selectFrom('segments')
      .select(sql<number>`coalesce(sum(done_frames)::float8 / nullif(sum(frame_count), 0), 0)`.as('fraction'))
      .where('job_id', '=', id)
      .executeTakeFirst()
    await raise(id, PREPARED + (sum?.fraction ?? 0) * (RENDERED - PREPARED))
  }

  return {
    async create({ accountId, keyId, spec, notes = [], origin = NOWHERE, id = randomBytes(16).toString('hex') }) {
      const made = await db.transaction().execute(async (trx) => {
        const row = await trx
          .insertInto('jobs')
          .values({
            id,
            account_id: accountId,
            spec: JSON.stringify(spec),
            status: 'pending',
            stage: 'queued',
            progress: 0,
            created_at: now(),
            started_at: null,
            ended_at: null,
            failure: null,
            result: JSON.stringify(null),
            notes: JSON.stringify(notes),
            origin: JSON.stringify(origin),
          })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returningAll()
          .executeTakeFirst()
        if (!row) return row
        if (keyId !== undefined) await reserveQuota(trx, { keyId, jobId: id, seconds: estimateSeconds(spec) }, now())
        await queue.add(trx, 'prepare', [{ jobId: id }])
        return row
      })
      if (!made) return this.get(accountId, id)
      queue.wake('prepare')
      const job = jobOf(made)
      tell('created', job)
      return job
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('jobs')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      if (!row) throw new NotFound('video', id)
      return jobOf(row)
    },
    async list(accountId, { limit = 50, before, folderId, name, inputs } = {}) {
      let query = db.selectFrom('jobs').selectAll().where('account_id', '=', accountId)
      if (before) {
        query = query.where(sql<boolean>`(created_at, id) < (${before.createdAt}::float8, ${before.id})`)
      }
      if (folderId !== undefined) query = query.where(sql`origin->>'folderId'`, '=', folderId)
      if (inputs !== undefined) query = query.where(sql`origin->>'inputs'`, '=', inputs)
      if (name !== undefined) query = query.where(sql<boolean>`strpos(lower(spec->>'name'), lower(${name})) > 0`)
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .limit(Math.min(Math.max(limit, 1), 200))
        .execute()
      return rows.map(jobOf)
    },
    async find(id) {
      const row = await db.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? jobOf(row) : null
    },
    async begin(id) {
      const row = await open()
        .set((of) => ({
          status: 'processing',
          stage: 'preparing',
          started_at: of.fn.coalesce('started_at', of.val(now())),
        }))
        .where('id', '=', id)
        .executeTakeFirst()
      if (row) tell('started', jobOf(row))
      return row !== undefined
    },
    raise,
    async planned(id, segments, seconds, notes = []) {
      const row = await db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('jobs')
          .set((of) => ({
            stage: 'rendering',
            notes: sql`notes || ${JSON.stringify(notes)}::jsonb`,
            progress: of.fn<number>('greatest', ['progress', of.val(PREPARED)]),
          }))
          .where('id', '=', id)
          .where('status', '=', 'processing')
          .where('stage', '=', 'preparing')
          .returningAll()
          .executeTakeFirst()
        if (!row) return null
        const isRecorded = row.spec.scenes.some(({ voice }) => voice.kind === 'recording')
        await measureQuota(trx, { jobId: id, seconds, isRecorded }, now())
        await enterSegments(trx, queue, id, segments)
        return row
      })
      if (!row) return
      queue.wake('segment')
      tell('progress', jobOf(row))
    },
    async replanned(id, segments) {
      const changed = await db.transaction().execute(async (trx) => {
        const open = await trx
          .selectFrom('jobs')
          .select('id')
          .where('id', '=', id)
          .where('status', '=', 'processing')
          .where('stage', '!=', 'preparing')
          .forUpdate()
          .executeTakeFirst()
        if (!open) return false
        const rows = await trx
          .selectFrom('segments')
          .select('frame_count')
          .where('job_id', '=', id)
          .orderBy('index')
          .execute()
        const isSame =
          rows.length === segments.length && segments.every((one, i) => one.frameCount === rows[i]?.frame_count)
        if (isSame) return false
        await trx.deleteFrom('segments').where('job_id', '=', id).execute()
        await trx.updateTable('jobs').set({ stage: 'rendering', join_queued: false }).where('id', '=', id).execute()
        await enterSegments(trx, queue, id, segments)
        return true
      })
      if (changed) queue.wake('segment')
    },
    async segmentProgress(id, index, doneFrames) {
      await db
        .updateTable('segments')
        .set({ done_frames: doneFrames })
        .where('job_id', '=', id)
        .where('index', '=', index)
        .where('done_frames', '<', doneFrames)
        .execute()
      await raiseToFrames(id)
    },
    async segmentDone(id, index) {
      const last = await db.transaction().execute(async (trx) => {
        // The job's row is the gate: of two segments that end together, the second waits here and sees the first's end.
        await trx.selectFrom('jobs').select('id').where('id', '=', id).forUpdate().execute()
        await trx
          .updateTable('segments')
          .set((of) => ({ finished: true, done_frames: of.ref('frame_count') }))
          .where('job_id', '=', id)
          .where('index', '=', index)
          .execute()
        return queueJoin(trx, queue, id)
      })
      if (last) queue.wake('join')
      await raiseToFrames(id)
    },
    async segmentsLost(id, indices) {
      await db.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('jobs')
          .set({ stage: 'rendering', join_queued: false })
          .where('id', '=', id)
          .where('status', '=', 'processing')
          .returning('id')
          .executeTakeFirst()
        if (!row) return
        await trx
          .updateTable('segments')
          .set({ finished: false })
          .where('job_id', '=', id)
          .where('index', 'in', [...indices])
          .execute()
        await queue.add(
          trx,
          'segment',
          indices.map((index) => ({ jobId: id, index })),
        )
      })
      queue.wake('segment')
    },
    async complete(id, result) {
      const values = { status: 'completed', progress: 100, result: JSON.stringify(result) } as const
      const row = await end(id, values, 'completed', result.durationSeconds)
      if (row) tell('completed', jobOf(row))
      return row !== undefined
    },
    async fail(id, reason, cause) {
      const row = await end(id, { status: 'failed', failure: reason }, 'failed')
      if (!row) return false
      log('warn', 'a video failed', { rid: jobOf(row).origin.requestId, jobId: id, reason, cause })
      tell('failed', jobOf(row))
      return true
    },
    async cancel(accountId, id) {
      const job = await this.get(accountId, id)
      const row = await end(id, { status: 'cancelled', failure: 'The video was cancelled.' }, 'failed')
      if (!row) return job.endedAt === null ? this.get(accountId, id) : job
      tell('cancelled', jobOf(row))
      return jobOf(row)
    },
    async remove(accountId, id) {
      const row = await db.transaction().execute(async (trx) => {
        const row = await trx
          .deleteFrom('jobs')
          .where('id', '=', id)
          .where('account_id', '=', accountId)
          .returningAll()
          .executeTakeFirst()
        if (row && row.ended_at === null) await settleQuota(trx, id, 0, now())
        return row
      })
      if (!row) throw new NotFound('video', id)
      tell('removed', jobOf(row))
      return jobOf(row)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async unfinishedCount() {
      const row = await db
        .selectFrom('jobs')
        .select(sql<number>`count(*)::int`.as('count'))
        .where('status', 'in', ['pending', 'processing'])
        .executeTakeFirstOrThrow()
      return row.count
    },
  }
}

async function enterSegments(
  trx: StoreTransaction,
  queue: Queue,
  id: string,
  segments: readonly SegmentCount[],
): Promise<void> {
  for (const chunk of chunks(segments, 500)) {
    await trx
      .insertInto('segments')
      .values(chunk.map((segment) => ({ job_id: id, index: segment.index, frame_count: segment.frameCount })))
      .execute()
  }
  await queue.add(
    trx,
    'segment',
    segments.map(({ index }) => ({ jobId: id, index })),
  )
}

async function queueJoin(trx: StoreTransaction, queue: Queue, id: string): Promise<boolean> {
  const gate = await trx
    .updateTable('jobs')
    .set({ stage: 'joining', join_queued: true })
    .where('id', '=', id)
    .where('status', '=', 'processing')
    .where('join_queued', '=', false)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('segments').select('index').where('job_id', '=', id).where('finished', '=', false))),
    )
    .returning('id')
    .executeTakeFirst()
  if (!gate) return false
  await queue.add(trx, 'join', [{ jobId: id }])
  return true
}

function jobOf(row: Selectable<Tables['jobs']>): Job {
  return {
    id: row.id,
    accountId: row.account_id,
    spec: row.spec,
    status: row.status,
    stage: row.stage,
    progress: row.progress,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    failure: row.failure,
    result: row.result,
    notes: row.notes,
    origin: row.origin,
  }
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
