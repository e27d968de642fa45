// JoggAI v1 photo avatars, and avatars made of a picture.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import { createAvatar, createSchema, deleteAvatar, deleteSchema } from '../joggai/own-avatars.ts'
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

const STATUS = { pending: 'pending', completed: 'completed', failed: 'error' } as const

/** Adds photo_avatar/*, avatar/create and avatar/custom/delete. */
export function photoAvatarRoutes(app: FastifyInstance, services: Services): void {
  for (const path of ['photo/generate', 'new_look/generate']) {
    app.post(`/v1/photo_avatar/${path}`, { config: { doc: { body: generateSchema } } }, async (request) =>
      success(request, { photo_id: await beginPhoto(request, services) }),
    )
  }
  app.get('/v1/photo_avatar/generation', { config: { doc: { query: photoQuery } } }, async (request) =>
    success(request, await photoAnswer(request, services, null)),
  )
  app.post('/v1/photo_avatar/add_motion', { config: { doc: { body: motionSchema } } }, async (request) => {
    const { id, number, name } = await addMotion(request, services)
    return success(request, { avatar_id: number, motion_id: id, name })
  })
  app.get('/v1/photo_avatar', { config: { doc: { query: motionQuery } } }, async (request) =>
    success(request, await motionAnswer(request, services, STATUS)),
  )
  app.post('/v1/avatar/create', { config: { doc: { body: createSchema } } }, async (request) => {
    const { number } = await createAvatar(request, services)
    return success(request, { avatar_id: number, id: number })
  })
  app.delete('/v1/avatar/custom/delete', { config: { doc: { query: deleteSchema } } }, async (request) => {
    await deleteAvatar(request, services)
    return success(request, null)
  })
}
