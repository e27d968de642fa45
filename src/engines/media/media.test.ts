import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { Fault } from '../../core/errors.ts'
import { writeCover } from './cover.ts'
import { decodeFrames, decodeSound } from './decode.ts'
import { encodeSound } from './encode-sound.ts'
import { openEncoder } from './encoder.ts'
import { joinSegments } from './join.ts'
import { type Picture, planesToRgb } from './planes.ts'
import { probe, readMetadata } from './probe.ts'
import { packSound, unpackSound } from './sound-file.ts'

const canvas = { width: 320, height: 240, fps: 25 }
const LENGTHS = [27, 1, 32]
const FRAMES = 60
const CLICK = 24_000
const speech = JSON.stringify({ phones: Array.from({ length: 20_000 }, (_, i) => ['aɪ', i, i + 1]) })
let folder: string
let segments: string[]
let outPath: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rostrum-media-'))
  segments = await encodeAll('a')
  outPath = join(folder, 'joined.mp4')
  await joinSegments({
    segmentPaths: segments,
    sound: await track(48_000 * 3),
    canvas,
    outPath,
    metadata: { rostrum_speech: speech },
  })
})

after(() => rmSync(folder, { recursive: true, force: true }))

/** Frame n shows n in binary: eight blocks that are light or dark. */
function pattern(n: number): Picture {
  const { width, height } = canvas
  const y = new Uint8Array(width * height).fill(40)
  for (let bit = 0; bit < 8; bit++) {
    for (let row = 100; row < 140; row++)
      y.fill((n >> bit) & 1 ? 220 : 60, row * width + bit * 40, row * width + bit * 40 + 40)
  }
  const chroma = (width * height) / 4
  return { width, height, y, u: new Uint8Array(chroma).fill(128), v: new Uint8Array(chroma).fill(128) }
}

function numberIn(picture: Picture): number {
  let n = 0
  for (let bit = 0; bit < 8; bit++) if (picture.y[120 * picture.width + bit * 40 + 20]! > 140) n |= 1 << bit
  return n
}

function click(length: number): Float32Array {
  const sound = new Float32Array(length)
  for (let i = 0; i < 96; i++) sound[CLICK + i] = 0.8 * Math.cos(i / 3) * (1 - i / 96)
  return sound
}

/** A click that was encoded, written to a file and read again. */
async function track(length: number) {
  return unpackSound(packSound(await encodeSound([click(length)], (FRAMES * 48_000) / canvas.fps)))
}

async function encodeAll(name: string): Promise<string[]> {
  const paths: string[] = []
  let n = 0
  for (const length of LENGTHS) {
    const path = join(folder, `${name}-${paths.length}.mp4`)
    // Segments of either kind join.
    const encoder = await openEncoder({ path, canvas, isMoving: paths.length % 2 === 1 })
    for (let i = 0; i < length; i++) await encoder.encode(pattern(n++))
    await encoder.close()
    paths.push(path)
  }
  return paths
}

test('a joined file is what every player takes', async () => {
  const facts = await probe(outPath)
  assert.deepEqual(
    [facts.width, facts.height, facts.fps, facts.frameCount, facts.videoCodec, facts.profile, facts.pixelFormat],
    [320, 240, 25, FRAMES, 'h264', 'High', 'yuv420p'],
  )
  assert.deepEqual(facts.colour, { primaries: 'bt709', transfer: 'bt709', matrix: 'bt709', range: 'tv' })
  assert.equal(facts.faststart, true)
  assert.equal(facts.isConstantFrameRate, true)
  assert.equal(facts.startSeconds, 0)
  assert.equal(facts.durationSeconds, FRAMES / 25)
  assert.equal(facts.audio?.codec, 'aac')
  assert.equal(facts.audio.sampleRate, 48_000)
  assert.equal(facts.audio.channels, 2)
  assert.ok(Math.abs(facts.audio.durationSeconds - facts.durationSeconds) <= 1 / 25, `${facts.audio.durationSeconds} s`)
})

test('frame n is shown at n / fps and shows what was painted for it, over every join', async () => {
  const seen: number[] = []
  for await (const frame of decodeFrames(outPath)) {
    assert.equal(frame.index, seen.length)
    assert.ok(Math.abs(frame.seconds - frame.index / 25) < 1e-9, `frame ${frame.index} at ${frame.seconds} s`)
    seen.push(numberIn(frame))
  }
  assert.deepEqual(
    seen,
    Array.from({ length: FRAMES }, (_, n) => n),
  )
})

test('frames are picked by number and step', async () => {
  const seen: number[] = []
  for await (const frame of decodeFrames(outPath, { from: 26, to: 40, every: 5 })) seen.push(numberIn(frame))
  assert.deepEqual(seen, [26, 31, 36])
})

test('the sound starts with the picture and ends with it', async () => {
  const sound = await decodeSound(outPath)
  assert.ok(Math.abs(sound.length - (FRAMES / 25) * 48_000) < 1024, `${sound.length} samples`)
  const loudest = sound.findIndex((sample) => Math.abs(sample) > 0.3)
  assert.ok(Math.abs(loudest - CLICK) < 48, `the click came at sample ${loudest}`)
  assert.ok(Math.max(...sound) < 1, 'both channels were added up')
})

test('what is written into a file about its speech is read back whole', async () => {
  assert.equal((await readMetadata(outPath)).rostrum_speech, speech)
})

test('the same input makes the same bytes', async () => {
  const again = await encodeAll('b')
  for (const [index, path] of again.entries()) {
    assert.ok(readFileSync(path).equals(readFileSync(segments[index]!)), `segment ${index} differs`)
  }
  const otherPath = join(folder, 'again.mp4')
  const metadata = { rostrum_speech: speech }
  await joinSegments({ segmentPaths: again, sound: await track(48_000 * 3), canvas, outPath: otherPath, metadata })
  assert.ok(readFileSync(otherPath).equals(readFileSync(outPath)))
})

test('rows that are said to be unchanged keep the picture of the frame before', async () => {
  const encode = async (name: string, changed: { top: number; end: number } | undefined): Promise<Buffer> => {
    const path = join(folder, name)
    const encoder = await openEncoder({ path, canvas })
    await encoder.encode(pattern(0), changed)
    for (let n = 1; n < 5; n++) await encoder.encode(pattern(n), changed)
    await encoder.close()
    return readFileSync(path)
  }
  const whole = await encode('whole.mp4', undefined)
  assert.ok(whole.equals(await encode('rows.mp4', { top: 100, end: 140 })))
  assert.ok(!whole.equals(await encode('too-few.mp4', { top: 0, end: 100 })))
})

test('a file without sound and one with too little sound both have the length of the picture', async () => {
  const silentPath = join(folder, 'silent.mp4')
  await joinSegments({ segmentPaths: segments, sound: null, canvas, outPath: silentPath })
  assert.equal((await probe(silentPath)).audio, null)
  const shortPath = join(folder, 'short.mp4')
  await joinSegments({ segmentPaths: segments, sound: await track(30_000), canvas, outPath: shortPath })
  const { audio, durationSeconds } = await probe(shortPath)
  assert.ok(Math.abs(audio!.durationSeconds - durationSeconds) <= 1 / 25)
})

test('sound of another length than the picture is refused, and a sound file that is cut short', async () => {
  const sound = { ...(await track(100)), sampleCount: 5 }
  const target = join(folder, 'never.mp4')
  await assert.rejects(joinSegments({ segmentPaths: segments, sound, canvas, outPath: target }), /has 5 samples/)
  assert.throws(() => unpackSound(packSound(sound).subarray(0, -3)), /cut short/)
})

test('pieces of any length encode to the same sound', async () => {
  const [whole, length] = [click(30_000), 31_000]
  const pieces = [whole.subarray(0, 1), whole.subarray(1, 5000), whole.subarray(5000)]
  assert.deepEqual(await encodeSound(pieces, length), await encodeSound([whole], length))
  assert.deepEqual(await encodeSound([click(48_000)], length), await encodeSound([click(31_000)], length))
})

test('a missing segment is named, and no file is left', async () => {
  const missing = join(folder, 'nowhere.mp4')
  const target = join(folder, 'never.mp4')
  await assert.rejects(
    joinSegments({ segmentPaths: [segments[0]!, missing], sound: null, canvas, outPath: target }),
    (error) => error instanceof Fault && error.message.includes(missing) && error.cause instanceof Fault,
  )
  await assert.rejects(probe(target), { kind: 'not-found' })
})

test('a text file is no video', async () => {
  await assert.rejects(probe(import.meta.filename), { kind: 'invalid' })
})

test('an encoder that is given up leaves no file, and one without a frame says so', async () => {
  const path = join(folder, 'given-up.mp4')
  const encoder = await openEncoder({ path, canvas })
  await encoder.encode(pattern(1))
  await encoder.abort()
  await assert.rejects(probe(path), { kind: 'not-found' })
  await assert.rejects(async () => (await openEncoder({ path, canvas })).close(), /No frame/)
})

test('a cover has the colours of the frame', async () => {
  const path = join(folder, 'cover.jpg')
  const red = {
    width: 16,
    height: 16,
    y: new Uint8Array(256).fill(63),
    u: new Uint8Array(64).fill(102),
    v: new Uint8Array(64).fill(240),
  }
  const [r, g, b] = planesToRgb(red)
  assert.ok(Math.abs(r! - 255) < 3 && g! < 4 && b! < 4, `red became ${r} ${g} ${b}`)
  await writeCover(red, path)
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  assert.equal(info.width, 16)
  assert.ok(data[0]! > 245 && data[1]! < 12 && data[2]! < 12)
})

test('memory stays flat over many files', async () => {
  const encodeOne = async () => {
    const encoder = await openEncoder({ path: join(folder, 'flat.mp4'), canvas: { width: 640, height: 360, fps: 25 } })
    const planes = { y: new Uint8Array(640 * 360), u: new Uint8Array(320 * 180), v: new Uint8Array(320 * 180) }
    for (let i = 0; i < 12; i++) await encoder.encode(planes)
    await encoder.close()
  }
  for (let i = 0; i < 60; i++) await encodeOne()
  const before = process.memoryUsage.rss()
  for (let i = 0; i < 60; i++) await encodeOne()
  const grown = (process.memoryUsage.rss() - before) / 2 ** 20
  assert.ok(
    grown < 60,
    `grew by ${grown.toFixed(0)} MiB over 60 files of ${((640 * 360 * 1.5 * 30) / 2 ** 20).toFixed(0)} MiB each`,
  )
})
