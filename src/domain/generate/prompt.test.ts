import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describePerson } from './prompt.ts'

test('a request becomes a sentence with everything that was asked for', () => {
  const prompt = describePerson({
    gender: 'female',
    age: 'senior',
    ethnicity: 'east_asian',
    style: 'social',
    model: 'modern',
    aspectRatio: 'square',
    appearance: 'silver bob, glasses. ',
    background: 'a garden',
  })
  assert.match(prompt, /^Portrait photograph of one 68-year-old East Asian woman, silver bob, glasses\. Head/)
  assert.match(prompt, /mouth closed.* casually\. Background: a garden, out of focus\. Bright/)
})

test('what was left open is left out or calm', () => {
  const request = {
    gender: 'male',
    age: 'adult',
    style: 'professional',
    model: 'classic',
    aspectRatio: 'square',
  } as const
  assert.match(
    describePerson(request),
    /one 44-year-old man\. .*plain studio wall, out of focus\. Soft portrait light\.$/,
  )
})
