// The HTTP door: mounts every dialect, the files and the front page on one port.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import fastifyCors from '@fastify/cors'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import { Fault, type FaultKind } from '../../core/errors.ts'
import { type Log, silentLog } from '../../services/log.ts'
import type { Services } from '../../services/open.ts'
import { chooseDialect, dialectOfBody } from './choose-dialect.ts'
import type { Dialect } from './dialect.ts'
import { fileRoutes, refuse } from './files.ts'
import { prepareGuards } from './guard.ts'
import { heygen } from './heygen/dialect.ts'
import { homeRoutes } from './home.ts'
import { joggai } from './joggai.ts'
import { readJsonOfAnyType } from './json-body.ts'
import { loggerOver } from './logger.ts'
import { mediaRoutes } from './media.ts'
import { collectRoutes, openApi } from './open-api.ts'
import { referenceRoutes } from './reference.ts'
import { rostrum } from './rostrum/dialect.ts'
import { uploadRoutes } from './uploads.ts'

const DIALECTS: readonly Dialect[] = [joggai, heygen, rostrum]

const TITLES: Readonly<Record<Dialect['name'], string>> = {
  joggai: "JoggAI's API, as Rostrum answers it",
  heygen: "HeyGen's API, as Rostrum answers it",
  rostrum: "Rostrum's own API",
}

/** Longest JSON body, in bytes. */
const BODY_LIMIT = 1024 * 1024

/** What pages in browsers may read beside the body. */
const EXPOSED_HEADERS = [
  'x-request-id',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'idempotency-replayed',
]

/** How a server is set up beyond its services. */
export type ServerOptions = {
  /** What /healthz and the front page say. */
  readonly version: string
  /** Where log lines go; silent where absent. Each carries the request's id as `rid`. */
  readonly log?: Log
}

/** Builds the server; the caller listens and closes. Its services stay open when it closes. */
export function buildServer(services: Services, options: ServerOptions): FastifyInstance {
  const app: FastifyInstance = fastify({
    loggerInstance: loggerOver(options.log ?? silentLog),
    genReqId: () => randomBytes(16).toString('hex'),
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'rid' }),
    bodyLimit: BODY_LIMIT,
    trustProxy: 'loopback',
    forceCloseConnections: 'idle',
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true, maxParamLength: 500 },
    frameworkErrors: (error, request, reply) => answerUnrouted(request, reply, 400, error.message),
    serverFactory: (handle) =>
      createServer((message, response) => {
        routeMessage(message, services).then(() => handle(message, response))
      }),
  })
  prepareGuards(app)
  const { corsOrigins } = services.config
  if (corsOrigins.length > 0) {
    app.register(fastifyCors, {
      origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
      methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 86_400,
    })
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request
    if (reply.statusCode < 400 && (method === 'GET' || method === 'HEAD')) return
    const milliseconds = Math.round(reply.elapsedTime * 10) / 10
    request.log.info({ method, path: pathOf(request), status: reply.statusCode, milliseconds }, 'request')
  })
  readJsonOfAnyType(app)
  app.register(fastifyStatic, { root: process.cwd(), serve: false })
  app.setNotFoundHandler((request, reply) =>
    answerUnrouted(
      request,
      reply,
      404,
      `there is no ${request.method} ${pathOf(request)} here.${otherMethod(request)}`,
    ),
  )
  app.setErrorHandler((error, request, reply) => answerPlainly(error, request, reply))

  app.register(async (open) => {
    homeRoutes(open, services, options.version)
    fileRoutes(open, services)
    mediaRoutes(open, services)
    uploadRoutes(open, services)
    referenceRoutes(
      open,
      DIALECTS.map(({ name, prefix }) => ({ title: TITLES[name], url: `${prefix}/openapi.json` })),
    )
  })
  for (const dialect of DIALECTS) {
    app.register(
      async (scope) => {
        const routes = collectRoutes(scope)
        scope.register(async (open) => {
          const title = { title: TITLES[dialect.name], version: options.version, prefix: dialect.prefix }
          open.get('/openapi.json', { config: { isHidden: true } }, async () =>
            openApi(routes, title, dialect.documents),
          )
        })
        scope.register(async (guarded) => dialect.mount(guarded, services))
      },
      { prefix: dialect.prefix },
    )
  }
  app.register(async (scope) => {
    // A body that cannot be read says of no dialect: the first one answers.
    scope.setErrorHandler((error, request, reply) =>
      statusOf(error) < 500
        ? joggai.answerUnrouted(request, reply, 400, (error as Error).message, services)
        : answerPlainly(error, request, reply),
    )
    scope.post('/shared/*', async (request, reply) => {
      const url = `/${dialectOfBody(request.body)}${request.url.slice('/shared'.length)}`
      const payload = request.body === undefined ? {} : { payload: JSON.stringify(request.body) }
      const answer = await app.inject({ method: 'POST', url, headers: headersOf(request), ...payload })
      return reply
        .code(answer.statusCode)
        .headers(answer.headers as Record<string, string>)
        .send(answer.rawPayload)
    })
  })

  function otherMethod(request: FastifyRequest): string {
    const url = (request.raw.url ?? '/').split('?', 1)[0]!
    const other = (['POST', 'GET'] as const).find((method) => app.hasRoute({ url, method }))
    return other ? ` There is a ${other}.` : ''
  }
  function answerUnrouted(
    request: FastifyRequest,
    reply: FastifyReply,
    status: 400 | 404,
    detail: string,
  ): FastifyReply {
    const dialect = DIALECTS.find(
      ({ prefix }) => request.raw.url === prefix || request.raw.url?.startsWith(`${prefix}/`),
    )
    reply.header('x-request-id', request.id)
    return dialect
      ? dialect.answerUnrouted(request, reply, status, detail, services)
      : refuse(reply, status, capital(detail))
  }
  return app
}

const STATUS_OF_KIND: Readonly<Record<FaultKind, number>> = {
  invalid: 400,
  unspeakable: 400,
  unsupported: 501,
  'rate-limited': 429,
  'out-of-quota': 402,
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
  internal: 500,
}

function statusOf(error: unknown): number {
  if (error instanceof Fault) return STATUS_OF_KIND[error.kind]
  const { statusCode } = error as { statusCode?: unknown }
  return typeof statusCode === 'number' ? statusCode : 500
}

/** Answers what was thrown outside of every dialect. */
function answerPlainly(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof Fault && error.kind !== 'internal')
    return refuse(reply, STATUS_OF_KIND[error.kind], error.message)
  const status = statusOf(error)
  if (status >= 400 && status < 500) {
    const { headers = {} } = error as { headers?: Record<string, string> }
    return refuse(reply.headers(headers), status, (error as Error).message)
  }
  request.log.error({ err: error }, 'system error')
  return refuse(reply, 500, `Something broke in the server. Its log has the cause under ${request.id}.`)
}

/** Gives a message the address that it is routed under and keeps the one that the client wrote. */
async function routeMessage(message: IncomingMessage & { originalUrl?: string }, services: Services): Promise<void> {
  message.originalUrl = message.url ?? '/'
  try {
    message.url = await chooseDialect(message.originalUrl, {
      method: message.method ?? 'GET',
      headers: message.headers,
      dialectOf: async (key) => (await services.keys.accountFor(key))?.dialect ?? null,
    })
  } catch {
    // The store did not answer: the route's own guard will say so in its dialect's words.
  }
}

function headersOf({ headers }: FastifyRequest): Record<string, string> {
  const { 'content-length': _, 'transfer-encoding': __, ...rest } = headers as Record<string, string>
  return rest
}

const pathOf = (request: FastifyRequest) => request.originalUrl.split('?', 1)[0]!.replace(/\/{2,}/g, '/')
const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1)
