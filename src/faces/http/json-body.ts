// JSON bodies, whatever they are called, as far as nothing that comes later can choke on them.
import type { FastifyInstance } from 'fastify'
import { Fault } from '../../core/errors.ts'

/** Deepest nesting of a JSON body. */
const MOST_DEPTH = 100

/** Clients forget the content type or send curl's default: whatever it is called, a body here is JSON. */
export function readJsonOfAnyType(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    const text = String(body).replace(/^\uFEFF/, '')
    if (text.trim() === '') return done(null, undefined)
    try {
      if (isDeep(text)) throw new Error(`it is nested more than ${MOST_DEPTH} deep`)
      const parsed: unknown = JSON.parse(text)
      if (text.includes('\\u0000') && hasNul(parsed)) throw new Error('it holds a character with the number 0')
      done(null, parsed)
    } catch (cause) {
      done(new Fault('invalid', `the body is not JSON: ${(cause as Error).message}.`, { cause }))
    }
  })
}

/** Whether a JSON text is nested deeper than any request; whoever walks through it later would run out of stack. */
function isDeep(text: string): boolean {
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (isQuoted) {
      if (sign === '\\') at++
      else if (sign === '"') isQuoted = false
    } else if (sign === '"') isQuoted = true
    else if (sign === '{' || sign === '[') {
      if (++depth > MOST_DEPTH) return true
    } else if (sign === '}' || sign === ']') depth--
  }
  return false
}

/** Whether a text within holds the character that no store takes. */
function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, each]) => key.includes('\0') || hasNul(each))
}
