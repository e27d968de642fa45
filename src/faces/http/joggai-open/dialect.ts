// JoggAI's oldest generation: all routes under /open.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { MISSING_OPEN } from './reference.ts'
import { uploadRoutes } from './upload.ts'
import { videoRoutes } from './videos.ts'

/** Adds JoggAI /open to an instance that has JoggAI's lock and envelope. */
export function joggaiOpen(app: FastifyInstance, services: Services): void {
  videoRoutes(app, services)
  libraryRoutes(app, services)
  uploadRoutes(app, services)
  missingRoutes(app, MISSING_OPEN)
}
