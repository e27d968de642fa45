import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alignToWords, type ReferencePhone } from './align.ts'

const words = (...said: string[]): ReferencePhone[] =>
  said.flatMap((phones, word) => phones.split(' ').map((phone) => ({ phone, stress: 2 as const, word })))

const heard = (phones: string, ...said: string[]) =>
  alignToWords(phones.split(' '), words(...said)).map(({ word }) => word)

test('sounds as expected go to their words', () => {
  assert.deepEqual(heard('ð ə k æ t', 'ð ə', 'k æ t'), [0, 0, 1, 1, 1])
})

test('a vowel that changes beside another word stays in its word', () => {
  assert.deepEqual(heard('ð i æ p ə l', 'ð ə', 'æ p ə l'), [0, 0, 1, 1, 1, 1])
})

test('a sound that is swallowed or added does not shift its neighbours', () => {
  assert.deepEqual(heard('l æ s n aɪ t', 'l æ s t', 'n aɪ t'), [0, 0, 0, 1, 1, 1])
  assert.deepEqual(heard('s ɔ ɹ ə v', 's ɔ', 'ə v'), [0, 0, 0, 1, 1])
})

test('only vowels carry stress', () => {
  assert.deepEqual(
    alignToWords(['k', 'æ', 't'], words('k æ t')).map(({ stress }) => stress),
    [0, 2, 0],
  )
})
