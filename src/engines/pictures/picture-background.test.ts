// The user's pictures behind avatars: every fit puts the right part of them in the right place.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import sharp from 'sharp'
import type { Fit } from '../../core/spec.ts'
import { pictureBackground } from './picture-background.ts'

const folder = mkdtempSync(join(tmpdir(), 'rostrum-backgrounds-'))
after(() => rmSync(folder, { recursive: true }))

/** Left half dark, right half bright. */
async function halves(width: number, height: number, orientation?: number): Promise<string> {
  const path = join(folder, `${width}x${height}-${orientation ?? 1}.png`)
  const bright = await sharp({ create: { width: width / 2, height, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  const picture = sharp({ create: { width, height, channels: 3, background: '#000' } }).composite([
    { input: bright, left: width / 2, top: 0 },
  ])
  await (orientation ? picture.withMetadata({ orientation }) : picture).png().toFile(path)
  return path
}
/** Luma at places of a 64 x 32 canvas with grey where the picture does not reach. */
async function lumaAt(path: string, fit: Fit, places: readonly (readonly [number, number])[]): Promise<number[]> {
  const { y } = await pictureBackground(path, { fit, color: '#808080', width: 64, height: 32 })
  return places.map(([column, row]) => y[row * 64 + column]!)
}
const BLACK = 16
const WHITE = 235
const GREY = 126

test('cover fills the canvas and keeps the middle', async () => {
  const path = await halves(32, 32)
  assert.deepEqual(
    await lumaAt(path, 'cover', [
      [2, 1],
      [2, 30],
      [62, 1],
      [62, 30],
    ]),
    [BLACK, BLACK, WHITE, WHITE],
  )
})

test('contain shows all of it, and the colour beside it', async () => {
  const path = await halves(32, 32)
  assert.deepEqual(
    await lumaAt(path, 'contain', [
      [2, 16],
      [20, 16],
      [44, 16],
      [62, 16],
    ]),
    [GREY, BLACK, WHITE, GREY],
  )
})

test('none keeps its size, in the middle; larger ones are cut', async () => {
  const small = await halves(16, 16)
  assert.deepEqual(
    await lumaAt(small, 'none', [
      [20, 16],
      [28, 16],
      [36, 16],
      [44, 16],
      [32, 4],
    ]),
    [GREY, BLACK, WHITE, GREY, GREY],
  )
  const large = await halves(256, 256)
  assert.deepEqual(
    await lumaAt(large, 'none', [
      [2, 2],
      [62, 30],
    ]),
    [BLACK, WHITE],
  )
})

test('crop grows to fill, but never shrinks', async () => {
  assert.deepEqual(
    await lumaAt(await halves(16, 16), 'crop', [
      [2, 2],
      [62, 30],
    ]),
    [BLACK, WHITE],
  )
  assert.deepEqual(
    await lumaAt(await halves(256, 256), 'crop', [
      [30, 2],
      [34, 30],
    ]),
    [BLACK, WHITE],
  )
})

test('a picture that lies on its side stands upright', async () => {
  // Orientation 6: the camera was turned; the stored left is the upright top.
  assert.deepEqual(
    await lumaAt(await halves(32, 32, 6), 'cover', [
      [32, 4],
      [32, 28],
    ]),
    [BLACK, WHITE],
  )
})

test('what is no picture is refused in words', async () => {
  const path = join(folder, 'broken.png')
  writeFileSync(path, Buffer.from('\x89PNG\r\n\x1a\nno more', 'latin1'))
  const canvas = { fit: 'cover', color: '#000000', width: 64, height: 32 } as const
  await assert.rejects(pictureBackground(path, canvas), {
    name: 'Fault',
    kind: 'invalid',
    message: /background picture/,
  })
})
