// Accounts and their API keys. A key is kept as its hash only: who reads the store cannot use it.
import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, type Selectable, sql } from 'kysely'
import type { Config } from '../core/config.ts'
import { Invalid, NotFound } from '../core/errors.ts'
import type { KeyDialect } from '../core/job.ts'
import type { Store, Tables } from './database.ts'
import { usedSeconds } from './quota.ts'

/** Who asks. */
export type Account = { readonly id: string; readonly name: string; readonly email: string }

/** Who asks, with which key. */
export type KeyHolder = Account & { readonly keyId: string; readonly dialect: KeyDialect | null }

/** What is known of a key, which is not the key. Times are milliseconds since 1970. */
export type KeyFacts = {
  /** 12 hex digits. */
  readonly id: string
  readonly name: string
  readonly accountId: string
  /** The API that it speaks where a path belongs to several; null: the default. */
  readonly dialect: KeyDialect | null
  readonly createdAt: number
  readonly expiresAt: number | null
  readonly revokedAt: number | null
  /** Seconds of video that it has left; null: there is no end. */
  readonly remainingSeconds: number | null
  /** Seconds of video that it has made, or is making. */
  readonly usedSeconds: number
}

/** What a new key may be given. */
export type KeyRequest = {
  readonly accountId?: string
  readonly name?: string
  readonly dialect?: KeyDialect | null
  readonly expiresAt?: number | null
  /** Seconds of video that it may make; null or absent: no end. */
  readonly quotaSeconds?: number | null
}

/** The API keys of one store. */
export type Keys = {
  /** The key that the first start made, in plain text, this once; null at every other start and where settings name one. */
  readonly firstKey: string | null
  /** Whose key this is, or null where it is nobody's, has expired or was revoked. */
  accountFor(rawKey: string): Promise<KeyHolder | null>
  /** Makes a key, and its account where there is none yet; `key` is the plain text, this once. */
  create(request?: KeyRequest): Promise<KeyFacts & { readonly key: string }>
  /** All keys, oldest first. */
  list(): Promise<readonly KeyFacts[]>
  /** Ends a key at once here, and within {@link CACHE_MS} in other processes. @throws NotFound */
  revoke(id: string): Promise<KeyFacts>
  /** Sets how many seconds of video a key has left from now on; null: no end. @throws NotFound, Invalid */
  setQuota(id: string, remainingSeconds: number | null): Promise<KeyFacts>
  /** Seconds of video that a key has left, never below 0; null: no end. */
  remainingSeconds(id: string): Promise<number | null>
}

const OWNER: Account = Object.freeze({ id: 'owner', name: 'Rostrum', email: 'owner@localhost' })
/** How many known keys are remembered between requests. */
const CACHE_SIZE = 1000
/** For how long, in milliseconds. */
const CACHE_MS = 5000

/**
 * Opens the keys. A key in the settings is valid while it is there and is not stored; without one the first start makes
 * and stores one.
 * @param now milliseconds since 1970.
 */
export async function openKeys({ db }: Store, config: Pick<Config, 'apiKey'>, now: () => number): Promise<Keys> {
  const create = async (request: KeyRequest = {}, into: Kysely<Tables> = db) => {
    const accountId = request.accountId ?? OWNER.id
    if (!/^[a-z0-9][a-z0-9_-]{0,62}$/.test(accountId)) {
      throw new Invalid('account', accountId, 'Use up to 63 small letters, digits, dashes and underscores.')
    }
    if (typeof request.expiresAt === 'number' && request.expiresAt <= now()) {
      throw new Invalid('expires', new Date(request.expiresAt).toISOString(), 'Name a time that is still to come.')
    }
    checkQuota(request.quotaSeconds ?? null)
    await into
      .insertInto('accounts')
      .values({ id: accountId, name: accountId, email: `${accountId}@localhost`, created_at: now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const key = `rst_${randomBytes(32).toString('base64url')}`
    const hash = hashOf(key)
    const row = await into
      .insertInto('api_keys')
      .values({
        hash,
        id: hash.slice(0, 12),
        account_id: accountId,
        name: request.name ?? '',
        dialect: request.dialect ?? null,
        created_at: now(),
        expires_at: request.expiresAt ?? null,
        revoked_at: null,
        quota_seconds: request.quotaSeconds ?? null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { ...factsOf(row, 0), key }
  }
  await db
    .insertInto('accounts')
    .values({ ...OWNER, created_at: now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const configured = config.apiKey === null ? null : hashOf(config.apiKey)
  const firstKey = await db.transaction().execute(async (trx) => {
    // Of two processes that start together on an empty shared store, one makes the key.
    await sql`lock table api_keys in share row exclusive mode`.execute(trx)
    const any = await trx.selectFrom('api_keys').select('hash').limit(1).executeTakeFirst()
    return configured === null && !any ? (await create({ name: 'first' }, trx)).key : null
  })

  const known = new Map<string, { holder: KeyHolder; until: number }>()
  return {
    firstKey,
    create: (request) => db.transaction().execute((trx) => create(request, trx)),
    // Looking a hash up tells nothing of the key by its duration: near misses have hashes that are far apart.
    async accountFor(rawKey) {
      const hash = hashOf(rawKey)
      if (hash === configured) return { ...OWNER, keyId: 'settings', dialect: null }
      const hit = known.get(hash)
      if (hit && hit.until > now()) return hit.holder
      const row = await db
        .selectFrom('api_keys')
        .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
        .select(['accounts.id', 'accounts.name', 'accounts.email', 'api_keys.id as keyId', 'dialect', 'expires_at'])
        .where('api_keys.hash', '=', hash)
        .where('revoked_at', 'is', null)
        .where((of) => of.or([of('expires_at', 'is', null), of('expires_at', '>', now())]))
        .executeTakeFirst()
      if (!row) {
        known.delete(hash)
        return null
      }
      const { expires_at: end, ...holder } = row
      if (known.size >= CACHE_SIZE) known.clear()
      known.set(hash, { holder, until: Math.min(now() + CACHE_MS, end ?? Number.POSITIVE_INFINITY) })
      return holder
    },
    async list() {
      const rows = await db.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id').execute()
      const sums = await db
        .selectFrom('ledger')
        .select(['key_id', (of) => of.fn.sum<number>('seconds').as('sum')])
        .groupBy('key_id')
        .execute()
      const used = new Map(sums.map(({ key_id: id, sum }) => [id, -sum]))
      return rows.map((row) => factsOf(row, used.get(row.id) ?? 0))
    },
    async revoke(id) {
      const row = await db
        .updateTable('api_keys')
        .set((of) => ({ revoked_at: of.fn.coalesce('revoked_at', of.val(now())) }))
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (!row) throw new NotFound('key', id, 'See `rostrum keys list`.')
      known.delete(row.hash)
      return factsOf(row, await usedSeconds(db, id))
    },
    async setQuota(id, remainingSeconds) {
      checkQuota(remainingSeconds)
      return db.transaction().execute(async (trx) => {
        const used = await usedSeconds(trx, id)
        const row = await trx
          .updateTable('api_keys')
          .set({ quota_seconds: remainingSeconds === null ? null : used + remainingSeconds })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        if (!row) throw new NotFound('key', id, 'See `rostrum keys list`.')
        return factsOf(row, used)
      })
    },
    async remainingSeconds(id) {
      const row = await db.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? factsOf(row, await usedSeconds(db, id)).remainingSeconds : null
    },
  }
}

function checkQuota(seconds: number | null): void {
  if (seconds === null || (Number.isFinite(seconds) && seconds >= 0)) return
  throw new Invalid('quota', seconds, 'Name minutes of video, from 0 on.')
}

function factsOf(row: Selectable<Tables['api_keys']>, usedSeconds: number): KeyFacts {
  return {
    id: row.id,
    name: row.name,
    accountId: row.account_id,
    dialect: row.dialect,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    remainingSeconds: row.quota_seconds === null ? null : Math.max(0, row.quota_seconds - usedSeconds),
    usedSeconds,
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
