// Files that are there whole or not at all, whatever is killed in between.
import { randomBytes } from 'node:crypto'
import type { Stats } from 'node:fs'
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, extname } from 'node:path'

/**
 * Makes a file under another name beside it and renames it when it is whole and on the disk.
 * @param make writes the file at the path it is given (which keeps the extension).
 */
export async function makeWhole<Result>(path: string, make: (draft: string) => Promise<Result>): Promise<Result> {
  await mkdir(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part${extname(path)}`
  try {
    const result = await make(draft)
    await flush(draft)
    await rename(draft, path)
    return result
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Makes several files at once: each gets its name when all of them are whole. */
export function makeAllWhole<Result>(
  [path, ...others]: readonly string[],
  make: (drafts: readonly string[]) => Promise<Result>,
): Promise<Result> {
  if (path === undefined) return make([])
  return makeWhole(path, (draft) => makeAllWhole(others, (drafts) => make([draft, ...drafts])))
}

/** Waits until a file's bytes are on the disk. */
export async function flush(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** What is known of the file at a path; null where there is none. Everything else that goes wrong is thrown. */
export async function fileAt(path: string): Promise<Stats | null> {
  try {
    const found = await stat(path)
    return found.isFile() ? found : null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw error
  }
}

/** True where the file is there; it then counts as used just now. */
export async function useIfThere(path: string): Promise<boolean> {
  if (!(await fileAt(path))) return false
  const now = new Date()
  await utimes(path, now, now).catch(() => {})
  return true
}
