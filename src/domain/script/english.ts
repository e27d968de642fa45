// English as it is read aloud: abbreviations, money, times, years, addresses and other written shorthand in full.

import { pluralOfNumber, sayDigits, sayInteger, sayNumber, sayOrdinal, sayYear } from './english-numbers.ts'
import {
  ABBREVIATIONS,
  CURRENCIES,
  FRACTIONS,
  GREEK,
  INITIALISMS,
  MAGNITUDES,
  MONTHS,
  SLASHED,
  UNITS,
} from './english-tables.ts'
import { type MappedText, replaceMapped } from './mapped-text.ts'

type Rule = readonly [pattern: RegExp, said: (match: RegExpExecArray) => string | null]

const NUMBER = String.raw`\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+`

const RULES: readonly Rule[] = [
  [
    /\b(?:https?:\/\/)?(?:www\.)?((?:[a-z0-9-]+\.)+[a-z]{2,})((?:\/[\w.~%/-]*[\w/])?)(?:[?#][^\s]*)?(?=[\s.,;:!?…]|$)/giu,
    sayAddress,
  ],
  [/\b([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,})\b/giu, (m) => `${sayDots(m[1]!)} at ${sayDots(m[2]!)}`],
  [/(?<![\p{L}\d.])(?:[a-z]+\.(?:[a-z]\.)*|(?:[a-z]\.){2,}|w\/o?)(?![\p{L}\d])/giu, sayAbbreviation],
  [/\bSt\.(?=\s+\p{Lu})/gu, () => 'Saint'],
  [/\bSt\.(?=\s|$)/gu, () => 'Street'],
  [/\bNo\.\s?(?=\d)/gu, () => 'number '],
  [
    /\b(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b/gu,
    (m) => `${MONTHS[Number(m[2]) - 1]} ${sayOrdinal(String(Number(m[3])))}, ${sayYear(Number(m[1]))}`,
  ],
  [/(?<![\w.])\+?\d{1,4}(?:[\s.-]{1,2}\d{2,4}){2,4}(?![\w%])/gu, sayPhoneNumber],
  [/(?<=\d)\s?[-–]\s?(?=[\d$€£])/gu, () => ' to '],
  [/(?<![\w.,])[-−](?=\d)/gu, () => 'minus '],
  [/\b\d{1,3}(?: \d{3}){2,}\b|\b\d{1,3}(?:[\u{A0}\u{202F}]\d{3})+\b/gu, (m) => sayInteger(m[0].replace(/\D/gu, ''))],
  [/\b(?:1\/2|[123]\/[34])\b(?!\/)/gu, (m) => SLASHED[m[0]] ?? null],
  [/\b\d+(?:\.\d+){2,}\b/gu, (m) => m[0].split('.').map(sayInteger).join(' point ')],
  [/\bpp?\.\s?(?=\d)/gu, (m) => (m[0].startsWith('pp') ? 'pages ' : 'page ')],
  [
    new RegExp(String.raw`([$€£¥₹])\s?(${NUMBER})(?:\s?(k|mn?|bn?)\b|\s(thousand|million|billion|trillion)\b)?`, 'giu'),
    sayMoney,
  ],
  [new RegExp(String.raw`(?<![\w.])(${NUMBER})\s?%`, 'gu'), (m) => `${sayNumber(m[1]!)} percent`],
  [/\b([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(\s?[ap]m\b|(?=\s[ap]\s?m\b))?/giu, sayTime],
  [/\b(1[0-2]|[1-9])\s?([ap])m\b/giu, (m) => `${sayInteger(m[1]!)} ${m[2]!.toUpperCase()} M`],
  [/\b(\d+)(?:st|nd|rd|th)\b/giu, (m) => sayOrdinal(m[1]!)],
  [
    /(?<![\w.])'?((?:1[1-9]|20)?\d0)'?s\b/gu,
    (m) => pluralOfNumber(m[1]!.length === 4 ? sayYear(Number(m[1])) : sayInteger(m[1]!)),
  ],
  [new RegExp(String.raw`(?<![\w.])(${NUMBER})\s?(${Object.keys(UNITS).join('|')})(?![\p{L}\d])`, 'gu'), sayMeasure],
  [/[½¼¾⅓⅔⅛]/gu, (m) => ` ${FRACTIONS[m[0]]} `],
  [/(?<=\d)\s*[x×]\s*(?=\d)/gu, () => ' by '],
  [/#(?=\d)/gu, () => 'number '],
  [/\b(1[1-9]\d\d|20\d\d)\b(?![.,]\d)/gu, (m) => sayYear(Number(m[1]))],
  [new RegExp(`(${NUMBER})`, 'gu'), (m) => apart(m, sayNumber(m[1]!))],
  [/[αβγδΔεθλμµπσΣφωΩ]/gu, (m) => ` ${GREEK[m[0]]} `],
  [/\b(\p{Lu}{2,5})(s?)\b/gu, sayCapitals],
  [/(?<=\p{L})\+\+/gu, () => ' plus plus'],
  [/\s?&\s?/gu, () => ' and '],
  [/@/gu, () => ' at '],
  [/\s\+\s|\+(?=\s?[a-z])/giu, () => ' plus '],
  [/\s=\s/gu, () => ' equals '],
  [/(?<=\p{L})\/(?=\p{L})/gu, () => ' '],
  [/[#+=/%$€£¥₹°−×]/gu, () => ' '],
]

/** English text with its shorthand written out in words, every word still tied to where it came from. */
export function expandEnglish(text: MappedText): MappedText {
  return RULES.reduce((expanded, [pattern, said]) => replaceMapped(expanded, pattern, said), text)
}

function sayDots(name: string): string {
  return name
    .replaceAll('.', ' dot ')
    .replaceAll('_', ' underscore ')
    .replaceAll('-', ' dash ')
    .replaceAll('+', ' plus ')
}

/** Only what is surely an address: with a scheme, www, a path or a well-known ending; "end.Next" is not one. */
function sayAddress(match: RegExpExecArray): string | null {
  const known =
    /^(?:https?:|www\.)/iu.test(match[0]) ||
    match[2] !== '' ||
    /\.(?:com|org|net|io|ai|dev|app|edu|gov|co|tv|me|info|de|fr|uk|eu)$/iu.test(match[1]!)
  const before = match.input[match.index - 1]
  if (!known || before === '@' || before === '.') return null
  const path = match[2]!.replace(/\/$/u, '')
  return sayDots(match[1]!) + sayDots(path.replaceAll('/', ' slash ').replaceAll(/[~%]/gu, ' '))
}

function sayAbbreviation(match: RegExpExecArray): string | null {
  const said = ABBREVIATIONS[match[0].toLowerCase()]
  if (said === undefined) return /^(?:\p{Lu}\.){2,}$/u.test(match[0]) ? match[0].replaceAll('.', ' ').trim() : null
  const rest = match.input.slice(match.index + match[0].length)
  const isLast = /^\s*$/u.test(rest) || /^\s*\n/u.test(rest)
  const mayEndSentence = /^(?:etc|inc|ltd|corp|jr|sr|[ap]\.m|u\.s|u\.k|u\.s\.a|ph\.d)\.$/iu.test(match[0])
  return isLast || (mayEndSentence && /^\s+\p{Lu}/u.test(rest) && !/^u/iu.test(match[0])) ? `${said}.` : said
}

function sayMoney(match: RegExpExecArray): string {
  const [one, many, cent, cents] = CURRENCIES[match[1]!]!
  const magnitude = MAGNITUDES[match[3]?.toLowerCase() ?? ''] ?? match[4]?.toLowerCase()
  const amount = match[2]!.replaceAll(',', '')
  if (magnitude) return `${sayNumber(amount)} ${magnitude} ${many}`
  const [whole, fraction] = amount.split('.')
  if (fraction === undefined || fraction.length !== 2) return `${sayNumber(amount)} ${amount === '1' ? one : many}`
  const small = Number(fraction)
  const large = whole === '' || Number(whole) === 0 ? '' : `${sayInteger(whole!)} ${Number(whole) === 1 ? one : many}`
  if (small === 0) return large === '' ? `zero ${many}` : large
  return `${large === '' ? '' : `${large} and `}${sayInteger(String(small))} ${small === 1 ? cent : cents}`
}

function sayTime(match: RegExpExecArray): string {
  const [hour, minute] = [sayInteger(String(Number(match[1]))), match[2]!]
  const half = match[3] === undefined || match[3].trim() === '' ? '' : ` ${match[3].trim()[0]!.toUpperCase()} M`
  const afterwards = half !== '' || match[3] !== undefined
  const minutes =
    minute === '00'
      ? afterwards
        ? ''
        : " o'clock"
      : ` ${minute[0] === '0' ? 'oh ' : ''}${sayInteger(String(Number(minute)))}`
  return hour + minutes + half
}

function sayPhoneNumber(match: RegExpExecArray): string | null {
  if (match[0].replace(/\D/gu, '').length < 7 || /^\d{1,3}(?: \d{3})+$/u.test(match[0])) return null
  const groups = match[0].match(/\d+/gu)!
  return (match[0].startsWith('+') ? 'plus ' : '') + groups.map(sayDigits).join(', ')
}

function sayMeasure(match: RegExpExecArray): string {
  const [one, many] = UNITS[match[2]!]!
  return `${sayNumber(match[1]!)} ${match[1] === '1' ? one : many}`
}

/** Letter by letter, unless the whole text is in capitals: that is shouting. */
function sayCapitals(match: RegExpExecArray): string | null {
  const isShouting = !/\p{Ll}{2}/u.test(match.input)
  const isInitialism = INITIALISMS.has(match[1]!) || !/[AEIOUY]/u.test(match[1]!)
  return isInitialism && !isShouting ? [...match[1]!].join(' ') + (match[2] === '' ? '' : "'s") : null
}

/** What is said, kept apart from letters that stand directly beside the match. */
function apart(match: RegExpExecArray, said: string): string {
  const [before, after] = [match.input[match.index - 1] ?? '', match.input[match.index + match[0].length] ?? '']
  return (/[\p{L}/]/u.test(before) ? ' ' : '') + said + (/[\p{L}/]/u.test(after) ? ' ' : '')
}
