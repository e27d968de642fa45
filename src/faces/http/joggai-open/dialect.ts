// JoggAI's oldest generation: all routes under /open.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { uploadRoutes } from './upload.ts'
import { videoRoutes } from './videos.ts'

/** Adds JoggAI /open to an instance that has JoggAI's lock and envelope. */
export function joggaiOpen(app: FastifyInstance, services: Services): void {
  videoRoutes(app, services)
  libraryRoutes(app, services)
  uploadRoutes(app, services)
  missingRoutes(app, [
    {
      what: 'A video made from a product or a template',
      remedy: 'Write the script yourself and send it to POST /open/render/talking_avatar.',
      routes: ['POST /open/product', 'PUT /open/product', 'POST /open/project/render', 'POST /open/render'],
    },
  ])
}
