// Other looks of one person: the face stays, the words dress it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeLooks } from './make-looks.ts'
import { makePeople } from './make-people.ts'

const [person] = makePeople({
  gender: 'male',
  age: 'adult',
  style: 'professional',
  model: 'classic',
  aspectRatio: 'square',
  appearance: 'short black hair, a full beard, glasses',
}).people
assert.ok(person)
const face = ({ macro, details, eyes, lashes, name, voiceId }: typeof person) => [
  macro,
  details,
  eyes,
  lashes,
  name,
  voiceId,
]

test('looks keep the face, the hair and the eyeglasses, and are numbered apart', () => {
  const { people } = makeLooks(person, { prompt: 'in an office, blue shirt', aspectRatio: 'square' })
  assert.equal(people.length, 4)
  assert.equal(new Set([person.id, ...people.map(({ id }) => id)]).size, 5)
  for (const look of people) {
    assert.deepEqual(face(look), face(person))
    assert.deepEqual(
      [look.skin, look.hair, look.beard, look.glasses],
      [person.skin, person.hair, person.beard, person.glasses],
    )
    assert.notDeepEqual(look.clothes, person.clothes)
  }
})

test('hair, beard and eyeglasses change where the words say so', () => {
  const { people } = makeLooks(person, { prompt: 'long blond hair, no beard, no glasses', aspectRatio: 'square' })
  for (const look of people) {
    assert.notDeepEqual(look.hair, person.hair)
    assert.deepEqual([look.beard, look.glasses], [undefined, undefined])
    assert.deepEqual(face(look), face(person))
  }
})

test('the same words make the same looks, other people other ones, and unknown words are told', () => {
  const request = { prompt: 'a zeppelin, green sweater', aspectRatio: 'portrait' } as const
  const looks = makeLooks(person, request)
  assert.deepEqual(makeLooks(person, request), looks)
  assert.deepEqual(makeLooks(person, request, 2).people, looks.people.slice(0, 2))
  assert.notEqual(makeLooks({ ...person, number: person.number + 1 }, request).people[0]?.id, looks.people[0]?.id)
  assert.match(looks.notes.join(), /not understood: "zeppelin"/)
})

test('make-up and headscarf stay, and change where the words say so', () => {
  const woman = (appearance: string) =>
    makePeople({ gender: 'female', age: 'adult', style: 'social', model: 'classic', aspectRatio: 'square', appearance })
      .people[0]!
  const looksOf = (appearance: string, prompt: string) =>
    makeLooks(woman(appearance), { prompt, aspectRatio: 'square' }).people
  const painted = woman('red lipstick')
  for (const { skin } of looksOf('red lipstick', 'green sweater')) assert.deepEqual(skin, painted.skin)
  for (const { skin } of looksOf('red lipstick', 'no makeup'))
    assert.deepEqual([skin.lips, skin.lids], [undefined, undefined])
  for (const { headscarf, hair } of looksOf('navy headscarf', 'green sweater')) {
    assert.deepEqual([headscarf, hair], [woman('navy headscarf').headscarf, undefined])
  }
  for (const { headscarf, hair } of looksOf('long hair', 'a navy headscarf')) assert.ok(headscarf && !hair)
  for (const { headscarf } of looksOf('navy headscarf', 'no headscarf')) assert.equal(headscarf, undefined)
})

test('words that cannot be made are told', () => {
  assert.deepEqual(makeLooks(person, { prompt: 'a hat, blue shirt', aspectRatio: 'square' }).notes, [
    'prompt: understood, but cannot be made yet: "hat".',
  ])
})
