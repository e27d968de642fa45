// Where the bytes of a signed upload go: no key, but a link that expires and fits one file.
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Services } from '../../services/open.ts'
import { refuse } from './files.ts'
import { takeRawBodies } from './raw-body.ts'

/** How long an upload link works, in seconds. */
const UPLOAD_SECONDS = 600

/** A link without host that takes the bytes of one asset. */
export function uploadPath({ files }: Services, assetId: string, nowSeconds: number): string {
  const expires = String(Math.floor(nowSeconds) + UPLOAD_SECONDS)
  return `/uploads/${assetId}?expires=${expires}&signature=${files.sign(`upload ${assetId} ${expires}`)}`
}

type Upload = { Params: { id: string }; Querystring: Record<string, unknown> }

/** Adds PUT /uploads/{id}: answers as JoggAI's upload host does. */
export function uploadRoutes(app: FastifyInstance, services: Services): void {
  const { assets, files, config } = services
  app.register(async (scope) => {
    takeRawBodies(scope)
    scope.put<Upload>(
      '/uploads/:id',
      { bodyLimit: config.maxUploadBytes },
      async (request, reply): Promise<unknown> => {
        const { expires, signature } = request.query
        const { id } = request.params
        if (typeof expires !== 'string' || !files.isSigned(`upload ${id} ${expires}`, signature)) {
          return refuse(reply, 403, 'This upload link is not one that this server made. Use sign_url whole.')
        }
        if (Number(expires) * 1000 <= Date.now()) {
          return refuse(reply, 410, 'This upload link has expired. Ask for another with POST /v2/upload/asset.')
        }
        if (!request.body) return noBytes(reply)
        await assets.fill(id, request.body as NodeJS.ReadableStream)
        return { rid: request.id, code: 0, msg: 'success' }
      },
    )
  })
}

const noBytes = (reply: FastifyReply) => refuse(reply, 400, 'The file is empty: send its bytes as the body.')
