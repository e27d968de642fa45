// The speed table: each stage alone, the whole, memory, and how time grows. Run it when nothing else runs.
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import { ASPECT_RATIOS, DEFAULT_FPS, type VideoSpec } from '../src/core/spec.ts'
import { decodeRig } from '../src/engines/faces/rig-file.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop, type Workshop } from '../src/services/open.ts'
import { watchMemory } from './memory.ts'
import { scriptOf } from './script.ts'
import type { Stages, StagesInput } from './stages.ts'
import { timed } from './timed.ts'

const AVATAR = 'victor'
const VOICE = 'flite-rms'
const CANVAS = { ...ASPECT_RATIOS.portrait, fps: DEFAULT_FPS }
/** Render processes: the figures that we promise are for two cores. */
const WORKERS = 2

let seed = 1
const folder = mkdtempSync(join(tmpdir(), 'rostrum-bench-'))
const rows: [string, string][] = []
const row = (what: string, value: string): void => {
  rows.push([what, value])
  console.error(`${what}: ${value}`)
}

try {
  row('machine', `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}`)
  const workshop = await openWorkshop({ ...DEFAULT_CONFIG, dataFolder: folder, workers: WORKERS }, { log: silentLog })
  try {
    const cold = await timed(() => workshop.library.rigFor(AVATAR))
    row('preparation, cold', `${cold.seconds.toFixed(2)} s`)
    const prepared = cold.value
    const cached = await timed(async () => decodeRig(readFileSync((await workshop.library.rigFor(AVATAR)).path)))
    row('preparation, cached', `${(cached.seconds * 1000).toFixed(0)} ms`)

    const stages = await measureStages(prepared.path)
    await measureWhole(workshop, stages.encodeSeconds)
    for (const seconds of [10, 60, 600]) {
      const made = await produce(workshop, seconds)
      const { peak } = await watched(() => produce(workshop, seconds))
      row(
        `end to end, ${seconds} s script`,
        `${made.seconds.toFixed(2)} s for ${made.videoSeconds.toFixed(1)} s of video, ${(made.videoSeconds / made.seconds).toFixed(1)}x real time, peak ${megabytes(peak)}`,
      )
    }
  } finally {
    await workshop.close()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const width = Math.max(...rows.map(([what]) => what.length))
console.log(rows.map(([what, value]) => `${what.padEnd(width)}  ${value}`).join('\n'))

/** Speech, painter and encoder, each alone on the 30 s script, in a process of its own: its memory is not the product's. */
async function measureStages(rigPath: string): Promise<Stages> {
  const child = fork(new URL('./stages.ts', import.meta.url), { execArgv: ['--disable-warning=ExperimentalWarning'] })
  child.send({ spec: specOf(scriptOf(30), 1), rigPath, folder } satisfies StagesInput)
  const stages = await new Promise<Stages>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Stages))
    child.once('exit', (code) => reject(new Error(`The measuring of the stages ended with exit code ${code}.`)))
  })
  const { frameCount, speechSeconds, paintSeconds, encodeSeconds } = stages
  row('speech, 30 s script', `${speechSeconds.toFixed(2)} s`)
  row('painter alone, one thread', `${(frameCount / paintSeconds).toFixed(0)} fps`)
  row('encoder alone, same frames', `${(frameCount / encodeSeconds).toFixed(0)} fps (${encodeSeconds.toFixed(2)} s)`)
  return stages
}

/** The 30 s script end to end, three times; the middle one counts. */
async function measureWhole(workshop: Workshop, encodeSeconds: number): Promise<void> {
  const runs = []
  for (let run = 0; run < 3; run++) runs.push(await produce(workshop, 30))
  runs.sort((a, b) => a.seconds - b.seconds)
  const middle = runs[1]!
  row(
    'end to end, 30 s script',
    `${middle.seconds.toFixed(2)} s for ${middle.videoSeconds.toFixed(1)} s of video, ${(middle.videoSeconds / middle.seconds).toFixed(1)}x real time`,
  )
  row('end to end / encoder alone', (middle.seconds / encodeSeconds).toFixed(2))
}

/** Makes one video that no cache holds: every run has a seed of its own. */
async function produce(workshop: Workshop, seconds: number): Promise<{ seconds: number; videoSeconds: number }> {
  const made = await timed(() =>
    workshop.produce(specOf(scriptOf(seconds), ++seed), { outPath: join(folder, `out-${seed}.mp4`) }),
  )
  return { seconds: made.seconds, videoSeconds: made.value.durationSeconds }
}

/** Watching costs time: memory is measured in a run that nobody times. @returns peak in bytes. */
async function watched(work: () => Promise<unknown>): Promise<{ peak: number }> {
  const memory = watchMemory()
  try {
    await work()
  } finally {
    memory.stop()
  }
  return { peak: memory.stop() }
}

function specOf(text: string, seed: number): VideoSpec {
  return {
    name: 'bench',
    canvas: CANVAS,
    scenes: [
      {
        character: { kind: 'avatar', avatarId: AVATAR },
        voice: { kind: 'script', text, voiceId: VOICE, settings: {} },
        background: { kind: 'own' },
      },
    ],
    seed,
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`
}
