// The server as a process: it starts, tells its key once, and ends in order.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

async function serve(context: TestContext, folder: string) {
  const env = { PATH: process.env.PATH ?? '', PORT: '0', ROSTRUM_DATA: folder }
  const child = spawn(process.execPath, [MAIN, 'serve', '--json'], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  context.after(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, exited, ...(JSON.parse(line) as { address: string; key: string | null }) }
  }
  throw new Error('The server said nothing.')
}

test('the first start tells a key that works; later starts keep it to themselves; SIGTERM ends in order', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-serve-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const first = await serve(context, folder)
  assert.ok(first.key)
  const headers = { 'x-api-key': first.key }
  assert.equal((await fetch(`${first.address}/v2/user/whoami`, { headers })).status, 200)
  first.child.kill('SIGTERM')
  assert.deepEqual(await first.exited, [0, null])

  const second = await serve(context, folder)
  assert.equal(second.key, null)
  assert.equal((await fetch(`${second.address}/joggai/v2/user/whoami`, { headers })).status, 200)
  second.child.kill('SIGINT')
  assert.deepEqual(await second.exited, [0, null])
})
