// The segment cache: what is long unused goes first, what may be in use stays.
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { trimSegments } from './segment-cache.ts'

test('the longest unused segments go until the cache is below its limit', async (t) => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'rostrum-segments-'))
  t.after(() => rm(dataFolder, { recursive: true }))
  const now = Date.now()
  for (const [index, name] of ['new', 'old', 'older', 'oldest'].entries()) {
    await writeFile(join(dataFolder, name), Buffer.alloc(100))
    const used = new Date(now - index * 3600_000)
    await utimes(join(dataFolder, name), used, used)
  }
  await trimSegments(dataFolder, now, { limitBytes: 250, minAgeMs: 1800_000 })
  assert.deepEqual((await readdir(dataFolder)).sort(), ['new', 'old'])
  await trimSegments(dataFolder, now, { limitBytes: 0, minAgeMs: 1800_000 })
  assert.deepEqual(await readdir(dataFolder), ['new'])
})
