// Files that users send: checked by their first bytes, kept for good, seen by their account alone.
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Selectable } from 'kysely'
import { Fault, NotFound } from '../core/errors.ts'
import type { Store, Tables } from './database.ts'
import type { Files } from './files.ts'
import { HEAD_BYTES, type MediaType, mediaTypeOf, mediaTypeOfName } from './media-type.ts'

/** A file of a user's. Times are milliseconds since 1970. */
export type Asset = {
  /** 32 hex digits. */
  readonly id: string
  /** The integer that templates of JoggAI's ask for. */
  readonly number: number
  readonly accountId: string
  readonly name: string
  readonly kind: MediaType['kind'] | 'other'
  readonly contentType: string
  readonly fileKey: string
  /** null until the bytes have come. */
  readonly byteCount: number | null
  readonly folderId: string | null
  readonly createdAt: number
}

/** What is said of a file before it is seen. */
export type AssetRequest = { readonly name: string; readonly contentType: string; readonly folderId?: string | null }

/** The assets of one store. */
export type Assets = {
  /** Keeps a file. @throws Fault `invalid` for an empty, a too large or a strange one. */
  put(accountId: string, bytes: NodeJS.ReadableStream, request: AssetRequest): Promise<Asset>
  /** Makes room for a file that {@link fill} brings later. */
  reserve(accountId: string, request: AssetRequest): Promise<Asset>
  /** Brings the bytes, once or again. Whoever calls has checked the right to do so. @throws NotFound */
  fill(id: string, bytes: NodeJS.ReadableStream): Promise<Asset>
  /** Newest first. */
  list(accountId: string): Promise<readonly Asset[]>
  /** @throws NotFound */
  get(accountId: string, id: string): Promise<Asset>
  /** @throws NotFound */
  remove(accountId: string, id: string): Promise<void>
  /** A link without host that does not expire while people live who use it. */
  linkTo(asset: Asset): string
}

/** 1 January 2100, in seconds since 1970: assets are kept for good, and their links are the same each time. */
const FAR_AWAY = 4_102_444_800

/** @param folder where uploads lie until they are whole. @param maxBytes of one file. */
export function openAssets({ db }: Store, files: Files, folder: string, maxBytes: number, now: () => number): Assets {
  const reserve: Assets['reserve'] = async (accountId, { name, contentType, folderId = null }) => {
    const id = randomBytes(16).toString('hex')
    const extension = mediaTypeOfName(name)?.extension ?? extensionOfType(contentType)
    const row = await db
      .insertInto('assets')
      .values({
        id,
        account_id: accountId,
        name: name.replace(/\p{Cc}/gu, '') || id,
        content_type: contentType,
        file_key: `assets/${id}.${extension}`,
        byte_count: null,
        folder_id: folderId,
        created_at: now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return assetOf(row)
  }
  const forget = (id: string) => db.deleteFrom('assets').where('id', '=', id).execute()
  const fill: Assets['fill'] = async (id, bytes) => {
    const known = await db.selectFrom('assets').selectAll().where('id', '=', id).executeTakeFirst()
    if (!known) throw new NotFound('upload', id)
    await mkdir(folder, { recursive: true })
    const path = join(folder, `${id}-${randomBytes(6).toString('hex')}`)
    try {
      const { byteCount, head } = await receive(bytes, path, maxBytes)
      const type = mediaTypeOf(head)
      if (!type) {
        throw new Fault(
          'invalid',
          'The file is no picture, video or sound that can be used. Send JPEG, PNG, WebP, GIF, AVIF, HEIC, MP4, WebM, MOV, MP3, WAV, M4A, OGG or FLAC.',
        )
      }
      await files.put(known.file_key, path)
      const row = await db
        .updateTable('assets')
        .set({ byte_count: byteCount, content_type: type.contentType })
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      if (!row) throw new NotFound('upload', id)
      return assetOf(row)
    } finally {
      await rm(path, { force: true })
    }
  }
  return {
    reserve,
    fill,
    async put(accountId, bytes, request) {
      const { id } = await reserve(accountId, request)
      try {
        return await fill(id, bytes)
      } catch (error) {
        await forget(id)
        throw error
      }
    },
    async list(accountId) {
      const rows = await db
        .selectFrom('assets')
        .selectAll()
        .where('account_id', '=', accountId)
        .orderBy('created_at', 'desc')
        .orderBy('number', 'desc')
        .execute()
      return rows.map(assetOf)
    },
    async get(accountId, id) {
      const row = await db
        .selectFrom('assets')
        .selectAll()
        .where('id', '=', id)
        .where('account_id', '=', accountId)
        .executeTakeFirst()
      if (!row) throw new NotFound('asset', id)
      return assetOf(row)
    },
    async remove(accountId, id) {
      const asset = await this.get(accountId, id)
      await forget(id)
      await files.remove(asset.fileKey)
    },
    linkTo: ({ fileKey }) => files.signedPath(fileKey, FAR_AWAY),
  }
}

/** Writes a stream to a file, no more than allowed, and keeps its first bytes. */
async function receive(
  bytes: NodeJS.ReadableStream,
  path: string,
  maxBytes: number,
): Promise<{ byteCount: number; head: Uint8Array }> {
  let byteCount = 0
  let head = Buffer.alloc(0)
  const gate = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      byteCount += chunk.length
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)])
      if (byteCount <= maxBytes) return done(null, chunk)
      const megabytes = Math.floor(maxBytes / (1024 * 1024))
      done(new Fault('invalid', `The file is larger than the ${megabytes} MB that one may have (ROSTRUM_MAX_UPLOAD).`))
    },
  })
  await pipeline(bytes, gate, createWriteStream(path))
  if (byteCount === 0) throw new Fault('invalid', 'The file is empty: send its bytes.')
  return { byteCount, head }
}

function extensionOfType(contentType: string): string {
  const subtype = /^(?:image|video|audio)\/(?:x-)?([a-z0-9]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? 'bin'
  return { jpeg: 'jpg', mpeg: 'mp3', quicktime: 'mov' }[subtype] ?? subtype
}

function assetOf(row: Selectable<Tables['assets']>): Asset {
  const kind = /^(image|video|audio)\//.exec(row.content_type)?.[1] as MediaType['kind'] | undefined
  return {
    id: row.id,
    number: row.number,
    accountId: row.account_id,
    name: row.name,
    kind: kind ?? 'other',
    contentType: row.content_type,
    fileKey: row.file_key,
    byteCount: row.byte_count,
    folderId: row.folder_id,
    createdAt: row.created_at,
  }
}
