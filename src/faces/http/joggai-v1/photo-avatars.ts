// JoggAI v1 photo avatars, and avatars made of a picture.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, text } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { success } from '../joggai/envelope.ts'
import {
  addMotion,
  beginPhoto,
  generateSchema,
  motionAnswer,
  motionSchema,
  photoAnswer,
} from '../joggai/photo-avatars.ts'

const STATUS = { pending: 'pending', completed: 'completed', failed: 'error' } as const
const deleteSchema = z.object({ avatar_id: text('the avatar_id of an avatar in GET /v1/avatars/custom') })

/** Adds photo_avatar/* and avatar/custom/delete. */
export function photoAvatarRoutes(app: FastifyInstance, services: Services): void {
  for (const path of ['photo/generate', 'new_look/generate']) {
    app.post(
      `/v1/photo_avatar/${path}`,
      { config: { doc: { summary: 'Make four people from words, or take one from a picture', body: generateSchema } } },
      async (request) => success(request, { photo_id: await beginPhoto(request, services) }),
    )
  }
  app.get('/v1/photo_avatar/generation', async (request) => success(request, await photoAnswer(request, services)))
  app.post(
    '/v1/photo_avatar/add_motion',
    { config: { doc: { summary: 'Make an avatar of a picture', body: motionSchema } } },
    async (request) => {
      const { id, number, name } = await addMotion(request, services)
      return success(request, { avatar_id: number, motion_id: id, name })
    },
  )
  app.get('/v1/photo_avatar', async (request) => success(request, await motionAnswer(request, services, STATUS)))
  // The number stands in the query, or as `id` in a body (contract 4).
  app.delete('/v1/avatar/custom/delete', async (request) => {
    const { id, ...body } = fieldsOf(request.body)
    const given = { avatar_id: id, ...body, ...fieldsOf(request.query) }
    const asked = read(deleteSchema, {
      ...given,
      avatar_id: given.avatar_id === undefined ? undefined : String(given.avatar_id),
    })
    const accountId = accountOf(request).id
    const avatar = await services.ownAvatars.get(accountId, asked.avatar_id)
    await services.ownAvatars.remove(accountId, avatar.id)
    return success(request, null)
  })
}
