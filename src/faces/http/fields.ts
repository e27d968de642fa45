// Liberal readers of request fields: what they take, and the words in which they refuse.
import { z } from 'zod'
import { Fault } from '../../core/errors.ts'

/** Empty strings and nulls mean "not set" to the clients of these APIs. */
export function absentIfBlank(value: unknown): unknown {
  return value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value
}

/** The fields of an object that are set. */
export function withoutBlanks(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => absentIfBlank(value) !== undefined))
}

/** The fields of a JSON body that are set; no body is an empty one. @throws Fault where it is no object. */
export function fieldsOf(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) throw refusal('The body', body, 'a JSON object')
  return withoutBlanks(body as Record<string, unknown>)
}

/** A whole number, or the same as a string. `remedy` completes "Send ...". */
export function wholeNumber(remedy: string) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value),
    z.int({ error: remedy }),
  )
}

/** A number within bounds, or the same as a string. */
export function numberWithin(from: number, to: number) {
  const remedy = `a number from ${from} to ${to}`
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? Number(value) : value),
    z.number({ error: remedy }).min(from, { error: remedy }).max(to, { error: remedy }),
  )
}

/** Text that is not blank, trimmed. */
export function text(remedy: string) {
  return z.string({ error: remedy }).trim()
}

/** true or false, or the words and numbers that stand for them. */
export function flag(remedy: string) {
  const meanings: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false }
  return z.preprocess((value) => meanings[String(value).trim().toLowerCase()] ?? value, z.boolean({ error: remedy }))
}

/** One of some words in any case; `aliases` (lower case) lead to words. */
export function word<const Words extends readonly [string, ...string[]]>(
  words: Words,
  aliases: Readonly<Record<string, Words[number]>> = {},
) {
  return z.preprocess(
    (value) => {
      if (typeof value !== 'string' && typeof value !== 'number') return value
      const key = String(value).trim().toLowerCase()
      return Object.hasOwn(aliases, key) ? aliases[key] : (words.find((each) => each.toLowerCase() === key) ?? value)
    },
    z.enum(words, { error: listOf(words) }),
  )
}

/** A web address. */
export function webAddress(remedy: string) {
  return z.url({ protocol: /^https?$/, error: remedy })
}

/** `a, b or c`. */
export function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

/**
 * Reads untrusted data by a schema.
 * @param nameOf says a field's path in the words that the client used.
 * @throws Fault `invalid` that names each field at fault, what it got and what would do.
 */
export function read<Schema extends z.ZodType>(
  schema: Schema,
  data: unknown,
  nameOf: (path: readonly PropertyKey[]) => string = (path) => path.join('.'),
): z.output<Schema> {
  const outcome = schema.safeParse(data, { reportInput: true })
  if (outcome.success) return outcome.data
  const faults = outcome.error.issues.map((issue) => refusal(nameOf(issue.path), issue.input, issue.message))
  throw new Fault(
    'invalid',
    faults.map((fault) => fault.message).join(' '),
    faults[0]?.field ? { field: faults[0].field } : {},
  )
}

/** The fault of one field: "script is required. Send ..." or "script: 5 cannot be used. Send ...". */
export function refusal(field: string, got: unknown, remedy: string): Fault {
  const missing = absentIfBlank(got) === undefined
  const text = missing
    ? `${field} is required. Send ${remedy}.`
    : `${field}: ${brief(got)} cannot be used. Send ${remedy}.`
  return new Fault('invalid', text, { field })
}

/** A value as JSON, cut to a length that a person reads. */
export function brief(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value)
  return json.length > 60 ? `${json.slice(0, 57)}...` : json
}
