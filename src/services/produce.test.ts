// A whole video without queue and store, through real render processes.
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { DEFAULT_CONFIG } from '../core/config.ts'
import type { VideoSpec } from '../core/spec.ts'
import { silentLog } from './log.ts'
import { openWorkshop, type Workshop } from './open.ts'
import { shareRuns } from './share-runs.ts'
import { atEnd, SMALL_SPEC } from './test-kit.ts'

async function workshopFor(test: TestContext): Promise<{ workshop: Workshop; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-produce-'))
  atEnd(test, () => rm(folder, { recursive: true, force: true }))
  const workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: folder, workers: 1 }, { log: silentLog })
  atEnd(test, () => workshop.close())
  return { workshop, folder }
}

test('the same request makes the same bytes, and its segments are taken from the cache', async (t) => {
  const { workshop, folder } = await workshopFor(t)
  const seen: number[] = []
  const options = (name: string) => ({
    outPath: join(folder, name),
    onProgress: ({ percent }: { percent: number }) => seen.push(percent),
  })
  const first = await workshop.produce(SMALL_SPEC, options('one.mp4'))
  const segments = join(folder, 'cache', 'segments')
  const cached = await readdir(segments)
  assert.equal(cached.length, 1)
  assert.deepEqual([first.durationSeconds, seen[0], seen.at(-1)], [1, 0, 100])
  assert.ok(seen.every((percent, index) => index === 0 || percent >= (seen[index - 1] ?? 0)))

  await workshop.produce(SMALL_SPEC, options('two.mp4'))
  assert.deepEqual(await readdir(segments), cached)
  await rm(segments, { recursive: true })
  await mkdir(segments)
  await workshop.produce(SMALL_SPEC, options('three.mp4'))
  const [one, two, three] = await Promise.all(
    ['one', 'two', 'three'].map((name) => readFile(join(folder, `${name}.mp4`))),
  )
  assert.ok(one?.equals(two ?? Buffer.alloc(0)) && one.equals(three ?? Buffer.alloc(0)))
  assert.deepEqual(await readdir(join(folder, 'work')), [])
})

test('a video that is cancelled stops with the reason and leaves nothing half made', async (t) => {
  const { workshop, folder } = await workshopFor(t)
  const spec: VideoSpec = {
    ...SMALL_SPEC,
    scenes: SMALL_SPEC.scenes.map((scene) => ({ ...scene, voice: { kind: 'silence', seconds: 600 } })),
  }
  const controller = new AbortController()
  const making = workshop.produce(spec, {
    outPath: join(folder, 'never.mp4'),
    signal: controller.signal,
    onProgress: ({ stage }) => stage === 'rendering' && controller.abort(new Error('not wanted any more')),
  })
  await assert.rejects(making, /not wanted any more/)
  assert.deepEqual(await readdir(join(folder, 'work')), [])
  assert.ok(!(await readdir(folder)).includes('never.mp4'))
})

test('work that is asked for twice at once is done once, all hear of it, and one who leaves does not stop it', async () => {
  const share = shareRuns()
  const gate = Promise.withResolvers<void>()
  const heard: string[] = []
  let runs = 0
  const ask = (name: string, signal?: AbortSignal) =>
    share(
      'rig',
      { onProgress: (value) => heard.push(`${name} ${value}`), ...(signal ? { signal } : {}) },
      async (run) => {
        runs++
        await gate.promise
        run.onProgress?.(1)
        return 'done'
      },
    )
  const leaving = new AbortController()
  const [first, second] = [ask('first', leaving.signal), ask('second')]
  leaving.abort(new Error('gone'))
  await assert.rejects(first, /gone/)
  gate.resolve()
  assert.equal(await second, 'done')
  assert.deepEqual([runs, heard], [1, ['second 1']])
})
