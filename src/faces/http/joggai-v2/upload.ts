// JoggAI v2 uploads.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import { makeRoom, uploadSchema } from '../joggai/upload.ts'
import { takeForms } from '../raw-body.ts'

/** Adds POST upload/asset; templates ask for the integer asset_id, which JoggAI documents nowhere. */
export function uploadRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    takeForms(scope, services)
    scope.post('/v2/upload/asset', { config: { doc: { body: uploadSchema } } }, async (request) => {
      const { signUrl, url, asset } = await makeRoom(request, services)
      return success(request, { sign_url: signUrl, asset_url: url, asset_id: asset.number })
    })
  })
}
