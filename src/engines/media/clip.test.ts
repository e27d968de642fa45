// Clips behind scenes: the right picture at every moment, upright, fitted, whatever the file is.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import {
  AV_CODEC_FLAG_QSCALE,
  AV_PIX_FMT_YUV420P,
  AV_PKT_DATA_DISPLAYMATRIX,
  AVMEDIA_TYPE_VIDEO,
  FF_ENCODER_MPEG4,
} from 'node-av/constants'
import { Codec, CodecContext, FormatContext, Frame, Packet, Rational } from 'node-av/lib'
import { type Clip, type ClipPlacement, clipSeconds, openClip } from './clip.ts'
import { openEncoder } from './encoder.ts'
import { checked, openMedia, streamOf } from './ffmpeg.ts'
import type { Planes } from './planes.ts'

const SIZE = { width: 160, height: 96 }
const FRAMES = 50
let folder: string
let plain: string
const path = (name: string) => join(folder, name)

/** Frame n is as light as its number says; its left half is darker. */
function picture(n: number): Planes {
  const { width, height } = SIZE
  const y = Uint8Array.from({ length: width * height }, (_, at) => (at % width < width / 2 ? 20 : 30 + 4 * n))
  const chroma = new Uint8Array(y.length / 4).fill(128)
  return { y, u: chroma, v: chroma }
}
const flat = (width: number, height: number, y: number): Planes => {
  const chroma = new Uint8Array((width * height) / 4).fill(128)
  return { y: new Uint8Array(width * height).fill(y), u: chroma, v: chroma }
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rostrum-clip-'))
  plain = path('plain.mp4')
  const encoder = await openEncoder({ path: plain, canvas: { ...SIZE, fps: 25 } })
  for (let n = 0; n < FRAMES; n++) await encoder.encode(picture(n))
  await encoder.close()
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** The same pictures in another container, at other times (in ms), turned by quarters. */
async function remux(
  name: string,
  container: string,
  timeOf: (frame: number) => number,
  quarters = 0,
): Promise<string> {
  await using input = await openMedia(plain)
  const stream = streamOf(input, AVMEDIA_TYPE_VIDEO)!
  await using output = new FormatContext()
  output.allocOutputContext2(null, container, path(name))
  const copy = output.newStream(null)
  stream.codecpar.copy(copy.codecpar)
  copy.codecpar.codecTag = 0
  copy.timeBase = new Rational(1, 1000)
  if (quarters > 0) {
    const [cos, sin] = [[1, 0, -1, 0][quarters]!, [0, 1, 0, -1][quarters]!]
    const matrix = Buffer.alloc(36)
    for (const [index, value] of [cos, sin, 0, -sin, cos, 0, 0, 0].entries())
      matrix.writeInt32LE(value << 16, index * 4)
    matrix.writeInt32LE(1 << 30, 32)
    copy.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix)
  }
  await output.openOutput()
  await output.writeHeader()
  using packet = new Packet()
  packet.alloc()
  let count = 0
  while ((await input.readFrame(packet)) >= 0) {
    const frame = Math.round((Number(packet.pts) * stream.timeBase.num * 25) / stream.timeBase.den)
    packet.pts = BigInt(timeOf(frame))
    packet.dts = BigInt(Math.min(timeOf(frame), timeOf(Math.max(0, count - 2))) - (count < 2 ? 2 - count : 0))
    packet.duration = BigInt(timeOf(frame + 1) - timeOf(frame))
    count++
    packet.rescaleTs(new Rational(1, 1000), copy.timeBase)
    packet.streamIndex = 0
    assert.equal(await output.interleavedWriteFrame(packet), 0, `frame ${frame}`)
    packet.unref()
  }
  await output.writeTrailer()
  return path(name)
}

/** A picture of one colour in a file that says nothing of how it is coded. */
async function untagged(name: string, width: number, height: number, colour: readonly number[]): Promise<string> {
  const codec = Codec.findEncoderByName(FF_ENCODER_MPEG4)!
  using context = new CodecContext()
  using frame = new Frame()
  using packet = new Packet()
  await using output = new FormatContext()
  context.allocContext3(codec)
  context.width = width
  context.height = height
  context.pixelFormat = AV_PIX_FMT_YUV420P
  context.timeBase = new Rational(1, 25)
  context.setFlags(AV_CODEC_FLAG_QSCALE)
  context.globalQuality = 2 * 118
  checked(await context.open2(codec), 'open the encoder')
  output.allocOutputContext2(null, 'avi', path(name))
  const stream = output.newStream(null)
  stream.codecpar.fromContext(context)
  stream.timeBase = context.timeBase
  await output.openOutput()
  await output.writeHeader()
  packet.alloc()
  frame.alloc()
  frame.format = AV_PIX_FMT_YUV420P
  frame.width = width
  frame.height = height
  checked(frame.getBuffer(1), 'make room')
  for (const [plane, value] of colour.entries()) frame.data![plane]!.fill(value)
  frame.pts = 0n
  checked(await context.sendFrame(frame), 'encode')
  checked(await context.sendFrame(null), 'encode')
  while ((await context.receivePacket(packet)) >= 0) {
    packet.streamIndex = 0
    checked(await output.interleavedWriteFrame(packet), 'write')
    packet.unref()
  }
  await output.writeTrailer()
  return path(name)
}

async function withClip<T>(
  file: string,
  placement: Partial<ClipPlacement>,
  use: (clip: Clip) => Promise<T>,
): Promise<T> {
  const { width = SIZE.width, height = SIZE.height, fit = 'cover' } = placement
  const clip = await openClip(file, { width, height, fit, around: flat(width, height, 235) })
  try {
    return await use(clip)
  } finally {
    await clip.close()
  }
}
const at = ({ y }: Planes, width: number, column: number, row: number) => y[row * width + column]!
/** The number of the frame that a picture of the clip's own size shows. */
const numberIn = (shown: Planes) => Math.round((at(shown, SIZE.width, 120, 48) - 30) / 4)

test('shows the picture whose time has come, forwards, backwards and past the end', async () => {
  assert.ok(Math.abs((await clipSeconds(plain)) - 2) < 1e-6)
  await withClip(plain, {}, async (clip) => {
    const seen: number[] = []
    for (const seconds of [0, 0.02, 0.04, 0.1, 0.5, 1.96, 5, 0.3, 0.04]) {
      seen.push(numberIn(await clip.pictureAt(seconds)))
    }
    assert.deepEqual(seen, [0, 0, 1, 2, 12, 49, 49, 7, 1])
  })
})

test('a variable frame rate keeps its times', async () => {
  // Each picture stands a little longer than the one before.
  const timeOf = (frame: number) => 20 * frame + frame * frame
  const file = await remux('variable.mkv', 'matroska', timeOf)
  assert.ok(Math.abs((await clipSeconds(file)) - timeOf(50) / 1000) < 0.2)
  await withClip(file, {}, async (clip) => {
    for (const frame of [0, 3, 10, 30, 49]) {
      assert.equal(numberIn(await clip.pictureAt((timeOf(frame) + 8) / 1000)), frame)
    }
  })
})

test('a clip that a phone filmed on its side comes upright', async () => {
  for (const [quarters, dark] of [
    [1, [48, 20]],
    [2, [120, 48]],
    [3, [48, 140]],
  ] as const) {
    const file = await remux(`turned-${quarters}.mp4`, 'mp4', (frame) => 40 * frame, quarters)
    const [width, height] = quarters === 2 ? [160, 96] : [96, 160]
    await withClip(file, { width, height }, async (clip) => {
      const shown = await clip.pictureAt(1)
      assert.ok(at(shown, width, dark[0], dark[1]) < 40, `${quarters}: dark`)
      assert.ok(at(shown, width, width - 1 - dark[0], height - 1 - dark[1]) > 100, `${quarters}: light`)
    })
  }
})

test('cover fills and is cut, contain and none show what is around, crop grows to fill', async () => {
  const [width, height] = [240, 96]
  const around = (shown: Planes) => at(shown, width, 4, 48)
  const shownBy = (fit: ClipPlacement['fit'], size = { width, height }) =>
    withClip(plain, { ...size, fit }, (clip) => clip.pictureAt(1))
  assert.ok(around(await shownBy('cover')) < 40)
  assert.equal(around(await shownBy('contain')), 235)
  assert.equal(around(await shownBy('none')), 235)
  assert.ok(around(await shownBy('crop')) < 40)
  const small = await shownBy('none', { width: 80, height: 48 })
  assert.ok(at(small, 80, 10, 20) < 40 && at(small, 80, 70, 20) > 100)
})

test('a clip that says nothing of its colours is read as players do: BT.709 where it is large, BT.601 where it is small', async () => {
  const red = async (width: number, height: number) => {
    const file = await untagged(`untagged-${width}.avi`, width, height, [90, 100, 220])
    return withClip(file, { width, height }, async (clip) => {
      const { y, u, v } = await clip.pictureAt(0)
      return [y, u, v].map((plane) => plane[plane.length >> 1]!)
    })
  }
  const near = (seen: readonly number[], wanted: readonly number[]) =>
    assert.ok(
      seen.every((value, at) => Math.abs(value - wanted[at]!) <= 3),
      `${seen} for ${wanted}`,
    )
  near(await red(1280, 720), [90, 100, 220])
  // The same numbers mean another colour there. Source: ITU-R BT.601-7 and BT.709-6.
  near(await red(320, 240), [74, 110, 220])
})

test('a playlist that names other files is refused, and so is what is no video', async () => {
  writeFileSync(path('list.mp4'), `ffconcat version 1.0\nfile ${plain}\n`)
  writeFileSync(path('list.m3u8'), `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${plain}\n#EXT-X-ENDLIST\n`)
  for (const name of ['list.mp4', 'list.m3u8']) {
    await assert.rejects(clipSeconds(path(name)), { kind: 'invalid', field: 'background' })
  }
})
