// What every language needs before it is read: one kind of apostrophe, no quotes, no emoji, no ornaments.
import { type MappedText, replaceMapped } from './mapped-text.ts'

const EMOJI_TAIL = '[\\u{FE0F}\\u{20E3}\\p{Emoji_Modifier}\\u{E0020}-\\u{E007F}]*'
const EMOJI = new RegExp(
  `[#*0-9]\\u{FE0F}?\\u{20E3}|\\p{RI}{2}|\\p{Extended_Pictographic}${EMOJI_TAIL}(?:\\u{200D}\\p{Extended_Pictographic}${EMOJI_TAIL})*`,
  'gu',
)

/** Each pattern with what is said in its place, in order. Zero-width joiners stay: Persian and Hindi spell with them. */
const RULES: readonly (readonly [RegExp, string])[] = [
  [EMOJI, ' '],
  // Soft hyphen, zero-width space, word joiner, byte order mark, text variation selectors.
  [/[\u{AD}\u{200B}\u{2060}\u{FEFF}]|\u{FE0E}|\u{FE0F}/gu, ''],
  [/[^\P{Cc}\n]/gu, ' '],
  [/[\u{2018}\u{2019}\u{201B}\u{2BC}\u{FF07}`\u{B4}]/gu, "'"],
  [/["\u{201C}-\u{201F}\u{AB}\u{BB}\u{2039}\u{203A}\u{300C}-\u{300F}\u{301D}-\u{301F}\u{3008}-\u{300B}\u{FF02}]/gu, ''],
  [/(?<![\p{L}\p{N}\p{M}])'|'(?![\p{L}\p{N}\p{M}])/gu, ''],
  // The area code of a telephone number is part of it, every other bracket is a pause.
  [/\((?=\d{1,4}\)\s?\d)|(?<=\(\d{1,4})\)(?=\s?\d)/gu, ' '],
  [/\s*[([{（【［]\s*/gu, ', '],
  [/\s*[)\]}）】］](?=\s*[.,;:!?…])/gu, ''],
  [/\s*[)\]}）】］]\s*/gu, ', '],
  [/[^\S\n]+[-–—―]+[^\S\n]+|[—―]+|-{2,}/gu, ', '],
  [/[*_~^|\\<>•◦▪●■□◆★☆→←↑↓✓✔©®™¶†‡]+/gu, ' '],
  [/\.{3,}/gu, '…'],
  [/(?<=[!?])[!?]+/gu, ''],
  [/,(?:[^\S\n]*,)+/gu, ','],
]

/** The text without what is written but not said. Line ends stay: they may be pauses. */
export function cleanText(text: MappedText): MappedText {
  return RULES.reduce(
    (cleaned, [pattern, said]) =>
      replaceMapped(cleaned, pattern, (match) => (match[0].includes('\n') ? `${said}\n` : said)),
    text,
  )
}
