import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PresenterRecipe } from '../../core/recipe.ts'
import { clothColour } from './cast-clothes.ts'
import { CLOTH_COLOURS, EYE_COLOURS, HAIR_COLOURS } from './colours.ts'
import { makePeople } from './make-people.ts'
import type { PersonRequest } from './wishes.ts'

const REQUEST: PersonRequest = {
  gender: 'female',
  age: 'adult',
  style: 'professional',
  model: 'classic',
  aspectRatio: 'portrait',
}

const peopleWith = (appearance: string, request: Partial<PersonRequest> = {}): readonly PresenterRecipe[] => {
  const { people, notes } = makePeople({ ...REQUEST, appearance, ...request })
  assert.deepEqual(notes, [], appearance)
  assert.equal(people.length, 4)
  return people
}

test('the same request and seed make the same people, another seed others, and fewer are the first of more', () => {
  const request = { ...REQUEST, appearance: 'blue eyes', seed: 5 }
  assert.deepEqual(makePeople(request), makePeople({ ...request }))
  assert.deepEqual(makePeople(request, 2).people, makePeople(request).people.slice(0, 2))
  const numbers = (seed: number) => makePeople({ ...request, seed }).people.map(({ number }) => number)
  assert.equal(new Set([...numbers(5), ...numbers(6)]).size, 8)
})

test('four people differ in face, name and clothes', () => {
  for (const gender of ['female', 'male'] as const) {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { people } = makePeople({ ...REQUEST, gender, seed, ethnicity: 'european' })
      const different = (of: (person: PresenterRecipe) => unknown) =>
        new Set(people.map((one) => JSON.stringify(of(one)))).size
      assert.equal(
        different(({ name }) => name),
        4,
      )
      assert.equal(
        different(({ details }) => details),
        4,
      )
      assert.equal(
        different(({ clothes }) => clothes),
        4,
      )
      assert.ok(different(({ hair }) => hair?.asset ?? 'none') >= 3, `${gender} ${seed}`)
    }
  }
})

test('what words ask for, all four have', () => {
  for (const { eyes, hair } of peopleWith('green eyes, long ginger hair')) {
    assert.equal(eyes.color, EYE_COLOURS.green)
    assert.equal(hair?.color, HAIR_COLOURS.ginger)
    assert.equal(hair?.grey, undefined)
  }
  for (const person of peopleWith('a bald man with a full grey beard and glasses', { gender: 'male' })) {
    assert.equal(person.hair, undefined)
    assert.deepEqual([person.beard?.color, typeof person.glasses], [HAIR_COLOURS.grey, 'object'])
  }
  for (const { clothes } of peopleWith('red blazer')) assert.equal(clothes[0]?.colors?.jacket, CLOTH_COLOURS.red)
  for (const { clothes } of peopleWith('navy suit with a green tie', { gender: 'male' })) {
    assert.deepEqual([clothes[0]?.colors?.jacket, clothes[0]?.colors?.tie], [CLOTH_COLOURS.navy, CLOTH_COLOURS.green])
  }
  for (const { hair } of peopleWith('curly hair', { ethnicity: 'european' })) assert.equal(hair?.asset, 'curly')
  for (const { skin } of peopleWith('dark red lipstick and green eye shadow')) {
    assert.deepEqual([skin.lips, skin.lids], [clothColour('dark red'), CLOTH_COLOURS.green])
  }
  for (const { skin } of peopleWith('no makeup')) assert.deepEqual([skin.lips, skin.lids], [undefined, undefined])
  for (const { headscarf, hair } of peopleWith('a navy hijab')) {
    assert.deepEqual([headscarf?.color, hair], [CLOTH_COLOURS.navy, undefined])
  }
  for (const { skin } of peopleWith('freckles')) assert.ok(skin.freckles > 0.5)
  for (const { beard, skin } of peopleWith('clean-shaven', { gender: 'male', seed: 9 })) {
    assert.deepEqual([beard, skin.stubble], [undefined, 0])
  }
})

test('the background is the place that words name, in their colours', () => {
  const { people, notes } = makePeople({ ...REQUEST, background: 'office with sand walls' })
  assert.deepEqual(notes, [])
  for (const { backdrop, scene } of people) {
    assert.deepEqual([backdrop.kind, backdrop.color, scene], ['office', CLOTH_COLOURS.sand, 'business'])
  }
  assert.equal(new Set(people.map(({ backdrop }) => JSON.stringify(backdrop))).size, 4)
})

test('grown women wear a little make-up, girls and men none', () => {
  const of = (request: Partial<PersonRequest>) => makePeople({ ...REQUEST, ...request }).people.map(({ skin }) => skin)
  for (const { lips, lids } of of({ age: 'adult' })) assert.ok(lips && lids)
  for (const { lips, lids } of [...of({ age: 'teenager' }), ...of({ gender: 'male' })]) {
    assert.deepEqual([lips, lids], [undefined, undefined])
  }
})

test('classic is soft and modern bright, and age shows in build, skin and hair', () => {
  const of = (request: Partial<PersonRequest>) => makePeople({ ...REQUEST, ethnicity: 'european', ...request }).people
  assert.ok(of({ model: 'classic' }).every(({ light }) => light === 'soft'))
  assert.ok(of({ model: 'modern' }).every(({ light }) => light === 'bright'))
  const silver = ['light grey', 'silver', 'white'].map((name) => HAIR_COLOURS[name]!)
  for (const { macro, skin, hair, age } of of({ age: 'senior' })) {
    assert.ok(macro.age > 0.65 && skin.lines > 0.5 && (!hair || hair.grey! > 0.4 || silver.includes(hair.color!)))
    assert.equal(age, 'senior')
  }
  for (const { macro, age } of of({ age: 'teenager' })) assert.deepEqual([macro.age, age], [0.5, 'young_adult'])
})

test('words that go unheeded are told', () => {
  const request = {
    ...REQUEST,
    appearance: 'a bearded man of 80 in a hat, with a zebra',
    background: 'gym at night, Mars',
  }
  assert.deepEqual(makePeople(request).notes, [
    'appearance: not understood: "zebra".',
    'appearance: understood, but cannot be made yet: "hat".',
    'background: not understood: "Mars".',
    'background: gym looks the same at any time of day.',
    'appearance: the words say male, the request female, which counts.',
    'appearance: the words say 80 years, the request adult, which counts.',
    'appearance: women are made without beards.',
  ])
})
