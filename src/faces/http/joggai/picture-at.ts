// The bytes of a picture that a request names: one of ours, or one from elsewhere.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fetchFile } from '../../../services/fetch-file.ts'
import type { Services } from '../../../services/open.ts'
import { keyInLink } from '../own-file.ts'

/** How long a picture may take to come from elsewhere, in milliseconds. */
const FETCH_MS = 20_000
const MAX_PICTURE_BYTES = 50 * 1024 * 1024

/** Reads a picture file. @throws Fault `invalid` with the field where it cannot be fetched. */
export async function pictureAt(field: string, url: string, services: Services): Promise<Uint8Array> {
  const { config, files } = services
  const key = keyInLink(url, services)
  if (key !== null) return readFile((await files.openRead(key)).path)
  const folder = await mkdtemp(join(tmpdir(), 'rostrum-picture-'))
  try {
    const path = join(folder, 'picture')
    const maxBytes = Math.min(config.maxUploadBytes, MAX_PICTURE_BYTES)
    await fetchFile(url, { path, maxBytes, allowPrivate: config.allowPrivateUrls, timeoutMs: FETCH_MS, field })
    return await readFile(path)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
