// The OpenAPI page of one API, held against what the server really answers.
import { z } from 'zod'
import type { TestServer } from '../../src/faces/http/test-server.ts'

type Json = { readonly [key: string]: unknown }
type Content = Readonly<Record<string, { readonly schema?: Json; readonly example?: unknown }>>
type Operation = {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Json }[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>
}

/** What a page says, and whether it is so. */
export type Document = {
  /** `METHOD /path/{id}` of each. */
  readonly routes: readonly string[]
  /** What an answer has that the page does not tell of, or lacks, or has otherwise; null where all is as told. */
  complaint(route: string, status: number, answer: unknown): string | null
  /** What the page ought to say of its routes and does not. */
  gaps(): readonly string[]
}

/** Reads the page of an API. */
export async function readDocument(server: TestServer, base: string): Promise<Document> {
  const page = (await (await server.ask(`${base}/openapi.json`)).json()) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
    readonly tags: readonly { readonly name: string }[]
  }
  const operations = new Map<string, Operation>(
    Object.entries(page.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
    ),
  )
  const readers = new Map<string, z.ZodType>()
  return {
    routes: [...operations.keys()],
    complaint(route, status, answer) {
      const [[type, { schema }] = ['nothing', {}]] = Object.entries(
        operations.get(route)?.responses[status]?.content ?? {},
      )
      if (schema === undefined) return `the page tells of no answer with the status ${status}`
      if (type !== 'application/json') return typeof answer === 'string' ? null : `is no ${type}`
      const name = `${route} ${status}`
      const reader = readers.get(name) ?? z.fromJSONSchema(closed(schema) as z.core.JSONSchema.JSONSchema)
      readers.set(name, reader)
      const outcome = reader.safeParse(answer)
      return outcome.success ? null : z.prettifyError(outcome.error)
    },
    gaps() {
      const summaries = new Map<string, string>()
      const known = new Set(page.tags.map(({ name }) => name))
      return [...operations].flatMap(([route, operation]) => {
        const gaps: string[] = []
        const need = (isThere: boolean, what: string) => {
          if (!isThere) gaps.push(`${route}: ${what}`)
        }
        const { summary = '', description = '', tags = [], parameters = [], requestBody, responses } = operation
        need(/^[A-Z][^.]{6,79}$/.test(summary), 'no summary of a few words')
        need(/^[A-Z`].*\.$/s.test(description), 'no description in sentences')
        const namesake = summaries.get(`${tags[0]} ${summary}`)
        need(namesake === undefined, `the summary of ${namesake}`)
        summaries.set(`${tags[0]} ${summary}`, route)
        need(tags.length === 1 && known.has(tags[0]!), 'no group')
        need(/^\w+$/.test(operation.operationId ?? ''), 'no operationId')
        for (const [, name] of route.matchAll(/\{(\w+)\}/g)) {
          need(
            parameters.some((each) => each.in === 'path' && each.name === name),
            `no parameter ${name}`,
          )
        }
        for (const { name, schema } of parameters)
          need(schema?.type !== undefined || 'anyOf' in (schema ?? {}), `no type of ${name}`)
        for (const [type, { schema, example }] of Object.entries(requestBody?.content ?? {})) {
          need(hasForm(schema), 'no form of its body')
          if (type === 'application/json') need(fits(schema, example), 'no example of its body that fits')
        }
        const isSupported =
          !/^(Not supported|There are no templates)/.test(description) && !/not supported here/.test(description)
        need(!isSupported || '200' in responses, 'no answer')
        for (const status of ['401', '500']) need(status in responses, `no ${status}`)
        for (const [status, { description: words = '', content = {} }] of Object.entries(responses)) {
          need(words !== '', `no words about ${status}`)
          const schemas = Object.values(content).map(({ schema }) => schema)
          need(schemas.length > 0 && schemas.every(hasForm), `no form of ${status}`)
        }
        return gaps
      })
    },
  }
}

const hasForm = (schema: Json | undefined) =>
  schema !== undefined && ['type', 'anyOf', 'oneOf'].some((key) => key in schema)

const fits = (schema: Json | undefined, example: unknown) =>
  z.fromJSONSchema(schema as z.core.JSONSchema.JSONSchema).safeParse(example).success

/** The same schema, under which a key that it does not name is a fault. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return inner.type === 'object' && 'properties' in inner ? { ...inner, additionalProperties: false } : inner
}
