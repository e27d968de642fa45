// What is told of a video before it is made.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Scene, VideoSpec } from '../core/spec.ts'
import { photoWarning, pictureWarning, timeWarnings } from './warnings.ts'

const CANVAS = { width: 1080, height: 1920, fps: 25 }
const scene = (text: string, speed = 1): Scene => ({
  character: null,
  voice: { kind: 'script', text, voiceId: 'v', settings: { speed } },
  background: { kind: 'own' },
})
const spec = (scenes: readonly Scene[], more: Partial<VideoSpec> = {}): VideoSpec => ({
  name: 'x',
  canvas: CANVAS,
  scenes,
  seed: 1,
  ...more,
})

test('captions that go by too fast are told with the speed that would do, tags not counted', () => {
  const fast = spec([scene('a'.repeat(90), 1.5), scene(`${'a'.repeat(90)}<break time="1.5s"/>`)], { captions: {} })
  assert.deepEqual(timeWarnings(fast, [3, 5]), [
    'Scene 1: its captions are too fast to read, 30 characters a second where 20 are usual. A speed of 1 would do.',
  ])
  assert.deepEqual(timeWarnings({ ...fast, captions: undefined } as never, [3, 5]), [])
  assert.match(
    timeWarnings(spec([scene('你好世界你好世界你好')], { captions: {} }), [1])[0] ?? '',
    /10 characters.*9 are usual/,
  )
})

test('scenes that are hardly seen and videos that take an hour are told', () => {
  assert.deepEqual(timeWarnings(spec([scene('a'), scene('b')]), [0.4, 3700]), [
    'Scene 1 lasts only 0.4 s.',
    'The video lasts 62 minutes.',
  ])
})

test('a picture behind is measured by what its fit does to it', () => {
  const small = { width: 600, height: 400 }
  assert.match(pictureWarning(1, small, CANVAS, 'cover') ?? '', /^Scene 2: .*600x400; it is enlarged 4\.8 times/)
  assert.match(pictureWarning(1, small, CANVAS, 'contain') ?? '', /enlarged 1\.8 times/)
  assert.equal(pictureWarning(1, small, CANVAS, 'none'), null)
  assert.equal(pictureWarning(1, { width: 1000, height: 1800 }, CANVAS, 'cover'), null)
})

test('a photo is measured by where its person stands', () => {
  const facts = {
    width: 400,
    height: 700,
    headBox: { x: 120, y: 80, width: 150, height: 200 },
    bodySpan: { left: 0, right: 400 },
    hasBackdrop: true,
  }
  const seen = { ...scene('a'), character: { kind: 'avatar', avatarId: 'photo-1' } } as const
  assert.match(photoWarning(0, seen, CANVAS, facts) ?? '', /its head has 200 pixels; it is enlarged 2\.7 times/)
  assert.equal(photoWarning(0, seen, { width: 540, height: 700, fps: 25 }, facts), null)
})
