// JoggAI's three generations behind one lock and one envelope.
import type { Dialect } from './dialect.ts'
import { guard } from './guard.ts'
import { answerError, CODES, sendFailure } from './joggai/envelope.ts'
import { joggaiOpen } from './joggai-open/dialect.ts'
import { joggaiV1 } from './joggai-v1/dialect.ts'
import { joggaiV2 } from './joggai-v2/dialect.ts'

/** JoggAI under /joggai, and at the root. */
export const joggai: Dialect = {
  name: 'joggai',
  prefix: '/joggai',
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
