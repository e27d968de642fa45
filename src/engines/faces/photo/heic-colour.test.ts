// The colours of a HEIC come out as its profile means them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heicColours, toSrgb } from './heic-colour.ts'
import { SMALL_HEIC } from './hostile-pictures.ts'
import { readPicture } from './read-picture.ts'

/** The small HEIC with one more property: what lies behind moves by its size. */
function withColour(colour: Buffer): Buffer {
  const box = Buffer.concat([Buffer.alloc(4), Buffer.from('colr'), colour])
  box.writeUInt32BE(box.length)
  const bytes = Buffer.from(SMALL_HEIC)
  for (const name of ['meta', 'iprp', 'ipco']) {
    const at = bytes.indexOf(name) - 4
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + box.length, at)
  }
  const data = bytes.indexOf('mdat') + 4
  const offset = bytes.indexOf(Buffer.from([data >> 24, data >> 16, data >> 8, data].map((byte) => byte & 255)))
  bytes.writeUInt32BE(data + box.length, offset)
  const end = bytes.indexOf('ipma') - 4
  return Buffer.concat([bytes.subarray(0, end), box, bytes.subarray(end)])
}

const nclx = (primaries: number) => Buffer.from([...Buffer.from('nclx'), 0, primaries, 0, 13, 0, 6, 0x80])

/** A display's profile of which nothing is there but its colorants. */
function profile(columns: readonly (readonly number[])[]): Buffer {
  const out = Buffer.alloc(4 + 132 + 36 + 60)
  out.write('prof')
  out.writeUInt32BE(3, 4 + 128)
  columns.forEach((column, i) => {
    const [tag, at] = [4 + 132 + 12 * i, 132 + 36 + 20 * i]
    out.write(`${'rgb'[i]}XYZ`, tag)
    out.writeUInt32BE(at, tag + 4)
    out.write('XYZ ', 4 + at)
    for (const [row, value] of column.entries()) out.writeInt32BE(Math.round(value * 65536), 4 + at + 8 + 4 * row)
  })
  return out
}

test('skin that is stored in Display P3 comes out redder, greys stay grey', () => {
  const matrix = heicColours(withColour(nclx(12)))!
  const { rgb } = toSrgb({ width: 2, height: 1, rgb: Uint8Array.of(200, 150, 120, 90, 90, 90) }, matrix)
  // As littleCMS converts it.
  assert.ok(
    [209, 148, 115].every((value, c) => Math.abs(value - rgb[c]!) <= 2),
    String(rgb),
  )
  assert.ok(
    [...rgb.subarray(3)].every((value) => Math.abs(value - 90) <= 1),
    String(rgb),
  )
})

test('sRGB, unknown numbers and no profile at all leave a picture as it is', () => {
  const srgb = [
    [0.4361, 0.2225, 0.0139],
    [0.3851, 0.7169, 0.0971],
    [0.1431, 0.0606, 0.7141],
  ]
  for (const bytes of [SMALL_HEIC, withColour(nclx(1)), withColour(nclx(77)), withColour(profile(srgb))]) {
    assert.equal(heicColours(bytes), null)
  }
})

test('a HEIC with a profile of pale colours is read as pale', async () => {
  const pale = [
    [0.38, 0.26, 0.1],
    [0.36, 0.6, 0.2],
    [0.22, 0.14, 0.52],
  ]
  const { rgb } = await readPicture(withColour(profile(pale)))
  assert.ok(rgb[0]! > 200 && rgb[1]! > 40 && rgb[2]! > 40, String(rgb.subarray(0, 3)))
})

test('boxes that lie about their sizes are not followed', () => {
  const whole = withColour(profile([[], [], []]))
  for (let cut = 0; cut < whole.length; cut += 7) {
    for (const value of [0, 5, 255]) {
      const bytes = Buffer.from(whole)
      bytes[cut] = value
      assert.doesNotThrow(() => heicColours(bytes))
      assert.doesNotThrow(() => heicColours(bytes.subarray(0, cut)))
    }
  }
})
