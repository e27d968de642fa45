// The render processes: a death costs one task, says how it came about, and the next task finds a new process.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { NotFound } from '../core/errors.ts'
import { silentLog } from './log.ts'
import { openRenderPool } from './render-pool.ts'
import { packError, unpackError } from './sent-error.ts'
import { atEnd } from './test-kit.ts'

// A render process that does what the voice's name says.
const PROGRAM = `
process.on('message', (message) => {
  if (message.type !== 'run') return
  const { id, input } = message
  if (input.voiceId === 'crash') { console.error('out of luck'); process.kill(process.pid, 'SIGSEGV'); return }
  if (input.voiceId === 'exit') process.exit(3)
  if (input.voiceId === 'hang') return
  process.send({ type: 'progress', id, progress: 0.5 })
  process.send({ type: 'done', id, output: process.pid })
})
process.on('disconnect', () => process.exit())
`

async function poolOf(test: TestContext, size: number) {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-pool-'))
  atEnd(test, () => rm(folder, { recursive: true }))
  const path = join(folder, 'process.mjs')
  await writeFile(path, PROGRAM)
  const pool = openRenderPool(size, silentLog, { entry: pathToFileURL(path) })
  atEnd(test, () => pool.close())
  return pool
}

const speak = (voiceId: string) => ({ voiceId, path: '' })

test('a process that dies fails its own task only, and the reason names the signal or the exit code', async (t) => {
  const pool = await poolOf(t, 1)
  const results = await Promise.allSettled([
    pool.run('sample', speak('crash')),
    pool.run('sample', speak('exit')),
    pool.run('sample', speak('fine')),
  ])
  const reasons = results.map((result) => (result.status === 'rejected' ? String(result.reason.message) : ''))
  assert.match(reasons[0] ?? '', /signal SIGSEGV/)
  assert.match(reasons[1] ?? '', /exit code 3/)
  assert.equal(results[2]?.status, 'fulfilled')
})

test('a process is kept from task to task, and no more run at once than the pool is wide', async (t) => {
  const pool = await poolOf(t, 2)
  const pids = await Promise.all(
    ['a', 'b', 'c', 'd', 'e'].map((name) => pool.run('sample', speak(name)) as Promise<unknown>),
  )
  assert.equal(new Set(pids).size, 2)
})

test('a process goes on with the segment after its last one before it takes what came first', async (t) => {
  const pool = await poolOf(t, 1)
  const ended: number[] = []
  const render = async (index: number) => {
    await pool.run('segment', { folder: 'a', index, cacheFolder: '' })
    ended.push(index)
  }
  await Promise.all([5, 0, 6, 1].map(render))
  assert.deepEqual(ended, [5, 6, 0, 1])
})

test('a cancelled task ends with the reason of its cancelling, also where its process does not listen', async (t) => {
  const pool = await poolOf(t, 1)
  const controller = new AbortController()
  const hanging = pool.run('sample', speak('hang'), { signal: controller.signal })
  const queued = pool.run('sample', speak('fine'), { signal: controller.signal })
  controller.abort(new Error('changed my mind'))
  await assert.rejects(queued, /changed my mind/)
  await assert.rejects(hanging, /changed my mind/)
  await pool.run('sample', speak('fine'))
})

test('closing fails what is under way and what waits, and takes no more', async (t) => {
  const pool = await poolOf(t, 1)
  const tasks = [pool.run('sample', speak('hang')), pool.run('sample', speak('fine'))]
  const results = Promise.allSettled(tasks)
  await pool.close()
  assert.ok((await results).every(({ status }) => status === 'rejected'))
  await assert.rejects(pool.run('sample', speak('fine')), { kind: 'unavailable' })
})

test('an error crosses the border with its kind, its field and its causes', () => {
  const error = new NotFound('avatar', 'zed')
  error.cause = new TypeError('deeper')
  const same = unpackError(structuredClone(packError(error)))
  assert.equal(same.message, error.message)
  assert.equal((same as NotFound).kind, 'not-found')
  assert.equal((same.cause as Error).message, 'deeper')
})
