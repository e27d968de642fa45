// How fast scenes of every make are rendered, against real time: run it when nothing else runs.
// With words, those rows alone: `node bench/scene-speed.ts plain calm panning webm`.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_CONFIG } from '../src/core/config.ts'
import type { VideoFormat } from '../src/core/output.ts'
import type { Scene, VideoSpec } from '../src/core/spec.ts'
import { openEncoder } from '../src/engines/media/encoder.ts'
import { writeWav } from '../src/engines/media/sound-only.ts'
import { drawBackdrop } from '../src/engines/pictures/backdrop.ts'
import { silentLog } from '../src/services/log.ts'
import { openWorkshop } from '../src/services/open.ts'
import { scriptOf } from './script.ts'
import { timed } from './timed.ts'

const CANVAS = { width: 1920, height: 1080, fps: 25 }
const WHO = { kind: 'avatar', avatarId: 'victor' } as const
/** Render processes: the figures that we promise are for two cores. */
const WORKERS = 2
const RUNS = Number(process.env.RUNS ?? 3)

const folder = mkdtempSync(join(tmpdir(), 'rostrum-scene-speed-'))
const [calm, pan, clip] = ['calm.mp4', 'pan.mp4', 'clip.mp4'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
]
const music = join(folder, 'music.wav')
const voice = { kind: 'script', text: scriptOf(20), voiceId: 'flite-rms', settings: {} } as const
const plain: Scene = { character: WHO, voice, background: { kind: 'own' } }
const over = (path: string): Scene => ({
  character: WHO,
  voice,
  background: { kind: 'video', source: { path }, fit: 'cover', playStyle: 'loop', color: '#000000' },
})
const as = (format: VideoFormat): Partial<VideoSpec> => ({ outputs: [{ kind: 'video', format, captions: false }] })
const captions = { style: 'karaoke' } as const
const ROWS: Readonly<Record<string, readonly [what: string, spec: Pick<VideoSpec, 'scenes'> & Partial<VideoSpec>]>> = {
  plain: ['a plain scene', { scenes: [plain] }],
  captions: ['with captions', { scenes: [plain], captions }],
  calm: ['before a video of a person before a wall, with captions', { scenes: [over(calm)], captions }],
  panning: ['before a video of a camera that pans across an office, with captions', { scenes: [over(pan)], captions }],
  moving: [
    'before a video of 30 frames a second in which all moves, with captions',
    { scenes: [over(clip)], captions },
  ],
  everything: [
    'the same with a watermark and music',
    {
      scenes: [over(clip)],
      captions,
      music: { source: { path: music }, volume: 0.4 },
      watermark: { source: { path: join(folder, 'logo.png') }, corner: 'top_right', size: 0.16, opacity: 0.8 },
    },
  ],
  webm: ['WebM with alpha', { scenes: [plain], ...as('webm') }],
  mov: ['ProRes 4444 with alpha', { scenes: [plain], ...as('mov') }],
}
const wanted = process.argv.slice(2)

const workshop = await openWorkshop(
  { ...DEFAULT_CONFIG, dataFolder: process.env.ROSTRUM_DATA ?? folder, workers: WORKERS },
  { log: silentLog },
)
try {
  await workshop.library.rigFor(WHO.avatarId)
  await drawFiles()
  console.log(`machine: ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}; 1920x1080, two processes`)
  let seed = Date.now() % 1e9
  for (const [name, [what, spec]] of Object.entries(ROWS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const runs = []
    for (let run = 0; run < RUNS; run++) {
      // Its own seed each time: nothing comes from a cache.
      const outPath = join(folder, `${name}.${spec.outputs?.[0]?.kind === 'video' ? spec.outputs[0].format : 'mp4'}`)
      const before = cpuSeconds()
      const made = await timed(() => workshop.produce({ name, canvas: CANVAS, seed: ++seed, ...spec }, { outPath }))
      const { durationSeconds } = made.value
      const cpu = (cpuSeconds() - before) / durationSeconds
      runs.push({ seconds: made.seconds, times: durationSeconds / made.seconds, cpu })
    }
    runs.sort((one, other) => one.seconds - other.seconds)
    const { seconds, times, cpu } = runs[RUNS >> 1]!
    console.log(
      `${what}: ${times.toFixed(2)}x real time (${seconds.toFixed(2)} s), ${cpu.toFixed(2)} s of CPU a second of video`,
    )
  }
} finally {
  await workshop.close()
  rmSync(folder, { recursive: true, force: true })
}

/** CPU time of this process and its render processes so far, as Linux tells it: it stays true beside other work. */
function cpuSeconds(): number {
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')
        const isOurs = pid === String(process.pid) || fields[1] === String(process.pid)
        return isOurs ? Number(fields[11]) + Number(fields[12]) : 0
      } catch {
        // It ended in the meantime.
        return 0
      }
    })
  return ticks.reduce((sum, each) => sum + each, 0) / 100
}

/** Clips of a person, of a room and one with motion and grain everywhere, a logo and a tune. */
async function drawFiles(): Promise<void> {
  const person: Scene = {
    ...plain,
    character: { kind: 'avatar', avatarId: 'nora' },
    voice: { kind: 'silence', seconds: 6 },
  }
  const filmed = { name: 'calm', canvas: { ...CANVAS, fps: 30 }, scenes: [person], seed: 1 }
  await workshop.produce(filmed, { outPath: calm })
  const { default: sharp } = await import('sharp')
  const logo = { create: { width: 320, height: 160, channels: 4, background: '#ff0000a0' } } as const
  await sharp(logo).png().toFile(join(folder, 'logo.png'))
  const tune = Float32Array.from({ length: 48_000 * 5 }, (_, i) => 0.2 * Math.sin(i * 0.05) * Math.sin(i * 0.0003))
  await writeWav([tune], tune.length, music)
  await drawPan()
  const { width, height } = CANVAS
  const encoder = await openEncoder({ path: clip, canvas: { width, height, fps: 30 } })
  const [y, chroma] = [new Uint8Array(width * height), new Uint8Array((width * height) / 4)]
  for (let n = 0; n < 150; n++) {
    for (let at = 0, noise = n; at < y.length; at++) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0
      const [x, row] = [at % width, (at / width) | 0]
      y[at] = 60 + (((x + n * 7) >> 3) & 63) + (((row + n * 3) >> 3) & 31) + (noise >>> 29)
    }
    chroma.fill(110 + (n % 30))
    await encoder.encode({ y, u: chroma, v: chroma })
  }
  await encoder.close()
}

/** A camera that pans across a room and sways, with the grain of a sensor. */
async function drawPan(): Promise<void> {
  const { width, height } = CANVAS
  const room = drawBackdrop({ kind: 'office', color: '#b8a88f', accent: '#4f6f8f', seed: 1 }, 2600, 1300)
  const encoder = await openEncoder({ path: pan, canvas: { width, height, fps: 30 } })
  const [y, u, v] = [width * height, (width * height) / 4, (width * height) / 4].map(
    (size) => new Uint8Array(size),
  ) as [Uint8Array, Uint8Array, Uint8Array]
  const cut = (from: Uint8Array, stride: number, to: Uint8Array, columns: number, left: number, top: number) => {
    for (let row = 0; row * columns < to.length; row++) {
      const start = (top + row) * stride + left
      to.set(from.subarray(start, start + columns), row * columns)
    }
  }
  for (let n = 0, noise = 1; n < 150; n++) {
    const [left, top] = [2 * Math.round(2 * n), 2 * Math.round(50 + 40 * Math.sin(n / 20))]
    cut(room.y, room.width, y, width, left, top)
    cut(room.u, room.width / 2, u, width / 2, left / 2, top / 2)
    cut(room.v, room.width / 2, v, width / 2, left / 2, top / 2)
    for (let at = 0; at < y.length; at++) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0
      y[at] = y[at]! + (noise >>> 30)
    }
    await encoder.encode({ y, u, v })
  }
  await encoder.close()
}
