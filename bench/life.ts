// How alive faces are, measured on finished files: blinks, the head's path, lips, the background, who it is. With paths:
// those files. Without: two avatars, calm and lively, with --quick one.
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { ASPECT_RATIOS, DEFAULT_FPS, type Manner } from '../src/core/spec.ts'
import { describeLife } from '../src/domain/life/describe-life.ts'
import type { SyncReport } from '../src/domain/sync/sync-report.ts'
import { probe } from '../src/engines/media/probe.ts'
import { reportOn } from '../src/services/inspect.ts'
import { silentLog } from '../src/services/log.ts'
import { measureFace } from '../src/services/measure-face.ts'
import { openWorkshop } from '../src/services/open.ts'
import { measureBackground } from './background.ts'
import { distanceOf, measureIdentity } from './identity.ts'

/** Questions, denials, lists, rounded and spread lips in many words, and pauses. */
const SCRIPT = `Good morning, and welcome back to the studio. Have you ever wondered why the moon looks so huge when it
rises? It is not really bigger, of course; your eyes are being fooled. <break time="1.5s"/>
We should choose a smooth blue shoe, she said, and wash it with warm water. Who would need three keys to see the sea?
Well, maybe that was a very bad idea! <break time="1s"/>
Let me show you what we found, step by step, and then you can judge for yourself. First, we push the button; next, we
keep a cheap machine clean. Do you see? Nobody knew. Please remember me, and come back soon.`

const CASES: readonly { avatarId: string; manner: Manner }[] = [
  { avatarId: 'victor', manner: {} },
  { avatarId: 'nora', manner: { talkingStyle: 'expressive', expression: 'happy' } },
]

/** Phones whose lips are round, each against the mean of the spread ones. */
const ROUND = ['u', 'w', 'ʃ', 'tʃ', 'dʒ']
const SPREAD = ['i']

const stills: { readonly name: string; readonly descriptor: Float32Array }[] = []
const files = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
if (files.length > 0) {
  for (const file of files) await measure(file, basename(file))
} else {
  await measureAll(process.argv.includes('--quick') ? CASES.slice(0, 1) : CASES)
}
for (const [i, a] of stills.entries()) {
  for (const b of stills.slice(i + 1)) {
    console.log(`${a.name} against ${b.name}: ${distanceOf(a.descriptor, b.descriptor).toFixed(3)} apart`)
  }
}

async function measureAll(cases: typeof CASES): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'rostrum-life-'))
  try {
    const workshop = await openWorkshop(
      { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: availableParallelism() },
      { log: silentLog },
    )
    try {
      for (const { avatarId, manner } of cases) {
        const outPath = join(folder, `${avatarId}.mp4`)
        const { voiceId } = workshop.library.find(avatarId)
        await workshop.produce(
          {
            name: 'life',
            canvas: { ...ASPECT_RATIOS.portrait, fps: DEFAULT_FPS },
            scenes: [
              {
                character: { kind: 'avatar', avatarId, manner },
                voice: { kind: 'script', text: SCRIPT, voiceId, settings: {} },
                background: { kind: 'own' },
              },
            ],
            seed: 1,
          },
          { outPath },
        )
        await measure(outPath, [avatarId, ...Object.values(manner)].join(', '))
      }
    } finally {
      await workshop.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measure(path: string, name: string): Promise<void> {
  const facts = await probe(path)
  const face = await measureFace(path)
  const { sync, life } = await reportOn(path, facts, face)
  const background = await measureBackground(path, face)
  const identity = await measureIdentity(path, face)
  const lines: [string, string][] = []
  if (sync.closures) lines.push(['p, b, m', `${sync.closures.closed} of ${sync.closures.count} closed`])
  if (sync.movingInSilence) {
    const { share, frames } = sync.movingInSilence
    lines.push(['silence', `lips move in ${(share * 100).toFixed(1)} % of ${frames} frames`])
  }
  lines.push(['widths', describeWidths(sync)])
  if (background) {
    const { worst, mean, share } = background
    const where = `${(share * 100).toFixed(0)} % of the frame, beside the head`
    lines.push([
      'background',
      `PSNR ${mean.toFixed(1)} dB, at worst ${worst.toFixed(1)} dB (${where}, against frame 0)`,
    ])
  }
  if (identity) {
    const { jitter, median, p95, worst, worstFrame } = identity
    const spread = `median ${median.toFixed(3)}, p95 ${p95.toFixed(3)}, worst ${worst.toFixed(3)} at frame ${worstFrame}`
    lines.push(['identity', `${spread}; the still's own jitter ${jitter.toFixed(3)}`])
    stills.push({ name, descriptor: identity.descriptor })
  }
  console.log(name)
  if (life) console.log(describeLife(life))
  console.log(`${lines.map(([key, value]) => `${key.padEnd(12)}${value}`).join('\n')}\n`)
}

/** Mean width of each round phone as a share of that of the spread ones. */
function describeWidths({ phones }: SyncReport): string {
  const spread = phones.filter(({ phone }) => SPREAD.includes(phone))
  const count = spread.reduce((sum, phone) => sum + phone.count, 0)
  if (count === 0) return `nothing to compare with: no ${SPREAD.join(', ')}`
  const wide = spread.reduce((sum, { meanWidth, count: n }) => sum + meanWidth * n, 0) / count
  const parts = phones
    .filter(({ phone }) => ROUND.includes(phone))
    .map(({ phone, meanWidth, count: n }) => `${phone} ${((meanWidth / wide) * 100).toFixed(0)} % (${n})`)
  return `${parts.join(', ')} of ${SPREAD.join(', ')} (${count})`
}
