// The examples, run as they stand.
import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { KEY, openTestServer } from './test-server.ts'

const SCRIPT = fileURLToPath(new URL('../../../examples/create-video.sh', import.meta.url))

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

test('create-video.sh asks, waits and downloads', {
  skip: hasCurl() ? false : 'there is no curl here',
}, async (context) => {
  const server = await openTestServer(context)
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-examples-'))
  context.after(() => rm(folder, { recursive: true, force: true }))
  const bytes = new TextEncoder().encode('a whole video')
  const { promise: finished, resolve, reject } = Promise.withResolvers<void>()
  server.services.jobs.listen(({ type, job }) => {
    if (type === 'created') server.complete(job.id, bytes).then(() => resolve(), reject)
  })
  const out = join(folder, 'out.mp4')
  const env = { PATH: process.env.PATH ?? '', ROSTRUM_URL: server.address, ROSTRUM_API_KEY: KEY, POLL_SECONDS: '0.1' }
  const printed = await new Promise<string>((done, fail) => {
    execFile(
      'sh',
      [SCRIPT, join(SCRIPT, '../create-video-flat.json'), out],
      { env, timeout: 30_000 },
      (error, stdout, stderr) => (error ? fail(new Error(`${error.message}\n${stderr}`)) : done(stdout)),
    )
  })
  await finished
  assert.equal(printed, `${out}\n`)
  assert.deepEqual(new Uint8Array(await readFile(out)), bytes)
})

test('heygen-generate.json is taken as it stands', async (context) => {
  const server = await openTestServer(context)
  const body = await readFile(join(SCRIPT, '../heygen-generate.json'), 'utf8')
  const answer = await (await server.ask('/v2/video/generate', { method: 'POST', body })).json()
  const { error, data } = answer as { error: null; data: { video_id: string } }
  assert.equal(error, null)
  assert.equal((await server.services.jobs.get('owner', data.video_id)).spec.scenes.length, 2)
})
