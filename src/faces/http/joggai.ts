// JoggAI's three generations behind one lock and one envelope.
import { z } from 'zod'
import type { Dialect } from './dialect.ts'
import { type Documents, hexId } from './documented.ts'
import { guard } from './guard.ts'
import { endpointTwice } from './joggai/answers.ts'
import { answerError, CODES, sendFailure } from './joggai/envelope.ts'
import { joggaiOpen } from './joggai-open/dialect.ts'
import { REFERENCE_OPEN } from './joggai-open/reference.ts'
import { joggaiV1 } from './joggai-v1/dialect.ts'
import { REFERENCE_V1 } from './joggai-v1/reference.ts'
import { joggaiV2 } from './joggai-v2/dialect.ts'
import { REFERENCE_V2 } from './joggai-v2/reference.ts'

const ABOUT = `Clients of JoggAI's three generations work here once their base address leads to this server.

Every answer is \`{"rid", "code", "msg", "data"}\`; \`code\` is 0 for a success. As on the service, most refusals come with HTTP
status 200 and their own \`code\`: 40000 for what cannot be used, 10104 for what is not there, 18020 for a used-up quota. The
setting \`ROSTRUM_HTTP_STATUSES=rest\` sends 400, 404 and 402 instead. All of these routes are at the root of the server, too.`

const documents: Documents = {
  about: ABOUT,
  routes: { ...REFERENCE_V2, ...REFERENCE_V1, ...REFERENCE_OPEN },
  envelope: (data) =>
    data === endpointTwice
      ? data
      : z.object({ rid: hexId, code: z.literal(CODES.success), msg: z.literal('success'), data }),
  refusals({ method, path }) {
    const legacy = path.startsWith('/open/') ? { error: z.int(), message: z.string() } : {}
    const body = z.object({ rid: hexId, code: z.int().min(1), msg: z.string(), data: z.null(), ...legacy })
    const said = (description: string) => ({ description, body })
    return {
      200: said('A refusal: `code` says of which kind, `msg` what is at fault and what would do'),
      401: said('Code 10105: no key, or none of this server'),
      ...(method === 'POST'
        ? {
            409: said('Code 40000: the Idempotency-Key was used with another body'),
            429: {
              description: 'Code 429: too many requests a minute; Retry-After says when to come again',
              body: body
                .omit({ ...(legacy.error ? { error: true, message: true } : {}) })
                .extend({ retryAfter: z.int() }),
            },
          }
        : {}),
      500: said('Code 50000: something broke in the server; its log has the cause under X-Request-Id'),
    }
  },
}

/** JoggAI under /joggai, and at the root. */
export const joggai: Dialect = {
  name: 'joggai',
  prefix: '/joggai',
  documents,
  mount(app, services) {
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply, services.config.httpStatuses))
    guard(app, services)
    joggaiV2(app, services)
    joggaiV1(app, services)
    joggaiOpen(app, services)
  },
  answerUnrouted(request, reply, status, detail, services) {
    const code = status === 404 ? CODES.unknownRoute : CODES.parameter
    return sendFailure(request, reply, code, detail, services.config.httpStatuses)
  },
}
