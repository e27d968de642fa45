// Keys and links: who gets in, and for how long.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openStore } from './database.ts'
import { openFiles } from './files.ts'
import { openKeys } from './keys.ts'
import { atEnd, throwAwayConfig } from './test-kit.ts'

async function storeFor(test: TestContext) {
  const config = await throwAwayConfig(test)
  const store = await openStore(config, Date.now)
  atEnd(test, () => store.close())
  return { config, store }
}

test('the first start makes a key, tells it once and keeps only its hash', async (t) => {
  const { config, store } = await storeFor(t)
  const first = await openKeys(store, config, Date.now)
  assert.match(first.firstKey ?? '', /^rst_[\w-]{43}$/)
  const second = await openKeys(store, config, Date.now)
  assert.equal(second.firstKey, null)
  assert.equal((await second.accountFor(first.firstKey ?? ''))?.id, 'owner')
  assert.equal(await second.accountFor(`${first.firstKey}x`), null)
  assert.equal(await second.accountFor(''), null)
  const rows = await store.db.selectFrom('api_keys').selectAll().execute()
  assert.equal(rows.length, 1)
  assert.match(rows[0]?.hash ?? '', /^[0-9a-f]{64}$/)
  assert.ok(!JSON.stringify(rows).includes(first.firstKey ?? '-'))
})

test('a key in the settings is valid from the start and only while it is there', async (t) => {
  const { config, store } = await storeFor(t)
  const withKey = await openKeys(store, { ...config, apiKey: 'my-own-key' }, Date.now)
  assert.equal(withKey.firstKey, null)
  assert.equal((await withKey.accountFor('my-own-key'))?.id, 'owner')
  const without = await openKeys(store, config, Date.now)
  assert.equal(await without.accountFor('my-own-key'), null)
})

test('a link works until it expires, and not after any change to it', async (t) => {
  const { config, store } = await storeFor(t)
  let now = 1_700_000_000_000
  const files = await openFiles(store, join(config.dataFolder, 'files'), () => now)
  const { pathname, searchParams } = new URL(files.signedPath('one.mp4', now / 1000 + 60), 'http://here')
  const link = { key: 'one.mp4', expires: searchParams.get('expires'), signature: searchParams.get('signature') }
  assert.equal(pathname, '/files/one.mp4')
  assert.equal(files.verify(link), 'ok')
  assert.equal(files.verify({ ...link, key: 'two.mp4' }), 'bad')
  assert.equal(files.verify({ ...link, expires: String(Number(link.expires) + 1) }), 'bad')
  assert.equal(
    files.verify({ ...link, signature: `A${link.signature?.slice(1)}` }),
    link.signature?.startsWith('A') ? 'ok' : 'bad',
  )
  assert.equal(files.verify({ ...link, signature: undefined }), 'bad')
  assert.equal(files.verify({ ...link, expires: ['1', '2'] }), 'bad')
  now += 60_000
  assert.equal(files.verify(link), 'expired')
})

test('links keep working after a restart, for their secret is kept in the store', async (t) => {
  const { config, store } = await storeFor(t)
  const folder = join(config.dataFolder, 'files')
  const before = (await openFiles(store, folder, Date.now)).signedPath('one.mp4', 2_000_000_000)
  assert.equal((await openFiles(store, folder, Date.now)).signedPath('one.mp4', 2_000_000_000), before)
})

test('a file key cannot leave the folder', async (t) => {
  const { config, store } = await storeFor(t)
  const files = await openFiles(store, join(config.dataFolder, 'files'), Date.now)
  await writeFile(join(config.dataFolder, 'outside.txt'), 'secret')
  for (const key of [
    '../outside.txt',
    'a/../../outside.txt',
    '/etc/passwd',
    '..',
    '.',
    '',
    'a//b',
    'a\0b',
    'a\\..\\b',
  ]) {
    await assert.rejects(files.openRead(key), { kind: 'invalid' }, key)
  }
  await assert.rejects(files.openRead('not-there.mp4'), { kind: 'not-found' })
  await writeFile(join(config.dataFolder, 'draft'), 'hello')
  await files.put('deep/er/one.txt', join(config.dataFolder, 'draft'))
  assert.equal((await files.openRead('deep/er/one.txt')).byteCount, 5)
})
