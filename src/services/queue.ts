// What waits: pg-boss on the store's own tables, so that a row and its queue entry are written together.
import { sql } from 'kysely'
import { type Db, fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { MakingName } from '../core/own-avatar.ts'
import type { Store, StoreTransaction } from './database.ts'
import type { Log } from './log.ts'

/** What each queue's entries carry. `dead` takes those of the videos' queues that failed for the last time. */
export type QueueData = {
  prepare: { readonly jobId: string }
  segment: { readonly jobId: string; readonly index: number }
  join: { readonly jobId: string }
  /** A video or something else has ended: who wants to know? */
  notify: { readonly jobId: string; readonly type: 'completed' | 'failed' } | MakingName
  deliver: { readonly deliveryId: string; readonly tries: number }
}
export type QueueName = keyof QueueData
const VIDEO_QUEUES = ['prepare', 'segment', 'join'] as const
const NOTICE_QUEUES = ['notify', 'deliver'] as const
const QUEUES: readonly QueueName[] = [...VIDEO_QUEUES, ...NOTICE_QUEUES]
const DEAD = 'dead'

/** An entry that failed each time it was tried. */
export type DeadEntry = { readonly jobId: string; readonly queue: string; readonly reason: string }

/** What does the work of one entry; what it throws is tried again later. */
type HandlersOf<Names extends QueueName> = {
  readonly [Name in Names]: (data: QueueData[Name], signal: AbortSignal) => Promise<void>
}
/** Those who make videos. */
export type Handlers = HandlersOf<(typeof VIDEO_QUEUES)[number]> & {
  readonly dead: (entry: DeadEntry) => Promise<void>
}
/** Those who tell of them. */
export type NoticeHandlers = HandlersOf<(typeof NOTICE_QUEUES)[number]>

/** When an entry may begin, and with which others it shares a lane. */
export type AddOptions = {
  /** @default 0 */
  readonly afterSeconds?: number
  /** Of the entries with this name, only {@link LANE_WIDTH} run at once in a process. */
  readonly lane?: string
}

/** The open queue. */
export type Queue = {
  /** Adds entries in the caller's transaction: they exist exactly if it commits. Call {@link wake} after it has. */
  add<Name extends QueueName>(
    trx: StoreTransaction,
    queue: Name,
    entries: readonly QueueData[Name][],
    options?: AddOptions,
  ): Promise<void>
  /** Lets this process look for entries at once instead of at its next turn. */
  wake(queue: QueueName): void
  /** Starts handling entries, at most `concurrency[queue]` at once. */
  work(handlers: Handlers, concurrency: Readonly<Record<(typeof VIDEO_QUEUES)[number], number>>): Promise<void>
  /** Starts telling of videos. */
  workNotices(handlers: NoticeHandlers): Promise<void>
  /** How many entries this process is handling. */
  activeCount(): number
  /**
   * Takes no more entries, lets those under way end within the grace, and puts the others back as if untried.
   * @param graceMs milliseconds.
   */
  close(graceMs: number): Promise<void>
}

/** A dead process is missed after this many seconds; only shared stores wait for it. */
const HEARTBEAT_SECONDS = 20
/** One entry's own limit, far above the slowest segment on the slowest machine, in seconds. */
const EXPIRE_SECONDS = 1800
const RETRY_LIMIT = 3
/** How often an idle worker looks for entries that another process added, in seconds. */
const POLL_SECONDS = 1
/** How many notices are on their way at once. */
const DELIVERIES = 12
/** How many of them to one host: one that hangs leaves room for the others. */
const LANE_WIDTH = 3
const SCHEMA = 'queue'
const NOBODY = '00000000-0000-0000-0000-000000000000'

/**
 * Opens the queue on an open store. What a dead process of an embedded store had begun waits again at once.
 *
 * @param retryLimit how often an entry that failed is tried again.
 */
export async function openQueue(store: Store, log: Log, retryLimit = RETRY_LIMIT): Promise<Queue> {
  const boss = new PgBoss({
    db: store.executor as Db,
    backend: store.kind === 'embedded' ? 'pglite' : 'postgres',
    schema: SCHEMA,
    createSchema: false,
    schedule: false,
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds: 10,
    superviseIntervalSeconds: 10,
  })
  boss.on('error', (error) => log('error', 'queue', { error }))
  await boss.start()
  await boss.createQueue(DEAD, { retryLimit: 10, retryBackoff: true })
  for (const name of QUEUES) {
    const isNotice = name === 'notify' || name === 'deliver'
    const settings = {
      // A notice counts its attempts itself; its entry fails only where the store does.
      retryLimit: isNotice ? 1000 : retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 30,
      expireInSeconds: EXPIRE_SECONDS,
      heartbeatSeconds: HEARTBEAT_SECONDS,
      ...(isNotice ? {} : { deadLetter: DEAD }),
    }
    await boss.createQueue(name, settings)
    await boss.updateQueue(name, settings)
  }
  // Looking anything up makes pg-boss remember where the queue lies. Inside a transaction of the one-connection store it
  // could not ask: it would wait for itself.
  for (const name of [...QUEUES, DEAD]) await boss.findJobs(name, { id: NOBODY })
  if (store.kind === 'embedded') await putBack(store, null)

  const workers = new Map<string, string[]>()
  const active = new Map<string, Promise<void>>()
  const interrupted = new AbortController()
  let closing = false

  /** Runs one handler; once the queue has closed over it, the entry is already back and its end no longer matters. */
  const handle = async (entryId: string, run: () => Promise<void>) => {
    const running = run()
    const settled = running.then(
      () => {},
      () => {},
    )
    active.set(entryId, settled)
    try {
      await running
    } finally {
      active.delete(entryId)
      if (interrupted.signal.aborted) await new Promise(() => {})
    }
  }
  const wake = (queue: string) => {
    for (const worker of workers.get(queue) ?? []) boss.notifyWorker(worker)
  }
  const start = async (
    name: string,
    handler: (entry: JobWithMetadata<never>) => Promise<void>,
    lanes: { localConcurrency?: number; localGroupConcurrency?: number } = {},
  ) => {
    const worker = await boss.work<never, void>(
      name,
      { pollingIntervalSeconds: POLL_SECONDS, includeMetadata: true, ...lanes },
      async ([entry]) => {
        if (!entry) return
        await handle(entry.id, () => handler(entry as JobWithMetadata<never>))
        boss.notifyWorker(worker)
      },
    )
    workers.set(name, [...(workers.get(name) ?? []), worker])
  }

  return {
    async add(trx, queue, entries, { afterSeconds = 0, lane } = {}) {
      const startAfter = afterSeconds > 0 ? { startAfter: afterSeconds } : {}
      await boss.insert(
        queue,
        entries.map((data) => ({ data, ...startAfter, ...(lane === undefined ? {} : { group: { id: lane } }) })),
        { db: fromKysely(trx as never) },
      )
    },
    wake,
    async work(handlers, concurrency) {
      for (const name of VIDEO_QUEUES) {
        const handler = handlers[name] as (data: unknown, signal: AbortSignal) => Promise<void>
        for (let index = 0; index < concurrency[name]; index++) {
          await start(name, (entry) => handler(entry.data, AbortSignal.any([entry.signal, interrupted.signal])))
        }
      }
      await start(DEAD, (entry) =>
        handlers.dead({
          jobId: (entry.data as { jobId: string }).jobId,
          queue: entry.sourceName ?? DEAD,
          reason: reasonIn(entry.sourceOutput),
        }),
      )
    },
    async workNotices(handlers) {
      const signalOf = (entry: JobWithMetadata<never>) => AbortSignal.any([entry.signal, interrupted.signal])
      await start('notify', (entry) => handlers.notify(entry.data, signalOf(entry)))
      await start('deliver', (entry) => handlers.deliver(entry.data, signalOf(entry)), {
        localConcurrency: DELIVERIES,
        localGroupConcurrency: LANE_WIDTH,
      })
    },
    activeCount: () => active.size,
    async close(graceMs) {
      if (closing) return
      closing = true
      await Promise.all([...QUEUES, DEAD].map((name) => boss.offWork(name, { wait: false })))
      await within(graceMs, Promise.all(active.values()))
      const left = [...active.keys()]
      if (left.length > 0) await putBack(store, left)
      interrupted.abort()
      await boss.stop({ graceful: left.length === 0, close: false, timeout: 2000 })
    },
  }
}

// An attempt that was cut off does not count: the entry may be tried once more than before. The raised count also tells
// pg-boss's own settling of that attempt (which names the count it began with) that it has been overtaken.
async function putBack(store: Store, ids: readonly string[] | null): Promise<void> {
  const which = ids === null ? sql`true` : sql`id in (${sql.join(ids.map((id) => sql`${id}::uuid`))})`
  await sql`update ${sql.table(`${SCHEMA}.job`)}
    set state = 'retry', retry_count = retry_count + 1, retry_limit = retry_limit + 1,
      started_on = null, heartbeat_on = null, start_after = now()
    where state = 'active' and ${which}`.execute(store.db)
}

function reasonIn(output: unknown): string {
  const detail = output as { message?: unknown; value?: { message?: unknown } } | null
  const message = detail?.message ?? detail?.value?.message
  return typeof message === 'string' ? message : 'It failed without saying why.'
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  await Promise.race([work, promise])
  clearTimeout(timer)
}
