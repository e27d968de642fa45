// Accounts and their API keys. A key is kept as its hash only: who reads the store cannot use it.
import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import type { Config } from '../core/config.ts'
import type { Store, Tables } from './database.ts'

/** Who asks. */
export type Account = { readonly id: string; readonly name: string; readonly email: string }

/** The API keys of one store. */
export type Keys = {
  /** The key that the first start made, in plain text, this once; null at every other start and where settings name one. */
  readonly firstKey: string | null
  /** Whose key this is, or null where it is nobody's. */
  accountFor(rawKey: string): Promise<Account | null>
  /** Makes another key for an account and returns it in plain text, this once. */
  create(accountId: string): Promise<string>
}

const OWNER: Account = Object.freeze({ id: 'owner', name: 'Rostrum', email: 'owner@localhost' })
/** How many known keys are remembered between requests, and for how long, in milliseconds. */
const CACHE_SIZE = 1000
const CACHE_MS = 60_000

/**
 * Opens the keys. A key in the settings is valid while it is there and is not stored; without one the first start makes
 * and stores one.
 * @param now milliseconds since 1970.
 */
export async function openKeys({ db }: Store, config: Pick<Config, 'apiKey'>, now: () => number): Promise<Keys> {
  const create = async (accountId: string, into: Kysely<Tables> = db) => {
    const key = `rst_${randomBytes(32).toString('base64url')}`
    await into
      .insertInto('api_keys')
      .values({ hash: hashOf(key), account_id: accountId, created_at: now() })
      .execute()
    return key
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
    return configured === null && !any ? create(OWNER.id, trx) : null
  })

  const known = new Map<string, { account: Account; until: number }>()
  return {
    firstKey,
    create: (accountId) => create(accountId),
    // Looking a hash up tells nothing of the key by its duration: near misses have hashes that are far apart.
    async accountFor(rawKey) {
      const hash = hashOf(rawKey)
      if (hash === configured) return OWNER
      const hit = known.get(hash)
      if (hit && hit.until > now()) return hit.account
      const account = await db
        .selectFrom('api_keys')
        .innerJoin('accounts', 'accounts.id', 'api_keys.account_id')
        .select(['accounts.id', 'accounts.name', 'accounts.email'])
        .where('api_keys.hash', '=', hash)
        .executeTakeFirst()
      if (!account) return null
      if (known.size >= CACHE_SIZE) known.clear()
      known.set(hash, { account, until: now() + CACHE_MS })
      return account
    },
  }
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
