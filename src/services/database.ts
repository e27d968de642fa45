// The store: Postgres, embedded in this process or somewhere else, behind one typed door.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import {
  type ColumnType,
  type Generated,
  type JSONColumnType,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type Transaction,
} from 'kysely'
import pg from 'pg'
import type { Config } from '../core/config.ts'
import { Fault } from '../core/errors.ts'
import type { ApiName, JobOrigin, JobResult, JobStage, JobStatus, KeyDialect } from '../core/job.ts'
import type { GeneratedPicture, MakingFailure, MakingStatus, OwnAvatar } from '../core/own-avatar.ts'
import type { Manner, VideoSpec } from '../core/spec.ts'
import type { DeliveryStatus } from '../core/webhook.ts'
import type { PersonRequest } from '../domain/generate/wishes.ts'
import { migrate } from './migrations.ts'
import { poolOfOne, type SqlExecutor } from './pglite-pool.ts'
import { lockStore } from './store-lock.ts'

/** The tables of migrations.ts. Times are milliseconds since 1970. */
export type Tables = {
  accounts: { id: string; name: string; email: string; created_at: number }
  api_keys: {
    hash: string
    id: string
    account_id: string
    name: string
    dialect: KeyDialect | null
    created_at: number
    expires_at: number | null
    revoked_at: number | null
    /** Seconds of video that it may make in all; null: no end. */
    quota_seconds: number | null
  }
  ledger: {
    number: Generated<number>
    key_id: string
    job_id: string
    /** Below 0: taken; above: given back. */
    seconds: number
    reason: 'reserved' | 'settled' | 'refunded'
    created_at: number
  }
  idempotency: {
    account_id: string
    key: string
    fingerprint: string
    status: number | null
    body: string | null
    created_at: number
  }
  secrets: { name: string; value: string }
  jobs: {
    id: string
    account_id: string
    spec: JSONColumnType<VideoSpec>
    status: JobStatus
    stage: JobStage
    progress: number
    created_at: number
    started_at: number | null
    ended_at: number | null
    failure: string | null
    result: JSONColumnType<JobResult | null>
    notes: JSONColumnType<string[]>
    origin: JSONColumnType<JobOrigin>
    join_queued: Generated<boolean>
  }
  segments: {
    job_id: string
    index: number
    frame_count: number
    done_frames: Generated<number>
    finished: Generated<boolean>
  }
  webhook_endpoints: {
    id: string
    account_id: string
    api: ApiName
    url: string
    secret: string
    enabled: boolean
    /** null: all of them. */
    events: JSONColumnType<string[] | null>
    created_at: number
  }
  deliveries: {
    id: string
    account_id: string
    endpoint_id: string | null
    api: ApiName
    job_id: string
    event_id: string
    event: string
    url: string
    body: string
    status: DeliveryStatus
    attempts: Generated<number>
    created_at: number
    ended_at: number | null
  }
  delivery_attempts: {
    delivery_id: string
    number: number
    started_at: number
    milliseconds: ColumnType<number | null, number | null | undefined>
    status: ColumnType<number | null, number | null | undefined>
    error: ColumnType<string | null, string | null | undefined>
  }
  assets: {
    id: string
    number: Generated<number>
    account_id: string
    name: string
    content_type: string
    file_key: string
    /** null until the bytes have come. */
    byte_count: number | null
    folder_id: string | null
    created_at: number
  }
  folders: {
    id: string
    account_id: string
    name: string
    parent_id: string | null
    project_type: string
    is_trash: Generated<boolean>
    created_at: number
    updated_at: number
  }
  own_avatars: {
    id: string
    number: Generated<number>
    account_id: string
    group_id: string
    name: string
    source: OwnAvatar['source']
    speaker_id: string | null
    file_key: string
    status: MakingStatus
    failure: JSONColumnType<MakingFailure | null>
    created_at: number
    link_base: string
    voice_id: string | null
    manner: JSONColumnType<Manner | null>
    greeting: string | null
    upscaled: Generated<boolean>
  }
  generations: {
    id: string
    account_id: string
    request: JSONColumnType<PersonRequest>
    status: MakingStatus
    failure: JSONColumnType<MakingFailure | null>
    people: JSONColumnType<GeneratedPicture[]>
    notes: JSONColumnType<string[]>
    created_at: number
    link_base: string
    /** The picture whose person is wanted; null: people from words. */
    picture_key: string | null
    /** Whose looks are wanted: the id of a generated person in the library; null: new people. */
    like_id: string | null
  }
}

/** The tables inside a transaction. */
export type StoreTransaction = Transaction<Tables>

/** The open store. */
export type Store = {
  /** `embedded` belongs to this process alone; `postgres` may be shared with others. */
  readonly kind: 'embedded' | 'postgres'
  readonly db: Kysely<Tables>
  /** For pg-boss, outside any transaction. */
  readonly executor: SqlExecutor
  close(): Promise<void>
}

/**
 * Opens the store that the settings name and brings its tables up to date.
 * @throws Fault `unavailable` where another process holds the embedded store or PostgreSQL does not answer.
 */
export async function openStore(config: Config, now: () => number): Promise<Store> {
  const { kind, pool, executor, release } = config.databaseUrl
    ? openPostgres(config.databaseUrl)
    : await openEmbedded(config.dataFolder)
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const close = async () => {
    await db.destroy()
    release()
  }
  try {
    await migrate(db as unknown as Kysely<never>, now())
  } catch (cause) {
    await close().catch(() => {})
    throw new Fault('unavailable', `The ${kind} store could not be opened: ${(cause as Error).message}`, { cause })
  }
  return { kind, db, executor, close }
}

/** One connection over small tables: Postgres's own default of 128 MB of buffers would be most of this process's memory. */
const START_PARAMS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

type Opened = Pick<Store, 'kind' | 'executor'> & { readonly pool: PostgresPool; readonly release: () => void }

async function openEmbedded(dataFolder: string): Promise<Opened> {
  await mkdir(dataFolder, { recursive: true })
  const release = lockStore(join(dataFolder, 'store.lock'))
  try {
    const pglite = await PGlite.create(join(dataFolder, 'store'), { startParams: START_PARAMS })
    return { kind: 'embedded', ...poolOfOne(pglite), release }
  } catch (cause) {
    release()
    throw new Fault('unavailable', `The store in ${dataFolder} could not be opened: ${(cause as Error).message}`, {
      cause,
    })
  }
}

function openPostgres(connectionString: string): Opened {
  const pool = new pg.Pool({ connectionString, max: 10, connectionTimeoutMillis: 10_000 })
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  const executor: SqlExecutor = {
    async executeSql(text, values) {
      const result = (await pool.query(text, values as unknown[])) as pg.QueryResult | pg.QueryResult[]
      return { rows: Array.isArray(result) ? result.flatMap((one) => one.rows) : result.rows }
    },
  }
  return { kind: 'postgres', pool, executor, release: () => {} }
}
