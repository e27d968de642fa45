// JoggAI's first generation: all routes under /v1.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'
import { creditsOf } from '../joggai/credits.ts'
import { success } from '../joggai/envelope.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { photoAvatarRoutes } from './photo-avatars.ts'
import { MISSING_V1 } from './reference.ts'
import { uploadRoutes } from './upload.ts'
import { videoRoutes } from './videos.ts'
import { webhookRoutes } from './webhooks.ts'

/** Adds JoggAI v1 to an instance that has JoggAI's lock and envelope. */
export function joggaiV1(app: FastifyInstance, services: Services): void {
  videoRoutes(app, services)
  libraryRoutes(app, services)
  uploadRoutes(app, services)
  webhookRoutes(app, services)
  photoAvatarRoutes(app, services)
  app.get('/v1/whoami', async (request) => {
    const { email, name } = accountOf(request)
    return success(request, { email, username: name, credits: await creditsOf(request, services) })
  })
  missingRoutes(app, MISSING_V1)
}
