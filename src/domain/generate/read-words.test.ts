import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAppearance } from './read-words.ts'
import type { Wishes } from './wishes.ts'

const wishesOf = (text: string): Wishes => {
  const { wishes, unknown, impossible } = readAppearance(text)
  assert.deepEqual({ unknown, impossible }, { unknown: [], impossible: [] }, text)
  return wishes
}
const hairOf = (text: string) => wishesOf(text).hair

test('adjectives belong to the thing that follows', () => {
  assert.deepEqual(hairOf('long dark brown hair'), { length: 'long', colour: 'dark brown' })
  assert.deepEqual(hairOf('a woman with short, curly, red hair'), { length: 'short', cut: 'curly', colour: 'red' })
  const both = wishesOf('blue eyes, long blonde hair')
  assert.deepEqual([both.eyes, both.hair], ['blue', { length: 'long', colour: 'blond' }])
})

test('after a colon or "is" adjectives belong to the thing before', () => {
  assert.deepEqual(hairOf('hair: brown, short'), { colour: 'brown', length: 'short' })
  const listed = wishesOf('Hair: grey, long; eyes: green; clothes: navy suit')
  assert.deepEqual([listed.hair, listed.eyes], [{ colour: 'grey', length: 'long' }, 'green'])
  assert.deepEqual([listed.garment, listed.clothColours], ['suit', ['navy']])
  const said = wishesOf('Her hair is black and straight. Her eyes are hazel.')
  assert.deepEqual([said.hair, said.eyes], [{ colour: 'black', cut: 'straight' }, 'hazel'])
})

test('a colour goes to the thing that can have it', () => {
  const { hair, eyes, garment, clothColours } = wishesOf('a brunette with green eyes in a light blue shirt')
  assert.deepEqual([hair.colour, eyes, garment, clothColours], ['brown', 'green', 'shirt', ['light blue']])
  assert.deepEqual(wishesOf('black and white dress').clothColours, ['black', 'white'])
  assert.deepEqual(wishesOf('suit with a red tie').tieColour, 'red')
  assert.deepEqual(wishesOf('woman in a green hijab').scarfColour, 'green')
})

test('"no", "without" and "not" turn the next thing round', () => {
  assert.equal(wishesOf('no glasses').glasses, false)
  assert.equal(wishesOf('without a beard').beard, false)
  const neither = wishesOf('no beard or moustache, glasses')
  assert.deepEqual([neither.beard, neither.moustache, neither.glasses], [false, false, true])
  assert.deepEqual(
    [wishesOf('no glasses and a beard').glasses, wishesOf('no glasses and a beard').beard],
    [false, true],
  )
  assert.equal(wishesOf('not smiling').smile, false)
  assert.equal(hairOf('no hair').cut, 'bald')
})

test('British and American spellings, compounds and hyphens mean the same', () => {
  assert.deepEqual(wishesOf('gray mustache'), wishesOf('grey moustache'))
  assert.equal(wishesOf('blue-eyed').eyes, 'blue')
  assert.deepEqual(hairOf('fair-haired'), { colour: 'blond' })
  assert.equal(wishesOf('dark-skinned').skin, 'dark')
  assert.equal(wishesOf('a freckled, bespectacled redhead').freckles, true)
  assert.equal(wishesOf('white T-shirt').garment, 't-shirt')
  assert.equal(wishesOf('clean-shaven').beard, false)
  assert.equal(hairOf('salt-and-pepper hair').grey, 0.5)
})

test('words about the person are read too', () => {
  const { gender, years, ethnicity } = wishesOf('a 62-year-old Japanese man')
  assert.deepEqual([gender, years, ethnicity], ['male', 62, 'east_asian'])
  assert.equal(wishesOf('woman in her thirties').years, 35)
  assert.equal(wishesOf('smiling slim woman').build, 'slim')
})

test('what is not understood or cannot be made is told, and nothing else', () => {
  const read = readAppearance('A friendly wizard with green eyes, a zebra hat and golden earrings; not blond')
  assert.deepEqual(read.unknown, ['wizard', 'zebra', 'not blond'])
  assert.deepEqual(read.impossible, ['golden earrings'])
  assert.equal(read.wishes.eyes, 'green')
})

test('no words wish for nothing', () => {
  assert.deepEqual(wishesOf(' '), { hair: {}, clothColours: [] })
})
