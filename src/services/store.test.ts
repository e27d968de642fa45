// The store: rows and queue entries stand and fall together, and one process at a time owns an embedded one.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { openStore, type Store } from './database.ts'
import { openJobs } from './jobs.ts'
import { openKeys } from './keys.ts'
import { silentLog } from './log.ts'
import { openQueue } from './queue.ts'
import { atEnd, SMALL_SPEC, throwAwayConfig } from './test-kit.ts'

const now = () => 1_700_000_000_000

async function queuedJobIds({ db }: Store): Promise<string[]> {
  const found = await sql<{ id: string }>`select data->>'jobId' as id from queue.job where name = 'prepare'`.execute(db)
  return found.rows.map(({ id }) => id)
}

test('200 jobs created at once are all there, each with its queue entry, after closing and opening again', async (t) => {
  const config = await throwAwayConfig(t)
  const store = await openStore(config, now)
  await openKeys(store, config, now)
  const queue = await openQueue(store, silentLog)
  const jobs = openJobs(store, queue, now, silentLog)
  const made = await Promise.all(
    Array.from({ length: 200 }, () => jobs.create({ accountId: 'owner', spec: SMALL_SPEC })),
  )
  await queue.close(0)
  await store.close()

  const again = await openStore(config, now)
  atEnd(t, () => again.close())
  const ids = made.map(({ id }) => id).sort()
  assert.ok(ids.every((id) => /^[0-9a-f]{32}$/.test(id)))
  const rows = await again.db.selectFrom('jobs').select('id').execute()
  assert.deepEqual(rows.map(({ id }) => id).sort(), ids)
  assert.deepEqual((await queuedJobIds(again)).sort(), ids)
})

test('a transaction that fails leaves neither a row nor a queue entry', async (t) => {
  const config = await throwAwayConfig(t)
  const store = await openStore(config, now)
  const queue = await openQueue(store, silentLog)
  atEnd(t, async () => {
    await queue.close(0)
    await store.close()
  })
  await assert.rejects(
    store.db.transaction().execute(async (trx) => {
      await trx.insertInto('secrets').values({ name: 'half', value: 'done' }).execute()
      await queue.add(trx, 'prepare', [{ jobId: 'half' }])
      throw new Error('the lights went out')
    }),
    /the lights went out/,
  )
  assert.deepEqual(await store.db.selectFrom('secrets').selectAll().execute(), [])
  assert.deepEqual(await queuedJobIds(store), [])
})

test('a job of another account is not found, and a listener hears of each change once', async (t) => {
  const config = await throwAwayConfig(t)
  const store = await openStore(config, now)
  await openKeys(store, config, now)
  const queue = await openQueue(store, silentLog)
  atEnd(t, async () => {
    await queue.close(0)
    await store.close()
  })
  const jobs = openJobs(store, queue, now, silentLog)
  const heard: string[] = []
  jobs.listen(({ type, job }) => heard.push(`${type} ${job.progress}`))
  const { id } = await jobs.create({ accountId: 'owner', spec: SMALL_SPEC, notes: ['A note.'] })
  await assert.rejects(jobs.get('somebody-else', id), { kind: 'not-found' })
  const job = await jobs.get('owner', id)
  assert.deepEqual([job.spec, job.notes, job.status, job.createdAt], [SMALL_SPEC, ['A note.'], 'pending', now()])

  assert.equal(await jobs.begin(id), true)
  await jobs.raise(id, 5)
  await jobs.raise(id, 3)
  const result = { videoKey: 'v', coverKey: 'c', durationSeconds: 1, byteCount: 2 }
  assert.equal(await jobs.complete(id, result), true)
  assert.equal(await jobs.complete(id, result), false)
  assert.equal(await jobs.fail(id, 'too late'), false)
  assert.deepEqual(heard, ['created 0', 'started 0', 'progress 5', 'completed 100'])
  assert.deepEqual((await jobs.get('owner', id)).result, result)
})

test('a second opening of an embedded store is refused and names the process that has it', async (t) => {
  const config = await throwAwayConfig(t)
  const store = await openStore(config, now)
  await assert.rejects(openStore(config, now), { kind: 'unavailable', message: new RegExp(`process ${process.pid}`) })
  await store.close()
  const again = await openStore(config, now)
  await again.close()
})

test('the lock of a process that died is taken over, also where its number belongs to another process now', async (t) => {
  const config = await throwAwayConfig(t)
  const lock = join(config.dataFolder, 'store.lock')
  for (const owner of [
    { pid: 2 ** 30, started: '1' },
    { pid: process.ppid, started: '1' },
    { pid: process.pid, started: '1' },
  ]) {
    await writeFile(lock, JSON.stringify(owner))
    const store = await openStore(config, now)
    assert.equal(JSON.parse(await readFile(lock, 'utf8')).pid, process.pid)
    await store.close()
  }
})
