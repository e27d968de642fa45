// How alive faces are, measured on finished files: blinks, the head's path, lips, the background, who it is.
// Arguments: avatars, portraits of our own (see portraits.ts), picture files, finished .mp4 files. Without: six presenters
// and four portraits, calm. `--lively` moves them more, `--quick` takes one of each, `--brief` speaks for 12 seconds instead
// of 40, `--keep <folder>` keeps the videos.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { ASPECT_RATIOS, DEFAULT_FPS, type Manner } from '../src/core/spec.ts'
import { describeLife } from '../src/domain/life/describe-life.ts'
import type { SyncReport } from '../src/domain/sync/sync-report.ts'
import { probe } from '../src/engines/media/probe.ts'
import { reportOn } from '../src/services/inspect.ts'
import { silentLog } from '../src/services/log.ts'
import { measureFace } from '../src/services/measure-face.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { measureBackground } from './background.ts'
import { distanceOf, measureIdentity } from './identity.ts'
import { makePortrait, PORTRAITS } from './portraits.ts'

/** Questions, denials, lists, rounded and spread lips in many words, and pauses. */
const SCRIPT = `Good morning, and welcome back to the studio. Have you ever wondered why the moon looks so huge when it
rises? It is not really bigger, of course; your eyes are being fooled. <break time="1.5s"/>
We should choose a smooth blue shoe, she said, and wash it with warm water. Who would need three keys to see the sea?
Well, maybe that was a very bad idea! <break time="1s"/>
Let me show you what we found, step by step, and then you can judge for yourself. First, we push the button; next, we
keep a cheap machine clean. Do you see? Nobody knew. Please remember me, and come back soon.`

/** Enough for lips and background; too short to say much of blinks. */
const BRIEF = `We should choose a smooth blue shoe, she said, and wash it with warm water. <break time="1s"/>
Who would need three keys to see the sea? Please remember me, Bob, and come back.`

const PRESENTERS = ['victor', 'nora', 'amara', 'ken', 'isabelle', 'omar']
const LIVELY: Manner = { talkingStyle: 'expressive', expression: 'happy' }

/** Phones whose lips are round, each against the mean of the spread ones. */
const ROUND = ['u', 'w', 'ʃ', 'tʃ', 'dʒ']
const SPREAD = ['i']

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lively: { type: 'boolean' },
    quick: { type: 'boolean' },
    brief: { type: 'boolean' },
    keep: { type: 'string' },
  },
})
const subjects =
  positionals.length > 0 ? positionals : options.quick ? [PRESENTERS[0]!, PORTRAITS[0]!] : [...PRESENTERS, ...PORTRAITS]
const rows: string[][] = []
const stills: { readonly name: string; readonly descriptor: Float32Array }[] = []
const temporary = mkdtempSync(join(tmpdir(), 'rostrum-life-'))
const folder = options.keep ?? temporary
mkdirSync(folder, { recursive: true })
const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? temporary, workers: availableParallelism() },
  { log: silentLog },
)
try {
  for (const subject of subjects) {
    const path = subject.endsWith('.mp4') ? subject : await render(workshop, subject)
    await measure(path, basename(subject))
  }
} finally {
  await workshop.close()
  rmSync(temporary, { recursive: true, force: true })
}
console.log(
  '| face | p b m closed | in silence | u w sh of ee | blinks a minute | third difference | background | identity |',
)
console.log(`|---|---|---|---|---|---|---|---|\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}`)
for (const [i, a] of stills.entries()) {
  for (const b of stills.slice(i + 1)) {
    console.log(`${a.name} against ${b.name}: ${distanceOf(a.descriptor, b.descriptor).toFixed(3)} apart`)
  }
}

async function render({ library, photos, produce, voices }: Workshop, subject: string): Promise<string> {
  const picture = PORTRAITS.includes(subject)
    ? await makePortrait(library, subject)
    : /[./]/.test(subject)
      ? await readFile(subject)
      : null
  const avatar = picture ? await photos.add(picture) : library.find(subject)
  const outPath = join(folder, `${basename(subject)}.mp4`)
  const { voice } = voices.find(avatar.voiceId, { gender: avatar.gender })
  const spec = {
    name: 'life',
    canvas: { ...ASPECT_RATIOS.portrait, fps: DEFAULT_FPS },
    scenes: [
      {
        character: { kind: 'avatar' as const, avatarId: avatar.id, manner: options.lively ? LIVELY : {} },
        voice: { kind: 'script' as const, text: options.brief ? BRIEF : SCRIPT, voiceId: voice.id, settings: {} },
        background: { kind: 'own' as const },
      },
    ],
    seed: 1,
  }
  await produce(spec, { outPath })
  return outPath
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
    const { jitter, median, p95, worst, worstFrame, worstStretch } = identity
    const spread = `median ${median.toFixed(3)}, p95 ${p95.toFixed(3)}, worst ${worst.toFixed(3)} at frame ${worstFrame}`
    const stretches = `means over 4 s at worst ${worstStretch.toFixed(3)}`
    lines.push(['identity', `${spread}; ${stretches}; the still's own jitter ${jitter.toFixed(3)}`])
    stills.push({ name, descriptor: identity.descriptor })
  }
  console.log(name)
  if (life) console.log(describeLife(life))
  console.log(`${lines.map(([key, value]) => `${key.padEnd(12)}${value}`).join('\n')}\n`)
  rows.push([
    name,
    sync.closures ? `${sync.closures.closed} of ${sync.closures.count}` : 'none',
    sync.movingInSilence ? `${(sync.movingInSilence.share * 100).toFixed(1)} %` : 'none',
    ['u', 'w', 'ʃ']
      .map((phone) => widthOf(sync, [phone])?.toFixed(0) ?? 'none')
      .join(', ')
      .concat(' %'),
    life ? `${life.blinks.perMinute.toFixed(1)}, ${life.blinks.intervalsAgain} alike` : 'none',
    life ? `${life.head.x.largestThird.toFixed(1)} %, ${life.head.y.largestThird.toFixed(1)} %` : 'none',
    background ? `${background.worst.toFixed(1)} dB` : 'none',
    identity
      ? `${identity.p95.toFixed(3)}, ${identity.worstStretch.toFixed(3)} of ${identity.jitter.toFixed(3)}`
      : 'none',
  ])
}

/** Mean width of some phones in percent of that of the spread ones; null where either kind is missing. */
function widthOf({ phones }: SyncReport, which: readonly string[]): number | null {
  const mean = (names: readonly string[]) => {
    const found = phones.filter(({ phone }) => names.includes(phone))
    const count = found.reduce((sum, phone) => sum + phone.count, 0)
    return found.reduce((sum, { meanWidth, count: n }) => sum + meanWidth * n, 0) / count
  }
  const share = (100 * mean(which)) / mean(SPREAD)
  return Number.isNaN(share) ? null : share
}

function describeWidths(sync: SyncReport): string {
  const countOf = (name: string) => sync.phones.find(({ phone }) => phone === name)?.count ?? 0
  const parts = ROUND.map((phone) => `${phone} ${widthOf(sync, [phone])?.toFixed(0) ?? '?'} % (${countOf(phone)})`)
  return `${parts.join(', ')} of ${SPREAD.join(', ')} (${SPREAD.reduce((sum, phone) => sum + countOf(phone), 0)})`
}
