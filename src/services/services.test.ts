// Videos through the queue, with render processes that draw nothing: each ends once, and one that cannot says why.
import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Config } from '../core/config.ts'
import { UnspeakableText } from '../core/errors.ts'
import type { Job } from '../core/job.ts'
import { outputsOf } from '../core/output.ts'
import { takesOf } from '../domain/takes.ts'
import { silentLog } from './log.ts'
import { openServices, type Services } from './open.ts'
import { atEnd, type PaperPool, paperPool, SMALL_SPEC, throwAwayConfig } from './test-kit.ts'
import { writeWork } from './work-folder.ts'

async function open(test: TestContext, config: Config, pool: PaperPool, retryLimit = 3): Promise<Services> {
  const services = await openServices(config, { pool, log: silentLog, retryLimit })
  atEnd(test, () => services.close({ graceMs: 0 }))
  return services
}

function ended(services: Services, id: string): Promise<Job> {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const stop = services.jobs.listen(({ type, job }) => {
    if (job.id !== id || (type !== 'completed' && type !== 'failed')) return
    stop()
    resolve(job)
  })
  services.jobs.find(id).then((job) => job?.endedAt && resolve(job))
  return promise
}

test('a video goes through preparing, its segments and one joining, and its files can be read', async (t) => {
  const pool = paperPool()
  const services = await open(t, await throwAwayConfig(t), pool)
  const heard: string[] = []
  services.jobs.listen(({ type, job }) => heard.push(`${type} ${job.stage}`))
  const { id } = await services.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  const job = await ended(services, id)
  assert.deepEqual([job.status, job.progress, job.failure], ['completed', 100, null])
  assert.deepEqual(pool.asked, ['prepare', 'segment', 'segment', 'segment', 'join'])
  assert.equal(heard[0], 'created queued')
  assert.equal(heard.at(-1), 'completed done')
  const { path, byteCount } = await services.files.openRead(job.result?.videoKey ?? '')
  assert.deepEqual([await readFile(path, 'utf8'), byteCount], ['video', 5])
})

test('a text that cannot be spoken fails its video at once, with the reason, and is not tried again', async (t) => {
  const pool = paperPool({
    prepare: async () => {
      throw new UnspeakableText('This voice has no sounds for Thai.')
    },
  })
  const services = await open(t, await throwAwayConfig(t), pool)
  const { id } = await services.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  const job = await ended(services, id)
  assert.deepEqual([job.status, job.failure], ['failed', 'This voice has no sounds for Thai.'])
  assert.deepEqual(pool.asked, ['prepare'])
})

test('a step that fails once is tried again and the video completes', async (t) => {
  let tries = 0
  const whole = paperPool()
  const pool = paperPool({
    segment: async (input, signal) => {
      if (input.index === 1 && tries++ === 0) throw new Error('the encoder fell over')
      return whole.run('segment', input, signal ? { signal } : {})
    },
  })
  const services = await open(t, await throwAwayConfig(t), pool)
  const { id } = await services.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  assert.equal((await ended(services, id)).status, 'completed')
  assert.equal(tries, 2)
})

test('an entry that failed its last attempt makes the video failed, with the last reason', async (t) => {
  const pool = paperPool({
    join: async () => {
      throw new Error('the disk is full')
    },
  })
  const services = await open(t, await throwAwayConfig(t), pool, 0)
  const { id } = await services.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  const job = await ended(services, id)
  assert.deepEqual([job.status, job.failure], ['failed', 'the disk is full'])
})

test('segments whose files have gone before joining are rendered again', async (t) => {
  const config = await throwAwayConfig(t)
  const whole = paperPool()
  let lost = false
  const pool = paperPool({
    segment: async (input, signal) => {
      await whole.run('segment', input, signal ? { signal } : {})
      if (input.index === 2 && !lost) {
        lost = true
        await rm(join(config.dataFolder, 'cache', 'segments'), { recursive: true })
        await mkdir(input.cacheFolder)
      }
      return null
    },
  })
  const services = await open(t, config, pool)
  const { id } = await services.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  assert.equal((await ended(services, id)).status, 'completed')
  assert.equal(pool.asked.filter((name) => name === 'join').length, 1)
})

test('a video that was prepared for older code, cut otherwise, is prepared anew and completes', async (t) => {
  const config = await throwAwayConfig(t)
  const first = await openServices(config, { pool: paperPool(), log: silentLog, work: false })
  const { id } = await first.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  const old = [0, 1, 2, 3, 4].map((index) => ({
    index,
    take: 0,
    startFrame: index * 6,
    frameCount: 6,
    files: [`old-${index}.mp4`],
  }))
  await first.jobs.begin(id)
  await first.jobs.planned(id, old, 1.2)
  await first.jobs.segmentDone(id, 0)
  const prepared = {
    outputs: outputsOf(SMALL_SPEC),
    takes: takesOf(SMALL_SPEC),
    versions: ['old'],
    frameCount: 30,
    segments: old,
    rigPaths: {},
    mediaPaths: {},
  }
  const plan = { canvas: SMALL_SPEC.canvas, frameCount: 30, scenes: [], captions: [] }
  const folder = join(config.dataFolder, 'work', id)
  await writeWork(folder, { prepared, plans: [plan], sound: [], timeline: { fps: 25, scenes: [], cues: [] } })
  await first.close({ graceMs: 0 })

  const pool = paperPool()
  const second = await open(t, config, pool)
  assert.equal((await ended(second, id)).status, 'completed')
  assert.equal(pool.asked.filter((name) => name === 'prepare').length, 1)
  assert.equal(pool.asked.filter((name) => name === 'join').length, 1)
})

test('what was under way at closing is put back, not counted as tried, and completes after the next start', async (t) => {
  const config = await throwAwayConfig(t)
  const reached = Promise.withResolvers<void>()
  const stuck = paperPool({
    segment: () => {
      reached.resolve()
      return new Promise(() => {})
    },
  })
  const first = await openServices(config, { pool: stuck, log: silentLog })
  const { id } = await first.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  await reached.promise
  await first.close({ graceMs: 50 })

  const second = await open(t, config, paperPool())
  const job = await ended(second, id)
  assert.equal(job.status, 'completed')
})

test('work folders that a dead process left behind go at the next start, those of unfinished videos stay', async (t) => {
  const config = await throwAwayConfig(t)
  const first = await openServices(config, { pool: paperPool(), log: silentLog, work: false })
  const { id } = await first.jobs.create({ accountId: 'owner', spec: SMALL_SPEC })
  await first.close({ graceMs: 0 })
  const work = join(config.dataFolder, 'work')
  const gone = ['0123456789abcdef0123456789abcdef', `alone-${2 ** 30}-abc`]
  for (const name of [...gone, `alone-${process.pid}-abc`, id]) await mkdir(join(work, name), { recursive: true })
  const stuck = paperPool({ prepare: () => new Promise(() => {}) })
  await open(t, config, stuck)
  assert.deepEqual((await readdir(work)).sort(), [`alone-${process.pid}-abc`, id].sort())
})

for (const [what, quotaSeconds, outcome] of [
  ['that is longer than what is left fails before anything is painted, and takes nothing', 1, 'failed'],
  ['takes its true length when it has been read', 10, 'completed'],
] as const) {
  test(`a recording ${what}`, async (t) => {
    const whole = paperPool()
    let left: number | null = null
    const pool = paperPool({
      segment: async (input, signal) => {
        left = await services.keys.remainingSeconds(key.id)
        return whole.run('segment', input, signal ? { signal } : {})
      },
    })
    const config = await throwAwayConfig(t)
    const services = await open(t, config, pool)
    const key = await services.keys.create({ quotaSeconds })
    const sound = join(config.dataFolder, 'sound.wav')
    await writeFile(sound, wavHead())
    await services.files.put('sound.wav', sound)
    const [scene] = SMALL_SPEC.scenes
    const voice = { kind: 'recording', source: { fileKey: 'sound.wav' } } as const
    const spec = { ...SMALL_SPEC, scenes: [{ ...scene!, voice }] }
    const { id } = await services.jobs.create({ accountId: 'owner', keyId: key.id, spec })
    const job = await ended(services, id)
    assert.equal(job.status, outcome)
    if (outcome === 'completed') return assert.equal(left, 10 - 1.2)
    assert.match(job.failure ?? '', /would last about 2 s, and this key has 1 s of its quota left/)
    assert.deepEqual(pool.asked, ['prepare'])
    assert.equal(await services.keys.remainingSeconds(key.id), 1)
  })
}

/** What a sound file begins with. */
function wavHead(): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.write('WAVE', 8)
  return head
}
