// The OpenAPI page of each dialect, made from the schemas that its routes validate with.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { RouteDoc } from './documented.ts'

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

/** The OpenAPI 3.1 document of some routes. */
export function openApi(routes: readonly Route[], { title, version, prefix }: Title): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { method, url, doc } of routes) {
    const path = url.slice(prefix.length).replace(/:(\w+)/g, '{$1}') || '/'
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = operation(path, doc)
  }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url: prefix }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-api-key' } } },
    paths,
  }
}

function operation(path: string, doc: RouteDoc | undefined): Record<string, unknown> {
  const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const query = doc?.query ? Object.entries(jsonSchema(doc.query).properties ?? {}) : []
  const parameters = [...named, ...query.map(([name, schema]) => ({ name, in: 'query', schema }))]
  const content = doc?.raw
    ? { [doc.raw]: { schema: { type: 'string', format: 'binary' } } }
    : doc?.body
      ? { 'application/json': { schema: jsonSchema(doc.body) } }
      : null
  return {
    summary: doc?.summary ?? path.split('/').slice(2).join(' ').replace(/[_.]/g, ' '),
    tags: [path.split('/')[1] ?? ''],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(content ? { requestBody: { required: true, content } } : {}),
    responses: { '200': { description: 'The answer, or a refusal that names what is at fault' } },
  }
}

type Schema = { properties?: Record<string, { default?: unknown }>; required?: string[] }

/** What comes out of a schema is what ought to go in; what goes in is read more liberally. */
function jsonSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, {
    io: 'output',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      const { properties, required } = jsonSchema as Schema
      if (!properties || !required) return
      jsonSchema.required = required.filter((name) => properties[name]?.default === undefined)
      jsonSchema.additionalProperties = true
    },
  }) as Schema
}
