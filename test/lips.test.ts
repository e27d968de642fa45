// The lips of a finished file keep to its sound, and its face lives: measured on its decoded frames.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { describeLife } from '../src/domain/life/describe-life.ts'
import { describeSync } from '../src/domain/sync/describe-sync.ts'
import type { SyncReport } from '../src/domain/sync/sync-report.ts'
import { type Inspection, inspectSync } from '../src/services/inspect.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { makeDataFolder } from './kit.ts'

let folder: ReturnType<typeof makeDataFolder>
let found: Inspection
let report: SyncReport

before(async () => {
  folder = makeDataFolder()
  const config = { ...DEFAULT_CONFIG, dataFolder: folder.path, workers: 2 }
  const workshop = await openWorkshop(config, { log: silentLog })
  const outPath = join(folder.path, 'lips.mp4')
  try {
    const text = 'Papa, bob the apple! <break time="1s"/> Mama may pop a big map.'
    await workshop.produce(
      {
        name: 'lips',
        canvas: { width: 720, height: 1280, fps: 25 },
        scenes: [
          {
            character: { kind: 'avatar', avatarId: 'victor' },
            voice: { kind: 'script', text, voiceId: 'flite-rms', settings: {} },
            background: { kind: 'own' },
          },
        ],
        seed: 1,
      },
      { outPath },
    )
  } finally {
    await workshop.close()
  }
  found = await inspectSync(outPath)
  report = found.sync!
})

after(() => folder?.remove())

test('the file itself says what is spoken when, and a face is seen in every frame', () => {
  assert.equal(report.timesFrom, 'exact')
  assert.equal(report.framesWithFace, found.facts.frameCount)
})

test('lips close on p, b and m', () => {
  assert.ok(report.closures!.count >= 12)
  assert.ok(report.closures!.share >= 0.95, describeSync(report))
})

test('lips open as planned, and rest in silence', () => {
  assert.ok(report.correlation! >= 0.85, describeSync(report))
  assert.ok(report.movingInSilence!.frames >= 10)
  assert.ok(report.movingInSilence!.share <= 0.01, describeSync(report))
})

test('sound and picture are within a frame of each other', () => {
  assert.ok(Math.abs(report.offset!.soundEarlyMs) <= 40, describeSync(report))
})

test('the face blinks, and its head moves without a step', () => {
  const { blinks, head } = found.life!
  assert.ok(blinks.seconds.length >= 1 && blinks.perMinute < 40, describeLife(found.life!))
  for (const path of [head.x, head.y]) {
    assert.ok(path.range > 1.5, describeLife(found.life!))
    // In percent of the eyes' distance; lids and lips pull the model's points by up to 2 of them.
    assert.ok(path.largestThird < 3, describeLife(found.life!))
  }
})
