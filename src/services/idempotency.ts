// Requests that come twice: the second is answered with what the first was answered, for a day.
import { createHash } from 'node:crypto'
import { Fault } from '../core/errors.ts'
import type { Store } from './database.ts'

/** An answer as it was sent. */
export type KeptAnswer = { readonly status: number; readonly body: string }

/** A request that may go on. */
export type Claim = {
  /** 32 hex digits that are the same when the request comes again after a crash: what it makes is named so. */
  readonly id: string
  /** Keeps the answer; null where nothing was made, so that the key may be used again. */
  finish(answer: KeptAnswer | null): Promise<void>
}

/** The memory of keyed requests. */
export type Idempotency = {
  /**
   * Waits for the same request where it is under way, and gives its answer, or lets this one go on.
   * @param fingerprint of the request's path and body.
   * @throws Fault `conflict` where the key was used for another request.
   */
  begin(accountId: string, key: string, fingerprint: string): Promise<KeptAnswer | Claim>
}

/** How long a key is remembered, in milliseconds. */
export const IDEMPOTENCY_MS = 24 * 3600 * 1000

/** @param now milliseconds since 1970. */
export function openIdempotency({ db }: Store, now: () => number): Idempotency {
  const running = new Map<string, Promise<void>>()
  return {
    async begin(accountId, key, fingerprint) {
      const name = `${accountId}\n${key}`
      while (running.has(name)) await running.get(name)
      const { promise, resolve } = Promise.withResolvers<void>()
      running.set(name, promise)
      const leave = () => {
        running.delete(name)
        resolve()
      }
      const row = () => db.updateTable('idempotency').where('account_id', '=', accountId).where('key', '=', key)
      try {
        await db
          .deleteFrom('idempotency')
          .where('created_at', '<=', now() - IDEMPOTENCY_MS)
          .execute()
        await db
          .insertInto('idempotency')
          .values({ account_id: accountId, key, fingerprint, status: null, body: null, created_at: now() })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        const known = await db
          .selectFrom('idempotency')
          .selectAll()
          .where('account_id', '=', accountId)
          .where('key', '=', key)
          .executeTakeFirstOrThrow()
        if (known.fingerprint !== fingerprint) {
          throw new Fault(
            'conflict',
            `The Idempotency-Key ${JSON.stringify(key)} was used for another request. Send a fresh key with this one.`,
            { field: 'Idempotency-Key' },
          )
        }
        if (known.status !== null && known.body !== null) {
          leave()
          return { status: known.status, body: known.body }
        }
        const id = createHash('sha256').update(`${name}\n${known.created_at}`).digest('hex').slice(0, 32)
        return {
          id,
          async finish(answer) {
            try {
              if (answer) await row().set({ status: answer.status, body: answer.body }).execute()
              else {
                await db.deleteFrom('idempotency').where('account_id', '=', accountId).where('key', '=', key).execute()
              }
            } finally {
              leave()
            }
          },
        }
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}
