// What the lips must do, whatever the words are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PHONES } from '../../core/phones.ts'
import { SHAPE_COUNT, SHAPE_INDEX, type Shape } from '../../core/shapes.ts'
import { visemeOf } from '../../core/viseme.ts'
import { speechOf } from '../speech-fixture.ts'
import { articulationOf, positionsOf } from './articulation.ts'
import { plannedOpening } from './opening.ts'
import { planMouth } from './plan-mouth.ts'

const FPS = 25

function mouthOf(notation: string): { at: (shape: Shape, seconds: number) => number; opening: number[] } {
  const speech = speechOf(notation)
  const frameCount = Math.ceil((speech.samples.length / 48000) * FPS)
  const shapes = new Float32Array(frameCount * SHAPE_COUNT)
  planMouth(speech, shapes, FPS)
  return {
    at: (shape, seconds) => shapes[Math.floor(seconds * FPS) * SHAPE_COUNT + SHAPE_INDEX[shape]]!,
    opening: Array.from({ length: frameCount }, (_, frame) => plannedOpening(shapes, frame * SHAPE_COUNT)),
  }
}

test('every phone of the alphabet has a mouth position and a viseme', () => {
  for (const phone of Object.values(PHONES).flat()) {
    for (const position of positionsOf(phone)) assert.ok(articulationOf(position).jawStrength >= 0)
    assert.ok(visemeOf(phone))
  }
})

for (const phone of ['p', 'b', 'm']) {
  for (const milliseconds of [35, 60, 110]) {
    test(`${phone} of ${milliseconds} ms closes the lips between open vowels wherever the frames fall`, () => {
      for (let shift = 0; shift < 40; shift += 7) {
        const { opening } = mouthOf(`_:${200 + shift} a:120 ${phone}:${milliseconds} a:160 _:300`)
        const from = Math.floor((0.32 + shift / 1000 - 0.04) * FPS)
        const to = Math.ceil((0.32 + shift / 1000 + milliseconds / 1000 + 0.04) * FPS)
        const smallest = Math.min(...opening.slice(from, to))
        const widest = Math.max(...opening)
        assert.ok(smallest < widest * 0.1, `${smallest} of ${widest} at shift ${shift}`)
      }
    })
  }
}

test('b between spread vowels draws the corners in', () => {
  const { at } = mouthOf('_:200 ˈi:160 b:75 ˈi:160 _:300')
  const between = at('lipsWide', 0.4)
  assert.ok(between > 0.3 && between < 0.6, String(between))
  assert.ok(at('lipsWide', 0.28) > 0.8, String(at('lipsWide', 0.28)))
})

test('a pause closes the mouth and keeps it still', () => {
  const { opening, at } = mouthOf('_:300 h:60 ˈa:200 | t:80 o:200 _:900 ˈi:200 _:300')
  assert.ok(opening.slice(Math.ceil(0.97 * FPS), Math.floor(1.6 * FPS)).every((value) => value === 0))
  assert.equal(at('lipsRound', 1.2), 0)
})

test('a break of 100 ms inside a phrase does not let the mouth snap shut', () => {
  const { opening } = mouthOf('_:300 ˈa:200 _:100 ˈa:200 _:300')
  assert.ok(Math.min(...opening.slice(Math.ceil(0.4 * FPS), Math.floor(0.7 * FPS))) > 0.2)
})

test('rounding starts before the rounded vowel', () => {
  const { at } = mouthOf('_:200 t:90 s:90 t:90 ˈu:200 _:300')
  assert.ok(at('lipsRound', 0.43) > 0.25, String(at('lipsRound', 0.43)))
})

test('f and v bring the lower lip under the teeth', () => {
  const { at } = mouthOf('_:200 a:150 f:100 a:150 _:300')
  assert.ok(at('lowerLipTuck', 0.4) > 0.9)
  assert.equal(at('lipsPress', 0.4), 0)
})

test('tongue-behind-teeth sounds barely change the lips of the vowels around', () => {
  const { at } = mouthOf('_:200 u:200 t:60 u:200 _:300')
  assert.ok(at('lipsRound', 0.43) > 0.6, String(at('lipsRound', 0.43)))
  assert.ok(at('tongueUp', 0.43) > 0.5)
})

test('a loud, stressed vowel opens further than a weak one', () => {
  const { opening } = mouthOf('_:300 t:80 a:160 t:80 ˈa:160! t:80 a:160 _:300')
  const peak = (from: number, to: number): number =>
    Math.max(...opening.slice(Math.floor(from * FPS), Math.ceil(to * FPS)))
  assert.ok(peak(0.6, 0.8) > peak(0.37, 0.55) * 1.1)
})

test('open vowels open the mouth more than close ones', () => {
  const a = Math.max(...mouthOf('_:200 t:80 a:180 t:80 _:200').opening)
  const i = Math.max(...mouthOf('_:200 t:80 i:180 t:80 _:200').opening)
  assert.ok(a > i * 1.6, `${a} against ${i}`)
})

for (const phone of ['u', 'w', 'ʃ', 'tʃ', 'dʒ']) {
  test(`${phone} is rounded between spread vowels, and they stay spread`, () => {
    const { at } = mouthOf(`_:200 ˈi:160 ${phone}:75 ˈi:160 _:300`)
    assert.ok(at('lipsRound', 0.4) > 0.7, String(at('lipsRound', 0.4)))
    assert.ok(at('lipsWide', 0.4) < 0.3, String(at('lipsWide', 0.4)))
    assert.ok(at('lipsWide', 0.26) > 0.4, String(at('lipsWide', 0.26)))
  })
}
