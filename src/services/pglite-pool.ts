// The embedded Postgres as a pool of one connection, so that whatever can use a pool can use it.
import type { PGlite } from '@electric-sql/pglite'
import type { PostgresPool, PostgresPoolClient } from 'kysely'

/** What pg-boss asks of a database: one statement, or several without parameters. */
export type SqlExecutor = { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> }

/**
 * A pool with one connection: who asks while it is out waits for its turn. Inside a transaction, therefore, nothing may
 * ask the pool again; statements there go through the transaction itself.
 */
export function poolOfOne(pglite: PGlite): { pool: PostgresPool; executor: SqlExecutor } {
  let last: Promise<void> = Promise.resolve()
  const take = async (): Promise<() => void> => {
    const before = last
    const { promise, resolve } = Promise.withResolvers<void>()
    last = promise
    await before
    return resolve
  }
  const pool: PostgresPool = {
    async connect() {
      const release = await take()
      const client = {
        async query(sql: string, parameters: readonly unknown[]) {
          const result = await pglite.query(sql, [...parameters])
          return { command: 'UPDATE', rowCount: result.affectedRows ?? 0, rows: result.rows }
        },
        release,
      }
      return client as unknown as PostgresPoolClient
    },
    async end() {
      await take()
      await pglite.close()
    },
  }
  const executor: SqlExecutor = {
    async executeSql(text, values = []) {
      const release = await take()
      try {
        if (values.length > 0) return await pglite.query(text, values)
        const results = await pglite.exec(text)
        return { rows: results.flatMap((result) => result.rows) }
      } catch (error) {
        // Several statements may have begun a transaction of their own: the next user must not find it aborted.
        await pglite.exec('ROLLBACK').catch(() => {})
        throw error
      } finally {
        release()
      }
    },
  }
  return { pool, executor }
}
