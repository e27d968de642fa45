// A file that a request names, by address or as an asset of the account.
import { Fault, NotFound } from '../../../core/errors.ts'
import type { MediaSource } from '../../../core/spec.ts'
import type { Services } from '../../../services/open.ts'
import { checkUrl } from '../../../services/outbound.ts'
import { keyInLink } from '../own-file.ts'
import { HeygenFault } from './envelope.ts'

/** How a request names a file. */
export type NamedFile = {
  readonly url?: string | undefined
  readonly assetId?: string | undefined
  readonly kind: 'image' | 'video' | 'audio'
  /** The path of the asset's field, and of the address'. */
  readonly assetField: string
  readonly urlField: string
}

/**
 * Where a file lies; an asset goes before an address, and a link of ours is read from the store.
 * @throws HeygenFault 404 for an asset that is not there, Fault `invalid` for one of another kind and for an address that
 * cannot be called.
 */
export async function sourceOf(services: Services, accountId: string, named: NamedFile): Promise<MediaSource> {
  const { assets, config } = services
  if (named.assetId === undefined) {
    const url = named.url ?? ''
    const key = keyInLink(url, services)
    if (key !== null) return { fileKey: key }
    checkUrl(named.urlField, url, config.allowPrivateUrls)
    return { url }
  }
  const asset = await assets.get(accountId, named.assetId.trim().toLowerCase()).catch((error) => {
    if (error instanceof NotFound) return null
    throw error
  })
  if (!asset || asset.byteCount === null) {
    const words = `${named.assetField} is invalid: asset not found. GET /v1/asset/list lists those there are.`
    throw new HeygenFault(words, { word: 'asset_not_found', code: 404, status: 404 })
  }
  if (asset.kind !== named.kind) {
    const words = `${named.assetField} is invalid: the asset is of the kind ${asset.kind}. Send one of the kind ${named.kind}.`
    throw new Fault('invalid', words, { field: named.assetField })
  }
  return { fileKey: asset.fileKey }
}
