// JoggAI's second generation: all routes under /v2.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { lipSyncRoutes } from './lip-sync.ts'
import { photoAvatarRoutes } from './photo-avatars.ts'
import { MISSING_V2 } from './reference.ts'
import { uploadRoutes } from './upload.ts'
import { userRoutes } from './user.ts'
import { videoRoutes } from './videos.ts'
import { webhookRoutes } from './webhooks.ts'

/** Adds JoggAI v2 to an instance that has JoggAI's lock and envelope. */
export function joggaiV2(app: FastifyInstance, services: Services): void {
  videoRoutes(app, services)
  lipSyncRoutes(app, services)
  libraryRoutes(app, services)
  uploadRoutes(app, services)
  photoAvatarRoutes(app, services)
  userRoutes(app, services)
  webhookRoutes(app, services)
  missingRoutes(app, MISSING_V2)
}
