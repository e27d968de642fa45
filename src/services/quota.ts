// The ledger: what each video takes of its key's quota, counted in seconds of video and written with the video itself.
import type { Kysely } from 'kysely'
import { OutOfQuota } from '../core/errors.ts'
import type { StoreTransaction, Tables } from './database.ts'

/** A video that wants to be made. */
export type Reservation = {
  readonly keyId: string
  readonly jobId: string
  /** How long it will last, about. */
  readonly seconds: number
}

/**
 * Takes what a video will need, in the transaction that accepts it; videos of one key that come together take turns.
 * @throws OutOfQuota where less is left.
 */
export async function reserveQuota(
  trx: StoreTransaction,
  { keyId, jobId, seconds }: Reservation,
  now: number,
): Promise<void> {
  const quota = await quotaOf(trx, keyId)
  if (quota !== null) {
    const remaining = quota - (await usedSeconds(trx, keyId))
    if (remaining <= 0 || remaining < seconds) throw new OutOfQuota(seconds, remaining)
  }
  await trx
    .insertInto('ledger')
    .values({ key_id: keyId, job_id: jobId, seconds: -seconds, reason: 'reserved', created_at: now })
    .execute()
}

/**
 * Corrects what a video has taken to what it will last, once that is known and before anything is painted.
 * @throws OutOfQuota where it is made of recordings, whose lengths nobody knew before, and less is left.
 */
export async function measureQuota(
  trx: StoreTransaction,
  { jobId, seconds, isRecorded }: { readonly jobId: string; readonly seconds: number; readonly isRecorded: boolean },
  now: number,
): Promise<void> {
  const rows = await trx.selectFrom('ledger').select(['key_id', 'seconds']).where('job_id', '=', jobId).execute()
  const [first] = rows
  if (!first) return
  const taken = 0 - rows.reduce((sum, row) => sum + row.seconds, 0)
  const quota = await quotaOf(trx, first.key_id)
  if (isRecorded && quota !== null) {
    const remaining = quota - (await usedSeconds(trx, first.key_id)) + taken
    if (remaining < seconds) throw new OutOfQuota(seconds, remaining)
  }
  if (taken === seconds) return
  const change = {
    key_id: first.key_id,
    job_id: jobId,
    seconds: taken - seconds,
    reason: 'reserved',
    created_at: now,
  } as const
  await trx.insertInto('ledger').values(change).execute()
}

/** A key's quota, or null; other videos of the key wait until the transaction ends. */
async function quotaOf(trx: StoreTransaction, keyId: string): Promise<number | null> {
  const key = await trx
    .selectFrom('api_keys')
    .select('quota_seconds')
    .where('id', '=', keyId)
    .forUpdate()
    .executeTakeFirst()
  return key?.quota_seconds ?? null
}

/** Charges an ended video for what it really lasts and gives the rest back: all of it where it lasts nothing. */
export async function settleQuota(trx: StoreTransaction, jobId: string, seconds: number, now: number): Promise<void> {
  const rows = await trx.selectFrom('ledger').select(['key_id', 'seconds']).where('job_id', '=', jobId).execute()
  const [first] = rows
  if (!first) return
  const change = -seconds - rows.reduce((sum, row) => sum + row.seconds, 0)
  if (change === 0) return
  const reason = seconds === 0 ? 'refunded' : 'settled'
  await trx
    .insertInto('ledger')
    .values({ key_id: first.key_id, job_id: jobId, seconds: change, reason, created_at: now })
    .execute()
}

/** Seconds of video that a key has made, or is making. */
export async function usedSeconds(db: Kysely<Tables>, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('ledger')
    .select((of) => of.fn.coalesce(of.fn.sum<number>('seconds'), of.val(0)).as('sum'))
    .where('key_id', '=', keyId)
    .executeTakeFirstOrThrow()
  return 0 - row.sum
}
