// HeyGen's v1 and v2 as one dialect.
import type { Dialect } from '../dialect.ts'
import { guard } from '../guard.ts'
import { accountRoutes } from './account.ts'
import { assetRoutes } from './assets.ts'
import { avatarRoutes } from './avatars.ts'
import { answerError, sendFailure, styleOf } from './envelope.ts'
import { folderRoutes } from './folders.ts'
import { photoAvatarRoutes } from './photo-avatars.ts'
import { heygenDocuments } from './reference.ts'
import { talkingPhotoRoutes } from './talking-photos.ts'
import { videoRoutes } from './videos.ts'
import { voiceRoutes } from './voices.ts'
import { webhookRoutes } from './webhooks.ts'

const PREFIX = '/heygen'

/** HeyGen under /heygen, and at the root; the paths of its upload host among them. */
export const heygen: Dialect = {
  name: 'heygen',
  prefix: PREFIX,
  documents: heygenDocuments,
  mount(app, services) {
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply, styleOf(pathOf(request.url))))
    guard(app, services)
    videoRoutes(app, services)
    avatarRoutes(app, services)
    voiceRoutes(app, services)
    talkingPhotoRoutes(app, services)
    photoAvatarRoutes(app, services)
    accountRoutes(app, services)
    folderRoutes(app, services)
    webhookRoutes(app, services)
    assetRoutes(app, services)
  },
  answerUnrouted(request, reply, status, detail) {
    const word = status === 404 ? 'not_found' : 'invalid_parameter'
    return sendFailure(
      reply,
      styleOf(pathOf(request.url)),
      [status, word, status === 404 ? 404 : 400175],
      capital(detail),
    )
  },
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)
const pathOf = (url: string) => url.slice(PREFIX.length).split('?', 1)[0]!
