import assert from 'node:assert/strict'
import { test } from 'node:test'
import { phonesOfEspeak, stressOfEspeak } from './espeak-phones.ts'

const names = (name: string) => phonesOfEspeak(name).map(({ phone }) => phone)

test('length, stress, tone, nasality and aspiration fall away', () => {
  assert.deepEqual(names('ˈuː'), ['u'])
  assert.deepEqual(names('ɔ̃'), ['ɔ'])
  assert.deepEqual(names('bʰ'), ['b'])
  assert.deepEqual(names('nʲ'), ['n'])
  assert.deepEqual(names('l̩'), ['l'])
})

test('affricates and diphthongs are one phone', () => {
  assert.deepEqual(names('t͡s'), ['ts'])
  assert.deepEqual(names('tʃʲ'), ['tʃ'])
  assert.deepEqual(names('ˈɑu'), ['aʊ'])
  assert.deepEqual(names('ei'), ['eɪ'])
})

test('letters of the alphabet that carry a mark of their own stay what they are', () => {
  assert.deepEqual(names('ç'), ['ç'])
  assert.deepEqual(names('ɚ'), ['ɚ'])
})

test('sequences become several phones, a vowel twice as long as a consonant', () => {
  assert.deepEqual(names('pf'), ['p', 'f'])
  assert.deepEqual(phonesOfEspeak('ʔo'), [
    { phone: 'ʔ', share: 1 / 3 },
    { phone: 'o', share: 2 / 3 },
  ])
  assert.deepEqual(names('ɔːɹ'), ['ɔ', 'ɹ'])
})

test('names of espeak-ng that are no IPA are understood', () => {
  assert.deepEqual(names('s.'), ['ʂ'])
  assert.deepEqual(names('r.'), ['ɽ'])
  assert.deepEqual(names('ʲ'), ['j'])
})

test('language switches and pauses are no phones', () => {
  assert.deepEqual(names('(en)'), [])
  assert.deepEqual(names(''), [])
})

test('stress is primary, secondary or none', () => {
  assert.deepEqual(['ˈa', 'ˌa', 'a'].map(stressOfEspeak), [2, 1, 0])
})
