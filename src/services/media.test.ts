// Files that addresses name: fetched within bounds, checked by their bytes, kept by their content.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import sharp from 'sharp'
import type { Scene } from '../core/spec.ts'
import { fetchFile } from './fetch-file.ts'
import { openMedia } from './media.ts'
import { findSceneMedia } from './scene-media.ts'

const folder = mkdtempSync(join(tmpdir(), 'rostrum-media-'))
const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#345' } })
  .png()
  .toBuffer()
let hits = 0
const server = createServer((request, response) => {
  hits++
  const to = (place: string) => response.writeHead(302, { location: place }).end()
  if (request.url === '/picture.png') response.end(picture)
  else if (request.url === '/moved') to('/picture.png')
  else if (request.url === '/round') to('/round')
  else if (request.url === '/file') to('file:///etc/passwd')
  else if (request.url === '/sound.wav') response.end('RIFF....WAVEfmt ')
  else if (request.url === '/page') response.end('<html>Not a picture</html>')
  else if (request.url === '/endless') {
    const more = () => {
      while (response.write(Buffer.alloc(65536))) {}
    }
    response.on('drain', more)
    response.on('error', () => {})
    more()
  } else response.writeHead(404).end()
})
let base = ''
before(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

describe('media', () => {
  const cache = join(folder, 'cache')
  const media = () => openMedia(cache, join(folder, 'files'), true)
  const wanted = (field: string) => ({ field, kind: 'picture' }) as const

  test('come through redirects and are kept by their content', async () => {
    const direct = await media().find({ url: `${base}/picture.png` }, wanted('background.url'))
    const moved = await media().find({ url: `${base}/moved` }, wanted('background.url'))
    assert.deepEqual(moved, direct)
    assert.deepEqual(readFileSync(direct.path), picture)
    assert.equal(readdirSync(cache).length, 1)
  })

  test('that cannot be had are refused with the field, the address and the reason, and leave nothing behind', async () => {
    for (const [path, reason] of [
      ['/gone', /background\.url: http:.*\/gone cannot be fetched: the server answered 404/],
      ['/round', /redirects more than 5 times/],
      ['/file', /http:\/\/ or https:\/\//],
      ['/page', /background\.url: the file is no picture/],
    ] as const) {
      const find = media().find({ url: base + path }, wanted('background.url'))
      await assert.rejects(find, { kind: 'invalid', field: 'background.url', message: reason })
    }
    assert.equal(readdirSync(cache).length, 1)
  })

  test('of another kind are refused in words that say what will do', async () => {
    const find = media().find({ url: `${base}/picture.png` }, { field: 'background.url', kind: 'video' })
    await assert.rejects(find, /background\.url: the file is image, not a video\. Use MP4/)
  })

  test('of the machine itself are told by name where they are missing', async () => {
    await assert.rejects(media().find({ path: join(folder, 'none.png') }, wanted('background')), { kind: 'not-found' })
    await assert.rejects(
      media().find({ fileKey: 'assets/none.png' }, wanted('background')),
      /uploaded file is not there/,
    )
  })
})

test('a file that is too large is not taken in whole', async () => {
  const path = join(folder, 'large')
  const options = { path, maxBytes: 2 ** 20, allowPrivate: true, field: 'url' }
  await assert.rejects(fetchFile(`${base}/endless`, options), /larger than 1 MB/)
  assert.ok(!readdirSync(folder).includes('large'))
})

test('nothing is fetched from private networks, not by name either', async () => {
  const before = hits
  const options = { path: join(folder, 'private'), maxBytes: 2 ** 20, allowPrivate: false, field: 'url' }
  for (const url of [
    `${base}/picture.png`,
    base.replace('127.0.0.1', 'localhost'),
    'http://[::1]:1/',
    'http://169.254.169.254/latest',
  ]) {
    await assert.rejects(fetchFile(url, options), { kind: 'invalid', field: 'url' })
  }
  assert.equal(hits, before)
})

describe('the files of scenes', () => {
  const cache = join(folder, 'scenes')
  const media = () => openMedia(cache, join(folder, 'files'), true)
  const scene = (url: string): Scene => ({
    character: null,
    voice: { kind: 'recording', source: { url } },
    background: { kind: 'own' },
  })

  test('are fetched once, however often a video is prepared', async () => {
    const work = join(folder, 'work')
    const scenes = [scene(`${base}/sound.wav`), scene(`${base}/sound.wav`)]
    const before = hits
    const first = await findSceneMedia({ scenes }, media(), work)
    const again = await findSceneMedia({ scenes }, media(), work)
    assert.deepEqual(again, first)
    assert.equal(first.sounds.get(1)?.path, first.sounds.get(0)?.path)
    assert.equal(hits, before + 1)
    rmSync(first.sounds.get(0)!.path)
    assert.deepEqual(await findSceneMedia({ scenes }, media(), work), first)
    assert.equal(hits, before + 2)
  })

  test('that are of another kind are refused by the number of their scene', async () => {
    const scenes = [scene(`${base}/sound.wav`), scene(`${base}/picture.png`)]
    await assert.rejects(findSceneMedia({ scenes }, media(), null), {
      kind: 'invalid',
      field: 'scene 2, audio',
      message: /the file is image, not a sound\. Use MP3/,
    })
  })
})
