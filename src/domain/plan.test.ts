// Plans: timing, motion, framing, segments and their addresses.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Plan } from '../core/plan.ts'
import { SHAPE_COUNT, SHAPE_INDEX } from '../core/shapes.ts'
import { ASPECT_RATIOS, type Manner, MOODS, type VideoSpec } from '../core/spec.ts'
import type { Speech } from '../core/speech.ts'
import { crossFadeAt, frameState } from './frame-state.ts'
import { placeCharacter } from './layout.ts'
import { makePlan } from './make-plan.ts'
import { soundPieces } from './mix.ts'
import { decodePlan, encodePlan } from './plan-file.ts'
import { cutSegments, inLanes, segmentData } from './segments.ts'
import { speechOf } from './speech-fixture.ts'

const FACTS = {
  width: 1400,
  height: 2000,
  headBox: { x: 460, y: 160, width: 480, height: 560 },
  bodySpan: { left: 200, right: 1200 },
}

function planOf(...speeches: Speech[]): Plan {
  return planWith({}, ...speeches)
}

function planWith(manner: Manner, ...speeches: Speech[]): Plan {
  const spec: VideoSpec = {
    name: 'test',
    canvas: { ...ASPECT_RATIOS.portrait, fps: 25 },
    scenes: speeches.map(() => ({
      character: { kind: 'avatar', avatarId: 'nora', manner },
      voice: { kind: 'script', text: 'x', voiceId: 'fixture', settings: {} },
      background: { kind: 'own' },
    })),
    seed: 7,
  }
  return makePlan({ spec, speeches, rigs: new Map([['nora', { hash: 'abc', facts: FACTS }]]) })
}

const SENTENCE = '_:200 m:80 ˈa:150 p:90 o:140 _:400 t:80 ˈi:180 s:120 _:300'
const long = (count: number): string => Array.from({ length: count }, () => SENTENCE).join(' ')

test('a scene lasts as many frames as its speech needs, and scenes follow one another', () => {
  const plan = planOf(speechOf('a:1010'), speechOf('a:400'))
  assert.deepEqual(
    plan.scenes.map((scene) => [scene.startFrame, scene.frameCount]),
    [
      [0, 26],
      [26, 10],
    ],
  )
  assert.equal(frameState(plan, 26).character?.shapes.length, SHAPE_COUNT)
  assert.throws(() => frameState(plan, 36), /36 frames; there is no frame 36/)
})

test('the sound is exactly as long as the picture', () => {
  const speeches = [speechOf('a:1010'), speechOf('a:400')]
  const sound = [...soundPieces(planOf(...speeches), speeches)].flatMap((piece) => [...piece])
  assert.equal(sound.length, (36 * 48000) / 25)
  assert.equal(sound[26 * 1920 + 1000], speeches[1]!.samples[1000])
})

test('a scene whose sound begins and ends loud makes no click', () => {
  const loud = { ...speechOf('a:400'), samples: new Float32Array(19200).fill(0.9) }
  const speeches = [loud, loud]
  const sound = [...soundPieces(planOf(...speeches), speeches)].flatMap((piece) => [...piece])
  const steps = sound.slice(1).map((sample, at) => Math.abs(sample - sound[at]!))
  assert.ok(Math.max(...steps, sound[0]!, sound.at(-1)!) < 0.01)
  assert.equal(sound.filter((sample) => Math.abs(sample - 0.9) < 1e-6).length, 2 * (19200 - 480))
})

test('a plan survives its file', () => {
  const plan = planOf(speechOf(SENTENCE))
  assert.deepEqual(decodePlan(encodePlan(plan)), plan)
  assert.throws(() => decodePlan(encodePlan(plan).subarray(0, 900)), /cut short/)
})

test('the same request gives the same plan', () => {
  assert.deepEqual(encodePlan(planOf(speechOf(SENTENCE))), encodePlan(planOf(speechOf(SENTENCE))))
})

test('no two scenes of a video move alike, though they say the same', () => {
  const [first, second] = planOf(speechOf(SENTENCE), speechOf(SENTENCE)).scenes
  assert.notDeepEqual(first!.character!.track.head, second!.character!.track.head)
})

test('the manner of a character reaches its frames', () => {
  const shapes = (manner: Manner) => planWith(manner, speechOf(SENTENCE)).scenes[0]!.character!.track.shapes
  const smiles = (all: Float32Array) => all.filter((_, at) => at % SHAPE_COUNT === SHAPE_INDEX.smile)
  const happy = smiles(shapes({ expression: 'happy' }))
  assert.ok(smiles(shapes({})).every((smile, frame) => smile < happy[frame]!))
  for (const mood of MOODS) assert.notDeepEqual(shapes({ mood }), shapes({}))
})

test('segments cover every frame once and never cross a scene', () => {
  const plan = planOf(speechOf(long(14)), speechOf(SENTENCE))
  const segments = cutSegments(plan)
  let next = 0
  for (const segment of segments) {
    assert.equal(segment.startFrame, next)
    next += segment.frameCount
  }
  assert.equal(next, plan.frameCount)
  assert.ok(segments.some((segment) => segment.startFrame === plan.scenes[1]!.startFrame))
})

test('segments are handed out so that each process gets neighbours, and everyone gets some', () => {
  assert.deepEqual(inLanes([0, 1, 2, 3, 4], 2), [0, 3, 1, 4, 2])
  assert.deepEqual(inLanes([0, 1, 2, 3], 4), [0, 1, 2, 3])
  assert.deepEqual(inLanes([0, 1], 3), [0, 1])
  assert.deepEqual(inLanes([], 2), [])
})

test('an edit at the end of a script leaves the address of earlier segments as it was', () => {
  const before = planOf(speechOf(`${long(14)} ˈo:200 _:300`))
  const after = planOf(speechOf(`${long(14)} ˈi:300 m:90 ˈa:100 _:300`))
  const [first] = cutSegments(before)
  assert.deepEqual(segmentData(before, first!), segmentData(after, first!))
  const last = cutSegments(before).at(-1)!
  assert.notDeepEqual(segmentData(before, last), segmentData(after, cutSegments(after).at(-1)!))
})

for (const [name, size] of Object.entries(ASPECT_RATIOS)) {
  test(`${name}: there is room over the head and the body reaches the bottom edge`, () => {
    const { scale, x, y } = placeCharacter({ ...size, fps: 25 }, FACTS, { kind: 'own' })
    const headTop = FACTS.headBox.y * scale + y
    assert.ok(headTop > size.height * 0.05 && headTop < size.height * 0.25)
    assert.ok(FACTS.height * scale + y >= size.height)
    assert.ok(Math.abs((FACTS.headBox.x + FACTS.headBox.width / 2) * scale + x - size.width / 2) < 1)
  })
}

for (const [name, size] of Object.entries(ASPECT_RATIOS)) {
  test(`${name}: a photo with its own background fills the frame and shows its whole width or height`, () => {
    const canvas = { ...size, fps: 25 }
    const headBox = { x: 1100, y: 300, width: 300, height: 400 }
    const facts = { width: 1600, height: 1200, headBox, bodySpan: { left: 700, right: 1600 }, hasBackdrop: true }
    const { scale, x, y } = placeCharacter(canvas, facts, { kind: 'own' })
    const [right, bottom] = [facts.width * scale + x, facts.height * scale + y]
    assert.ok(x <= 0 && y <= 0 && right >= size.width - 0.01 && bottom >= size.height - 0.01)
    assert.ok(Math.abs(right - x - size.width) < 0.01 || Math.abs(bottom - y - size.height) < 0.01)
    assert.ok(headBox.x * scale + x > 0 && (headBox.x + headBox.width) * scale + x < size.width)
    const cutOut = placeCharacter(canvas, facts, { kind: 'color' })
    assert.deepEqual(cutOut, placeCharacter(canvas, { ...facts, hasBackdrop: false }, { kind: 'own' }))
  })
}

test('a stance enlarges about the middle of the canvas and moves in fractions of it', () => {
  const canvas = { width: 1920, height: 1080, fps: 25 }
  const plain = placeCharacter(canvas, FACTS, { kind: 'own' })
  const half = placeCharacter(canvas, FACTS, { kind: 'own' }, { scale: 0.5, offsetX: 0.25, offsetY: -0.1 })
  assert.equal(half.scale, plain.scale / 2)
  // The rig's point that stood in the middle of the canvas now stands where the offset says.
  const middle = [(960 - plain.x) / plain.scale, (540 - plain.y) / plain.scale]
  assert.ok(Math.abs(middle[0]! * half.scale + half.x - (960 + 480)) < 1e-6)
  assert.ok(Math.abs(middle[1]! * half.scale + half.y - (540 - 108)) < 1e-6)
})

for (const [name, size] of Object.entries(ASPECT_RATIOS)) {
  test(`${name}: a close-up shows a larger head, whole and still centred`, () => {
    const canvas = { ...size, fps: 25 }
    const normal = placeCharacter(canvas, FACTS, { kind: 'own' })
    const { scale, x, y } = placeCharacter(canvas, FACTS, { kind: 'own' }, { framing: 'closeUp' })
    assert.ok(scale > normal.scale * 1.2)
    assert.ok(FACTS.headBox.y * scale + y > 0)
    assert.ok((FACTS.headBox.y + FACTS.headBox.height) * scale + y < size.height)
    assert.ok(FACTS.headBox.x * scale + x > 0 && (FACTS.headBox.x + FACTS.headBox.width) * scale + x < size.width)
  })
}

/** A second of one loudness, with a word in its middle. */
const MURMUR: Speech = {
  samples: new Float32Array(48_000).fill(0.1),
  words: [],
  phones: [
    { phone: '_', startSeconds: 0, endSeconds: 0.4, stress: 0, word: null },
    { phone: 'a', startSeconds: 0.4, endSeconds: 0.9, stress: 2, word: null },
    { phone: '_', startSeconds: 0.9, endSeconds: 1, stress: 0, word: null },
  ],
  timing: 'exact',
  voiceId: 'fixture',
}

function fadedPlan(seconds: number, ...speeches: Speech[]): Plan {
  const spec: VideoSpec = {
    name: 'test',
    canvas: { ...ASPECT_RATIOS.portrait, fps: 25 },
    scenes: speeches.map(() => ({
      character: { kind: 'avatar', avatarId: 'nora' },
      voice: { kind: 'script', text: 'x', voiceId: 'fixture', settings: {} },
      background: { kind: 'own' },
    })),
    crossFadeSeconds: seconds,
    seed: 7,
  }
  return makePlan({ spec, speeches, rigs: new Map([['nora', { hash: 'abc', facts: FACTS }]]) })
}

test('a cross-fade leaves every cut where it was, and characters move before and after their scene', () => {
  const speeches = [speechOf(SENTENCE), MURMUR, speechOf(SENTENCE)]
  const [cut, faded] = [fadedPlan(0, ...speeches), fadedPlan(0.56, ...speeches)]
  assert.equal(faded.frameCount, cut.frameCount)
  const places = ({ scenes }: Plan) => scenes.map(({ startFrame, frameCount }) => [startFrame, frameCount])
  assert.deepEqual(places(faded), places(cut))
  const [first, second, third] = faded.scenes
  assert.deepEqual([first?.before, first?.after, second?.before, second?.after], [undefined, 7, 7, 7])
  const at = second!.startFrame
  assert.equal(second!.character!.track.shapes.length, (25 + 14) * SHAPE_COUNT)
  assert.equal(crossFadeAt(faded, at - 8), null)
  assert.deepEqual(
    [at - 7, at, at + 6].map((frame) => crossFadeAt(faded, frame)?.startFrame),
    [at - 7, at - 7, at - 7],
  )
  assert.equal(crossFadeAt(faded, at + 7), null)
  const segments = cutSegments(faded)
  let next = 0
  for (const { startFrame, frameCount } of segments) {
    assert.equal(startFrame, next)
    next += frameCount
  }
  assert.equal(next, faded.frameCount)
  assert.ok(segments.some(({ startFrame, frameCount }) => startFrame === third!.startFrame - 7 && frameCount === 14))
  // The lips open for the word as late in the scene as without a fade.
  const jaw = (plan: Plan, frame: number) => frameState(plan, frame).character!.shapes[SHAPE_INDEX.jawOpen]!
  for (let frame = at; frame < at + 25; frame++) assert.ok(Math.abs(jaw(faded, frame) - jaw(cut, frame)) < 0.02)
  assert.ok(Math.max(...Array.from({ length: 25 }, (_, i) => jaw(faded, at + i))) > 0.1)
})

test('in a cross-fade the sound before the first word rises and after the last one falls, and the word stays whole', () => {
  const sound = (seconds: number) =>
    [...soundPieces(fadedPlan(seconds, MURMUR, MURMUR, MURMUR), [MURMUR, MURMUR, MURMUR])].flatMap((piece) => [
      ...piece,
    ])
  const [cut, faded] = [sound(0), sound(1)]
  assert.equal(faded.length, cut.length)
  const level = (at: number) => Math.round(faded[48_000 + Math.round(at * 48_000)]! * 1000)
  // Twelve frames, 0.48 s, would be half of the fade; the first word begins after 0.4 s.
  assert.deepEqual([0, 0.2, 0.4, 0.6, 0.89, 0.95].map(level), [0, 50, 100, 100, 100, 50])
  assert.equal(faded[10_000], cut[10_000], 'before the first scene nothing fades')
})
