// Films of all kinds come out upright, at a constant rate and in our colours.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { AV_PKT_DATA_DISPLAYMATRIX, AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { FormatContext, Packet } from 'node-av/lib'
import { openEncoder } from './encoder.ts'
import { checked, openMedia, streamOf } from './ffmpeg.ts'
import { filmFacts, readFilm } from './film.ts'
import type { Picture } from './planes.ts'

const CANVAS = { width: 192, height: 128, fps: 20 }
const FRAMES = 20
const MOST = { width: 1920, height: 1920, fps: 30 }
let folder: string
let plain: string

/** Light on the left half, and in its upper half lighter still; each frame a little lighter than the one before. */
const pictureOf = (frame: number) => {
  const y = new Uint8Array(CANVAS.width * CANVAS.height)
  for (let i = 0; i < y.length; i++) {
    const [x, row] = [i % CANVAS.width, Math.floor(i / CANVAS.width)]
    y[i] = (x < CANVAS.width / 2 ? (row < CANVAS.height / 2 ? 200 : 150) : 60) + frame
  }
  const grey = new Uint8Array(y.length / 4).fill(128)
  return { y, u: grey, v: grey }
}
const lumaAt = ({ y, width, height }: Picture, across: number, down: number) =>
  y[Math.floor(down * height) * width + Math.floor(across * width)]!
const framesOf = async (path: string, canvas: { width: number; height: number; fps: number }) => {
  const frames: Picture[] = []
  for await (const frame of readFilm(path, canvas)) frames.push(frame)
  return frames
}

/** The same packets in another file, turned or timed otherwise. @param ticksOf the time of a frame in 512ths of a frame. */
async function rewrite(to: string, { matrix, ticksOf }: { matrix?: Buffer; ticksOf?: (frame: number) => number }) {
  await using input = await openMedia(plain)
  const from = streamOf(input, AVMEDIA_TYPE_VIDEO)!
  await using output = new FormatContext()
  output.allocOutputContext2(null, 'mp4', to)
  const stream = output.newStream(null)
  from.codecpar.copy(stream.codecpar)
  if (matrix) checked(stream.codecpar.addCodedSideData(AV_PKT_DATA_DISPLAYMATRIX, matrix), 'turn')
  stream.timeBase = from.timeBase
  checked(await output.openOutput(), 'open')
  checked(await output.writeHeader(), 'write')
  using packet = new Packet()
  packet.alloc()
  while ((await input.readFrame(packet)) >= 0) {
    if (ticksOf) {
      packet.pts = BigInt(ticksOf(Number(packet.pts) / 512))
      packet.dts = BigInt(ticksOf(Number(packet.dts) / 512))
    }
    packet.streamIndex = stream.index
    packet.rescaleTs(from.timeBase, stream.timeBase)
    checked(await output.interleavedWriteFrame(packet), 'write')
    packet.unref()
  }
  checked(await output.writeTrailer(), 'end')
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rostrum-film-'))
  plain = join(folder, 'plain.mp4')
  const encoder = await openEncoder({ path: plain, canvas: CANVAS, quality: 4 })
  for (let frame = 0; frame < FRAMES; frame++) await encoder.encode(pictureOf(frame))
  await encoder.close()
})
after(() => rm(folder, { recursive: true, force: true }))

describe('reading a film', () => {
  it('gives a film of ours back as it is', async () => {
    const { canvas, durationSeconds } = await filmFacts(plain, MOST)
    assert.deepEqual(canvas, CANVAS)
    assert.equal(durationSeconds, 1)
    const frames = await framesOf(plain, canvas)
    assert.equal(frames.length, FRAMES)
    for (const [i, frame] of frames.entries()) {
      const expected = pictureOf(i).y
      const error = frame.y.reduce((sum, value, at) => sum + Math.abs(value - expected[at]!), 0) / expected.length
      assert.ok(error < 1.5, `frame ${i} is off by ${error.toFixed(2)}`)
    }
  })

  it('turns it as players do', async () => {
    // Source of the rows: ISO/IEC 14496-12, 8.3.2; a quarter clockwise, as telephones write it.
    const matrix = Buffer.alloc(36)
    const numbers = [0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30]
    for (const [i, value] of numbers.entries()) matrix.writeInt32LE(value, i * 4)
    const path = join(folder, 'turned.mp4')
    await rewrite(path, { matrix })
    const { canvas } = await filmFacts(path, MOST)
    assert.deepEqual([canvas.width, canvas.height], [CANVAS.height, CANVAS.width])
    const [first] = await framesOf(path, canvas)
    // The light left half is on top now, what was its upper part on the right.
    assert.ok(lumaAt(first!, 0.75, 0.25) > 180 && Math.abs(lumaAt(first!, 0.25, 0.25) - 150) < 12)
    assert.ok(lumaAt(first!, 0.5, 0.75) < 80)
  })

  it('shows each frame for as long as every other where the rate varies', async () => {
    const path = join(folder, 'varying.mp4')
    // The second half comes at half the rate.
    await rewrite(path, { ticksOf: (frame) => 512 * (frame < 10 ? frame : 10 + 2 * (frame - 10)) })
    const frames = await framesOf(path, CANVAS)
    assert.ok(Math.abs(frames.length - 29) <= 1, `${frames.length} frames`)
    const shown = frames.map((frame) => Math.round(lumaAt(frame, 0.75, 0.5) - 60))
    for (const [i, frame] of shown.slice(0, 28).entries()) {
      assert.ok(Math.abs(frame - (i < 10 ? i : 10 + Math.floor((i - 10) / 2))) <= 1, `frame ${i} shows ${frame}`)
    }
  })

  it('scales down what is larger than wanted, and takes every other frame of twice the rate', async () => {
    const { canvas } = await filmFacts(plain, { width: 144, height: 144, fps: 12 })
    assert.deepEqual(canvas, { width: 144, height: 96, fps: 12 })
    const halved = await filmFacts(plain, { ...MOST, fps: 19 })
    assert.equal(halved.canvas.fps, 12)
    const frames = await framesOf(plain, { width: 144, height: 96, fps: 10 })
    assert.equal(frames.length, 10)
    assert.ok(lumaAt(frames[0]!, 0.25, 0.25) > 180)
  })

  it('refuses what is no video, and one that is too small', async () => {
    const path = join(folder, 'none.mp4')
    await writeFile(path, 'This is text.')
    await assert.rejects(filmFacts(path, MOST), /is not a media file/)
    await assert.rejects(filmFacts(plain, { width: 60, height: 60, fps: 20 }), /64 a side are the least/)
  })
})
