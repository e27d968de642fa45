// JoggAI's second generation, as one dialect.
import type { Dialect } from '../dialect.ts'
import { answerError, CODES, sendFailure } from './envelope.ts'
import { guard } from './guard.ts'
import { libraryRoutes } from './library.ts'
import { userRoutes } from './user.ts'
import { videoRoutes } from './videos.ts'
import { voiceRoutes } from './voices.ts'

/** JoggAI v2 under /joggai and at the root, and under the /open alias that its documents used for a time. */
export const joggaiV2: Dialect = {
  name: 'joggai-v2',
  prefixes: ['/joggai', '', '/joggai/open', '/open'],
  owns: (path) => /^\/(joggai|open|v2)(\/|$)/.test(path),
  mount(app, services) {
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply, services.config.httpStatuses))
    guard(app, services)
    videoRoutes(app, services)
    libraryRoutes(app, services)
    voiceRoutes(app, services)
    userRoutes(app)
  },
  answerUnrouted(request, reply, status, detail, services) {
    const code = status === 404 ? CODES.unknownRoute : CODES.parameter
    return sendFailure(request, reply, code, detail, services.config.httpStatuses)
  },
}
