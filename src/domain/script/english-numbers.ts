// Numbers as English says them.

// biome-ignore format: a table reads better in rows
const ONES = [
  'zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve',
  'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen',
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const SCALES = ['', ' thousand', ' million', ' billion', ' trillion']
const IRREGULAR_ORDINALS: Readonly<Record<string, string>> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

/** A whole number from 0 to below 10^15; anything longer, or with a leading zero, digit by digit. */
export function sayInteger(digits: string): string {
  if (digits.length > 15 || (digits.length > 1 && digits.startsWith('0'))) return sayDigits(digits)
  const value = Number(digits)
  if (value === 0) return ONES[0]!
  const groups: string[] = []
  for (let rest = value, scale = 0; rest > 0; rest = Math.floor(rest / 1000), scale++) {
    if (rest % 1000 > 0) groups.unshift(sayBelowThousand(rest % 1000) + SCALES[scale]!)
  }
  return groups.join(' ')
}

/** Every digit by itself: `o seven` is not said, zero is. */
export function sayDigits(digits: string): string {
  return [...digits].map((digit) => ONES[Number(digit)]!).join(' ')
}

/** A number as written in English: `1,234.5`. */
export function sayNumber(written: string): string {
  const [whole, fraction] = written.replaceAll(',', '').split('.')
  const said = sayInteger(whole === '' ? '0' : whole!)
  return fraction ? `${said} point ${sayDigits(fraction)}` : said
}

/** `21` is twenty first. */
export function sayOrdinal(digits: string): string {
  const words = sayInteger(digits).split(' ')
  const last = words.pop()!
  const ordinal = IRREGULAR_ORDINALS[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`)
  return [...words, ordinal].join(' ')
}

/** A year of four digits: nineteen eighty four, nineteen oh five, two thousand seven, twenty twenty six. */
export function sayYear(year: number): string {
  const [century, rest] = [Math.floor(year / 100), year % 100]
  if (century % 10 === 0 && rest < 10) return sayInteger(String(year))
  if (rest === 0) return `${sayBelowThousand(century)} hundred`
  return `${sayBelowThousand(century)} ${rest < 10 ? `oh ${ONES[rest]}` : sayBelowThousand(rest)}`
}

/** The plural of a number word: `nineties`, `hundreds`. */
export function pluralOfNumber(said: string): string {
  return said.endsWith('y') ? `${said.slice(0, -1)}ies` : said.endsWith('x') ? `${said}es` : `${said}s`
}

function sayBelowThousand(value: number): string {
  const hundreds = Math.floor(value / 100)
  const rest = value % 100
  const parts = hundreds > 0 ? [`${ONES[hundreds]} hundred`] : []
  if (rest >= 20)
    parts.push(rest % 10 === 0 ? TENS[Math.floor(rest / 10)]! : `${TENS[Math.floor(rest / 10)]} ${ONES[rest % 10]}`)
  else if (rest > 0) parts.push(ONES[rest]!)
  return parts.join(' ')
}
