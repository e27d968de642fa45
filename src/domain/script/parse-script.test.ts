import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScript } from './parse-script.ts'

const shape = (script: string) =>
  parseScript(script).map((piece) =>
    piece.kind === 'text' ? piece.text.text.trim() : piece.kind === 'break' ? piece.seconds : piece.kind,
  )

test('a break tag is a silence in seconds or milliseconds, however it is written', () => {
  assert.deepEqual(shape('a <break time="1.5s"/> b'), ['a', 1.5, 'b'])
  assert.deepEqual(shape("a<BREAK time='500ms' />b"), ['a', 0.5, 'b'])
  assert.deepEqual(shape('a <break time="2"></break> b'), ['a', 2, 'b'])
  assert.deepEqual(shape('a <break strength="strong"/> b'), ['a', 0.9, 'b'])
})

test('a break is at most ten seconds long, and neighbours add up', () => {
  assert.deepEqual(shape('a <break time="99s"/> b'), ['a', 10, 'b'])
  assert.deepEqual(shape('a <break time="1s"/> <break time="2s"/> b'), ['a', 3, 'b'])
})

test('a blank line is a paragraph, a break beside it says how long', () => {
  assert.deepEqual(shape('one\n\n \ntwo\r\n\r\nthree'), ['one', 'paragraph', 'two', 'paragraph', 'three'])
  assert.deepEqual(shape('one\n\n<break time="1s"/>\n\ntwo'), ['one', 1, 'two'])
  assert.deepEqual(shape('one\ntwo'), ['one\ntwo'])
})

test('other tags fall away and their text stays; a lone bracket is text', () => {
  assert.deepEqual(shape('<speak>so <emphasis level="strong">good</emphasis></speak>'), ['so good'])
  assert.deepEqual(shape('3 < 5 and 7 > 2'), ['3 < 5 and 7 > 2'])
  assert.deepEqual(shape('<p>one</p><p>two</p>'), ['one', 'paragraph', 'two', 'paragraph'])
})

test('text remembers where it stood', () => {
  const script = 'Hi <b>big</b> <break time="1s"/> world'
  for (const piece of parseScript(script)) {
    if (piece.kind !== 'text') continue
    for (const [i, start] of piece.text.starts.entries()) assert.equal(script[start], piece.text.text[i])
  }
})
