// HeyGen's image keys: they name a picture that was uploaded, or one of those that were generated.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { NotFound } from '../../../core/errors.ts'
import type { OwnAvatar } from '../../../core/own-avatar.ts'
import type { Services } from '../../../services/open.ts'
import type { OwnAvatarRequest } from '../../../services/own-avatars.ts'
import { HeygenFault } from './envelope.ts'

/** The key of an uploaded picture. */
export const keyOfAsset = (assetId: string) => `image/${assetId}/original`
/** The key of one of the pictures of a generation. @param index from 0. */
export const keyOfGenerated = (generationId: string, index: number) => `image/${generationId}-${index}/original`

const KEY = /^image\/([0-9a-f]{32})(?:-(\d))?\/original$/

/**
 * Makes a look of the picture that a key names.
 * @throws HeygenFault 400 for what is no key, 404 for a picture that is not there.
 */
export async function lookOfKey(
  services: Services,
  accountId: string,
  key: string,
  request: OwnAvatarRequest,
): Promise<OwnAvatar> {
  const { ownAvatars, generations, assets, files } = services
  const [, id = '', index] = KEY.exec(key.trim()) ?? []
  if (id === '') {
    const words = `image_key is invalid: got ${JSON.stringify(key.slice(0, 80))}. Send the image_key of an uploaded or a generated picture.`
    throw new HeygenFault(words, { word: 'invalid_parameter', code: 400175, status: 400 })
  }
  try {
    if (index !== undefined) {
      const person = (await generations.get(accountId, id)).people[Number(index)]
      if (!person) throw new NotFound('generated picture', key)
      return await ownAvatars.addPerson(accountId, person, request)
    }
    const asset = await assets.get(accountId, id)
    if (asset.byteCount === null) throw new NotFound('picture', key)
    const bytes = await readFile((await files.openRead(asset.fileKey)).path)
    return await ownAvatars.addPicture(accountId, bytes, request)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    throw new HeygenFault(`image_key: ${error.message}`, { word: 'not_found', code: 404, status: 404 })
  }
}

/** The id of the one look that a video of a picture alone is made with: the same each time, so that it is made once. */
export function idOfKey(accountId: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([accountId, key.trim()]))
    .digest('hex')
    .slice(0, 32)
}
