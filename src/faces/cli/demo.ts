// npm run demo: one video through the real server, as any client of the API would make it.
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config } from '../../core/config.ts'
import { Fault } from '../../core/errors.ts'
import { silentLog } from '../../services/log.ts'
import { reportError } from './exit.ts'
import { openProgress, seconds } from './progress.ts'
import { readConfig } from './read-config.ts'
import { type RunningServer, startServer } from './start-server.ts'

const REQUEST = new URL('../../../examples/create-video-flat.json', import.meta.url)
const POLL_MS = 250

type Answer<Data> = { code: number; msg: string; data: Data }
type Video = {
  status: string
  progress: number
  video_url?: string
  error_message?: string
  duration?: number
  notes: string[]
}

/** One line of what took how long. */
export type Step = { readonly name: string; readonly milliseconds: number }

/**
 * Starts the server on a free port, sends it the request of the API's own documentation, waits for the video and
 * downloads it to `outPath`.
 */
export async function demo(
  config: Config,
  outPath: string,
  onProgress: (fraction: number, what: string) => void,
): Promise<readonly Step[]> {
  const steps: Step[] = []
  const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now()
    const result = await work()
    steps.push({ name, milliseconds: performance.now() - startedAt })
    return result
  }
  const key = `demo-${randomBytes(12).toString('hex')}`
  const server: RunningServer = await timed('start the server', () =>
    startServer({ ...config, port: 0, host: '127.0.0.1', apiKey: key, publicUrl: null }, silentLog),
  )
  const ask = async <Data>(path: string, init: RequestInit = {}): Promise<Data> => {
    const response = await fetch(server.address + path, {
      ...init,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
    })
    const answer = (await response.json()) as Answer<Data>
    if (answer.code !== 0) throw new Fault('internal', `${path} answered ${answer.code}: ${answer.msg}`)
    return answer.data
  }
  try {
    const body = await readFile(REQUEST, 'utf8')
    const { video_id } = await timed('send the request', () =>
      ask<{ video_id: string }>('/v2/create_video_from_avatar', { method: 'POST', body }),
    )
    const video = await timed('make the video', async () => {
      for (;;) {
        const state = await ask<Video>(`/v2/avatar_video/${video_id}`)
        if (state.status === 'failed') throw new Fault('internal', `The video failed: ${state.error_message}`)
        if (state.status === 'completed') return state
        onProgress(state.progress / 100, state.status)
        await pause(POLL_MS)
      }
    })
    await timed('download it', async () => {
      const response = await fetch(video.video_url!)
      if (!response.ok) throw new Fault('internal', `The link answered ${response.status}.`)
      await mkdir(join(outPath, '..'), { recursive: true })
      await writeFile(outPath, new Uint8Array(await response.arrayBuffer()))
    })
    return steps
  } finally {
    await server.close()
  }
}

if (import.meta.main) {
  const progress = openProgress()
  const outPath = join('out', 'demo.mp4')
  try {
    const steps = await demo(readConfig(), outPath, progress.show)
    progress.end()
    for (const { name, milliseconds } of steps)
      process.stdout.write(`${name.padEnd(18)} ${seconds(milliseconds).padStart(8)}\n`)
    const total = steps.reduce((sum, step) => sum + step.milliseconds, 0)
    process.stdout.write(
      `${'altogether'.padEnd(18)} ${seconds(total).padStart(8)}\n\n${outPath} is ready to be watched.\n`,
    )
  } catch (error) {
    progress.end()
    process.exitCode = reportError(error, false)
  }
}
