// HeyGen photo avatars and talking photos: what this server has of them.
import type { FastifyInstance } from 'fastify'
import { NotFound, Unsupported } from '../../../core/errors.ts'
import { v1 } from './envelope.ts'

/** Adds talking_photo.* and photo_avatar/*. */
export function photoRoutes(app: FastifyInstance): void {
  const refuse = async () => {
    throw new Unsupported('A photo as an avatar', 'Choose an avatar in GET /v2/avatars.')
  }
  app.get('/v1/talking_photo.list', async () => v1([]))
  app.post('/v1/talking_photo', refuse)
  app.delete<{ Params: { id: string } }>('/v2/talking_photo/:id', async (request) => {
    throw new NotFound('talking photo', request.params.id)
  })
  for (const path of [
    'photo/generate',
    'avatar_group/create',
    'avatar_group/add',
    'train',
    'look/generate',
    'add_motion',
    'add_sound_effect',
    'upscale',
  ]) {
    app.post(`/v2/photo_avatar/${path}`, refuse)
  }
  app.post('/v2/video/av4/generate', refuse)
  const unknown = async (request: { params: unknown }) => {
    throw new NotFound('photo avatar', (request.params as { id: string }).id)
  }
  app.get('/v2/photo_avatar/generation/:id', unknown)
  app.get('/v2/photo_avatar/train/status/:id', unknown)
  app.get('/v2/photo_avatar/:id', unknown)
  app.delete('/v2/photo_avatar/:id', unknown)
  app.delete('/v2/photo_avatar_group/:id', unknown)
}
