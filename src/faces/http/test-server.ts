// What the tests of the HTTP door share: a real server over real services on a throw-away folder, which renders nothing.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, type TestContext } from 'node:test'
import type { Config } from '../../core/config.ts'
import type { JobResult } from '../../core/job.ts'
import { type Log, silentLog } from '../../services/log.ts'
import { openServices, type Services } from '../../services/open.ts'
import { outputNames } from '../../services/remove-video.ts'
import { paperPool, throwAwayConfig } from '../../services/test-kit.ts'
import type { WebhookTimes } from '../../services/webhooks.ts'
import { NOTICE_WRITERS } from './notice-writers.ts'
import { buildServer } from './server.ts'

/** The key that opens the test server. */
export const KEY = 'test-key-0123456789'

/** A body of JoggAI's, as it came over the wire. */
export type JoggAnswer = { rid: string; code: number; msg: string; data: Record<string, unknown> | null }

/** A server that listens, and a client that speaks to it. */
export type TestServer = {
  readonly address: string
  readonly services: Services
  /** Sends a request with the key; headers and method may be overridden. */
  ask(path: string, init?: RequestInit): Promise<Response>
  /** Posts JSON and reads the answer; a string is sent as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; answer: JoggAnswer }>
  get(path: string, headers?: Record<string, string>): Promise<{ status: number; answer: JoggAnswer }>
  /** Ends a job well with a video of these bytes. */
  complete(jobId: string, bytes: Uint8Array): Promise<JobResult>
}

/** An answer of HeyGen's, as it came over the wire. */
export type HeyGenAnswer = Record<string, unknown> & {
  data: never
  error?: { code: string; message: string } | null
}

/** Sends a body (an object as JSON, a string as it is) with the key, or with other `headers`, and reads HeyGen's answer. */
export async function askHeyGen(
  server: TestServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: HeyGenAnswer; headers: Headers }> {
  const init = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const sent = { method, headers: { 'content-type': 'application/json', ...headers }, ...init }
  const response = await server.ask(path, sent)
  return { status: response.status, body: (await response.json()) as HeyGenAnswer, headers: response.headers }
}

/** What may differ from test to test. */
export type TestServerOptions = {
  settings?: Partial<Config>
  now?: () => number
  log?: Log
  pool?: ReturnType<typeof paperPool>
  /** Set: webhooks are delivered. */
  webhookTimes?: WebhookTimes
}

/** What can call back when a test or suite has ended. */
type Ending = { after(callback: () => Promise<void>): void }

/** A server for all tests of a suite; its `server` is there once they run, and whatever `prepare` does with it is done. */
export function serverOfSuite(
  options: TestServerOptions = {},
  prepare: (server: TestServer) => Promise<void> = async () => {},
): { readonly server: TestServer } {
  const holder = {} as { server: TestServer }
  const endings: (() => Promise<void>)[] = []
  before(async () => {
    holder.server = await openTestServer({ after: (callback) => endings.push(callback) }, options)
    await prepare(holder.server)
  })
  after(async () => {
    for (const end of endings) await end()
  })
  return holder
}

/** Opens all of it and closes it when the test ends. */
export async function openTestServer(test: Ending, options: TestServerOptions = {}): Promise<TestServer> {
  const log = options.log ?? silentLog
  const undo: (() => Promise<void> | void)[] = []
  const collect = { after: (callback: () => Promise<void>) => undo.unshift(callback) } as unknown as TestContext
  const config = await throwAwayConfig(collect, { apiKey: KEY, ...options.settings })
  const now = options.now ? { now: options.now } : {}
  const services = await openServices(config, {
    log,
    work: false,
    pool: options.pool ?? paperPool(),
    ...(options.webhookTimes ? { notices: NOTICE_WRITERS, webhookTimes: options.webhookTimes } : {}),
    ...now,
  })
  const app = buildServer(services, { version: '0.0.0-test', log })
  undo.unshift(
    () => app.close(),
    () => services.close(),
  )
  test.after(async () => {
    for (const step of undo) await step()
  })
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(address + path, { ...init, headers: { 'x-api-key': KEY, ...(init.headers as Record<string, string>) } })
  const read = async (response: Response) => ({
    status: response.status,
    answer: (await response.json()) as JoggAnswer,
  })
  return {
    address,
    services,
    ask,
    post: async (path, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return read(
        await ask(path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } }),
      )
    },
    get: async (path, headers = {}) => read(await ask(path, { headers })),
    async complete(jobId, bytes) {
      const folder = join(config.dataFolder, 'made')
      await mkdir(folder, { recursive: true })
      const job = await services.jobs.find(jobId)
      const outputKeys = job ? outputNames(jobId, job.spec) : []
      for (const name of [...outputKeys, `${jobId}.jpg`]) {
        await writeFile(join(folder, name), bytes)
        await services.files.put(name, join(folder, name))
      }
      const result = {
        videoKey: `${jobId}.mp4`,
        coverKey: `${jobId}.jpg`,
        durationSeconds: 4.2,
        byteCount: bytes.length,
        outputKeys,
      }
      await services.jobs.complete(jobId, result)
      return result
    },
  }
}
