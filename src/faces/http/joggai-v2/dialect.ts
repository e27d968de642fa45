// JoggAI's second generation: all routes under /v2.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { libraryRoutes } from './library.ts'
import { userRoutes } from './user.ts'
import { videoRoutes } from './videos.ts'
import { voiceRoutes } from './voices.ts'
import { webhookRoutes } from './webhooks.ts'

/** Adds JoggAI v2 to an instance that has JoggAI's lock and envelope. */
export function joggaiV2(app: FastifyInstance, services: Services): void {
  videoRoutes(app, services)
  libraryRoutes(app, services)
  voiceRoutes(app, services)
  userRoutes(app)
  webhookRoutes(app, services)
}
