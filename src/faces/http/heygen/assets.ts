// HeyGen assets: raw bytes in, a link out; list and delete.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Asset } from '../../../services/assets.ts'
import type { Services } from '../../../services/open.ts'
import { read, wholeNumber, withoutBlanks } from '../fields.ts'
import { accountOf } from '../guard.ts'
import { linkBase } from '../links.ts'
import { v1 } from './envelope.ts'
import { keyOfAsset } from './image-keys.ts'
import { takeFiles, uploadOf } from './upload-body.ts'

const listSchema = z.object({
  limit: wholeNumber('a number from 0 to 100').optional(),
  folder_id: z.string().optional(),
  file_type: z.enum(['image', 'video', 'audio'], { error: 'image, video or audio' }).optional(),
  token: wholeNumber('the token of the page before').optional(),
})

const uploadQuery = z.object({ folder_id: z.string({ error: 'the id of a folder to put it into' }).optional() })

/** Adds asset, asset/list and asset/{id}/delete. */
export function assetRoutes(app: FastifyInstance, services: Services): void {
  const { assets, config } = services
  app.register(async (scope) => {
    takeFiles(scope, services)
    scope.post<{ Querystring: Record<string, unknown> }>(
      '/v1/asset',
      {
        bodyLimit: config.maxUploadBytes,
        config: { doc: { query: uploadQuery, raw: 'application/octet-stream' } },
      },
      async (request) => {
        const { bytes, ...said } = await uploadOf(request)
        const folder = request.query.folder_id
        const folderId = typeof folder === 'string' && folder !== '' ? folder : null
        const asset = await assets.put(accountOf(request).id, bytes, { ...said, folderId })
        return v1(assetAnswer(asset, `${linkBase(request, config)}${assets.linkTo(asset)}`))
      },
    )
  })
  app.get('/v1/asset/list', { config: { doc: { query: listSchema } } }, async (request) => {
    const query = read(listSchema, withoutBlanks(request.query as Record<string, unknown>))
    const all = (await assets.list(accountOf(request).id)).filter(
      (asset) =>
        asset.byteCount !== null &&
        (query.folder_id === undefined || asset.folderId === query.folder_id) &&
        (query.file_type === undefined || asset.kind === query.file_type),
    )
    const limit = Math.min(100, Math.max(0, query.limit ?? 100))
    const start = Math.max(0, query.token ?? 0)
    const base = linkBase(request, config)
    const page = all.slice(start, start + limit).map((asset) => assetAnswer(asset, `${base}${assets.linkTo(asset)}`))
    const token = start + limit < all.length && limit > 0 ? String(start + limit) : null
    return v1({ assets: page, token, total: all.length })
  })
  app.post<{ Params: { id: string } }>('/v1/asset/:id/delete', async (request) => {
    await assets.remove(accountOf(request).id, request.params.id)
    return v1(null)
  })
}

function assetAnswer(asset: Asset, url: string): Record<string, unknown> {
  return {
    id: asset.id,
    name: asset.name,
    file_type: asset.kind,
    folder_id: asset.folderId ?? '',
    meta: null,
    created_ts: Math.floor(asset.createdAt / 1000),
    url,
    image_key: asset.kind === 'image' ? keyOfAsset(asset.id) : null,
  }
}
