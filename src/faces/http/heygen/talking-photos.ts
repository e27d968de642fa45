// HeyGen's talking photos: a picture of one face becomes an avatar of the account.
import type { FastifyInstance } from 'fastify'
import { Fault } from '../../../core/errors.ts'
import type { Services } from '../../../services/open.ts'
import { accountOf, idOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { HeygenFault, v1, v2 } from './envelope.ts'
import { pictureLink } from './looks.ts'
import { lookId } from './people.ts'
import { bytesOf, takeFiles, uploadOf } from './upload-body.ts'

/** Numbers for what is wrong with a picture (contract 2.3); any other reason is a picture of bad quality. */
const CODES: Readonly<Record<string, number>> = {
  'no-face': 40004,
  'several-faces': 40005,
  'not-a-picture': 40002,
  'broken-picture': 40002,
}
const BAD_QUALITY = 40006

/** Adds talking_photo, talking_photo.list and DELETE talking_photo/{id}. */
export function talkingPhotoRoutes(app: FastifyInstance, services: Services): void {
  const { ownAvatars, config } = services
  app.register(async (scope) => {
    takeFiles(scope, services)
    scope.post(
      '/v1/talking_photo',
      {
        bodyLimit: config.maxUploadBytes,
        config: { doc: { raw: 'image/jpeg' } },
      },
      async (request) => {
        const upload = await uploadOf(request)
        const { id: accountId } = accountOf(request)
        const bytes = await bytesOf(upload, config.maxUploadBytes)
        const look = await withNumbers(async () => {
          const name = upload.name.replace(/\.[^.]*$/, '') || 'Talking photo'
          const { id } = await ownAvatars.addPicture(accountId, bytes, {
            name,
            linkBase: linkBase(request, config),
            ...idOf(request),
          })
          return ownAvatars.ready(accountId, id).catch(async (error) => {
            await ownAvatars.remove(accountId, id)
            throw error
          })
        })
        const url = pictureLink(request, services, look.fileKey)
        return v1({ talking_photo_id: look.id, talking_photo_url: url })
      },
    )
  })
  app.get('/v1/talking_photo.list', async (request) => {
    const looks = (await ownAvatars.list(accountOf(request).id)).filter(({ status }) => status !== 'failed')
    return v1(
      looks.map((look) => {
        const url = pictureLink(request, services, look.fileKey)
        return { id: look.id, name: look.name, image_url: url, circle_image: url }
      }),
    )
  })
  app.delete<{ Params: { id: string } }>('/v2/talking_photo/:id', async (request) => {
    await ownAvatars.remove(accountOf(request).id, lookId(request.params.id))
    return v2(null)
  })
}

async function withNumbers<Output>(run: () => Promise<Output>): Promise<Output> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Fault) || error.kind !== 'invalid' || error.reason === undefined) throw error
    const code = CODES[error.reason] ?? BAD_QUALITY
    throw new HeygenFault(error.message, { word: 'invalid_parameter', code, status: 400 })
  }
}
