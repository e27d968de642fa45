// JoggAI's first generation: all routes under /v1.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { accountOf } from '../guard.ts'
import { creditsOf } from '../joggai/credits.ts'
import { success } from '../joggai/envelope.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { photoAvatarRoutes } from './photo-avatars.ts'
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
  missingRoutes(app, [
    {
      what: 'A video made from a product or a template',
      remedy: 'Write the script yourself and send it to POST /v1/create_video_from_talking_avatar.',
      routes: [
        'GET /v1/products',
        'POST /v1/product',
        'PUT /v1/product',
        'POST /v1/create_video_from_url',
        'POST /v1/preview',
        'GET /v1/templates',
        'GET /v1/templates/custom',
        'POST /v1/create_video_with_template',
        'POST /v1/create_video_with_variable',
      ],
    },
    { what: 'The writing of scripts', remedy: 'Send a script of your own.', routes: ['POST /v1/ai_scripts'] },
  ])
}
