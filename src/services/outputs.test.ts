// Several files from one timeline and one speech: what is in each of them.
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import type { Output } from '../core/output.ts'
import type { VideoSpec } from '../core/spec.ts'
import { type DecodedFrame, decodeFrames, decodeSound } from '../engines/media/decode.ts'
import { probe } from '../engines/media/probe.ts'
import { openTestWorkshop, type TestWorkshop } from './test-kit.ts'

const OUTPUTS: readonly Output[] = [
  { kind: 'video', format: 'mp4', captions: false },
  { kind: 'video', format: 'mp4', captions: true },
  { kind: 'video', format: 'mp4', captions: true, size: { width: 160, height: 320 } },
  { kind: 'gif' },
  { kind: 'subtitles', format: 'ass' },
  { kind: 'subtitles', format: 'srt' },
  { kind: 'sound', format: 'm4a' },
  { kind: 'sound', format: 'mp3' },
  { kind: 'sound', format: 'wav' },
]
const SPEC: VideoSpec = {
  name: 'outputs',
  canvas: { width: 320, height: 180, fps: 25 },
  scenes: [
    {
      character: null,
      voice: { kind: 'script', text: 'Good morning to you.', voiceId: 'flite-slt', settings: {} },
      background: { kind: 'color', color: '#204060' },
    },
    {
      character: null,
      voice: { kind: 'silence', seconds: 1 },
      background: { kind: 'color', color: '#602040' },
    },
  ],
  captions: { style: 'plain' },
  outputs: OUTPUTS,
  seed: 1,
}
const NAMES = ['clean.mp4', 'captioned.mp4', 'tall.mp4', 'x.gif', 'x.ass', 'x.srt', 'x.m4a', 'x.mp3', 'x.wav']
let shop: TestWorkshop
let durationSeconds: number
const path = (name: string) => join(shop.folder, name)

before(async () => {
  shop = await openTestWorkshop()
  const [outPath, ...otherPaths] = NAMES.map(path)
  ;({ durationSeconds } = await shop.workshop.produce(SPEC, { outPath: outPath!, otherPaths }))
})
after(() => shop.close())

async function frames(name: string): Promise<DecodedFrame[]> {
  const all: DecodedFrame[] = []
  for await (const frame of decodeFrames(path(name))) all.push(frame)
  return all
}
const brightest = ({ y }: DecodedFrame) => y.reduce((most, value) => Math.max(most, value), 0)

test('the clean video shows no letters, the captioned one the same frames with letters over them', async () => {
  const [clean, captioned] = [await frames('clean.mp4'), await frames('captioned.mp4')]
  assert.equal(clean.length, captioned.length)
  assert.ok(clean.every((frame) => brightest(frame) < 90))
  const spoken = captioned.filter((frame) => brightest(frame) > 200)
  assert.ok(spoken.length > 15 && spoken.length < clean.length - 20, `${spoken.length} of ${clean.length}`)
  assert.deepEqual(captioned.at(-1)!.y, clean.at(-1)!.y)
})

test('a second size is laid out anew, and all videos last equally long', async () => {
  const facts = await Promise.all(['clean.mp4', 'captioned.mp4', 'tall.mp4'].map((name) => probe(path(name))))
  assert.deepEqual(
    facts.map(({ width, height }) => [width, height]),
    [
      [320, 180],
      [320, 180],
      [160, 320],
    ],
  )
  assert.ok(facts.every((each) => each.frameCount === Math.round(durationSeconds * 25) && each.audio !== null))
  assert.ok((await frames('tall.mp4')).some((frame) => brightest(frame) > 200))
})

test('a segment over which no caption stands is encoded once for both', async () => {
  // Scene 1 clean, captioned and tall; scene 2 once for the first two and once tall.
  assert.equal((await readdir(path('cache/segments'))).length, 5)
})

test('the preview moves, is small and loops', async () => {
  const { format, pages, width, pageHeight, loop } = await sharp(path('x.gif'), { animated: true }).metadata()
  assert.deepEqual([format, width, pageHeight, loop], ['gif', 320, 180, 0])
  assert.ok(pages! >= 2 && pages! <= 30, `${pages} pages`)
})

test('subtitles and sound are whole', async () => {
  assert.match(await readFile(path('x.srt'), 'utf8'), /Good morning to you\./)
  assert.match(await readFile(path('x.ass'), 'utf8'), /^\[Script Info\]/)
  const whole = await decodeSound(path('clean.mp4'))
  const loudness = (sound: Float32Array) => sound.reduce((sum, sample) => sum + sample * sample, 0)
  const wav = (await readFile(path('x.wav'))).subarray(44)
  const plain = Float32Array.from({ length: wav.length / 2 }, (_, i) => wav.readInt16LE(i * 2) / 32767)
  assert.equal(plain.length, durationSeconds * 48_000)
  const coded = await Promise.all(['x.m4a', 'x.mp3'].map((name) => decodeSound(path(name))))
  for (const alone of [plain, ...coded]) {
    assert.ok(Math.abs(alone.length - whole.length) < 2500, `${alone.length} of ${whole.length}`)
    assert.ok(Math.abs(loudness(alone) / loudness(whole) - 1) < 0.2)
  }
})
