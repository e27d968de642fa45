// Generated bodies for every POST route of every dialect: what no client would send, and what a bad one might.
import fc from 'fast-check'

/** One route, as the OpenAPI pages tell of it. */
export type Target = { readonly base: string; readonly path: string; readonly schema: JsonSchema | null }

type JsonSchema = {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly minimum?: number
  readonly maximum?: number
}

/** What went wrong with one request, or null. */
export type Complaint = string | null

type Page = {
  paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: JsonSchema }> } }>>
}

/** All POST routes that a server tells of. */
export async function findTargets(address: string): Promise<readonly Target[]> {
  const targets: Target[] = []
  for (const base of ['/joggai', '/heygen', '/rostrum']) {
    const page = (await (await fetch(`${address}${base}/openapi.json`)).json()) as Page
    for (const [path, methods] of Object.entries(page.paths)) {
      if (!methods.post) continue
      targets.push({ base, path, schema: methods.post.requestBody?.content['application/json']?.schema ?? null })
    }
  }
  return targets
}

const ODD: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    ' ',
    0,
    -0,
    -1,
    1e308,
    2 ** 53,
    '1e9',
    'NaN',
    '\u0000',
    '\ud800',
    '__proto__',
    [],
    {},
  ),
  fc.string({ maxLength: 30, unit: 'binary' }),
  fc.double(),
  fc.webUrl(),
  fc.constantFrom(
    'http://127.0.0.1/',
    'http://[::1]/',
    'file:///etc/passwd',
    'https://u:p@example.com/',
    'http://',
    '//x',
  ),
  fc.jsonValue({ maxDepth: 3 }),
)

/** Something that fits a schema, or nearly. */
function fitting(schema: JsonSchema, depth = 0): fc.Arbitrary<unknown> {
  if (depth > 6) return ODD
  const choices = schema.oneOf ?? schema.anyOf
  if (choices && choices.length > 0) return fc.oneof(...choices.map((each) => fitting(each, depth + 1)))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, field]) => [name, mostly(fitting(field, depth + 1))] as const,
      )
      const record = Object.fromEntries(fields)
      const required = (schema.required ?? []).filter((name) => Object.hasOwn(record, name))
      return fc.oneof(
        { weight: 4, arbitrary: fc.record(record, { requiredKeys: required }) },
        { weight: 1, arbitrary: fc.record(record, { requiredKeys: [] }) },
      )
    }
    case 'array':
      return fc.array(mostly(fitting(schema.items ?? {}, depth + 1)), { maxLength: 4 })
    case 'integer':
      return fc.integer({ min: Math.max(-1000, schema.minimum ?? -1000), max: Math.min(5000, schema.maximum ?? 5000) })
    case 'number':
      return fc.double({ min: schema.minimum ?? -100, max: schema.maximum ?? 100, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'string':
      return fc.oneof(
        fc.string({ maxLength: 40 }),
        fc.webUrl(),
        fc.constantFrom('nora', '81', 'en-US-ChristopherNeural'),
      )
    default:
      return ODD
  }
}

const mostly = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 12, arbitrary }, { weight: 1, arbitrary: ODD })

/** A body as it goes over the wire: mostly JSON near the schema, now and then anything. */
function bodyFor({ schema }: Target): fc.Arbitrary<string> {
  const json = (arbitrary: fc.Arbitrary<unknown>) => arbitrary.map((value) => JSON.stringify(value) ?? '')
  return fc.oneof(
    { weight: 8, arbitrary: json(schema ? fitting(schema) : fc.dictionary(fc.string(), ODD, { maxKeys: 5 })) },
    { weight: 2, arbitrary: json(ODD) },
    { weight: 1, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        '[',
        '{"a":'.repeat(2000),
        '{"__proto__":{"x":1}}',
        '"'.repeat(100),
        '['.repeat(9000) + ']'.repeat(9000),
        '{"name":"\\u0000"}',
      ),
    },
  )
}

/** A request: a route with something for its path's parameters, and a body. */
export function requests(targets: readonly Target[]): fc.Arbitrary<{ target: Target; path: string; body: string }> {
  const id = fc.oneof(fc.constant('0'.repeat(32)), fc.string({ minLength: 1, maxLength: 20 }))
  // Routes that read a body have more to get wrong than those that only refuse.
  const readers = targets.filter(({ schema }) => schema !== null)
  const either = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...readers) },
    { weight: 1, arbitrary: fc.constantFrom(...targets) },
  )
  return either.chain((target) =>
    fc.record({
      target: fc.constant(target),
      path: id.map((value) => target.base + target.path.replace(/\{\w+\}/g, encodeURIComponent(value.toWellFormed()))),
      body: bodyFor(target),
    }),
  )
}

/** Sends one and says what is wrong with its answer: a 500, no answer within ten seconds, another envelope. */
export async function complaintAbout(
  address: string,
  key: string,
  { target, path, body }: { target: Target; path: string; body: string },
): Promise<Complaint> {
  let response: Response
  try {
    response = await fetch(address + path, {
      method: 'POST',
      body,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(10_000),
    })
  } catch (error) {
    return `no answer: ${error}`
  }
  const text = await response.text()
  if (response.status >= 500 && response.status !== 501) return `${response.status}: ${text}`
  let answer: Record<string, unknown>
  try {
    answer = JSON.parse(text)
  } catch {
    return `no JSON: ${text.slice(0, 200)}`
  }
  return hasEnvelope(target.base, response.status, answer) ? null : `${response.status}, no envelope: ${text}`
}

function hasEnvelope(base: string, status: number, answer: Record<string, unknown>): boolean {
  if (base === '/joggai') {
    const isWhole = typeof answer.rid === 'string' && Number.isInteger(answer.code) && typeof answer.msg === 'string'
    return isWhole && 'data' in answer && answer.code !== 50000
  }
  const error = answer.error as { code?: unknown; message?: unknown } | null | undefined
  if (base === '/rostrum') return status < 300 || typeof error?.message === 'string'
  if (status < 300) return 'data' in answer && (answer.error === null || answer.code === 100)
  if (error !== undefined)
    return answer.data === null && typeof error?.code === 'string' && typeof error.message === 'string'
  return Number.isInteger(answer.code) && typeof answer.message === 'string'
}
