import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expandEnglish } from './english.ts'
import { mapText } from './mapped-text.ts'

const read = (text: string) => expandEnglish(mapText(text)).text.replace(/\s+/gu, ' ').trim()

const CASES: Readonly<Record<string, readonly (readonly [written: string, said: string])[]>> = {
  'money is read with its currency': [
    ['$1,000,000', 'one million dollars'],
    ['$5.99', 'five dollars and ninety nine cents'],
    ['$1.5 million', 'one point five million dollars'],
    ['£3.50, €20 and $2k', 'three pounds and fifty pence, twenty euros and two thousand dollars'],
    ['$1', 'one dollar'],
    ['$0.05', 'five cents'],
  ],
  'years and decades are read as years': [
    ['1984, 1905, 2000, 2005', 'nineteen eighty four, nineteen oh five, two thousand, two thousand five'],
    ['the 1990s', 'the nineteen nineties'],
    ['2024-05-06', 'May sixth, twenty twenty four'],
    ['2020-2024', 'twenty twenty to twenty twenty four'],
  ],
  'times of day are read as times': [
    ['at 10:30', 'at ten thirty'],
    ['9:05 pm', 'nine oh five P M'],
    ['10:00', "ten o'clock"],
    ['5 PM', 'five P M'],
  ],
  'numbers are read in words': [
    ['1,234.5', 'one thousand two hundred thirty four point five'],
    ['12.5%', 'twelve point five percent'],
    ['007', 'zero zero seven'],
    ['the 21st and 3rd', 'the twenty first and third'],
    ['-5', 'minus five'],
    ['1 000 000', 'one million'],
    ['version 2.0.1', 'version two point zero point one'],
    ['½ cup, 3/4 cup', 'one half cup, three quarters cup'],
    ['70kg and 5 km', 'seventy kilograms and five kilometers'],
    ['0', 'zero'],
  ],
  'telephone numbers are read digit by digit': [['555-123-4567', 'five five five, one two three, four five six seven']],
  'addresses are read with their dots': [
    ['https://www.example.com/help?x=1', 'example dot com slash help'],
    ['foo.bar@example.co.uk', 'foo dot bar at example dot co dot uk'],
    ['The end.Next', 'The end.Next'],
  ],
  'abbreviations are read in full': [
    ['Dr. Smith vs. Mrs. Jones', 'doctor Smith versus missus Jones'],
    ['fruit, e.g. apples, etc.', 'fruit, for example apples, et cetera.'],
    ['Elm St. near St. Paul', 'Elm Street near Saint Paul'],
    ['The U.S. army', 'The U S army'],
  ],
  'initials are spelled and acronyms are not': [
    ['the AI of NASA has an API and two CPUs', "the A I of NASA has an A P I and two C P U's"],
    ['THIS IS URGENT FOR THE CEO', 'THIS IS URGENT FOR THE CEO'],
    ['HTML5 and GPT-4', 'H T M L five and G P T-four'],
  ],
  'signs are read where they mean something': [
    ['R&D, A & B', 'R and D, A and B'],
    ['2 + 2 = 4', 'two plus two equals four'],
    ['me @ home', 'me at home'],
    ['#1', 'number one'],
  ],
}

for (const [title, cases] of Object.entries(CASES)) {
  test(title, () => {
    for (const [written, said] of cases) assert.equal(read(written), said, written)
  })
}
