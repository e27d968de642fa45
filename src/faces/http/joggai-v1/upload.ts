// JoggAI v1 uploads: the asset_id is the address that the file will be read at.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { success } from '../joggai/envelope.ts'
import { makeRoom, uploadSchema } from '../joggai/upload.ts'
import { takeForms } from '../raw-body.ts'

/** Adds POST upload/asset. */
export function uploadRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    takeForms(scope, services)
    scope.post('/v1/upload/asset', { config: { doc: { body: uploadSchema } } }, async (request) => {
      const { signUrl, url } = await makeRoom(request, services)
      return success(request, { sign_url: signUrl, asset_id: url, asset_url: url })
    })
  })
}
