// Keys from the command line: over a store that nobody holds, and through the door of the server that holds it.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openStore } from '../../services/database.ts'
import { openKeys } from '../../services/keys.ts'
import { silentLog } from '../../services/log.ts'
import { atEnd, throwAwayConfig } from '../../services/test-kit.ts'
import { openControl } from './control.ts'
import { readEnd, readQuota } from './keys.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

function keys(dataFolder: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH ?? '', ROSTRUM_DATA: dataFolder }
  return new Promise((done) => {
    execFile(process.execPath, [MAIN, 'keys', ...args], { env, timeout: 60_000 }, (error, out, err) => {
      done({ code: error ? Number(error.code ?? -1) : 0, out, err })
    })
  })
}

test('a key that is made opens the store, also while a server holds it, until it is revoked', async (t) => {
  const config = await throwAwayConfig(t)
  const made = await keys(
    config.dataFolder,
    'create',
    '--name',
    'laptop',
    '--account',
    'me',
    '--dialect',
    'heygen',
    '--quota',
    '90',
  )
  assert.equal(made.code, 0, made.err)

  const store = await openStore(config, Date.now)
  atEnd(t, () => store.close())
  const held = await openKeys(store, config, Date.now)
  const control = await openControl(config.dataFolder, held, silentLog)
  atEnd(t, () => control.close())
  const holder = await held.accountFor(made.out.trim())
  assert.deepEqual([holder?.id, holder?.dialect], ['me', 'heygen'])

  const listed = JSON.parse((await keys(config.dataFolder, 'list', '--json')).out)
  assert.deepEqual(
    listed.map((key: { name: string; accountId: string; remainingSeconds: number }) => [
      key.name,
      key.accountId,
      key.remainingSeconds,
    ]),
    [['laptop', 'me', 5400]],
  )
  const raised = await keys(config.dataFolder, 'quota', listed[0].id, '120.5')
  assert.equal(raised.out, `Key ${listed[0].id} has 120.5 minutes left.\n`)
  assert.equal(await held.remainingSeconds(listed[0].id), 7230)
  assert.equal((await keys(config.dataFolder, 'revoke', listed[0].id)).out, `Key ${listed[0].id} has ended.\n`)
  assert.equal(await held.accountFor(made.out.trim()), null)
  const unknown = await keys(config.dataFolder, 'revoke', 'nothing')
  assert.equal(unknown.code, 3)
  assert.match(unknown.err, /There is no key "nothing"/)
})

test('a quota is read in minutes, and none has no end', () => {
  assert.equal(readQuota('minutes', '1.5'), 90)
  assert.equal(readQuota('minutes', '0'), 0)
  assert.equal(readQuota('minutes', 'none'), null)
  assert.throws(() => readQuota('minutes', '-1'), /how many minutes/)
})

test('a key ends after hours or days, or at a date', () => {
  assert.equal(readEnd(undefined, 0), null)
  assert.equal(readEnd('12h', 1000), 1000 + 12 * 3_600_000)
  assert.equal(readEnd('90d', 0), 90 * 86_400_000)
  assert.equal(readEnd('2027-01-31', 0), Date.UTC(2027, 0, 31))
  assert.throws(() => readEnd('soon', 0), /Say 90d, 12h, or a date/)
})
