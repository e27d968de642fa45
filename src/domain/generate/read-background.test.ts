import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBackground } from './read-background.ts'

test('places, colours and times of day are found among other words', () => {
  assert.deepEqual(readBackground('a blurred modern office with light grey walls').wishes, {
    place: 'office',
    colours: ['light grey'],
  })
  assert.deepEqual(readBackground('City skyline at night').wishes, { place: 'skyline', colours: [], time: 'night' })
  assert.deepEqual(readBackground('plain navy wall').wishes, { place: 'studio', colours: ['navy'] })
  assert.deepEqual(readBackground('living room, evening').wishes, { place: 'home', colours: [], time: 'evening' })
})

test('the more telling of two places counts', () => {
  assert.equal(readBackground('office wall').wishes.place, 'office')
  assert.equal(readBackground('in front of a wall of books').wishes.place, 'bookshelf')
  assert.equal(readBackground('a window over a garden').wishes.place, 'park')
})

test('words in no list are told as they were written', () => {
  assert.deepEqual(readBackground('Mars base with a green park').unknown, ['Mars', 'base'])
})
