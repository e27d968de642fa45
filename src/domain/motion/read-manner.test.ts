// Descriptions of motion, as clients write them, and the manners they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readManner } from './read-manner.ts'

for (const [words, manner] of [
  ['calm', { talkingStyle: 'stable' }],
  ['Lively, with a big smile', { talkingStyle: 'expressive', expression: 'happy' }],
  ['The person is nodding gently while speaking.', { talkingStyle: 'expressive', mood: 'soothing' }],
  ['Smiling warmly at the camera', { expression: 'happy', mood: 'friendly' }],
  ['Stays still, serious, not smiling', { talkingStyle: 'stable', mood: 'serious' }],
  ['calm at first, later lively', { talkingStyle: 'stable' }],
  ['without much nodding, but happy', { expression: 'happy' }],
  ['excited!', { mood: 'excited' }],
  ['a man in a blue shirt', null],
  ['', null],
] as const) {
  test(`"${words}" is ${JSON.stringify(manner)}`, () => assert.deepEqual(readManner(words), manner))
}
