// Lips against sound, measured on finished files. With paths: those files. Without: three avatars with three voices each,
// with --quick one voice each.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { ASPECT_RATIOS, DEFAULT_FPS, type VideoSpec } from '../src/core/spec.ts'
import { describeSync } from '../src/domain/sync/describe-sync.ts'
import type { SyncReport } from '../src/domain/sync/sync-report.ts'
import { inspectSync } from '../src/services/inspect.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'

const AVATARS = ['victor', 'amara', 'nora']
const VOICES = ['flite-rms', 'flite-slt', 'espeak-en-us-f4']

/** Every phone of English at least once, p, b and m in all surroundings, and pauses to be still in. */
const SCRIPT = `Bob may map the big apple market in May. <break time="1s"/>
Pat put my bumpy baby buggy by the palm, and mama beams; maybe Papa mopes. <break time="1s"/>
We choose joyful azure shoes, five thin feathers, yellow wool, a ring, and a cow at the zoo. <break time="1s"/>
Tom's number is simple: please combine the lamp, the club, and the empty cupboard.`

const quick = process.argv.includes('--quick')
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (files.length > 0) {
  for (const file of files) await measure(file, file)
} else {
  await measureAll()
}

async function measureAll(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rostrum-lips-'))
  const reports: [string, SyncReport][] = []
  try {
    const workshop = await openWorkshop(
      { ...DEFAULT_CONFIG, dataFolder: folder, workers: availableParallelism() },
      { log: silentLog },
    )
    try {
      const pairs = AVATARS.flatMap((avatarId, a) =>
        VOICES.map((voiceId, v) => ({ avatarId, voiceId, paired: a === v })),
      )
      for (const { avatarId, voiceId } of pairs.filter(({ paired }) => paired || !quick)) {
        const name = `${avatarId}, ${voiceId}`
        const path = await render(workshop, avatarId, voiceId, folder)
        reports.push([name, await measure(path, name)])
      }
    } finally {
      await workshop.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(
    '| avatar, voice | at rest | p b m closed | r with plan | moving in silence | sound early | onset p50, p95 |',
  )
  console.log('|---|---|---|---|---|---|---|')
  for (const [name, { restingGap, closures, correlation, movingInSilence, offset, onsets }] of reports) {
    const cells = [
      name,
      restingGap === null ? 'none' : `${(restingGap * 100).toFixed(0)} %`,
      closures ? `${closures.closed} of ${closures.count}, ${(closures.share * 100).toFixed(0)} %` : 'none',
      correlation?.toFixed(3) ?? 'none',
      movingInSilence ? `${(movingInSilence.share * 100).toFixed(1)} % of ${movingInSilence.frames}` : 'none',
      offset ? `${offset.soundEarlyMs.toFixed(0)} ms` : 'none',
      onsets ? `${onsets.p50.toFixed(0)}, ${onsets.p95.toFixed(0)} ms` : 'none',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}

async function measure(path: string, name: string): Promise<SyncReport> {
  const { sync } = await inspectSync(path)
  if (!sync) throw new Error(`${path} was not measured.`)
  console.log(`${name}\n${describeSync(sync)}\n`)
  return sync
}

async function render(workshop: Workshop, avatarId: string, voiceId: string, folder: string): Promise<string> {
  const spec: VideoSpec = {
    name: 'lips',
    canvas: { ...ASPECT_RATIOS.portrait, fps: DEFAULT_FPS },
    scenes: [
      {
        character: { kind: 'avatar', avatarId },
        voice: { kind: 'script', text: SCRIPT, voiceId, settings: {} },
        background: { kind: 'own' },
      },
    ],
    seed: 1,
  }
  const outPath = join(folder, `${avatarId}-${voiceId}.mp4`)
  await workshop.produce(spec, { outPath })
  return outPath
}
