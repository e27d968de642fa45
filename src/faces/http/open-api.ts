// The OpenAPI page of each dialect, made from the schemas that its routes validate with and the words of its table.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type Documents, type RouteDoc, type RouteWords, rehearsal } from './documented.ts'

/** A route as it was added. */
type Route = { readonly method: string; readonly url: string; readonly doc: RouteDoc | undefined }

/** Collects the routes that are added to an instance from now on; `url` includes the prefix. */
export function collectRoutes(app: FastifyInstance): readonly Route[] {
  const routes: Route[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.isHidden) return
    for (const each of [method].flat()) {
      if (each !== 'HEAD' && each !== 'OPTIONS') routes.push({ method: each, url, doc: config?.doc })
    }
  })
  return routes
}

/** What a document says of its API. */
export type Title = { readonly title: string; readonly version: string; readonly prefix: string }

type Operation = Record<string, unknown> & { readonly tags: readonly string[] }

/** The OpenAPI 3.1 document of some routes. @throws Error for a route that the documents have no words for. */
export function openApi(
  routes: readonly Route[],
  { title, version, prefix }: Title,
  documents: Documents,
): Record<string, unknown> {
  const paths: Record<string, Record<string, Operation>> = {}
  for (const name of Object.keys(documents.routes)) {
    const route = routes.find((each) => nameOf(each, prefix) === name)
    if (!route) throw new Error(`There is no route ${name}, and there are words about it.`)
    const path = pathOf(route, prefix)
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operation({ ...route, path }, documents)
  }
  const silent = routes.filter((route) => !documents.routes[nameOf(route, prefix)])
  if (silent.length > 0) {
    throw new Error(`There are no words about ${silent.map((route) => nameOf(route, prefix)).join(', ')}.`)
  }
  const tags = new Set(Object.values(paths).flatMap((path) => Object.values(path).flatMap(({ tags }) => tags)))
  return {
    openapi: '3.1.0',
    info: { title, version, description: documents.about },
    servers: [{ url: prefix }],
    security: [{ key: [] }],
    tags: [...tags].map((name) => ({ name })),
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-api-key', description: 'A key of this server' },
      },
    },
    paths,
  }
}

const pathOf = ({ url }: Route, prefix: string) => url.slice(prefix.length).replace(/:(\w+)/g, '{$1}') || '/'
const nameOf = (route: Route, prefix: string) => `${route.method} ${pathOf(route, prefix)}`

function operation(route: Route & { readonly path: string }, documents: Documents): Operation {
  const { method, path, doc } = route
  const words = documents.routes[`${method} ${path}`]!
  const parameters = parametersOf(route)
  const content = doc?.raw
    ? { [doc.raw]: { schema: { type: 'string', format: 'binary' } } }
    : doc?.body
      ? { 'application/json': { schema: jsonSchema(doc.body), ...exampleOf(words) } }
      : null
  return {
    operationId:
      `${method.toLowerCase()}${path.replace(/\W+(\w)/g, (_, letter: string) => letter.toUpperCase())}`.replace(
        /\W/g,
        '',
      ),
    summary: words.summary,
    description: words.description,
    tags: [words.tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: responsesOf(route, words, documents),
  }
}

const exampleOf = ({ example }: RouteWords) => (example === undefined ? {} : { example })

function parametersOf({ method, path, doc }: Route & { path: string }): object[] {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: 'As the call that made it answered, or as a list names it',
    schema: { type: 'string' },
  }))
  const { properties = {}, required = [] } = doc?.query ? jsonSchema(doc.query) : {}
  const query = Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
  const dryRun = {
    name: 'dry_run',
    in: 'query',
    description: 'true: only tells what would be made, how long it would last and how large it would be',
    schema: { type: 'boolean' },
  }
  const once = {
    name: 'Idempotency-Key',
    in: 'header',
    description: 'For 24 hours the same key and body get the same answer; the same key with another body is refused',
    schema: { type: 'string', maxLength: 255 },
  }
  return [...named, ...query, ...(doc?.isRehearsable ? [dryRun] : []), ...(method === 'POST' ? [once] : [])]
}

const REQUEST_ID = { 'X-Request-Id': { description: 'The id of this request in the log', schema: { type: 'string' } } }

function responsesOf(
  { method, path, doc }: Route & { readonly path: string },
  words: RouteWords,
  { envelope, refusals }: Documents,
): Record<string, object> {
  const isRehearsable = doc?.isRehearsable === true
  const { 200: other, ...rest } = refusals({ method, path, words, isRehearsable })
  const { answer, answers = 'application/json' } = words
  const forms = [
    ...(answer === null ? [] : [answers === 'application/json' ? envelope(answer, path) : answer]),
    ...(isRehearsable ? [envelope(rehearsal, path)] : []),
    ...(other ? [other.body] : []),
  ]
  const description = other
    ? answer === null
      ? other.description
      : `The answer, or: ${other.description}`
    : 'The answer'
  const [first] = forms
  const schema = forms.length > 1 ? { anyOf: forms.map((form) => jsonSchema(form)) } : first ? jsonSchema(first) : null
  return {
    ...(schema === null ? {} : { '200': { description, headers: REQUEST_ID, content: { [answers]: { schema } } } }),
    ...Object.fromEntries(
      Object.entries(rest).map(([status, { description, body }]) => [
        status,
        { description, headers: REQUEST_ID, content: { 'application/json': { schema: jsonSchema(body) } } },
      ]),
    ),
  }
}

type Schema = {
  description?: string
  properties?: Record<string, { default?: unknown; description?: string }>
  required?: string[]
}

/** What comes out of a schema is what ought to go in; what goes in is read more liberally. */
function jsonSchema(schema: z.ZodType): Schema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    override({ jsonSchema, zodSchema }) {
      // The bounds of whole numbers in JavaScript say nothing.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      const remedy = remedyOf(zodSchema)
      if (remedy !== null) jsonSchema.description ??= remedy
      // Clients may send more, and answers may come to have more.
      delete jsonSchema.additionalProperties
      const { properties, required } = jsonSchema as Schema
      if (!properties || !required) return
      jsonSchema.required = required.filter((name) => properties[name]?.default === undefined)
    },
  }) as Schema & { $schema?: string }
  return made
}

/** The words of a field's refusal say what to send: they describe it too. */
function remedyOf({ _zod }: z.core.$ZodType): string | null {
  const error = _zod.def.error as ((issue: object) => unknown) | undefined
  const words = error?.({ code: 'custom', input: undefined, path: [] })
  return typeof words === 'string' ? words.charAt(0).toUpperCase() + words.slice(1) : null
}
