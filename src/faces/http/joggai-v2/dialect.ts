// JoggAI's second generation: all routes under /v2.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { missingRoutes } from '../joggai/unsupported.ts'
import { libraryRoutes } from './library.ts'
import { lipSyncRoutes } from './lip-sync.ts'
import { photoAvatarRoutes } from './photo-avatars.ts'
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
  missingRoutes(app, [
    {
      what: 'A video made from a product',
      remedy: 'Write the script yourself and send it to POST /v2/create_video_from_avatar.',
      routes: [
        'POST /v2/product',
        'PUT /v2/product',
        'POST /v2/create_video_from_product',
        'POST /v2/create_video_from_product/preview_list',
        'POST /v2/create_video_from_product/render_single_preview',
        'GET /v2/product_video/:id',
        'GET /v2/product_previews',
        'GET /v2/product_videos',
      ],
    },
    {
      what: 'A video made from a template',
      remedy: 'Send each video whole to POST /v2/create_video_from_avatar.',
      routes: [
        'GET /v2/templates',
        'GET /v2/templates/custom',
        'GET /v2/template/custom/:id',
        'POST /v2/create_video_with_template',
        'GET /v2/template_video/:id',
        'GET /v2/template_videos',
      ],
    },
    {
      what: 'The writing of scripts',
      remedy: 'Send a script of your own.',
      routes: ['POST /v2/ai_scripts', 'GET /v2/ai_scripts/results/:id'],
    },
    {
      what: 'The translation of videos',
      remedy: 'Send a translated script with a voice of its language.',
      routes: ['POST /v2/video_translate', 'GET /v2/video_translate/target_languages', 'GET /v2/video_translate/:id'],
    },
    {
      what: 'An avatar made from a product',
      remedy: 'Choose one in GET /v2/avatars/public.',
      routes: [
        'POST /v2/product_avatar/generation',
        'GET /v2/product_avatar/generation/:id',
        'POST /v2/product_avatar/add_motion',
        'GET /v2/product_avatar',
      ],
    },
  ])
}
