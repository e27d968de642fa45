// JoggAI v2 photo avatars.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import {
  addMotion,
  beginPhoto,
  generateSchema,
  motionAnswer,
  motionSchema,
  photoAnswer,
} from '../joggai/photo-avatars.ts'

const STATUS = { pending: 'processing', completed: 'completed', failed: 'failed' } as const

/** Adds photo/generate, photo, add_motion and the motion's own status. */
export function photoAvatarRoutes(app: FastifyInstance, services: Services): void {
  app.post(
    '/v2/photo_avatar/photo/generate',
    { config: { doc: { summary: 'Make four people from words, or take one from a picture', body: generateSchema } } },
    async (request) => success(request, { photo_id: await beginPhoto(request, services) }),
  )
  app.get('/v2/photo_avatar/photo', async (request) => success(request, await photoAnswer(request, services, [])))
  app.post(
    '/v2/photo_avatar/add_motion',
    { config: { doc: { summary: 'Make an avatar of a picture', body: motionSchema } } },
    async (request) => {
      const { id, number, status } = await addMotion(request, services)
      return success(request, { avatar_id: number, motion_id: id, status: STATUS[status] })
    },
  )
  app.get('/v2/photo_avatar', async (request) => success(request, await motionAnswer(request, services, STATUS)))
}
