// JoggAI /open uploads.
import type { FastifyInstance } from 'fastify'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, text } from '../fields.ts'
import { success } from '../joggai/envelope.ts'
import { makeRoom, uploadSchema } from '../joggai/upload.ts'
import { takeForms } from '../raw-body.ts'

/** The same in this generation's words. */
const signSchema = uploadSchema.omit({ content_type: true }).extend({
  filetype: text('a type such as "image/jpeg"').optional(),
  use_to: text('"media"').optional(),
})

/** Adds POST upload/sign. */
export function uploadRoutes(app: FastifyInstance, services: Services): void {
  app.register(async (scope) => {
    takeForms(scope, services)
    scope.post('/open/upload/sign', { config: { doc: { body: signSchema } } }, async (request) => {
      if (!request.isMultipart()) {
        const { filetype, ...rest } = fieldsOf(request.body)
        request.body = { content_type: filetype, ...rest }
      }
      const { signUrl, url, asset } = await makeRoom(request, services)
      return success(request, { sign_url: signUrl, full_path: url, key: asset.fileKey })
    })
  })
}
