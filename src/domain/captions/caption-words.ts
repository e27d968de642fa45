// From a script and the times of its words to the words that captions show: with their punctuation, without tags.
import type { CaptionWord } from '../../core/captions.ts'
import type { TimedWord } from '../../core/speech.ts'

/** A word of a caption, and whether a thought ends with it: a paragraph, or a pause that the script asks for. */
export type ScriptWord = CaptionWord & { readonly endsParagraph: boolean }

const TAG = /<[^>]*>/g
/** Pictographs and what only changes how they look: nobody speaks them, and our fonts do not hold them. */
const PICTOGRAPHS = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u{fe0f}|\u{200d}/gu
/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u
/** A run of an unspaced script longer than this is cut into its words. */
const LONGEST_UNSPACED = 4

/**
 * The words to show, in order. Spoken words of one written one ("25") become that one again.
 * @param script the text that was spoken; {@link TimedWord.textStart} counts in it.
 */
export function captionWords(script: string, spoken: readonly TimedWord[]): readonly ScriptWord[] {
  const breaks = [...script.matchAll(TAG)].map((tag) => tag.index)
  const text = script
    .replace(TAG, (tag) => ' '.repeat(tag.length))
    .replace(PICTOGRAPHS, (mark) => ' '.repeat(mark.length))
  const written = mergeSpans(spoken)
  const words: ScriptWord[] = []
  let before = { text: text.slice(0, written[0]?.textStart ?? 0).match(/\S*$/)?.[0] ?? '', joined: false }
  for (const [index, word] of written.entries()) {
    const next = written[index + 1]
    const gap = text.slice(word.textEnd, next?.textStart ?? text.length)
    const { after, leading, joined } = shareGap(gap, next === undefined)
    const to = next?.textStart ?? script.length
    const endsParagraph = /\n\s*\n/.test(gap) || breaks.some((at) => at >= word.textEnd && at < to)
    const shown = before.text + text.slice(word.textStart, word.textEnd).replace(/\s+/g, ' ').trim() + after
    if (shown.trim() !== '') {
      const whole = { text: shown.trim(), startSeconds: word.startSeconds, endSeconds: word.endSeconds }
      words.push(...cutUnspaced({ ...whole, joined: before.joined, endsParagraph }))
    }
    before = { text: leading, joined }
  }
  return words
}

function mergeSpans(spoken: readonly TimedWord[]): readonly TimedWord[] {
  const merged: TimedWord[] = []
  for (const word of spoken) {
    const last = merged.at(-1)
    if (last && word.textStart < last.textEnd) {
      merged[merged.length - 1] = {
        ...last,
        textEnd: Math.max(last.textEnd, word.textEnd),
        endSeconds: word.endSeconds,
      }
    } else merged.push(word)
  }
  return merged
}

/** What stands between two words belongs to the one that it touches; a lone dash goes to the first. */
function shareGap(gap: string, isLast: boolean): { after: string; leading: string; joined: boolean } {
  if (!/\s/.test(gap)) return { after: gap, leading: '', joined: true }
  const after = gap.match(/^\S*/)![0]
  const leading = isLast ? '' : gap.match(/\S*$/)![0]
  const between = gap.slice(after.length, gap.length - leading.length).trim()
  return { after: between === '' ? after : `${after} ${between.replace(/\s+/g, ' ')}`, leading, joined: false }
}

function cutUnspaced(word: ScriptWord): readonly ScriptWord[] {
  if (!UNSPACED.test(word.text) || [...word.text].length <= LONGEST_UNSPACED) return [word]
  const parts: string[] = []
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(word.text)) {
    if (!isWordLike && parts.length > 0) parts[parts.length - 1] += segment
    else parts.push(segment)
  }
  const seconds = (word.endSeconds - word.startSeconds) / word.text.length
  let at = 0
  return parts.map((text, index) => {
    const startSeconds = word.startSeconds + at * seconds
    at += text.length
    return {
      text,
      startSeconds,
      endSeconds: word.startSeconds + at * seconds,
      joined: index > 0 || word.joined,
      endsParagraph: index === parts.length - 1 && word.endsParagraph,
    }
  })
}
