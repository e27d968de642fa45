import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Invalid, UnspeakableText } from '../../core/errors.ts'
import { planUtterances } from './utterances.ts'
import { writtenWord } from './written-words.ts'

const said = (script: string, language = 'english') =>
  planUtterances(script, language).utterances.map(({ text, pauseSeconds }) => [
    pauseSeconds,
    text.text.trim().replace(/ +/gu, ' '),
  ])

test('sentences follow each other after a short pause, paragraphs after a breath', () => {
  assert.deepEqual(said('One two. Three!\n\nFour'), [
    [0.12, 'One two.'],
    [0.35, 'Three!'],
    [0.6, 'Four'],
  ])
})

test('a break replaces the pause of the sentence before it', () => {
  assert.deepEqual(said('One. <break time="1.5s"/> Two.'), [
    [0.12, 'One.'],
    [1.5, 'Two.'],
  ])
  assert.equal(planUtterances('One. <break time="2s"/>', 'english').tailSeconds, 2)
})

test('a line end is a pause only where no mark stands', () => {
  assert.deepEqual(said('Milk\nEggs\nbread,\nbutter'), [
    [0.12, 'Milk'],
    [0.3, 'Eggs'],
    [0.3, 'bread,\nbutter'],
  ])
})

test('full stops of abbreviations, initials and ordinals end no sentence', () => {
  assert.equal(said('Dr. Smith met J. R. Tolkien at 5 p.m. in Boston.').length, 1)
  assert.equal(said('Er kam am 3. Mai mit Dr. Müller, z. B. nach Bonn.', 'german').length, 1)
  assert.equal(said('Il vit M. Dupont. Il partit.', 'french').length, 2)
})

test('sentences end in every writing', () => {
  assert.equal(said('你好。我是小美！你呢？', 'chinese').length, 3)
  assert.equal(said('नमस्ते। मैं आरती हूँ।', 'hindi').length, 2)
})

test('quotes, emoji and ornaments are not said', () => {
  assert.deepEqual(said('“Hello” 😀 👨‍👩‍👧 **world** 🇩🇪 1️⃣ ©'), [[0.12, 'Hello world']])
  assert.deepEqual(said('It’s the dogs’ ‘bone’.'), [[0.12, "It's the dogs bone."]])
})

test('letters that the voice cannot read fall away', () => {
  assert.deepEqual(said('Das ist 你好 gut.', 'german'), [[0.12, 'Das ist gut.']])
})

test('a very long sentence is spoken in parts', () => {
  const long = `${'and so it goes on, '.repeat(60)}until the end.`
  const parts = planUtterances(long, 'english').utterances
  assert.ok(parts.length > 2)
  assert.ok(parts.every(({ text }) => text.text.length <= 400))
  assert.equal(parts.map(({ text }) => text.text).join(' '), long)
})

test('a script with nothing in it is refused as invalid, one of signs only as unspeakable', () => {
  for (const script of ['', '  \n ', '<break time="1s"/>']) {
    assert.throws(() => planUtterances(script, 'english'), Invalid)
  }
  for (const script of ['😀🎉', '...', '"!"']) {
    assert.throws(() => planUtterances(script, 'english'), UnspeakableText)
  }
})

test('every said word knows the written word that it comes from', () => {
  const script = 'He paid <b>$1,234.50</b> to "Dr. O’Neil" — really…'
  const written = new Set<string>()
  for (const { text } of planUtterances(script, 'english').utterances) {
    for (const word of text.text.matchAll(/[\p{L}']+/gu)) {
      const range = { textStart: text.starts[word.index]!, textEnd: text.ends[word.index + word[0].length - 1]! }
      const { textStart, textEnd } = writtenWord(script, range)
      written.add(script.slice(textStart, textEnd))
    }
  }
  assert.deepEqual([...written], ['He', 'paid', '$1,234.50', 'to', 'Dr', 'O’Neil', 'really'])
})
