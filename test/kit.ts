// What the tests that span floors share: a real server as a child process, with baked rigs kept between runs.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = resolve(fileURLToPath(new URL('..', import.meta.url)))

/** The key that every test server knows. */
export const API_KEY = 'a-key-for-the-tests'

/** A fresh data folder; baked rigs are shared by all of them, since baking is slow and always gives the same. */
export function makeDataFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'rostrum-test-'))
  const rigs = join(tmpdir(), 'rostrum-test-rigs')
  mkdirSync(rigs, { recursive: true })
  mkdirSync(join(path, 'cache'))
  symlinkSync(rigs, join(path, 'cache', 'rigs'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}

/** A running `rostrum serve`. */
export type Server = {
  readonly url: string
  readonly child: ChildProcess
  /** Everything it printed so far. */
  output(): string
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
  /** Sends a signal and waits for the end; gives the exit code (null where a signal ended it). */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** An answer of the JoggAI dialect. */
export type Answer = { readonly status: number; readonly body: { code: number; msg: string; data: never } }

/** Starts `rostrum serve` on a free port and waits until it answers. */
export async function startServer(dataFolder: string, environment: NodeJS.ProcessEnv = {}): Promise<Server> {
  const child = spawn(process.execPath, ['bin/rostrum.mjs', 'serve'], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', ROSTRUM_DATA: dataFolder, ROSTRUM_API_KEY: API_KEY, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const url = await until(`the server says where it is`, 60, async () => {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output}`)
    return /https?:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? null
  })
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(url + path, {
      ...init,
      headers: { 'x-api-key': API_KEY, 'content-type': 'application/json' },
    })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  return {
    url,
    child,
    output: () => output,
    get: (path) => ask(path),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit')
        child.kill(signal)
        await ended
      }
      return child.exitCode
    },
  }
}

/** A video as `GET /v2/avatar_video/{id}` shows it. */
export type VideoAnswer = {
  video_id: string
  status: 'pending' | 'processing' | 'completed' | 'failed'
  video_url: string
  cover_url: string
  duration: number
  error?: { code: number; message: string }
}

/** Waits until a video has ended one way or the other. */
export async function videoEnded(server: Server, id: string, seconds = 240): Promise<VideoAnswer> {
  return until(`video ${id} has ended`, seconds, async () => {
    const { body } = await server.get(`/v2/avatar_video/${id}`)
    const video = body.data as VideoAnswer
    return video.status === 'completed' || video.status === 'failed' ? video : null
  })
}

/** Asks again and again until there is an answer. @throws after so many seconds, naming what was waited for. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | null>): Promise<T> {
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    const answer = await ask()
    if (answer !== null) return answer
    await wait(50)
  }
  throw new Error(`Waited ${seconds} s in vain: ${what}.`)
}
