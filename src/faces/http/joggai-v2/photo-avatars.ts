// JoggAI v2 photo avatars.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import {
  addMotion,
  beginPhoto,
  generateSchema,
  motionAnswer,
  motionQuery,
  motionSchema,
  photoAnswer,
  photoQuery,
} from '../joggai/photo-avatars.ts'

const STATUS = { pending: 'processing', completed: 'completed', failed: 'failed' } as const

/** Adds photo/generate, photo, add_motion and the motion's own status. */
export function photoAvatarRoutes(app: FastifyInstance, services: Services): void {
  app.post('/v2/photo_avatar/photo/generate', { config: { doc: { body: generateSchema } } }, async (request) =>
    success(request, { photo_id: await beginPhoto(request, services) }),
  )
  app.get('/v2/photo_avatar/photo', { config: { doc: { query: photoQuery } } }, async (request) =>
    success(request, await photoAnswer(request, services, [])),
  )
  app.post('/v2/photo_avatar/add_motion', { config: { doc: { body: motionSchema } } }, async (request) => {
    const { id, number, status } = await addMotion(request, services)
    return success(request, { avatar_id: number, motion_id: id, status: STATUS[status] })
  })
  app.get('/v2/photo_avatar', { config: { doc: { query: motionQuery } } }, async (request) =>
    success(request, await motionAnswer(request, services, STATUS)),
  )
}
