// JoggAI's uploads: room for a file and a signed address for its bytes, or the file itself as a form.
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Fault } from '../../../core/errors.ts'
import type { Asset } from '../../../services/assets.ts'
import { mediaTypeOfName } from '../../../services/media-type.ts'
import type { Services } from '../../../services/open.ts'
import { fieldsOf, read, refusal, text, wholeNumber } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { fileOfForm } from '../raw-body.ts'
import { uploadPath } from '../uploads.ts'

const KINDS = 'a name with the extension of a picture, a video or a sound, such as "portrait.jpg"'

/** What asks for room. */
export const uploadSchema = z.object({
  filename: text(KINDS).max(255, { error: 'a name of at most 255 characters' }),
  content_type: text('a type such as "image/jpeg"').optional(),
  file_size: wholeNumber('the size in bytes, from 1').optional(),
})

/** A file's room: where its bytes go, and where they will be read. `signUrl` is empty where they have come already. */
export type Room = { readonly asset: Asset; readonly signUrl: string; readonly url: string }

/** Makes room for a file that JSON describes, or keeps the one that a form carries. @throws Fault */
export async function makeRoom(request: FastifyRequest, services: Services): Promise<Room> {
  const { assets, config } = services
  const base = linkBase(request, config)
  const accountId = accountOf(request).id
  const urlOf = (asset: Asset) => `${base}${assets.linkTo(asset)}`
  if (request.isMultipart()) {
    const file = await fileOfForm(request)
    if (!file)
      throw new Fault('invalid', 'file is required. Send a form with the file, or JSON with filename and content_type.')
    const { bytes, ...said } = file
    const asset = await assets.put(accountId, bytes, said)
    return { asset, signUrl: '', url: urlOf(asset) }
  }
  const asked = read(uploadSchema, fieldsOf(request.body))
  const type = asked.content_type ?? mediaTypeOfName(asked.filename)?.contentType
  if (!type || !/^(image|video|audio)\//i.test(type)) {
    const field = asked.content_type === undefined ? 'filename' : 'content_type'
    throw refusal(field, asked[field], field === 'filename' ? KINDS : 'the type of a picture, video or sound')
  }
  if (asked.file_size !== undefined && (asked.file_size < 1 || asked.file_size > config.maxUploadBytes)) {
    throw refusal('file_size', asked.file_size, `a size from 1 to ${config.maxUploadBytes} bytes`)
  }
  const asset = await assets.reserve(accountId, { name: asked.filename, contentType: type })
  return { asset, signUrl: `${base}${uploadPath(services, asset.id, Date.now() / 1000)}`, url: urlOf(asset) }
}
