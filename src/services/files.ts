// Where finished files lie, and links to them that expire and cannot be forged.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import { Invalid, NotFound } from '../core/errors.ts'
import type { Store } from './database.ts'
import { fileAt, flush } from './whole-file.ts'

/** What a link turned out to be. */
export type LinkState = 'ok' | 'expired' | 'bad'

/** The file store. A key is a relative path of letters, digits, `.`, `_` and `-`. */
export type Files = {
  /** Takes a finished file over under a key; it is there whole or not at all. @param from a path, gone afterwards. */
  put(key: string, from: string): Promise<void>
  /** @throws NotFound where there is no such file. */
  openRead(key: string): Promise<{ readonly path: string; readonly byteCount: number }>
  /** Takes a file away; one that is not there is no matter. */
  remove(key: string): Promise<void>
  /** A link without host that works until then. @param expiresAt whole seconds since 1970. */
  signedPath(key: string, expiresAt: number): string
  /** Signs any text, for links of other kinds. */
  sign(text: string): string
  /** Whether a text was signed here. */
  isSigned(text: string, signature: unknown): boolean
  /** Judges a link's parts as they came in. */
  verify(link: { key: string; expires: unknown; signature: unknown }): LinkState
}

/** Opens the store of files in a folder; the secret of its links is made at the first start and kept in the store. */
export async function openFiles(store: Store, folder: string, now: () => number): Promise<Files> {
  const root = resolve(folder)
  await mkdir(root, { recursive: true })
  const secret = await secretOf(store, 'file links')
  const sign = (key: string, expires: string) => createHmac('sha256', secret).update(`${key}\n${expires}`).digest()
  const signText = (text: string) => createHmac('sha256', secret).update(`text ${text}`).digest('base64url')
  const pathOf = (key: string) => {
    const path = resolve(root, key)
    if (!/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.test(key) || !path.startsWith(root + sep)) {
      throw new Invalid('file', key, 'A file key is made of letters, digits, dots, dashes and slashes.')
    }
    return path
  }
  return {
    async put(key, from) {
      const path = pathOf(key)
      await mkdir(dirname(path), { recursive: true })
      try {
        await flush(from)
        await rename(from, path)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
        const draft = `${path}.${randomBytes(6).toString('hex')}.part`
        await copyFile(from, draft)
        await flush(draft)
        await rename(draft, path)
        await rm(from, { force: true })
      }
    },
    async openRead(key) {
      const path = pathOf(key)
      const found = await fileAt(path)
      if (!found) throw new NotFound('file', key)
      return { path, byteCount: found.size }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true })
    },
    sign: signText,
    isSigned(text, signature) {
      if (typeof signature !== 'string') return false
      const given = Buffer.from(signature, 'base64url')
      const right = Buffer.from(signText(text), 'base64url')
      return given.length === right.length && timingSafeEqual(given, right)
    },
    signedPath(key, expiresAt) {
      pathOf(key)
      const expires = String(Math.floor(expiresAt))
      return `/files/${key}?expires=${expires}&signature=${sign(key, expires).toString('base64url')}`
    },
    verify({ key, expires, signature }) {
      if (typeof expires !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(expires)) return 'bad'
      const given = Buffer.from(signature, 'base64url')
      const right = sign(key, expires)
      if (given.length !== right.length || !timingSafeEqual(given, right)) return 'bad'
      return Number(expires) * 1000 > now() ? 'ok' : 'expired'
    },
  }
}

async function secretOf({ db }: Store, name: string): Promise<Buffer> {
  await db
    .insertInto('secrets')
    .values({ name, value: randomBytes(32).toString('base64') })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await db.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return Buffer.from(row.value, 'base64')
}
