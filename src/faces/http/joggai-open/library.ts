// JoggAI /open lists: avatars and timbres, public and one's own.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { avatarQuery, avatarsFor, voiceQuery, voicesFor } from '../joggai/catalogue.ts'
import { success } from '../joggai/envelope.ts'
import { createAvatar, createSchema, deleteAvatar, deleteSchema, ownAvatarAnswers } from '../joggai/own-avatars.ts'

/** Adds avatar, avatar/user, avatar/create, avatar/user/delete, timbre and timbre/user. */
export function libraryRoutes(app: FastifyInstance, services: Services): void {
  app.get('/open/avatar', { config: { doc: { query: avatarQuery } } }, async (request) =>
    success(request, { avatars: avatarsFor(request, services).avatars }),
  )
  app.get('/open/avatar/user', async (request) => {
    const own = await ownAvatarAnswers(request, services)
    return success(request, { avatars: own.map((avatar) => ({ ...avatar, product_status: avatar.status })) })
  })
  app.post('/open/avatar/create', { config: { doc: { body: createSchema } } }, async (request) => {
    const { number } = await createAvatar(request, services)
    return success(request, { id: number, avatar_id: number })
  })
  app.delete('/open/avatar/user/delete', { config: { doc: { query: deleteSchema } } }, async (request) => {
    await deleteAvatar(request, services)
    return success(request, null)
  })
  app.get('/open/timbre', { config: { doc: { query: voiceQuery } } }, async (request) => {
    const timbres = voicesFor(request, services).voices.map((voice) => ({
      name: voice.name,
      lang_id: voice.voice_id,
      audition_url: voice.audio_url,
      language: voice.language,
      gender: voice.gender,
    }))
    return success(request, { total: timbres.length, timbres })
  })
  app.get('/open/timbre/user', async (request) => success(request, { total: 0, timbres: [] }))
}
