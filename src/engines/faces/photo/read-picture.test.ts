import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { Fault } from '../../../core/errors.ts'
import {
  hostilePictures,
  png,
  SMALL_HEIC,
  TEST_HEIGHT,
  TEST_WIDTH,
  testPixel,
  withOrientation,
} from './hostile-pictures.ts'
import { type Picture, readPicture } from './read-picture.ts'

/** Mean difference of a channel from the test picture, in 8-bit steps. */
function meanError({ rgb, width }: Picture): number {
  let sum = 0
  for (let i = 0; i < rgb.length; i++) {
    const pixel = Math.floor(i / 3)
    sum += Math.abs(rgb[i]! - testPixel(pixel % width, Math.floor(pixel / width))[i % 3]!)
  }
  return sum / rgb.length
}

/** CMYK goes through a printer's colours and back; wide profiles change colours on purpose. */
const tolerance = (name: string) => (/CMYK|profile/.test(name) ? 40 : 6)

test('two hundred hostile files each become a right picture or a clear refusal, and memory stays bounded', async () => {
  const files = await hostilePictures()
  assert.ok(files.length >= 200, `${files.length} files`)
  for (const { name, bytes, must } of files) {
    let picture: Picture | null = null
    try {
      picture = await readPicture(bytes)
    } catch (error) {
      assert.ok(error instanceof Fault, `${name}: ${error}`)
      assert.equal(error.kind, 'invalid', name)
      assert.ok(error.reason && error.message.length > 20, name)
    }
    if (must === 'right') assert.ok(picture, `${name} was refused`)
    if (must === 'refused') assert.ok(picture === null, `${name} was taken`)
    if (!picture) continue
    assert.equal(picture.rgb.length, picture.width * picture.height * 3, name)
    assert.ok(picture.width % 2 === 0 && picture.height % 2 === 0 && picture.width <= 2048, name)
    if (must === 'any') continue
    assert.deepEqual([picture.width, picture.height], [TEST_WIDTH, TEST_HEIGHT], name)
    assert.ok(meanError(picture) < tolerance(name), `${name}: off by ${meanError(picture)}`)
  }
  const peak = process.resourceUsage().maxRSS / 1024
  assert.ok(peak < 900, `${Math.round(peak)} MB at the peak`)
})

test('a picture stands upright however the camera was held', async () => {
  const jpeg = await sharp(Buffer.from(plainRgb()), { raw: { width: 160, height: 124, channels: 3 } })
    .jpeg({ quality: 100 })
    .toBuffer()
  for (let orientation = 1; orientation <= 8; orientation++) {
    const turned = Buffer.from(withOrientation(jpeg, orientation))
    const ours = await readPicture(turned)
    const theirs = await sharp(turned).autoOrient().raw().toBuffer({ resolveWithObject: true })
    assert.deepEqual([ours.width, ours.height], [theirs.info.width, theirs.info.height])
    assert.ok(Buffer.from(ours.rgb).equals(theirs.data), `orientation ${orientation}`)
  }
})

test('HEIC is read', async () => {
  const { width, height, rgb } = await readPicture(SMALL_HEIC)
  assert.deepEqual([width, height], [160, 120])
  assert.ok(rgb[0]! > 240 && rgb[2]! < 15 && rgb.at(-3)! < 15 && rgb.at(-1)! > 240)
})

test('ninety-six megapixels are read at the size that is worked on, in bounded memory', async () => {
  const before = process.resourceUsage().maxRSS / 1024
  const rows = deflateSync(Buffer.alloc((12_000 + 1) * 8000, 0), { level: 1 })
  const { width, height } = await readPicture(png(12_000, 8000, rows))
  assert.deepEqual([width, height], [2048, 1366])
  const grown = process.resourceUsage().maxRSS / 1024 - before
  assert.ok(grown < 400, `${Math.round(grown)} MB more`)
})

test('limits are named when they are passed', async () => {
  const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#888' } })
    .jpeg()
    .toBuffer()
  await assert.rejects(readPicture(jpeg, { maxBytes: 100 }), { reason: 'too-many-bytes' })
  await assert.rejects(readPicture(jpeg, { maxPixels: 1000 }), { reason: 'too-many-pixels', message: /300 x 200/ })
})

test('what is see-through is laid on light grey', async () => {
  const clear = {
    create: { width: 200, height: 200, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  } as const
  const { rgb } = await readPicture(await sharp(clear).png().toBuffer())
  assert.deepEqual([...rgb.subarray(0, 3)], [0xc4, 0xc8, 0xcc])
})

function plainRgb(): Uint8Array {
  return Uint8Array.from({ length: 160 * 124 * 3 }, (_, i) => (i % 3 === 0 ? (i / 3) % 160 : i / (3 * 124)) & 255)
}
