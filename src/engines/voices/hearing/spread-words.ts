// Words of a text whose sounds nobody knows, laid along what is heard of a recording by their lengths.
import type { TimedPhone, TimedWord } from '../../../core/speech.ts'

const TAG = /<[^>]*>/g

/**
 * The words of a text in time: each takes a share of the time in which something is said, by its letters; pauses are left
 * out. Good for captions to read along, to about a word in a sentence.
 * @param phones of the recording, silences too.
 */
export function spreadWords(text: string, phones: readonly TimedPhone[]): readonly TimedWord[] {
  const plain = text.replace(TAG, (tag) => ' '.repeat(tag.length))
  const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(plain)].filter(
    ({ isWordLike }) => isWordLike,
  )
  const letters = words.map(({ segment }) => [...segment].length)
  const all = letters.reduce((sum, count) => sum + count, 0)
  const spoken = phones.filter(({ phone }) => phone !== '_')
  const seconds = spoken.reduce((sum, phone) => sum + phone.endSeconds - phone.startSeconds, 0)
  /** The moment by which so much has been said; at a pause, the one before it or after it. */
  const momentAt = (said: number, isStart: boolean): number => {
    let left = said
    for (const { startSeconds, endSeconds } of spoken) {
      const length = endSeconds - startSeconds
      if (left < length - TOLERANCE || (!isStart && left <= length + TOLERANCE)) return startSeconds + Math.max(0, left)
      left -= length
    }
    return spoken.at(-1)?.endSeconds ?? 0
  }
  let before = 0
  return words.map(({ segment, index }, at) => {
    const from = (before / all) * seconds
    before += letters[at]!
    return {
      text: segment,
      startSeconds: momentAt(from, true),
      endSeconds: momentAt((before / all) * seconds, false),
      textStart: index,
      textEnd: index + segment.length,
    }
  })
}

/** Of sums of times, in seconds. */
const TOLERANCE = 1e-6
