// Lip sync videos in the queue, with render processes that paint nothing: how far they are, and how they are stopped.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { MOST_FOOTAGE, type VideoSpec } from '../core/spec.ts'
import { silentLog } from './log.ts'
import { openServices, type Services } from './open.ts'
import { atEnd, type PaperPool, paperPool, throwAwayConfig } from './test-kit.ts'

const FILM = { canvas: { width: 64, height: 64, fps: 25 }, frameCount: 605, pieceFrames: 25 }

/** Opens services over a pool in which every second of a clock that is looked at passes. */
async function open(t: TestContext, pool: PaperPool): Promise<{ services: Services; create(): Promise<string> }> {
  const config = await throwAwayConfig(t)
  let seconds = 1_800_000_000
  const services = await openServices(config, { pool, log: silentLog, now: () => ++seconds * 1000 })
  atEnd(t, () => services.close({ graceMs: 0 }))
  const path = join(config.dataFolder, 'film.mp4')
  await writeFile(path, Buffer.from('00000018667479706d70343200000000', 'hex'))
  await services.files.put('film.mp4', path)
  const spec: VideoSpec = {
    name: 'Lip sync',
    canvas: MOST_FOOTAGE,
    scenes: [
      { character: null, voice: { kind: 'silence', seconds: 24 }, background: { kind: 'color', color: '#000000' } },
    ],
    footage: { source: { fileKey: 'film.mp4' }, playback: 'normal' },
    seed: 0,
  }
  const { id: keyId } = await services.keys.create({ accountId: 'owner', quotaSeconds: 60 })
  return { services, create: async () => (await services.jobs.create({ accountId: 'owner', keyId, spec })).id }
}

/** A pool that stands still in the second part of the film until it is told to stop. */
function stuckPool() {
  const reached = Promise.withResolvers<void>()
  const stopped = Promise.withResolvers<void>()
  const pool = paperPool({
    film: async () => FILM,
    track: async ({ fromPiece }, signal) => {
      if (fromPiece === 0) return null
      return new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          stopped.resolve()
          reject(signal.reason)
        })
        reached.resolve()
      })
    },
  })
  return { pool, reached: reached.promise, stopped: stopped.promise }
}

test('a lip sync video moves between 0 and 10 percent while it is prepared, and completes', async (t) => {
  const whole = paperPool()
  const pool = paperPool({
    film: async () => FILM,
    track: async () => null,
    dub: ({ spec, folder }) =>
      whole.run('prepare', { spec, folder, rigs: {}, media: new Map(), sounds: new Map(), music: null, mark: null }),
  })
  const { services, create } = await open(t, pool)
  const done = Promise.withResolvers<void>()
  const told: number[] = []
  services.jobs.listen(({ type, job }) => {
    if (type === 'progress' && job.stage === 'preparing') told.push(job.progress)
    if (job.endedAt !== null) done.resolve()
  })
  const id = await create()
  await done.promise
  const job = await services.jobs.get('owner', id)
  assert.deepEqual([job.status, job.progress, job.failure], ['completed', 100, null])
  assert.deepEqual(pool.asked, ['film', 'track', 'track', 'track', 'dub', 'segment', 'segment', 'segment', 'join'])
  assert.deepEqual(
    told.map((progress) => Math.round(progress)),
    [5, 7, 9],
  )
})

test('one that is cancelled stops the following of its face, and gives its quota back', async (t) => {
  const { pool, reached, stopped } = stuckPool()
  const { services, create } = await open(t, pool)
  const id = await create()
  await reached
  await services.jobs.cancel('owner', id)
  await stopped
  const [key] = (await services.keys.list()).filter(({ remainingSeconds }) => remainingSeconds !== null)
  assert.equal(key?.remainingSeconds, 60)
  await services.close()
  assert.ok(!pool.asked.includes('dub'))
  assert.ok(!existsSync(join(services.config.dataFolder, 'work', id)))
})

test('one that is deleted while it is prepared leaves nothing behind', async (t) => {
  const { pool, reached, stopped } = stuckPool()
  const { services, create } = await open(t, pool)
  const id = await create()
  await reached
  await services.removeVideo('owner', id)
  await stopped
  await assert.rejects(services.jobs.get('owner', id), { kind: 'not-found' })
  const [key] = (await services.keys.list()).filter(({ remainingSeconds }) => remainingSeconds !== null)
  assert.equal(key?.remainingSeconds, 60)
  await services.close()
  assert.ok(!existsSync(join(services.config.dataFolder, 'work', id)))
})

test('one that was under way when the server closed is prepared on after the next start', async (t) => {
  const { pool, reached } = stuckPool()
  const { services, create } = await open(t, pool)
  const id = await create()
  await reached
  await services.close({ graceMs: 50 })
  const whole = paperPool()
  const next = paperPool({
    film: async () => FILM,
    track: async () => null,
    dub: ({ spec, folder }) =>
      whole.run('prepare', { spec, folder, rigs: {}, media: new Map(), sounds: new Map(), music: null, mark: null }),
  })
  const again = await openServices(services.config, { pool: next, log: silentLog })
  atEnd(t, () => again.close({ graceMs: 0 }))
  const done = Promise.withResolvers<void>()
  again.jobs.listen(({ job }) => job.endedAt !== null && done.resolve())
  if ((await again.jobs.get('owner', id)).endedAt === null) await done.promise
  assert.equal((await again.jobs.get('owner', id)).status, 'completed')
})
