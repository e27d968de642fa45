// The pictures, clips and recordings that a video is made with: fetched or found, kept by their content.
import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Fault } from '../core/errors.ts'
import type { MediaSource } from '../core/spec.ts'
import { fetchFile } from './fetch-file.ts'
import { HEAD_BYTES, mediaTypeOf } from './media-type.ts'
import { shareRuns } from './share-runs.ts'
import type { FoundMedia } from './tasks.ts'

/** What a file is wanted for. */
export type Wanted = {
  /** The request field that named it, for what is told of it. */
  readonly field: string
  readonly kind: 'picture' | 'video' | 'sound'
  readonly signal?: AbortSignal | undefined
}

/** Finds media files. */
export type Media = {
  /**
   * The file of a source. What an address gave is kept as it was.
   * @throws Fault `invalid` or `not-found`, in words that name the field, where it cannot be had or is of another kind.
   */
  find(source: MediaSource, wanted: Wanted): Promise<FoundMedia>
}

/** Of a file that is fetched (for pictures and clips HeyGen's own limits). */
const MAX_BYTES = { picture: 50 * 2 ** 20, video: 100 * 2 ** 20, sound: 100 * 2 ** 20 }
/** A video's sound will do for a recording. */
const KINDS = { picture: ['image'], video: ['video'], sound: ['audio', 'video'] }
const USABLE = {
  picture: 'a JPEG, PNG, WebP, GIF or AVIF',
  video: 'MP4, MOV, WebM, MKV or AVI',
  sound: 'MP3, WAV, M4A, AAC, OGG, FLAC or WebM',
}

/** @param folder where media are cached. @param filesFolder where the store's files lie. */
export function openMedia(folder: string, filesFolder: string, allowPrivate: boolean): Media {
  const share = shareRuns()
  const keep = async (draft: string, wanted: Wanted): Promise<FoundMedia> => {
    await checkKind(draft, wanted)
    const hash = await hashOf(draft)
    const path = join(folder, hash)
    await rename(draft, path)
    return { path, hash }
  }
  const bring = async (source: MediaSource, { field, kind, signal }: Wanted, draft: string): Promise<void> => {
    if ('url' in source) {
      const more = signal ? { signal } : {}
      return fetchFile(source.url, { path: draft, maxBytes: MAX_BYTES[kind], allowPrivate, field, ...more })
    }
    const path = 'path' in source ? resolve(source.path) : join(filesFolder, source.fileKey)
    try {
      await copyFile(path, draft)
    } catch (cause) {
      const name = 'path' in source ? source.path : 'The uploaded file'
      throw new Fault('not-found', `${field}: ${name} is not there (any more).`, { cause, field })
    }
  }
  return {
    find: (source, wanted) =>
      share(JSON.stringify([source, wanted.kind]), wanted.signal ? { signal: wanted.signal } : {}, async () => {
        await mkdir(folder, { recursive: true })
        const draft = join(folder, `${randomBytes(8).toString('hex')}.part`)
        try {
          await bring(source, wanted, draft)
          const found = await keep(draft, wanted)
          const now = new Date()
          await utimes(found.path, now, now)
          return found
        } finally {
          await rm(draft, { force: true })
        }
      }),
  }
}

async function checkKind(path: string, { field, kind: wanted }: Wanted): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const kind = mediaTypeOf(buffer.subarray(0, bytesRead))?.kind
    if (kind && KINDS[wanted].includes(kind)) return
    const what = (await stat(path)).size === 0 ? 'is empty' : kind ? `is ${kind}, not a ${wanted}` : `is no ${wanted}`
    throw new Fault('invalid', `${field}: the file ${what}. Use ${USABLE[wanted]}.`, { field })
  } finally {
    await file.close()
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
