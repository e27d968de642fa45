// Captions: what is shown, how it is broken, when it stands.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CaptionCue, type CaptionPosition, lineText } from '../../core/captions.ts'
import type { Box } from '../../core/rig.ts'
import type { TimedWord } from '../../core/speech.ts'
import { captionFile } from './caption-files.ts'
import { captionWords } from './caption-words.ts'
import { makeCues, shownLength } from './make-cues.ts'
import { captionSetting, planCaptions } from './plan-captions.ts'

/** A script whose words (runs of letters and digits) are spoken evenly, `rate` characters a second. */
function spoken(script: string, rate = 14): readonly TimedWord[] {
  return [...script.replace(/<[^>]*>/g, (tag) => ' '.repeat(tag.length)).matchAll(/[\p{L}\p{M}\p{N}']+/gu)].map(
    (match) => ({
      text: match[0],
      textStart: match.index,
      textEnd: match.index + match[0].length,
      startSeconds: match.index / rate,
      endSeconds: (match.index + match[0].length) / rate,
    }),
  )
}
const cuesOf = (script: string, lineLength = 42) =>
  makeCues(captionWords(script, spoken(script)), { lineLength, fps: 25 })
const textOf = (cue: CaptionCue) => cue.lines.map(lineText)

describe('the words of a caption', () => {
  test('keep their punctuation, quotes and brackets', () => {
    const script = '“Really?” she asked (twice), "yes" - and left.'
    const words = captionWords(script, spoken(script)).map(({ text }) => text)
    assert.deepEqual(words, ['“Really?”', 'she', 'asked', '(twice),', '"yes" -', 'and', 'left.'])
  })

  test('show a number once, however many words it is spoken with', () => {
    const script = 'Call 25 people'
    const number = { text: '25', textStart: 5, textEnd: 7 }
    const words = captionWords(script, [
      { text: 'Call', textStart: 0, textEnd: 4, startSeconds: 0, endSeconds: 0.3 },
      { ...number, startSeconds: 0.3, endSeconds: 0.7 },
      { ...number, startSeconds: 0.7, endSeconds: 1 },
      { text: 'people', textStart: 8, textEnd: 14, startSeconds: 1, endSeconds: 1.5 },
    ])
    assert.deepEqual(
      words.map(({ text, startSeconds, endSeconds }) => [text, startSeconds, endSeconds]),
      [
        ['Call', 0, 0.3],
        ['25', 0.3, 1],
        ['people', 1, 1.5],
      ],
    )
  })

  test('hold no tags and no emoji', () => {
    const script = 'Hello 👋🏽 there. <break time="1s"/> Bye 🇩🇪!'
    assert.deepEqual(
      captionWords(script, spoken(script)).map(({ text }) => text),
      ['Hello', 'there.', 'Bye !'],
    )
  })

  test('of scripts without spaces are found, and stand without spaces', () => {
    const script = '我们今天学习中文很有意思'
    const words = captionWords(script, spoken(script))
    assert.ok(words.length >= 4)
    assert.equal(lineText(words), script)
  })
})

describe('cues', () => {
  const long =
    'When the rain had stopped, the children of the village ran down to the river and looked for the boats that their ' +
    'fathers had left there in the morning, because nobody knew where the storm had carried them.'

  test('have at most two lines of at most as many characters as fit', () => {
    for (const lineLength of [20, 26, 42]) {
      const cues = cuesOf(long, lineLength)
      assert.ok(cues.length >= 2)
      for (const cue of cues) {
        assert.ok(cue.lines.length <= 2)
        for (const line of textOf(cue)) assert.ok(shownLength(line) <= lineLength, line)
      }
      assert.equal(cues.map((cue) => textOf(cue).join(' ')).join(' '), long)
    }
  })

  test('break at phrases: no line ends with an article or a preposition', () => {
    const ends = cuesOf(long, 46).flatMap((cue) => textOf(cue).map((line) => line.split(' ').at(-1)!.toLowerCase()))
    for (const word of ends)
      assert.ok(!['the', 'of', 'to', 'in', 'and', 'their', 'for'].includes(word), ends.join(' | '))
  })

  test('end with a sentence and with a pause that was asked for', () => {
    assert.deepEqual(
      cuesOf('One is here. Two <break time="1s"/> three.').map((cue) => textOf(cue)),
      [['One is here.'], ['Two'], ['three.']],
    )
  })

  test('start with their first word, and two frames before the next one at the latest they are gone', () => {
    const cues = cuesOf(long, 26)
    for (const [index, cue] of cues.entries()) {
      assert.equal(cue.startSeconds, cue.lines[0]![0]!.startSeconds)
      const next = cues[index + 1]
      if (next) assert.ok(cue.endSeconds <= next.startSeconds - 0.079)
      else assert.ok(cue.endSeconds > cue.lines.at(-1)!.at(-1)!.endSeconds)
    }
  })

  test('a short word stands long enough to be seen', () => {
    const [cue] = cuesOf('Yes.')
    assert.ok(cue!.endSeconds - cue!.startSeconds >= 0.75)
  })
})

describe('planned captions', () => {
  const canvas = { width: 1080, height: 1920, fps: 25 }

  test('colour one word after the other, without a gap inside a cue', () => {
    const cues = cuesOf('We meet again.')
    const planned = planCaptions(cues, {}, canvas, () => null)
    assert.deepEqual(
      planned.map(({ picture }) => picture.spoken),
      [0, 1, 2],
    )
    for (const [index, { endFrame }] of planned.slice(0, -1).entries()) {
      assert.equal(endFrame, planned[index + 1]!.startFrame)
    }
  })

  test('stand below the chin wherever they are not at the top', () => {
    for (const size of [canvas, { ...canvas, width: 1920, height: 1080 }, { ...canvas, height: 1080 }]) {
      for (const position of ['bottom', 'middle'] as const) {
        const [planned] = planCaptions(cuesOf('Hello there.'), { style: 'plain', position }, size, () => ({
          x: size.width * 0.3,
          y: 0,
          width: size.width * 0.4,
          height: size.height * 0.6,
        }))
        const { top, fontSize } = planned!.picture
        assert.ok(top > size.height * 0.6 && top + fontSize * 1.3 < size.height * 0.94)
      }
    }
  })

  test('leave their place where a mouth is there, and keep it where the mouth is beside them', () => {
    const wide = { ...canvas, width: 1920, height: 1080 }
    const topOf = (position: CaptionPosition, head: Box | null) =>
      planCaptions(cuesOf('Hello there.'), { style: 'plain', position }, wide, () => head)[0]!.picture.top
    const [bottom, top] = [topOf('bottom', null), topOf('top', null)]
    assert.ok(bottom > 900 && top < 100)
    const low = { x: 700, y: 500, width: 400, height: 500 }
    assert.deepEqual([topOf('bottom', low), topOf('middle', low), topOf('top', low)], [top, top, top])
    const high = { x: 700, y: -300, width: 400, height: 500 }
    assert.equal(topOf('top', high), bottom)
    const beside = { ...low, x: 1450 }
    assert.equal(topOf('bottom', beside), bottom)
  })

  test('hold 42 characters a line in landscape and fewer in portrait', () => {
    assert.ok(captionSetting({ ...canvas, width: 1920, height: 1080 }).lineLength === 42)
    assert.ok(captionSetting(canvas).lineLength < 30)
  })
})

describe('caption files', () => {
  const cues: readonly CaptionCue[] = [
    {
      startSeconds: 1.5,
      endSeconds: 3.25,
      lines: [
        [
          { text: 'Salt', startSeconds: 1.5, endSeconds: 2, joined: false },
          { text: '&', startSeconds: 2, endSeconds: 2.1, joined: false },
        ],
        [{ text: '<pepper>', startSeconds: 2.1, endSeconds: 2.8, joined: false }],
      ],
    },
    {
      startSeconds: 3661,
      endSeconds: 3662,
      lines: [[{ text: 'Late', startSeconds: 3661, endSeconds: 3662, joined: false }]],
    },
  ]
  const canvas = { width: 1920, height: 1080, fps: 25 }

  test('SubRip', () => {
    assert.equal(
      captionFile(cues, 'srt', canvas),
      '1\n00:00:01,500 --> 00:00:03,250\nSalt &\n<pepper>\n\n2\n01:01:01,000 --> 01:01:02,000\nLate\n',
    )
  })

  test('WebVTT, with what would be markup escaped', () => {
    assert.equal(
      captionFile(cues, 'vtt', canvas),
      'WEBVTT\n\n00:00:01.500 --> 00:00:03.250\nSalt &amp;\n&lt;pepper&gt;\n\n01:01:01.000 --> 01:01:02.000\nLate\n',
    )
  })

  test('Advanced SubStation Alpha, with the length of every word', () => {
    const file = captionFile(cues, 'ass', canvas)
    assert.match(file, /PlayResX: 1920\nPlayResY: 1080/)
    assert.match(
      file,
      /Dialogue: 0,0:00:01\.50,0:00:03\.25,Default,,0,0,0,,\{\\k50\}Salt \{\\k10\}&\\N\{\\k70\}<pepper>\n/,
    )
  })
})
